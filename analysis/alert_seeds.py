"""Who hears about what from the start, as `seeds/alerts.yml` writes it: recipients and rules."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

from analysis.errors import SeedError
from analysis.forms import CountryCode, Must, Slug
from analysis.plain import plain_of
from analysis.records import Recipient, Rule
from analysis.shapes import build, node_of, yaml_node
from analysis.vocabulary import Seeds

T = TypeVar("T")


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # not found, no name of one, a folder of the database
        return False
    return True


ChannelName = Annotated[str, Must(re.compile(r"[a-z0-9]+(_[a-z0-9]+)*").fullmatch, "small letters, digits and _")]
Zone = Annotated[str, Must(_is_zone, "a zone of the tz database such as Africa/Casablanca")]
Outlets = Annotated[int, Must(lambda count: count >= 1, "1 outlet or more")]


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertSeeds:
    """Recipients and rules, as the seeds say."""

    recipients: tuple[Recipient, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Recipient(Recipient):
    """A recipient as it is written."""

    id: Slug
    channel: ChannelName
    zone: Zone = "Africa/Casablanca"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Rule(Rule):
    """A rule as it is written."""

    id: Slug
    countries: tuple[CountryCode, ...] = ()
    least_outlets: Outlets = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class _Written:
    """The whole file."""

    recipients: tuple[_Recipient, ...]
    rules: tuple[_Rule, ...]


def read_alerts(text: str, *, file: str) -> AlertSeeds:
    """Read `seeds/alerts.yml`.

    Raises SeedError, also for an id that two share, a rule for nobody we know, and quiet hours without end.
    """
    written = build(yaml_node(text, file=file), _Written, file=file)
    found = AlertSeeds(
        recipients=tuple(_as(each, Recipient) for each in written.recipients),
        rules=tuple(_as(each, Rule) for each in written.rules),
    )
    for expected in find_mistakes(found):
        raise SeedError(file=file, line=None, expected=expected)
    return found


def check_entry(entry: T) -> T:
    """Return a recipient or a rule that somebody wrote elsewhere; raises SeedError where the seeds could not say it."""
    shape = _Recipient if isinstance(entry, Recipient) else _Rule
    build(node_of(plain_of(entry)), shape, file=f"{getattr(entry, 'id', '')}")
    return entry


def find_mistakes(seeds: AlertSeeds) -> Iterator[str]:
    """Say what was expected where recipients and rules cannot be meant as they are."""
    known = [each.id for each in seeds.recipients]
    for what, names in (("recipient", known), ("rule", [each.id for each in seeds.rules])):
        yield from (f"expected one {what} '{name}', found two" for name in _twice(names))
    for recipient in seeds.recipients:
        if recipient.quiet and recipient.quiet.start == recipient.quiet.end:
            yield f"expected quiet hours of '{recipient.id}' that end"
    for rule in seeds.rules:
        if not rule.recipients:
            yield f"expected a recipient of '{rule.id}'"
        yield from (f"expected recipients of '{rule.id}', found '{name}'" for name in {*rule.recipients} - {*known})


def find_strangers(rule: Rule, vocabulary: Seeds) -> Iterator[str]:
    """Say what was expected where a rule names people, bodies or tags that no other seed file has."""
    known: dict[str, Collection[str]] = {
        "people": {each.id for each in vocabulary.people},
        "bodies": {each.id for each in vocabulary.bodies},
        "tags": {each.id for each in vocabulary.themes},
    }
    for fact, ids in known.items():
        for name in getattr(rule, fact):
            if name not in ids:
                yield f"expected {fact} of {fact}.yml, but '{rule.id}' has '{name}'"


def _twice(names: list[str]) -> list[str]:
    return [name for place, name in enumerate(names) if name in names[:place]]


def _as(written: Any, shape: type[T]) -> T:  # noqa: ANN401 a record of a subclass
    return shape(**{each.name: getattr(written, each.name) for each in fields(written)})
