"""Times that lean on one named before them in the text: "في الشهر نفسه", "la même année", "the day before"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from analysis.records import Precision, When
from analysis.whens import day_range, month_of, year_of

Placed = tuple[int, int, When | None]
"""The characters `start` to `end` of a canonical text, and the time meant; None for what is no time."""


def with_references(text: str, placed: Sequence[Placed], published: date, named: When | None) -> list[Placed]:
    """Add, in order, what refers to the last time before it; `text` is canonical, `named` stands before it."""
    starts = [start for start, _, _ in placed]
    last_named = [named]
    for _, _, when in placed:
        last_named.append(when or last_named[-1])
    added: list[Placed] = []
    for pattern, read in _RULES:
        for match in pattern.finditer(text):
            behind = bisect_right(starts, match.start())
            if _is_free(match, placed[max(0, behind - 1) : behind + 1]):
                added.append((*match.span(), read(last_named[behind], published)))
    return sorted([*placed, *added], key=lambda one: one[:2])


def _is_free(match: re.Match[str], beside: Sequence[Placed]) -> bool:
    return all(match.end() <= start or end <= match.start() for start, end, _ in beside)


def _same_month(named: When | None, _published: date) -> When | None:
    if named is None or named.precision is Precision.YEAR:
        return None
    return month_of(named.first.year, named.first.month)


def _same_year(named: When | None, _published: date) -> When | None:
    return year_of(named.first.year) if named else None


def _day_before(named: When | None, published: date) -> When | None:
    """Count from the day named, else from the day of publication."""
    from_day = named.first if named and named.precision is Precision.DAY else published
    day = from_day - timedelta(days=1)
    return day_range(day, day)


_RULES: Sequence[tuple[re.Pattern[str], Callable[[When | None, date], When | None]]] = (
    (
        re.compile(
            r"\b(?:(?:ال)?شهر (?:نفسه|ذاته|عينه)|(?:نفس|ذات) الشهر|(?:le|du|ce) meme mois|(?:el|ese|del) mismo mes"
            r"|(?:the|that) same month)\b"
        ),
        _same_month,
    ),
    (
        re.compile(
            r"\b(?:(?:ال)?(?:سنه|عام) (?:نفس|ذات)(?:ها|ه)|(?:نفس|ذات) (?:السنه|العام)|(?:la|de la|cette) meme annee"
            r"|(?:el|ese|del) mismo ano|(?:the|that) same year)\b"
        ),
        _same_year,
    ),
    (
        re.compile(
            r"\b(?:قبل يوم واحد|قبل ذلك بيوم|(?:في )?اليوم السابق|la veille(?! d)|un jour plus tot|el dia anterior"
            r"|un dia antes|the previous day|(?:a|one|the) day (?:earlier|before))\b(?! (?:the|his|a|yesterday|de)\b)"
        ),
        _day_before,
    ),
)
