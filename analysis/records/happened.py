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


class Part(StrEnum):
    """What part a person had in an event, as far as sources say so."""

    HEAD = "head"  # of a delegation that visits
    VISITOR = "visitor"
    HOST = "host"
    DECORATED = "decorated"
    DECORATING = "decorating"
    ELECTED = "elected"
    SIGNER = "signer"
    EXTRADITED = "extradited"


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
    """A day or a range of days, first and last included, as exact as it was printed.

    Of a day, all of them are meant; of a month or a year, some of them: a week or a season is as exact as a month.
    """

    first: date
    last: date
    precision: Precision


@dataclass(frozen=True, kw_only=True, slots=True)
class Participant:
    """A person and the part he or she had; `person` is an id of the seeds, or a name as printed.

    `sources` are those that say so, the first first; empty in a report, which is of one source.
    """

    person: str
    part: Part
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What one article says happened, with the sentence that says so (`span`) and the rule that read it.

    `people`, `bodies` and `city` are ids of the seeds; `countries` are ISO 3166-1 alpha-2 without MA. `participants`
    are those of whom it says what part they had: some of `people`, and others whom the seeds do not know.
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
    participants: tuple[Participant, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """A report as one source gave it: on which day, and whether in a copy of another's text."""

    report: Report
    source_id: str
    told_on: date
    copied: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """The thing that happened, once: the best supported facts of all accounts of it.

    `told` is the most that any account makes of it: news before announced before recalled, and denied where nobody
    says that it happened. `told_from` and `told_to` are the days of the first and the last account, `sources` those who
    gave one, the first first.
    """

    kind: EventKind
    direction: Direction | None
    told: Told
    people: tuple[str, ...]
    bodies: tuple[str, ...]
    countries: tuple[str, ...]
    city: str | None
    when: When | None
    told_from: date
    told_to: date
    sources: tuple[str, ...]
    participants: tuple[Participant, ...] = ()
