"""How much a source usually brings: by the day of the week, as its last weeks show it, and else as it promises.

Days are the 24 hours before now and those before them, newest first, so that the same day of the week is seven further.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp
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


def stretches(days: Sequence[DayCount], least: int, most: int) -> Iterator[Stretch]:
    """Give the last day, the last two and so on, up to `most`; days on which nothing answered are left out.

    A day whose rhythm is not known yet is expected to bring `least`.
    """
    found = Stretch(days=0, expected=0.0, new=0)
    for age, day in enumerate(days[:most]):
        if not day.answered:
            continue
        known = of_weekday(days, age)
        expected = found.expected + (least if known is None else known)
        found = Stretch(days=found.days + 1, expected=expected, new=found.new + day.new)
        yield found


def chance(found: Stretch) -> float:
    """Return how likely so few new pages or fewer are where they come by chance, at the rate that is expected.

    That is the lower tail of the distribution of Poisson.
    """
    term = total = exp(-found.expected)
    for count in range(1, found.new + 1):
        term *= found.expected / count
        total += term
    return total


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
