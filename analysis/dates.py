"""The days that running text speaks of, resolved against the day of publication, ranges kept as ranges.

A day and month without a year is the last such day up to the publication, or the next where that is over half a
year ago; a month alone, over nine months. Words such as "الماضي", "prochain", "of last year" decide where they stand.
A weekday alone is the last one, the day of publication included. A year alone counts only after a word that makes it a
time ("سنة 2022", "en 2022"). What is named after a day (حركة 20 فبراير) is no time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from analysis.arabic import canonical_with_map
from analysis.date_hijri import agree, are_one_day
from analysis.date_readers import lead, spoken_shift
from analysis.date_references import Placed, with_references
from analysis.date_rules import MOON_PATTERNS, RULES, TRIGGER
from analysis.date_words import OF_THIS_WEEK, WEEKDAYS
from analysis.records import Precision, When

_ANY_TWO_DAYS = (date(1999, 3, 4), date(2042, 9, 19))


class Doubt(StrEnum):
    """What speaks against a day: the one given is the one to believe."""

    WEEKDAY = "weekday"  # the weekday printed beside it is not its own
    MOON = "moon"  # only the Islamic calendar names it, or that calendar's day beside it is another


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundWhen:
    """A time named in a text: the characters `start` to `end` (exclusive) of the original, and the days meant."""

    start: int
    end: int
    when: When
    doubt: Doubt | None = None


def resolve_dates(text: str, published: date | None, named: When | None = None) -> tuple[FoundWhen, ...]:
    """Find the days, months and years that a text published on `published` names, in their order in the text.

    Without a day of publication only those count that are the same whichever day it was. `named` is the last time
    named before this text, which "the same month" leans on.
    """
    if published is not None:
        return tuple(_resolve(text, published, named))
    early, late = ([*_resolve(text, day, named)] for day in _ANY_TWO_DAYS)
    return tuple(each for each in early if each in late)


def _resolve(text: str, published: date, named: When | None) -> Iterator[FoundWhen]:
    form = canonical_with_map(text)
    taken = bytearray(len(form.text))
    placed: list[Placed] = []
    doubts: dict[tuple[int, int], Doubt] = {}
    for pattern, read in RULES if TRIGGER.search(form.text) else ():
        for match in pattern.finditer(form.text):
            start, end = match.span()
            if taken.find(1, start, end) < 0:
                when = read(match, published, text[slice(*form.original(start, end))])
                start = max(lead(match).start(), taken.rfind(1, 0, start) + 1)
                taken[start:end] = b"\x01" * (end - start)
                placed.append((start, end, when))
                if when and (doubt := _doubt(match, when, published)):
                    doubts[start, end] = doubt
    placed = _in_one_calendar(form.text, sorted(placed, key=lambda one: one[:2]), doubts)
    for start, end, when in with_references(form.text, placed, published, named):
        if when is not None:
            first, last = form.original(start, end)
            yield FoundWhen(start=first, end=last, when=when, doubt=doubts.get((start, end)))


def _doubt(match: re.Match[str], when: When, published: date) -> Doubt | None:
    """Notice a weekday that is not that of the first day, and a "yesterday" that its weekday puts on another day."""
    if match.re in MOON_PATTERNS:
        return Doubt.MOON
    if when.precision is not Precision.DAY:
        return None
    if "spoken" in match.groupdict():
        is_of_week = match["spoken"] in OF_THIS_WEEK
        return None if is_of_week or when.first == published + spoken_shift(match) else Doubt.WEEKDAY
    weekday = lead(match)["weekday"]
    return Doubt.WEEKDAY if weekday and WEEKDAYS[weekday] != when.first.weekday() else None


def _in_one_calendar(text: str, placed: Iterable[Placed], doubts: dict[tuple[int, int], Doubt]) -> list[Placed]:
    """Of one day printed in both calendars keep the civil one, in doubt where the other is not about the same."""
    kept: list[Placed] = []
    for one in placed:
        merged = _merged(kept[-1], one, doubts) if kept and are_one_day(text[kept[-1][1] : one[0]]) else None
        if merged:
            kept[-1] = merged
        else:
            kept.append(one)
    return kept


def _merged(before: Placed, after: Placed, doubts: dict[tuple[int, int], Doubt]) -> Placed | None:
    """Make one of two days in a row if just one of them is of the Islamic calendar, and note its doubt."""
    moons = [doubts.get(each[:2]) is Doubt.MOON for each in (before, after)]
    if before[2] is None or after[2] is None or moons[0] == moons[1]:
        return None
    civil = after if moons[0] else before
    doubt = doubts.get(civil[:2]) if agree(before[2], after[2]) else Doubt.MOON
    if doubt:
        doubts[before[0], after[1]] = doubt
    return before[0], after[1], civil[2]
