"""Events: lists and counts of them, and one with all that is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import text

from models.desk import Desk
from models.questions.corrections import Correction, corrections_of_event
from models.questions.filters import EventFilters
from models.questions.reports import PlacedReport, reports_of_event

CHOSEN = """
    FROM analyst.events
    WHERE (CAST(:kind AS text) IS NULL OR kind = :kind)
        AND (CAST(:direction AS text) IS NULL OR direction = :direction)
        AND (CAST(:told AS text) IS NULL OR told = :told)
        AND (CAST(:country AS text) IS NULL OR countries @> ARRAY[CAST(:country AS text)])
        AND (CAST(:person AS text) IS NULL OR people @> ARRAY[CAST(:person AS text)])
        AND (CAST(:body AS text) IS NULL OR bodies @> ARRAY[CAST(:body AS text)])
        AND (CAST(:since AS date) IS NULL OR coalesce(last_on, told_to) >= :since)
        AND (CAST(:until AS date) IS NULL OR happened_on <= :until)
        AND (NOT :news_only OR (told = 'news' AND retracted_at IS NULL AND NOT is_known))
        AND (CAST(:language AS text) IS NULL OR EXISTS (
            SELECT FROM analyst.event_reports AS told_so
            WHERE told_so.event = events.event AND told_so.language = :language))
"""
COLUMNS = """
    event, kind, direction, told, people, bodies, countries, city, first_on, last_on, precision, happened_on, told_from,
    told_to, sources, reports, outlets, evidence, evidence_language, article, url, is_known, retracted_at, made_at,
    ARRAY(
        SELECT jsonb_build_object('person', named.person, 'part', named.part, 'sources', to_jsonb(named.sources))
        FROM analyst.event_people AS named WHERE named.event = events.event AND named.part IS NOT NULL
    ) AS participants
"""
EVENTS = text(f"""
    SELECT {COLUMNS} {CHOSEN}
        AND (CAST(:after AS date) IS NULL OR (happened_on, event) < (CAST(:after AS date), CAST(:number AS bigint)))
    ORDER BY happened_on DESC, event DESC LIMIT :most
""")
BY_MONTH = text(
    f"SELECT date_trunc('month', happened_on)::date AS month, kind, count(*) AS events {CHOSEN} GROUP BY 1, 2"
)
BY_COUNTRY = text(f"""
    SELECT named AS country, count(*) AS events FROM (SELECT unnest(countries) AS named {CHOSEN}) AS each
    GROUP BY named ORDER BY events DESC, named LIMIT 12
""")  # noqa: S608 as above
NEW = text(f"""
    SELECT {COLUMNS} FROM analyst.events
    WHERE made_at >= :since AND told IN ('news', 'announced', 'denied') AND NOT is_known AND retracted_at IS NULL
    ORDER BY happened_on DESC, event DESC LIMIT :most
""")  # noqa: S608 as above
ONE = text(f"SELECT {COLUMNS} FROM analyst.events WHERE event = :event")  # noqa: S608 as above
ACTS = text("SELECT action, done_by, facts, done_at FROM analyst.event_acts WHERE event = :event ORDER BY done_at")
# What an event became part of may have become part of another.
MERGED = text("""
    WITH RECURSIVE became (event, steps) AS (
        SELECT CAST(:event AS bigint), 0
        UNION ALL
        SELECT (acts.facts ->> 'into')::bigint, steps + 1 FROM became
        JOIN analyst.event_acts AS acts ON acts.event = became.event AND acts.action = 'merge' AND steps < 100
    )
    SELECT event FROM became JOIN analyst.events USING (event) WHERE event <> :event ORDER BY steps LIMIT 1
""")
# A visit and what was signed on it: one country, and days that meet.
LINKED = text(f"""
    SELECT {COLUMNS} FROM analyst.events
    WHERE event <> :event AND retracted_at IS NULL AND kind <> :kind AND 'visit' IN (kind, :kind)
        AND countries && CAST(:countries AS text[]) AND coalesce(precision, 'day') = 'day'
        AND happened_on <= CAST(:last AS date) + 1 AND coalesce(last_on, told_to) >= CAST(:first AS date) - 1
    ORDER BY happened_on, event LIMIT 20
""")  # noqa: S608 as above
REPORTS_SHOWN = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class EventFacts:
    """An event as the view `analyst.events` has it, with the sentence of its best report."""

    event: int
    kind: str
    direction: str | None
    told: str
    people: tuple[str, ...]
    bodies: tuple[str, ...]
    countries: tuple[str, ...]
    city: str | None
    first_on: date | None
    last_on: date | None
    precision: str | None
    happened_on: date
    told_from: date
    told_to: date
    sources: tuple[str, ...]
    reports: int
    outlets: int
    evidence: str | None
    evidence_language: str | None
    article: int | None
    url: str | None
    is_known: bool
    retracted_at: datetime | None
    made_at: datetime
    participants: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ActFacts:
    """What a rule or a person did to an event."""

    action: str
    done_by: str
    facts: Mapping[str, Any]
    done_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class WholeEvent:
    """An event with all its reports, what was done to it, the events it goes with, and what people put right of it."""

    event: EventFacts
    reports: tuple[PlacedReport, ...]
    acts: tuple[ActFacts, ...]
    linked: tuple[EventFacts, ...]
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthCount:
    """How many events of a kind began in a month."""

    month: date
    kind: str
    events: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CountryCount:
    """How many events there are with a country."""

    country: str
    events: int


def list_events(desk: Desk, wanted: EventFilters) -> tuple[EventFacts, ...]:
    """List events, the last first."""
    return desk.all(EventFacts, EVENTS, wanted.model_dump())


def count_by_month(desk: Desk, wanted: EventFilters) -> tuple[MonthCount, ...]:
    """Count events by month and kind."""
    return desk.all(MonthCount, BY_MONTH, wanted.model_dump())


def count_by_country(desk: Desk, wanted: EventFilters) -> tuple[CountryCount, ...]:
    """Count events by country, the most first."""
    return desk.all(CountryCount, BY_COUNTRY, wanted.model_dump())


def new_events(desk: Desk, since: datetime, most: int) -> tuple[EventFacts, ...]:
    """List events that became known since a moment, the last first."""
    return desk.all(EventFacts, NEW, {"since": since, "most": most})


def read_event(desk: Desk, number: int, most: int = REPORTS_SHOWN) -> WholeEvent | None:
    """Read all about an event, and the first reports of it; None where there is none of this number."""
    event = desk.one(EventFacts, ONE, {"event": number})
    if event is None:
        return None
    beside = {"event": number, "kind": event.kind, "countries": list(event.countries)}
    days = {"first": event.happened_on, "last": event.last_on or event.told_to}
    return WholeEvent(
        event=event,
        reports=reports_of_event(desk, number, most),
        acts=desk.all(ActFacts, ACTS, {"event": number}),
        linked=desk.all(EventFacts, LINKED, {**beside, **days}),
        corrections=corrections_of_event(desk, number),
    )


def merged_into(desk: Desk, number: int) -> int | None:
    """Return the number of the event that another became a part of, None for one that did not."""
    found: int | None = desk.value(MERGED, {"event": number})
    return found
