"""The day of news that its own words do not date: the one recent day that its sentence or those around it name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from analysis.extents import read_extent, stretch, times_of
from analysis.findings import Finding
from analysis.records import EventKind, Precision, When
from analysis.scenes import Scene
from analysis.timing import LASTING
from analysis.vocabulary import CueRole

_RECENT = timedelta(days=7)
_LEAD = (1, 2, 3)  # sentences of the text, the first of which may be a dateline: their day is that of the news
_TELLS = {EventKind.AGREEMENT: CueRole.SIGNING, EventKind.DECORATION: CueRole.AWARD}


def lend_day(group: Sequence[Finding], scenes: Sequence[Scene], published: date) -> When | None:
    """Find the one day named by the sentence that tells it, else by the one before, the lead, or one that goes on."""
    kind = group[0].draft.kind
    for scene in _around(group, scenes):
        whens = {*_whens(scene, published, lasts=kind in LASTING)}
        if whens:
            return whens.pop() if len(whens) == 1 else None
    return None


def _around(group: Sequence[Finding], scenes: Sequence[Scene]) -> Iterator[Scene]:
    told = {each.scene.sentence.number for each in group}
    body = [each for each in scenes if each.sentence.number > 0]
    yield from (each for each in body if each.sentence.number in told)
    yield from (each for each in body if each.sentence.number + 1 in told)
    yield from (each for each in body if each.sentence.number in _LEAD)
    more = _TELLS.get(group[0].draft.kind)
    yield from (each for each in body if more in each.roles)


def _whens(scene: Scene, published: date, *, lasts: bool) -> Iterable[When]:
    """List the recent days of a sentence; for a visit, with the days it is said to have lasted."""
    extent = read_extent(scene, published)
    if lasts:
        ranges = [each.when for each in times_of(scene, published) if each.when.first < each.when.last]
        days = extent.told or [each for each in (extent.last, extent.first) if each]
        named = [*ranges, *(stretch(_day(each), extent) for each in days)]
    else:
        ended = extent.first if extent.goes_on else extent.last  # "since Monday" they have an agreement
        named = [_day(each) for each in extent.told or [each for each in [ended] if each]]
    return [each for each in named if each.precision is Precision.DAY and _is_recent(each, published)]


def _day(on: date) -> When:
    return When(first=on, last=on, precision=Precision.DAY)


def _is_recent(when: When, published: date) -> bool:
    return published - _RECENT <= when.first <= published
