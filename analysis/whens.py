"""Days, months and years as `When`, each with its first and last day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from analysis.records import Precision, When


def day_of(year: int, month: int, day: int) -> date | None:
    """Return the day, None where the calendar has none of that number."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_range(first: date | None, last: date | None) -> When | None:
    """Make the days from first to last; None where one is wanting or they stand the wrong way round."""
    if first is None or last is None or last < first:
        return None
    return When(first=first, last=last, precision=Precision.DAY)


def month_of(year: int, month: int) -> When:
    """Make a month of a year."""
    last = date(year, month, monthrange(year, month)[1])
    return When(first=date(year, month, 1), last=last, precision=Precision.MONTH)


def year_of(year: int) -> When:
    """Make a year."""
    return When(first=date(year, 1, 1), last=date(year, 12, 31), precision=Precision.YEAR)
