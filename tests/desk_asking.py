"""What the analysts' views say, asked of an engine: each question at a desk of its own."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine

from models.desk import open_desk
from models.questions.events import EventFacts, WholeEvent, list_events, merged_into, read_event
from models.questions.filters import EventFilters, ReportFilters, TagFilters
from models.questions.reports import ReportFacts, list_reports
from models.questions.tags import TagCount, list_tags


def events_of(engine: Engine, **wanted: Any) -> tuple[EventFacts, ...]:
    """List events."""
    with open_desk(engine) as desk:
        return list_events(desk, EventFilters(**wanted))


def event_of(engine: Engine, number: int) -> WholeEvent:
    """Read an event that must be there, under whichever number it stands today."""
    with open_desk(engine) as desk:
        whole = read_event(desk, merged_into(desk, number) or number)
    assert whole is not None
    return whole


def reports_of(engine: Engine, **wanted: Any) -> tuple[ReportFacts, ...]:
    """List reports."""
    with open_desk(engine) as desk:
        return list_reports(desk, ReportFilters(**wanted))


def tags_of(engine: Engine, **wanted: Any) -> tuple[TagCount, ...]:
    """Count tags."""
    with open_desk(engine) as desk:
        return list_tags(desk, TagFilters(**wanted))
