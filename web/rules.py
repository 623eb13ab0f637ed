"""What alert rules ask for, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.questions.alerts import RuleFacts
from web.painter import Speech


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownRule:
    """A rule: what it asks of an event, how that must be told and when one hears of it; both None where it is gone."""

    name: str
    asks: str | None
    how: str | None


def shown_rules(
    names: Sequence[str], rules: Mapping[str, RuleFacts], themes: Mapping[str, str], speech: Speech
) -> tuple[ShownRule, ...]:
    """Say the rules of these names; `themes` are those of the register, by their ids."""
    return tuple(
        ShownRule(
            name=name,
            asks=" · ".join(_asks(rules[name], themes, speech)) or speech.t("rule_any"),
            how=" · ".join(_how(rules[name], speech)),
        )
        if name in rules
        else ShownRule(name=name, asks=None, how=None)
        for name in names
    )


def _asks(rule: RuleFacts, themes: Mapping[str, str], speech: Speech) -> Iterator[str]:
    lists = (
        ("kind", [speech.one_of("kind", each) for each in rule.kinds]),
        ("direction", [speech.one_of("direction", each) for each in rule.directions]),
        ("country", [str(speech.country(each).striptags()) for each in rule.countries]),
        ("person", [str(speech.person(each).striptags()) for each in rule.people]),
        ("bodies", [str(speech.body(each).striptags()) for each in rule.bodies]),
        ("theme_tag", [themes.get(each, each) for each in rule.themes]),
        ("press_language", [speech.one_of("lang", each) for each in rule.languages]),
    )
    for title, values in lists:
        if values:
            yield f"{speech.t(title)}{speech.words.colon}{speech.words.comma.join(values)}"


def _how(rule: RuleFacts, speech: Speech) -> Iterator[str]:
    told = speech.words.comma.join(speech.one_of("told", each) for each in rule.told)
    yield f"{speech.t('told')}{speech.words.colon}{told}"
    outlets = speech.t("rule_outlets", n=rule.least_outlets)
    yield f"{outlets}{speech.words.comma}{speech.t('rule_tier_one')}" if rule.trusts_tier_one else outlets
    yield speech.one_of("pace", rule.pace)
