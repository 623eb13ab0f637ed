"""How long something lasted, put together from the words beside its days: begun on, until, of two days, the last of it.

What is told of one day is stretched over what its sentence proves, and no further.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from analysis.arabic import canonical
from analysis.cues import FoundCue
from analysis.date_words import WEEKDAY, WEEKDAYS
from analysis.dates import FoundWhen, resolve_dates
from analysis.records import Precision, When
from analysis.scenes import Scene
from analysis.vocabulary import CueRole

_GOVERNS_WITHIN = 30  # characters: "begun on", "entamée à Madrid"
_ENDING_WITHIN = 80
_WITHIN = 20  # characters: "Tuesday, 6 October, and Wednesday"
_LONGEST = timedelta(days=14)  # what is told to have lasted longer is two things
_A_DAY = timedelta(days=1)
_BARE_WEEKDAY = re.compile(rf"[^\d,.]{{0,12}}?\b(?P<weekday>{WEEKDAY})(?! ?\d)")
_LAST = (CueRole.UNTIL, CueRole.DEPARTING, CueRole.ENDING)
_FIRST = (CueRole.STARTING, CueRole.SINCE)
_BOUNDS = frozenset({CueRole.SAYING, *_FIRST, *_LAST})
EXTENTS = _BOUNDS - {CueRole.SAYING} | {CueRole.DURATION, CueRole.NTH}
"""What the words do that say how long something lasted."""


@dataclass(frozen=True, slots=True)
class Extent:
    """What words say of the length of something: its first and last day, the days told of, how many and which.

    `pair` are two days running that stand linked, `until` is a weekday that ends it, Monday 0; `ends` says that a day
    told of is its last, `goes_on` that it lasts to this day.
    """

    first: date | None = None
    last: date | None = None
    told: tuple[date, ...] = ()
    days: int | None = None
    nth: int | None = None
    pair: tuple[date, date] | None = None
    until: int | None = None
    ends: bool = False
    goes_on: bool = False

    def __bool__(self) -> bool:
        """Tell whether anything is said that could stretch a day."""
        return bool(self.first or self.last or self.days or self.nth or self.pair or self.until is not None)


@dataclass(frozen=True, slots=True)
class _Day:
    start: int
    end: int
    on: date


def read_extent(scene: Scene, published: date | None) -> Extent:
    """Read what a sentence says of when something began and ended."""
    days = sorted(_days(scene, published), key=lambda each: each.start)
    governed = [(_governor(scene, each.start, days), each.on) for each in days]
    duration = next(scene.of(CueRole.DURATION), None)
    until = _until(scene)
    nth = next(scene.of(CueRole.NTH), None)
    last = _only(on for role, on in governed if role in _LAST and (until is None or role is CueRole.ENDING))
    is_open = last is None and until is None and duration is None
    goes_on = is_open and any(role is CueRole.SINCE for role, _ in governed) and not _was(scene)
    return Extent(
        first=_only(on for role, on in governed if role in _FIRST),
        last=published if goes_on else last,
        told=tuple(on for role, on in governed if role is None),
        days=duration.term.days if duration else None,
        nth=nth.term.days if nth else None,
        pair=next(_pairs(scene, days), None),
        until=until,
        ends=duration is not None and _ends(scene, duration),
        goes_on=goes_on,
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
    found = _resolved(scene.text[start:end], published)
    return tuple(replace(each, start=start + each.start, end=start + each.end) for each in found)


@lru_cache(maxsize=512)  # a sentence is asked for each thing that an article tells
def _resolved(sentence: str, published: date | None) -> tuple[FoundWhen, ...]:
    return resolve_dates(sentence, published)


def _pairs(scene: Scene, days: Sequence[_Day]) -> Iterator[tuple[date, date]]:
    """Find two days running with nothing but "and" between: "hier et aujourd'hui"."""
    for one, other in pairwise(days):
        if other.on - one.on == _A_DAY and other.start - one.end <= _WITHIN and scene.is_link(one.end, other.start):
            yield one.on, other.on


def is_bound(scene: Scene, found: FoundWhen) -> bool:
    """Tell whether a time is when something began or ended, or when somebody spoke, and not when it happened."""
    return _governor(scene, found.start, scene.times) is not None


def _is_signed(scene: Scene, bound: FoundCue) -> bool:
    """Tell whether a word for an end says that a paper was signed: "a été conclue lundi"."""
    return any(bound.overlaps(each) for role in (CueRole.SIGNING, CueRole.INKING) for each in scene.of(role))


def _governor(scene: Scene, start: int, days: Sequence[_Day | FoundWhen]) -> CueRole | None:
    """Say what the word right before a day makes of it: a beginning, an end, the day somebody spoke."""
    since = max((each.end for each in days if each.end <= start), default=0)
    bounds = (each for each in scene.cues if each.term.role in _BOUNDS and not _is_signed(scene, each))
    before = [each for each in bounds if since <= each.start and each.end <= start]
    near = [each for each in before if start - each.end <= _GOVERNS_WITHIN]
    return max(near, key=lambda each: each.end).term.role if near else None


def _until(scene: Scene) -> int | None:
    """Find a bare weekday that ends it: which one is meant, only its beginning tells."""
    ends = (each for role in (CueRole.UNTIL, CueRole.DEPARTING) for each in scene.of(role))
    after = (canonical(scene.text[each.end : each.end + _GOVERNS_WITHIN]) for each in ends)
    found = next(filter(None, (_BARE_WEEKDAY.match(text) for text in after)), None)
    return WEEKDAYS[found["weekday"]] if found else None


def _ends(scene: Scene, duration: FoundCue) -> bool:
    if any(scene.is_after(each) and each.is_near(duration, _GOVERNS_WITHIN) for each in scene.of(CueRole.TRIP)):
        return True
    return any(each.start - duration.end <= _ENDING_WITHIN for each in scene.of(CueRole.ENDING))


def _was(scene: Scene) -> bool:
    """Tell whether what went on since a day did so in the past: "il était à Berne depuis mardi"."""
    return any(
        0 <= since.start - each.end <= _GOVERNS_WITHIN
        for since in scene.of(CueRole.SINCE)
        for each in scene.of(CueRole.BEING)
    )


def _only(days: Iterator[date]) -> date | None:
    found = {*days}
    return found.pop() if len(found) == 1 else None


# ---------------------------------------------------------------- one day made longer


def stretch(when: When, extent: Extent) -> When:
    """Make one day as long as is said; what contradicts itself stays one day."""
    if when.precision is not Precision.DAY or when.first != when.last or not extent:
        return when
    day = when.first
    first, last = _counted(day, extent) if _is_unbounded(extent) else _bounded(day, extent)
    return replace(when, first=first, last=last) if first <= last < first + _LONGEST else when


def _is_unbounded(extent: Extent) -> bool:
    return extent.first is None and extent.last is None and extent.until is None


def _bounded(day: date, extent: Extent) -> tuple[date, date]:
    """Find the end that is not said: so many days on, else the farthest day told of."""
    more = _A_DAY * (extent.days - 1) if extent.days else None
    first, last = extent.first, extent.last
    if extent.until is not None and last is None:
        so_far = max([first or day, *extent.told])
        last = so_far + _A_DAY * ((extent.until - so_far.weekday()) % 7)
        first = first or (last - more if more is not None else min([day, *extent.told]))
    elif first is not None and last is None:
        last = first + more if more is not None else max([first, *extent.told, day])
    elif last is not None and first is None:
        first = last - more if more is not None else min([last, *extent.told, day])
    return first or day, last or day


def _counted(day: date, extent: Extent) -> tuple[date, date]:
    """Count from the day told of: the second of three, the last of two, or else the first."""
    days = extent.days or 1
    if extent.pair and day in extent.pair:
        return extent.pair
    if extent.nth:
        first = day - _A_DAY * (extent.nth - 1)
        return first, max(day, first + _A_DAY * (days - 1))
    return (day - _A_DAY * (days - 1), day) if extent.ends else (day, day + _A_DAY * (days - 1))
