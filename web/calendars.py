"""Visits as calendars (RFC 5545), for a reader's own calendar to follow; each keeps the id `marsad feeds` gives it."""

from __future__ import annotations

from dataclasses import replace

from fastapi import Response

from analysis.records import EventKind, FeedEvent, Language, Telling, Told
from channels.calendars import write_calendar
from channels.feeds import FeedHead
from models.desk import Desk
from models.questions.events import EventFacts
from models.questions.filters import EventFilters
from models.questions.visits import Change, list_visits
from web.house import View
from web.names import happening_of

ICS = "text/calendar; charset=utf-8"


def calendar(view: View, desk: Desk, wanted: EventFilters, name: str, title: str) -> Response:
    """Answer with the chosen visits as a calendar of this name and title."""
    found = list_visits(desk, wanted) if wanted.kind in {None, EventKind.VISIT} else ()
    head = FeedHead(name=name, title=f"marsad: {title}", language=view.speech.look.language)
    body = write_calendar(head, [_event(each, change) for each, change in found], view.speech.wording)
    return Response(body, media_type=ICS)


def _event(visit: EventFacts, change: Change) -> FeedEvent:
    happening = replace(happening_of(visit), tellings=tuple(_tellings(visit, change)))
    return FeedEvent(happening=happening, changed_at=change.changed_at)


def _tellings(visit: EventFacts, change: Change) -> list[Telling]:
    """Return the article whose sentence says it, if any."""
    if visit.article is None or change.told_on is None:
        return []
    language = visit.evidence_language
    return [
        Telling(
            article_id=visit.article,
            source_id=change.source or "",
            outlet=change.outlet or "",
            tier=change.tier or 0,
            language=Language(language) if language else Language.OTHER,
            url=visit.url or "",
            title=change.title or "",
            told=Told(visit.told),
            told_on=change.told_on,
            evidence=visit.evidence or "",
        )
    ]
