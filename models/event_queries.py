"""The questions about events: which there are, and who told what of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, Row, select, text

from analysis.errors import UnknownNameError
from analysis.events import disagreements
from analysis.records import EventKind
from models.answers import ReportSummary
from models.articles import ArticleRow
from models.database import told_when_gone
from models.findings import ReportRow
from models.happenings import read_linked
from models.resolving import accounts_of

# The sentence is of the article that tells it as the event is told, in words of its own, first.
EVENTS = text("""
    SELECT events.id, events.kind, events.direction, events.told, events.people, events.bodies, events.countries,
        events.city, events.first_on, events.last_on, events.precision, events.told_from, events.told_to,
        events.sources, events.retracted_at, best.article_id, best.evidence,
        EXISTS (SELECT FROM seed_events WHERE seed_events.event_id = events.id) AS of_seeds,
        (SELECT count(*) FROM reports WHERE reports.event_id = events.id) AS reports
    FROM events
    LEFT JOIN LATERAL (
        SELECT reports.article_id, reports.evidence
        FROM reports JOIN articles ON articles.id = reports.article_id
        WHERE reports.event_id = events.id
        ORDER BY reports.told <> events.told, articles.copy_kind IS NOT NULL,
            articles.published_on NULLS LAST, articles.id, reports.position
        LIMIT 1
    ) AS best ON true
    WHERE events.merged_into_id IS NULL
        AND (CAST(:id AS bigint) IS NULL OR events.id = :id)
        AND (cardinality(CAST(:kinds AS text[])) = 0 OR events.kind = ANY(:kinds))
        AND (CAST(:country AS text) IS NULL OR events.countries @> ARRAY[CAST(:country AS text)])
        AND (CAST(:person AS text) IS NULL OR events.people @> ARRAY[CAST(:person AS text)])
        AND (CAST(:since AS date) IS NULL OR coalesce(events.last_on, events.told_to) >= :since)
        AND (NOT :news_only OR (events.told = 'news' AND events.retracted_at IS NULL
            AND NOT EXISTS (SELECT FROM seed_events WHERE seed_events.event_id = events.id)))
    ORDER BY coalesce(events.first_on, events.told_from) DESC, events.id DESC
    LIMIT :limit
""")

LOG = text("SELECT action, done_by, facts, done_at FROM event_log WHERE event_id = :event ORDER BY id")


@dataclass(frozen=True, kw_only=True, slots=True)
class EventFilter:
    """Which events to list, the newest first: None means any, and so do no kinds.

    `since` is the first day on which one may have ended, else been told last. `news_only` leaves out what is recalled,
    announced, denied, retracted, or known from the seeds.
    """

    kinds: tuple[EventKind, ...] = ()
    country: str | None = None
    person: str | None = None
    since: date | None = None
    news_only: bool = False
    id: int | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class EventSummary:
    """An event with its best supported facts, how many reports tell of it, and the sentence of the best one.

    `article_id` and `evidence` are None for one that only the seeds know.
    """

    id: int
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
    told_from: date
    told_to: date
    sources: tuple[str, ...]
    retracted_at: datetime | None
    of_seeds: bool
    reports: int
    article_id: int | None
    evidence: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class EventAct:
    """What a rule or a person did to an event."""

    action: str
    done_by: str
    facts: Mapping[str, Any]
    done_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class WholeEvent:
    """An event with everything that is known of it.

    `disagreements` are facts that its sources print differently: each value with those who print it.
    """

    event: EventSummary
    reports: tuple[ReportSummary, ...]
    disagreements: Mapping[str, Mapping[object, tuple[str, ...]]]
    linked: tuple[int, ...]
    log: tuple[EventAct, ...]


def list_events(engine: Engine, wanted: EventFilter) -> tuple[EventSummary, ...]:
    """List events, the newest first."""
    with told_when_gone(engine), engine.connect() as connection:
        asked = {name: getattr(wanted, name) for name in EventFilter.__dataclass_fields__} | {"kinds": [*wanted.kinds]}
        return tuple(EventSummary(**_columns(row)) for row in connection.execute(EVENTS, asked))


def read_event(engine: Engine, event_id: int) -> WholeEvent:
    """Read everything about an event, under whichever number it stands today; raises UnknownNameError for none."""
    standing = _standing(engine, event_id)
    [event] = list_events(engine, EventFilter(id=standing))
    with told_when_gone(engine), engine.connect() as connection:
        return WholeEvent(
            event=event,
            reports=tuple(ReportSummary(**_columns(row)) for row in connection.execute(_reports_of(standing))),
            disagreements=disagreements(accounts_of(connection, [standing], current=True).get(standing, [])),
            linked=tuple(number for number, _ in read_linked(connection, [standing]).get(standing, ())),
            log=tuple(EventAct(**_columns(row)) for row in connection.execute(LOG, {"event": standing})),
        )


def _standing(engine: Engine, event_id: int) -> int:
    asked = text("SELECT coalesce(merged_into_id, id) FROM events WHERE id = :id")
    with told_when_gone(engine), engine.connect() as connection:
        found: int | None = connection.scalar(asked, {"id": event_id})
    if found is None:
        raise UnknownNameError(f"there is no event {event_id}: `marsad events` lists them")
    return found


def _reports_of(event_id: int) -> Any:  # noqa: ANN401 a select of many columns
    columns = [column for column in ReportRow.__table__.c if column.name in ReportSummary.__dataclass_fields__]
    article = (ArticleRow.source_id, ArticleRow.url, ArticleRow.title, ArticleRow.published_on)
    asked = select(*columns, *article).join(ArticleRow, ArticleRow.id == ReportRow.article_id)
    return asked.where(ReportRow.event_id == event_id).order_by(
        ArticleRow.published_on.nulls_last(), ArticleRow.id, ReportRow.position
    )


def _columns(row: Row[Any]) -> dict[str, Any]:
    """Return the columns of a row by name, lists as tuples."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row._mapping.items()}  # noqa: SLF001 public by its documentation
