"""Times that lean on one named before them in the text: "في الشهر نفسه", "la même année", "the day before"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from analysis.date_words import DAY_NUMBER, MONTH, MONTHS, day_numbers
from analysis.records import Precision, When
from analysis.whens import day_of, day_range, month_of, year_of

Placed = tuple[int, int, When | None]
"""The characters `start` to `end` of a canonical text, and the time meant; None for what is no time."""


def with_references(text: str, placed: Sequence[Placed], published: date, named: When | None) -> list[Placed]:
    """Add, in order, what refers to the last time before it; `text` is canonical, `named` stands before it."""
    ends = [end for _, end, _ in placed]
    last_named = [named]
    for _, _, when in placed:
        last_named.append(when or last_named[-1])
    added: list[Placed] = []
    replaced: set[int] = set()
    for match in _REFERENCE.finditer(text):
        behind = bisect_right(ends, match.start())
        if behind < len(placed) and placed[behind][0] < match.end():
            replaced.add(behind)  # "in November" of "in November of the same year"
        read = _READERS[match.lastgroup or ""]
        added.append((*match.span(), read(match, last_named[behind], published)))
    kept = (one for number, one in enumerate(placed) if number not in replaced)
    return sorted([*kept, *added], key=lambda one: one[:2])


def _same_month(_match: re.Match[str], named: When | None, _published: date) -> When | None:
    if named is None or named.precision is Precision.YEAR:
        return None
    return month_of(named.first.year, named.first.month)


def _same_year(_match: re.Match[str], named: When | None, _published: date) -> When | None:
    return year_of(named.first.year) if named else None


def _month_of_same_year(match: re.Match[str], named: When | None, _published: date) -> When | None:
    return month_of(named.first.year, MONTHS[match["month"]]) if named else None


def _day_before(_match: re.Match[str], named: When | None, published: date) -> When | None:
    """Count from the day named, else from the day of publication."""
    from_day = named.first if named and named.precision is Precision.DAY else published
    day = from_day - timedelta(days=1)
    return day_range(day, day)


def _same_day(_match: re.Match[str], named: When | None, _published: date) -> When | None:
    return named if named and named.precision is Precision.DAY and named.first == named.last else None


def _next_day(_match: re.Match[str], named: When | None, _published: date) -> When | None:
    if named is None or named.precision is not Precision.DAY:
        return None
    day = named.last + timedelta(days=1)
    return day_range(day, day)


def _days_of_same_month(match: re.Match[str], named: When | None, _published: date) -> When | None:
    if named is None or named.precision is Precision.YEAR:
        return None
    year, month = named.first.year, named.first.month
    numbers = day_numbers(match["days"])
    return day_range(day_of(year, month, min(numbers)), day_of(year, month, max(numbers)))


_SAME_MONTH = (
    r"(?:(?:ال)?شهر (?:نفسه|ذاته|عينه)|(?:نفس|ذات) الشهر|(?:le|du|ce) meme mois"
    r"|(?:el|ese|del) mismo mes|(?:the|that) same month)\b"
)
_SAME_YEAR = (
    r"(?:(?:ال)?(?:سنه|عام) (?:نفس|ذات)(?:ها|ه)|(?:نفس|ذات) (?:السنه|العام)|(?:la|de la|cette) meme annee"
    r"|(?:el|ese|del) mismo ano|(?:the|that) same year)\b"
)
_AND_DAY = r"(?: ?و ?| et | y | and | au | al | to | الي | ?- ?)"
_REFERENCE = re.compile(
    rf"\b(?:(?P<month_of_same_year>(?P<month>{MONTH})(?: من| de| of)? {_SAME_YEAR})"
    rf"|(?P<same_year>{_SAME_YEAR})"
    rf"|(?P<days_of_same_month>(?P<days>{DAY_NUMBER}(?:{_AND_DAY}{DAY_NUMBER}){{0,3}}),? (?:من |of )?{_SAME_MONTH})"
    rf"|(?P<same_month>{_SAME_MONTH})"
    r"|(?P<day_before>(?:قبل يوم واحد|قبل ذلك بيوم|(?:في )?اليوم السابق|la veille(?! d)|un jour plus tot"
    r"|el dia anterior|un dia antes|the previous day|(?:a|one|the) day (?:earlier|before))\b"
    r"(?! (?:the|his|a|yesterday|de)\b))"
    r"|(?P<same_day>(?:في )?(?:اليوم (?:نفسه|ذاته|عينه)|نفس اليوم|ذات اليوم)|\b(?:le jour meme|(?:le|du) meme jour"
    r"|(?:el|ese|del|este) mismo dia|the same day|that (?:same )?day)\b)"
    r"|(?P<next_day>(?:في )?اليوم (?:الموالي|التالي)(?! (?:ل|من))|\b(?:le lendemain(?! d)|al dia siguiente(?! d)"
    r"|(?:the|a) (?:next|following) day)\b))"
)
_READERS: Mapping[str, Callable[[re.Match[str], When | None, date], When | None]] = {
    "days_of_same_month": _days_of_same_month,
    "same_day": _same_day,
    "next_day": _next_day,
    "same_month": _same_month,
    "same_year": _same_year,
    "month_of_same_year": _month_of_same_year,
    "day_before": _day_before,
}
