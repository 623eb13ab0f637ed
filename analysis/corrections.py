"""Facts that people fixed: they stand over what the accounts of an event make of it, whatever is told later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

from analysis.errors import CorrectionError
from analysis.parts import still_standing
from analysis.plain import plain_of, record_of
from analysis.records import Event, EventKind, FactChange, Facts, Field, Happening, NamedTag, Span, Tag, TagFix, When

FACTS = tuple(each.name for each in fields(Facts))
BY_HAND = "by hand"
"""Why a tag stands where a person put it."""


def facts_of(event: Event | Happening) -> Facts:
    """Return the facts of an event that can be fixed."""
    return Facts(**{name: getattr(event, name) for name in FACTS})


def over(event: Event, fixes: Mapping[str, Any]) -> Event:
    """Return an event with the facts that people fixed, written as `plain_of` writes them, over its own."""
    if not fixes:
        return event
    fixed = record_of({**plain_of(facts_of(event)), **fixes}, Facts)
    after = replace(event, **{name: getattr(fixed, name) for name in FACTS})
    return replace(after, participants=still_standing(event, after))


def differing(before: Facts, after: Facts) -> tuple[str, ...]:
    """Name the facts that are otherwise."""
    return tuple(name for name in FACTS if getattr(before, name) != getattr(after, name))


def check(facts: Facts) -> None:
    """Raise CorrectionError for facts that no event can have."""
    if facts.when is not None and facts.when.first > facts.when.last:
        raise CorrectionError("the first day is after the last", "order")
    if facts.direction is not None and facts.kind is not EventKind.VISIT:
        raise CorrectionError("only a visit has a direction", "direction")
    if "MA" in facts.countries:
        raise CorrectionError("the countries are those of the foreign side: Morocco is not named", "morocco")
    if not (facts.countries or facts.bodies):
        raise CorrectionError("an event has a foreign side: a country, or a body", "side")


def told_changes(before: Facts, after: Facts) -> Iterator[FactChange]:
    """Say what was fixed as alerts say what is otherwise: of a list, each name that is new or gone."""
    for name in differing(before, after):
        was, now = getattr(before, name), getattr(after, name)
        if isinstance(was, tuple):
            yield from (FactChange(fact=name, before=each, after=None) for each in was if each not in now)
            yield from (FactChange(fact=name, before=None, after=each) for each in now if each not in was)
        else:
            yield FactChange(fact=name, before=_written(was), after=_written(now))


def _written(value: When | str | None) -> str | None:
    if isinstance(value, When):
        return f"{value.first}/{value.last} {value.precision}"
    return None if value is None else str(value)


# ---------------------------------------------------------------- tags


def put_together(fixes: Iterable[TagFix]) -> TagFix:
    """Return what several fixes of one article come to, the last of each tag and of its relevance counting."""
    stands = dict[NamedTag, bool]()
    relevant = None
    for each in fixes:
        stands |= dict.fromkeys(each.added, True) | dict.fromkeys(each.removed, False)
        relevant = relevant if each.relevant is None else each.relevant
    return TagFix(
        added=tuple(name for name, is_there in stands.items() if is_there),
        removed=tuple(name for name, is_there in stands.items() if not is_there),
        relevant=relevant,
    )


def fix_tags(tags: Iterable[Tag], fix: TagFix, title: str) -> tuple[Tag, ...]:
    """Return the tags of an article as people fixed them; one they added stands at its title, unless it was found."""
    kept = tuple(each for each in tags if NamedTag(kind=each.kind, id=each.id) not in fix.removed)
    found = {NamedTag(kind=each.kind, id=each.id) for each in kept}
    whole = Span(field=Field.TITLE, start=0, end=len(title))
    added = (Tag(kind=each.kind, id=each.id, span=whole, surface=title, because=BY_HAND) for each in fix.added)
    return (*kept, *(each for each in added if NamedTag(kind=each.kind, id=each.id) not in found))
