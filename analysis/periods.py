"""Which addresses of a list belong to a period of days, by whatever tells their date: for walks back in archives."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from analysis.records import Entry

CHANGED_LATER = timedelta(days=2)
"""So long after its publication a page still changes: of one whose list tells the last change only, that is the day."""
MADE_ANEW = 50
"""Entries of one list that all changed on one day tell when the list was made, and nothing of themselves."""
# of a sitemap: a year, a month or a day, as in sitemap-2024-03.xml, /2024/03.xml, 20240315
_NAMED = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-/_.]?(0[1-9]|1[0-2])(?:[-/_.]?(0[1-9]|[12]\d|3[01]))?)?(?!\d)")
# of an article: a day or a month in folders of their own; elsewhere in a slug a year is mostly part of a name
_DATED = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?(?=/)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """Days of publication, the first and the last included, as the outlet writes them."""

    first: date
    last: date

    def holds(self, first: date, last: date | None = None) -> bool:
        """Tell whether a day, or some day of a range, is in the period."""
        return first <= self.last and (last or first) >= self.first


def may_hold(url: str, changed_at: datetime | None, period: Period) -> bool:
    """Tell whether a sitemap that an index names can list pages of a period: by the date in its name, or its change."""
    if changed_at is not None and changed_at.date() < period.first:
        return False
    named = _range_of(_NAMED, url)
    return named is None or period.holds(*named)


def choose(entries: Sequence[Entry], period: Period) -> tuple[Entry, ...]:
    """Return the entries of a list that are of a period, and those of which nothing tells that they are not."""
    is_telling = _is_telling(entries)
    return tuple(entry for entry in entries if _is_of(entry, period, is_telling=is_telling))


def is_past(entries: Sequence[Entry], period: Period) -> bool:
    """Tell whether a list that goes from new to old has come to what is older than a period."""
    known = [day for entry in entries if (day := _day_of(entry)) is not None]
    return bool(known) and max(known) < period.first


def _is_of(entry: Entry, period: Period, *, is_telling: bool) -> bool:
    if entry.published_at is not None:
        return period.holds(entry.published_at.date())
    if (named := _range_of(_DATED, urlsplit(entry.url).path)) is not None:
        return period.holds(*named)
    if entry.updated_at is None or not is_telling:
        return True
    return period.first <= entry.updated_at.date() <= period.last + CHANGED_LATER


def _is_telling(entries: Sequence[Entry]) -> bool:
    days = Counter(entry.updated_at.date() for entry in entries if entry.updated_at is not None)
    return not days or len(entries) < MADE_ANEW or max(days.values()) < len(entries)


def _day_of(entry: Entry) -> date | None:
    if entry.published_at is not None:
        return entry.published_at.date()
    named = _range_of(_DATED, urlsplit(entry.url).path)
    return None if named is None else named[1]


def _range_of(pattern: re.Pattern[str], text: str) -> tuple[date, date] | None:
    """Return the days that a date in an address stands for, the last date in it; None where there is none."""
    found = [match.groups() for match in pattern.finditer(text)]
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found[-1])
    assert year is not None  # noqa: S101 both patterns begin with it
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:  # the thirtieth of February
        return None
    if day:
        return first, first
    following = date(year + 1, 1, 1) if month in {None, 12} else date(year, month + 1, 1)
    return first, following - timedelta(days=1)
