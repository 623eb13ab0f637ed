"""Visits as calendars need them: with the moment of their last change, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text

from analysis.records import EventKind
from models.desk import Desk
from models.questions.events import EventFacts, list_events
from models.questions.filters import EventFilters

MANY = 1000
CHANGES = text("""
    SELECT events.event, articles.source, sources.name AS outlet, sources.tier, articles.title, articles.told_on,
        greatest(
            events.made_at, events.retracted_at,
            (SELECT max(done_at) FROM analyst.event_acts AS acts WHERE acts.event = events.event),
            (SELECT max(each.fetched_at) FROM analyst.event_reports AS said
                JOIN analyst.articles AS each USING (article) WHERE said.event = events.event)
        ) AS changed_at
    FROM analyst.events
    LEFT JOIN analyst.articles ON articles.article = events.article
    LEFT JOIN analyst.sources ON sources.source = articles.source
    WHERE events.event = ANY(:events)
""")


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """When anything about an event changed last, and the article of its sentence, where there is one."""

    event: int
    source: str | None
    outlet: str | None
    tier: int | None
    title: str | None
    told_on: date | None
    changed_at: datetime


def list_visits(desk: Desk, wanted: EventFilters) -> tuple[tuple[EventFacts, Change], ...]:
    """List the chosen visits that were told as news, announced, or proved not to be, each with its last change."""
    chosen = wanted.model_copy(update={"kind": EventKind.VISIT, "most": MANY, "after": None})
    visits = {each.event: each for each in list_events(desk, chosen) if _is_told(each)}
    changes = desk.all(Change, CHANGES, {"events": list(visits)})
    return tuple((visits[each.event], each) for each in sorted(changes, key=lambda each: each.event))


def _is_told(event: EventFacts) -> bool:
    return not event.is_known and (event.told != "recalled" or event.retracted_at is not None)
