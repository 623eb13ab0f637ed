"""How much a source usually brings: by the day of the week, as its last weeks show it, and else as it promises.

Days are the 24 hours before now and those before them, newest first, so that the same day of the week is seven further.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from analysis.records import DayCount

WEEK = 7
FEWEST_WEEKS = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """Some of the last days, those on which the source answered: what was expected of them, and what they brought."""

    days: int
    expected: float
    new: int


def of_weekday(days: Sequence[DayCount], age: int) -> float | None:
    """Return what the day of the week of the `age`-th last day usually brings, None where too few weeks are known.

    Days on which nothing answered say nothing.
    """
    same = [day.new for day in days[age + WEEK :: WEEK] if day.answered]
    return median(same) if len(same) >= FEWEST_WEEKS else None


def stretch(days: Sequence[DayCount], least: int, enough: float, most: int) -> Stretch:
    """Return the shortest stretch of the last days (at most `most`) of which `enough` new pages were to be expected.

    A day whose rhythm is not known yet is expected to bring `least`. One on which nothing answered is left out.
    """
    counted, expected, new = 0, 0.0, 0
    for age, day in enumerate(days[:most]):
        if not day.answered:
            continue
        known = of_weekday(days, age)
        expected += least if known is None else known
        counted, new = counted + 1, new + day.new
        if expected >= enough:
            break
    return Stretch(days=counted, expected=expected, new=new)


def longest_gap(days: Sequence[DayCount]) -> int:
    """Return the longest row of answered days without a new page, between two that had some."""
    longest = gap = 0
    begun = False
    for day in days:
        if day.new:
            longest, gap, begun = max(longest, gap), 0, True
        elif begun and day.answered:
            gap += 1
    return longest
