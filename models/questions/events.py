"""Events and what was reported of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import text

from analysis.events import disagreements
from analysis.records import Account, Direction, EventKind, Field, Precision, Report, Span, Told, When
from models.desk import Desk
from models.questions.filters import EventFilters

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
        AND (CAST(:language AS text) IS NULL OR EXISTS (
            SELECT FROM analyst.event_reports AS told_so
            WHERE told_so.event = events.event AND told_so.language = :language))
"""
COLUMNS = """
    event, kind, direction, told, people, bodies, countries, city, first_on, last_on, precision, happened_on, told_from,
    told_to, sources, reports, outlets, evidence, evidence_language, article, url, is_known, retracted_at, made_at
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
REPORTS = text("""
    SELECT said.report, said.article, said.source, sources.name AS outlet, sources.name_ar AS outlet_ar, said.language,
        said.url, said.title, said.told_on, said.copy_kind, said.kind, said.direction, said.told, said.people,
        said.bodies, said.countries, said.city, said.first_on, said.last_on, said.precision, said.evidence, said.field,
        said.span_start, said.span_end, said.rule,
        CASE said.field WHEN 'text' THEN substr(articles.text, greatest(said.span_start - 600, 0) + 1,
            least(said.span_end - said.span_start, 2000) + 1200) ELSE said.title END AS around,
        CASE said.field WHEN 'text' THEN greatest(said.span_start - 600, 0) ELSE 0 END AS around_from
    FROM analyst.event_reports AS said
    JOIN analyst.articles USING (article)
    JOIN analyst.sources ON sources.source = said.source
    WHERE said.event = :event ORDER BY said.told_on, said.article, said.report LIMIT :most
""")
ACTS = text("SELECT action, done_by, facts, done_at FROM analyst.event_acts WHERE event = :event ORDER BY done_at")
MERGED = text("""
    SELECT (facts ->> 'into')::bigint FROM analyst.event_acts
    WHERE event = :event AND action = 'merge' ORDER BY done_at DESC LIMIT 1
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


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportFacts:
    """What one article says of an event; `around` is the text about its sentence, from character `around_from` on."""

    report: int
    article: int
    source: str
    outlet: str
    outlet_ar: str | None
    language: str
    url: str
    title: str
    told_on: date
    copy_kind: str | None
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
    evidence: str
    field: str
    span_start: int
    span_end: int
    rule: str
    around: str
    around_from: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ActFacts:
    """What a rule or a person did to an event."""

    action: str
    done_by: str
    facts: Mapping[str, Any]
    done_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class WholeEvent:
    """An event with all its reports, what was done to it, and the events it goes with."""

    event: EventFacts
    reports: tuple[ReportFacts, ...]
    acts: tuple[ActFacts, ...]
    linked: tuple[EventFacts, ...]


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


def read_event(desk: Desk, number: int) -> WholeEvent | None:
    """Read all about an event; None where there is none of this number."""
    event = desk.one(EventFacts, ONE, {"event": number})
    if event is None:
        return None
    beside = {"event": number, "kind": event.kind, "countries": list(event.countries)}
    days = {"first": event.happened_on, "last": event.last_on or event.told_to}
    return WholeEvent(
        event=event,
        reports=desk.all(ReportFacts, REPORTS, {"event": number, "most": REPORTS_SHOWN}),
        acts=desk.all(ActFacts, ACTS, {"event": number}),
        linked=desk.all(EventFacts, LINKED, {**beside, **days}),
    )


def merged_into(desk: Desk, number: int) -> int | None:
    """Return the number of the event that another became a part of, None for one that did not."""
    found: int | None = desk.value(MERGED, {"event": number})
    return found


def when_of(facts: EventFacts | ReportFacts) -> When | None:
    """Return the days of an event or report, None where nobody says."""
    if facts.first_on is None or facts.last_on is None or facts.precision is None:
        return None
    return When(first=facts.first_on, last=facts.last_on, precision=Precision(facts.precision))


def differing(reports: tuple[ReportFacts, ...]) -> Mapping[str, Mapping[object, tuple[str, ...]]]:
    """Return the facts that sources print differently, each value with the outlets that print it."""
    return disagreements([_account(each) for each in reports])


def _account(said: ReportFacts) -> Account:
    report = Report(
        kind=EventKind(said.kind),
        direction=Direction(said.direction) if said.direction else None,
        told=Told(said.told),
        people=said.people,
        bodies=said.bodies,
        countries=said.countries,
        city=said.city,
        when=when_of(said),
        evidence=said.evidence,
        span=Span(field=Field(said.field), start=said.span_start, end=said.span_end),
        rule=said.rule,
    )
    return Account(report=report, source_id=said.source, told_on=said.told_on, copied=said.copy_kind is not None)
