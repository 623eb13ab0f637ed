"""Which part each person of an event had, as most of its sources say it, and what stands once people fix it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from analysis.records import Account, Event, Part, Participant

Said = Mapping[Part, tuple[str, ...]]


def best_parts(accounts: Iterable[Account]) -> tuple[Participant, ...]:
    """Give everybody the part that most sources say, of equals what was said first; accounts come the oldest first.

    Whoever heads a delegation is a visitor to those who say less: to head is the more exact word.
    """
    said = dict[str, dict[Part, tuple[str, ...]]]()
    for account in accounts:
        for each in account.report.participants:
            parts = said.setdefault(each.person, {})
            parts[each.part] = tuple(dict.fromkeys((*parts.get(each.part, ()), account.source_id)))
    chosen = ((person, _best(parts), parts) for person, parts in said.items())
    return tuple(Participant(person=person, part=part, sources=parts[part]) for person, part, parts in chosen)


def _best(parts: Said) -> Part:
    best = max(parts, key=lambda part: len(parts[part]))
    return Part.HEAD if best is Part.VISITOR and Part.HEAD in parts else best


def still_standing(before: Event, after: Event) -> tuple[Participant, ...]:
    """Return the parts that stand though people fixed an event: none where it is of another kind or direction now."""
    if (before.kind, before.direction) != (after.kind, after.direction):
        return ()
    gone = {*before.people} - {*after.people}
    return tuple(each for each in before.participants if each.person not in gone)


def in_order(people: Sequence[str], participants: Sequence[Participant]) -> tuple[str, ...]:
    """Name everybody of an event: heads of delegations first, the others in their order, strangers last."""
    heads = {each.person for each in participants if each.part is Part.HEAD}
    known = sorted(people, key=lambda each: each not in heads)
    return tuple(dict.fromkeys((*known, *(each.person for each in participants))))
