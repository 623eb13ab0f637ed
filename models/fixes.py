"""Facts of events that people fixed, from the log: they stand, and an event is found by what the rules had said too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Row, text

from analysis.corrections import FACTS, over
from analysis.plain import record_of
from analysis.records import Direction, Event, EventKind, Facts, Told
from models.event_rows import participants_of, when_of_row

FIXES = text("""
    SELECT coalesce(events.merged_into_id, events.id) AS event_id, event_log.facts
    FROM events JOIN event_log ON event_log.event_id = events.id
    WHERE (events.id = ANY(:events) OR events.merged_into_id = ANY(:events))
        AND event_log.action = 'correct' AND event_log.done_by <> 'rule'
    ORDER BY event_log.id
""")

# Events that the rules had made otherwise than people fixed them: what is told as before is told of them.
NEAR_AS_TOLD = text("""
    SELECT DISTINCT coalesce(events.merged_into_id, events.id)
    FROM event_log JOIN events ON events.id = event_log.event_id
    WHERE event_log.action = 'correct' AND event_log.done_by <> 'rule'
        AND event_log.facts #>> '{rules,kind}' = :kind
        AND (event_log.facts #> '{rules,countries}' ?| CAST(:countries AS text[])
            OR event_log.facts #> '{rules,bodies}' ?| CAST(:bodies AS text[]))
        AND coalesce((event_log.facts #>> '{rules,when,last}')::date, :latest) >= :earliest
        AND coalesce((event_log.facts #>> '{rules,when,first}')::date, :earliest) <= :latest
""")

EVENTS = text("SELECT * FROM events WHERE id = ANY(:events)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Fixes:
    """What people fixed of one event: each fact as `plain_of` writes it, and all facts as the rules last made them."""

    stands: Mapping[str, Any] = field(default_factory=dict)
    rules: Facts | None = None


NO_FIXES = Fixes()


def read_fixes(connection: Connection, event_ids: Collection[int]) -> Mapping[int, Fixes]:
    """Return what people fixed of some events; the last word on a fact counts."""
    found = defaultdict[int, Fixes](Fixes)
    for row in connection.execute(FIXES, {"events": list(event_ids)}):
        stands = {**found[row.event_id].stands, **row.facts.get("is", {})}
        held = {name: stands[name] for name in stands if name not in row.facts.get("released", ())}
        found[row.event_id] = Fixes(stands=held, rules=record_of(row.facts["rules"], Facts))
    return found


def as_fixed(event: Event, fixes: Fixes) -> Event:
    """Return an event as people fixed it."""
    return over(event, fixes.stands)


def read_faces(connection: Connection, event_ids: Collection[int]) -> Mapping[int, Sequence[Event]]:
    """Return each event that people fixed as it stands, and as the rules had made it."""
    fixes = read_fixes(connection, event_ids)
    rows = connection.execute(EVENTS, {"events": list(fixes)}) if fixes else ()
    return {row.id: _faces(event_of_row(row), fixes[row.id].rules) for row in rows}


def near_as_told(connection: Connection, asked: Mapping[str, Any], known: Iterable[int]) -> list[int]:
    """Return the events that people fixed and that an account may be of, but for known ones."""
    found = connection.scalars(NEAR_AS_TOLD, asked)
    return sorted({*found} - {*known})


def event_of_row(row: Row[Any]) -> Event:
    """Return an event as it stands."""
    return Event(
        kind=EventKind(row.kind),
        direction=Direction(row.direction) if row.direction else None,
        told=Told(row.told),
        people=tuple(row.people),
        bodies=tuple(row.bodies),
        countries=tuple(row.countries),
        city=row.city,
        when=when_of_row(row),
        told_from=row.told_from,
        told_to=row.told_to,
        sources=tuple(row.sources),
        participants=participants_of(row.participants),
    )


def _faces(event: Event, rules: Facts | None) -> Sequence[Event]:
    told = () if rules is None else (replace(event, **{name: getattr(rules, name) for name in FACTS}),)
    return (event, *told)
