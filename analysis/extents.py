"""How long something lasted, put together from the words beside its days: begun on, until, of two days, the last of it.

What is told of one day is stretched over what its sentence proves, and no further.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from analysis.cues import FoundCue
from analysis.dates import FoundWhen, resolve_dates
from analysis.records import Precision, When
from analysis.scenes import Scene
from analysis.vocabulary import CueRole

_GOVERNS_WITHIN = 30  # characters: "begun on", "entamée à Madrid"
_ENDING_WITHIN = 80
_LONGEST = timedelta(days=14)  # what is told to have lasted longer is two things
_A_DAY = timedelta(days=1)
_BOUNDS = frozenset({CueRole.STARTING, CueRole.UNTIL, CueRole.ENDING, CueRole.SAYING})
EXTENTS = _BOUNDS - {CueRole.SAYING} | {CueRole.DURATION, CueRole.NTH}
"""What the words do that say how long something lasted."""


@dataclass(frozen=True, slots=True)
class Extent:
    """What words say of the length of something: its first and last day, the days told of, how many and which."""

    first: date | None = None
    last: date | None = None
    told: tuple[date, ...] = ()
    days: int | None = None
    nth: int | None = None
    ends: bool = False

    def __bool__(self) -> bool:
        """Tell whether anything is said that could stretch a day."""
        return bool(self.first or self.last or self.days or self.nth)


@dataclass(frozen=True, slots=True)
class _Day:
    start: int
    end: int
    on: date


def read_extent(scene: Scene, published: date | None) -> Extent:
    """Read what a sentence says of when something began and ended."""
    days = sorted(_days(scene, published), key=lambda each: each.start)
    governed = [(_governor(scene, each, days), each.on) for each in days]
    duration = next(scene.of(CueRole.DURATION), None)
    nth = next(scene.of(CueRole.NTH), None)
    return Extent(
        first=_only(on for role, on in governed if role is CueRole.STARTING),
        last=_only(on for role, on in governed if role in (CueRole.UNTIL, CueRole.ENDING)),
        told=tuple(on for role, on in governed if role is None),
        days=duration.term.days if duration else None,
        nth=nth.term.days if nth else None,
        ends=duration is not None and _ends(scene, duration),
    )


def _days(scene: Scene, published: date | None) -> Iterator[_Day]:
    """List the single days that a sentence names, and today."""
    for each in times_of(scene, published):
        if each.when.precision is Precision.DAY and each.when.first == each.when.last:
            yield _Day(each.start, each.end, each.when.first)
    for cue in scene.todays if published else ():
        if not any(each.start < cue.end and cue.start < each.end for each in scene.times):
            yield _Day(cue.start, cue.end, published or date.min)


def times_of(scene: Scene, published: date | None) -> tuple[FoundWhen, ...]:
    """Return the times of a sentence, found anew where it tells nothing that asked for them."""
    if scene.times:
        return scene.times
    start, end = scene.sentence.start, scene.sentence.end
    found = resolve_dates(scene.text[start:end], published)
    return tuple(replace(each, start=start + each.start, end=start + each.end) for each in found)


def _governor(scene: Scene, day: _Day, days: list[_Day]) -> CueRole | None:
    """Say what the word right before a day makes of it: a beginning, an end, the day somebody spoke."""
    since = max((each.end for each in days if each.end <= day.start), default=0)
    before = [
        each for each in scene.cues if each.term.role in _BOUNDS and since <= each.start and each.end <= day.start
    ]
    near = [each for each in before if day.start - each.end <= _GOVERNS_WITHIN]
    return max(near, key=lambda each: each.end).term.role if near else None


def _ends(scene: Scene, duration: FoundCue) -> bool:
    return any(each.start - duration.end <= _ENDING_WITHIN for each in scene.of(CueRole.ENDING))


def _only(days: Iterator[date]) -> date | None:
    found = {*days}
    return found.pop() if len(found) == 1 else None


# ---------------------------------------------------------------- one day made longer


def stretch(when: When, extent: Extent) -> When:
    """Make one day as long as is said; what contradicts itself stays one day."""
    if when.precision is not Precision.DAY or when.first != when.last or not extent:
        return when
    day = when.first
    first, last = _bounded(day, extent) if extent.first or extent.last else _counted(day, extent)
    return replace(when, first=first, last=last) if first <= last < first + _LONGEST else when


def _bounded(day: date, extent: Extent) -> tuple[date, date]:
    """Find the end that is not said: so many days on, else the farthest day told of."""
    more = _A_DAY * (extent.days - 1) if extent.days else None
    first, last = extent.first, extent.last
    if first is not None and last is None:
        last = first + more if more is not None else max([first, *extent.told, day])
    elif last is not None and first is None:
        first = last - more if more is not None else min([last, *extent.told, day])
    return first or day, last or day


def _counted(day: date, extent: Extent) -> tuple[date, date]:
    """Count from the day told of: the second of three, the last of two, or else the first."""
    days = extent.days or 1
    if extent.nth:
        first = day - _A_DAY * (extent.nth - 1)
        return first, max(day, first + _A_DAY * (days - 1))
    return (day - _A_DAY * (days - 1), day) if extent.ends else (day, day + _A_DAY * (days - 1))
