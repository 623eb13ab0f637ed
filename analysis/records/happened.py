"""What an article says happened: reports, with the sentence that says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from analysis.records.said import Span


class EventKind(StrEnum):
    """The kinds of event; what each needs to count stands in `seeds/events.yml`."""

    VISIT = "visit"
    AGREEMENT = "agreement"
    MEETING = "meeting"
    DECORATION = "decoration"
    ELECTION = "election"
    CONFERENCE = "conference"
    OPERATION = "operation"
    EXTRADITION = "extradition"


class Direction(StrEnum):
    """Which way a visit goes, seen from Morocco."""

    OUTBOUND = "outbound"
    INBOUND = "inbound"


class Told(StrEnum):
    """How an article tells of an event."""

    NEWS = "news"
    RECALLED = "recalled"
    ANNOUNCED = "announced"
    DENIED = "denied"


class Precision(StrEnum):
    """How exact a date is."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, kw_only=True, slots=True)
class When:
    """A day or a range of days, first and last included, as exact as it was printed."""

    first: date
    last: date
    precision: Precision


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What one article says happened, with the sentence that says so (`span`) and the rule that read it.

    `people`, `bodies` and `city` are ids of the seeds; `countries` are ISO 3166-1 alpha-2 without MA.
    """

    kind: EventKind
    direction: Direction | None
    told: Told
    people: tuple[str, ...]
    bodies: tuple[str, ...]
    countries: tuple[str, ...]
    city: str | None
    when: When | None
    evidence: str
    span: Span
    rule: str
