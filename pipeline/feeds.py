"""Which feeds and calendars there are: of everything, of each kind, country and rule, with the events each tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from analysis.alerts import covers, is_over
from analysis.records import EventKind, FeedEvent, Happening, Language, Rule
from channels.calendars import write_calendar
from channels.feeds import FeedHead, write_atom
from channels.wording import Wording

Chooses = Callable[[Happening], bool]


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedFile:
    """One file: its name and its bytes."""

    name: str
    body: bytes


def write_feeds(
    events: Sequence[FeedEvent], rules: Sequence[Rule], wording: Wording, language: Language
) -> Iterator[FeedFile]:
    """Write every feed as `<name>.atom`, and its visits as `<name>.ics`; kinds that have no visits have none."""
    for head, chooses in _feeds(events, rules, wording, language):
        chosen = [each for each in events if chooses(each.happening)]
        yield FeedFile(name=f"{head.name}.atom", body=write_atom(head, chosen, wording))
        if not head.name.startswith("kind-") or head.name == f"kind-{EventKind.VISIT}":
            yield FeedFile(name=f"{head.name}.ics", body=write_calendar(head, chosen, wording))


def _feeds(
    events: Sequence[FeedEvent], rules: Sequence[Rule], wording: Wording, language: Language
) -> Iterator[tuple[FeedHead, Chooses]]:
    words = wording.of(language)

    def head(name: str, about: str) -> FeedHead:
        return FeedHead(name=name, title=f"marsad: {about}", language=words.language)

    yield head("events", words.says.new_events), lambda _: True
    for kind in EventKind:
        yield head(f"kind-{kind}", words.kinds[kind]), _of_kind(kind)
    for code in sorted({code for each in events for code in each.happening.countries}):
        yield head(f"country-{code}", wording.names.country(code, words)), _with_country(code)
    for rule in rules:
        yield head(f"rule-{rule.id}", rule.id), _of_rule(rule)


def _of_kind(kind: EventKind) -> Chooses:
    return lambda happening: happening.kind is kind


def _with_country(code: str) -> Chooses:
    return lambda happening: code in happening.countries


def _of_rule(rule: Rule) -> Chooses:
    """Choose what a rule is about and told as it asks; what was not, so that whoever has it hears of it."""
    return lambda happening: covers(rule, happening) and (happening.told in rule.told or is_over(happening))
