"""The events that are known from the start, as `seeds/history.yml` writes them: whoever tells of one tells no news."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from analysis.forms import CountryCode, Must, Slug
from analysis.records import Account, Direction, EventKind, Field, Precision, Report, Span, Told, When
from analysis.seeds import read

SEEDS = "seeds"
"""The source of an account that stands in the seeds."""

_DAYS = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?: to (\d{4}-\d\d-\d\d))?)?)?")


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownEvent:
    """One event of the seeds: its short name, and what is told of it."""

    id: str
    account: Account


def read_days(words: str) -> When:
    """Read `2022`, `2022-06`, `2022-06-13` or `2022-06-13 to 2022-06-14`; raises ValueError for anything else."""
    found = _DAYS.fullmatch(words)
    if found is None:
        raise ValueError("expected a year, month, day or two days")
    year, month, day, last = found.groups()
    if day is not None:
        first = date(int(year), int(month), int(day))
        return When(first=first, last=date.fromisoformat(last) if last else first, precision=Precision.DAY)
    first_month, last_month = (int(month), int(month)) if month else (1, 12)
    last_day = calendar.monthrange(int(year), last_month)[1]
    return When(
        first=date(int(year), first_month, 1),
        last=date(int(year), last_month, last_day),
        precision=Precision.MONTH if month else Precision.YEAR,
    )


def _is_days(words: str) -> bool:
    try:
        when = read_days(words)
    except ValueError:
        return False
    return when.first <= when.last


Days = Annotated[str, Must(_is_days, "days such as 2022, 2022-06, 2022-06-13 or 2022-06-13 to 2022-06-14")]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Entry:
    """One event as it is written."""

    id: Slug
    kind: EventKind
    direction: Direction | None = None
    people: tuple[Slug, ...] = ()
    bodies: tuple[Slug, ...] = ()
    countries: tuple[CountryCode, ...] = ()
    city: Slug | None = None
    when: Days

    def __post_init__(self) -> None:
        if not (self.countries or self.bodies):
            message = "the countries or bodies of the foreign side"
            raise ValueError(message)
        if (self.kind is EventKind.VISIT) != (self.direction is not None):
            message = "'direction' (outbound or inbound) of a visit, and of nothing else"
            raise ValueError(message)

    def known(self) -> KnownEvent:
        """Say the same as an account."""
        when = read_days(self.when)
        report = Report(
            kind=self.kind,
            direction=self.direction,
            told=Told.RECALLED,
            people=self.people,
            bodies=self.bodies,
            countries=self.countries,
            city=self.city,
            when=when,
            evidence="",
            span=Span(field=Field.TEXT, start=0, end=1),
            rule=SEEDS,
        )
        return KnownEvent(id=self.id, account=Account(report=report, source_id=SEEDS, told_on=when.last))


def read_history(text: str, *, file: str) -> tuple[KnownEvent, ...]:
    """Read `seeds/history.yml`. Raises SeedError."""
    return tuple(entry.known() for entry in read(text, file=file, shape=_Entry))
