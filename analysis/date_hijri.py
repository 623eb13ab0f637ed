"""Readers of days, months and years of the Islamic calendar in running text, with the day that the moon may add."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from analysis.date_readers import HALF_A_YEAR, is_named_after, turn_of
from analysis.date_words import WEEKDAY, Turn, day_numbers
from analysis.hijri import HIJRI_MONTHS, hijri_day, hijri_month, hijri_year
from analysis.records import Precision, When

_SAME_DAY = re.compile(
    r"[ ,()/.-]*(?:(?:ه|م|هجريه|ميلاديه)(?![ء-ي]))?[ ,()/.-]*"
    r"(?:(?:ال)?موافقه?(?: ?ل(?:يوم)?)?|correspondant (?:au|a)|equivalente al?|corresponding to)?"
    rf"(?: ?يوم)?[ ,]*(?:{WEEKDAY},?)?(?: le| el)? *"
)
_MOST_APART = 2  # days: the sighting of the moon, and tables that differ


def are_one_day(gap: str) -> bool:
    """Tell whether what stands between two days says that they are one in two calendars: "الموافق لـ"."""
    return _SAME_DAY.fullmatch(gap) is not None


def agree(one: When, other: When) -> bool:
    """Tell whether a civil day and one of the Islamic calendar can be the same."""
    return abs((one.first - other.first).days) <= _MOST_APART


def read_hijri_days(match: re.Match[str], published: date, _printed: str) -> When | None:
    """Read "10 رمضان 1447", or without a year the last such day, or the next where that is over half a year ago."""
    if not match["hijri_year"] and (is_named_after(match) or "صفر" in match["hijri_month"]):
        return None  # صفر is nought as well
    month, numbers = HIJRI_MONTHS[match["hijri_month"]], day_numbers(match["days"])
    years = _hijri_years(match, published)
    ranges = [(hijri_day(year, month, min(numbers)), hijri_day(year, month, max(numbers))) for year in years]
    days = [(first[0], last[1]) for first, last in ranges if first and last]
    return _nearest_of(days, match, published, Precision.DAY)


def read_hijri_month(match: re.Match[str], published: date, _printed: str) -> When | None:
    """Read "رمضان 1447" or "رمضان الماضي"."""
    month = HIJRI_MONTHS[match["hijri_month"]]
    months = [found for year in _hijri_years(match, published) if (found := hijri_month(year, month))]
    return _nearest_of(months, match, published, Precision.MONTH)


def read_hijri_year(match: re.Match[str], _published: date, _printed: str) -> When | None:
    """Read "1447 هـ"."""
    first, last = (hijri_month(int(match["hijri_year"]), month) for month in (1, 12))
    return When(first=first[0], last=last[1], precision=Precision.YEAR) if first and last else None


def _hijri_years(match: re.Match[str], published: date) -> list[int]:
    if match["hijri_year"]:
        return [int(match["hijri_year"])]
    now = hijri_year(published)
    return [now - 1, now, now + 1] if now else []


def _nearest_of(
    named: Sequence[tuple[date, date]], match: re.Match[str], published: date, precision: Precision
) -> When | None:
    """Choose as `_nearest` does, among days or months of one name in several years."""
    turn = turn_of(match)
    past = max((each for each in named if each[0] <= published), default=None)
    coming = min((each for each in named if each[1] >= published), default=None)
    chosen = coming if turn is Turn.NEXT else past
    if turn is None and (past is None or published - past[1] > HALF_A_YEAR):
        chosen = coming
    if match["hijri_year"]:
        chosen = named[0] if named else None
    return When(first=chosen[0], last=chosen[1], precision=precision) if chosen else None
