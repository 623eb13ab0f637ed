"""Events, accounts and reports as rows and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from analysis.plain import plain_of
from analysis.records import (
    Account,
    Direction,
    Event,
    EventKind,
    Field,
    Part,
    Participant,
    Precision,
    Report,
    Span,
    Told,
    When,
)


def row_of_event(event: Event) -> dict[str, Any]:
    """Return the columns of what an event's accounts make of it."""
    return {
        "kind": event.kind,
        "direction": event.direction,
        "told": event.told,
        "people": list(event.people),
        "bodies": list(event.bodies),
        "countries": list(event.countries),
        "city": event.city,
        "told_from": event.told_from,
        "told_to": event.told_to,
        "sources": list(event.sources),
        "participants": plain_of(event.participants),
        **row_of_when(event.when),
    }


def row_of_when(when: When | None) -> dict[str, Any]:
    """Return the columns of days, all null where there are none."""
    return {
        "first_on": when and when.first,
        "last_on": when and when.last,
        "precision": when and when.precision,
    }


def account_of_row(row: Row[Any]) -> Account:
    """Return a report as its source gave it; a row of the seeds has no sentence."""
    return Account(report=report_of_row(row), source_id=row.source_id, told_on=row.told_on, copied=row.copied)


def report_of_row(row: Row[Any]) -> Report:
    """Return a report as it was filed."""
    return Report(
        kind=EventKind(row.kind),
        direction=Direction(row.direction) if row.direction else None,
        told=Told(row.told),
        people=_names(row.people),
        bodies=_names(row.bodies),
        countries=_names(row.countries),
        city=row.city,
        when=when_of_row(row),
        evidence=row.evidence,
        span=Span(field=Field(row.field), start=row.span_start, end=row.span_end),
        rule=row.rule,
        participants=participants_of(row.participants),
    )


def participants_of(said: Iterable[Mapping[str, Any]]) -> tuple[Participant, ...]:
    """Return who had which part in a report or event, as its column or view says it."""
    return tuple(
        Participant(person=each["person"], part=Part(each["part"]), sources=tuple(each.get("sources", ())))
        for each in said
    )


def when_of_row(row: Row[Any]) -> When | None:
    """Return the days of a row, None where it has none."""
    if row.first_on is None:
        return None
    return When(first=row.first_on, last=row.last_on, precision=Precision(row.precision))


def _names(written: Sequence[str]) -> tuple[str, ...]:
    return tuple(written)
