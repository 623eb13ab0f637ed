"""When something was, from all sentences of an article that tell of it: one day, or the days that a visit lasted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from analysis.coherence import Retold, countries_of_group
from analysis.extents import EXTENTS, Extent, read_extent, stretch, times_of
from analysis.findings import Finding, overlap
from analysis.lending import lend_day
from analysis.presences import Presence
from analysis.records import Direction, EventKind, Precision, Told, When
from analysis.scenes import Scene
from analysis.timing import LASTING
from analysis.vocabulary import MOROCCO, CueRole

_GOES_ON = 3  # sentences
_TELLS_ON = 12  # sentences: "the visit had begun on Tuesday", far down
_LONGEST = timedelta(days=6)  # what is longer is a week or a month, and no stay
_LONGEST_BETWEEN = timedelta(days=4)  # an arrival and a departure farther apart are of two stays
_OF_THE_WAY = frozenset({CueRole.TRIP, CueRole.TRAVEL, CueRole.LEAVING, CueRole.STAY, CueRole.RETURN})


def when_of(told: Retold, scenes: Sequence[Scene], published: date | None) -> When | None:
    """Say when it was: what its sentences say, stretched by what goes on with them; for news, else what lends a day."""
    group, how = told
    when = _told_when(group)
    if when is None and how is Told.NEWS and published is not None:
        when = lend_day(group, scenes, published)
        return _between(_stretched(group, when, scenes, published), group, scenes, published)
    whole = _joined(group, when) or _stretched(group, when, scenes, published)
    return _between(whole, group, scenes, published) if how is Told.NEWS else whole


def _told_when(group: Sequence[Finding]) -> When | None:
    """Choose the first time that its sentences name, a day before a week or month that holds it."""
    own = sorted(group, key=_is_of_visit) if group[0].draft.kind is EventKind.AGREEMENT else group
    whens = [each.telling.when for each in own if each.telling.when]
    if not whens or not _is_vague(whens[0]):
        return next(iter(whens), None)
    return next((each for each in whens if not _is_vague(each) and overlap(each, whens[0])), whens[0])


def _is_of_visit(finding: Finding) -> bool:
    """Tell whether a sentence tells of a coming too, whose day its time can be."""
    return bool(finding.scene.comings)


def _is_vague(when: When) -> bool:
    return when.precision is not Precision.DAY or when.last - when.first >= _LONGEST


def _joined(group: Sequence[Finding], when: When | None) -> When | None:
    """Join the days of one stay, told apart: "arrived on Tuesday, he goes on with it today"; None where alike."""
    whens = [each.telling.when for each in group if each.telling.when and not _is_vague(each.telling.when)]
    is_lasting = group[0].draft.kind in LASTING
    if when is None or not is_lasting or _is_vague(when) or all(overlap(when, each) for each in whens):
        return None
    return replace(when, first=min(each.first for each in whens), last=max(each.last for each in whens))


def _stretched(
    group: Sequence[Finding], when: When | None, scenes: Sequence[Scene], published: date | None
) -> When | None:
    """Make one day of a visit or conference as long as the sentences that tell of it, or go on with it, say it was."""
    if when is None or group[0].draft.kind not in LASTING:
        return when
    told = {
        each.scene.sentence.number for each in group if each.telling.when is None or overlap(each.telling.when, when)
    }
    near = [each for each in scenes if _is_near(each, told, group)]
    extents = [read_extent(each, published) for each in near if not each.roles.isdisjoint(EXTENTS)]
    if when.first != when.last:
        return _extended(when, extents)
    further = [each for each in scenes if each not in near and _tells_of_days(each, told, countries_of_group(group))]
    ranges = (
        each.when for scene in (*near, *further) for each in times_of(scene, published) if _holds(each.when, when)
    )
    whole = next(ranges, None) if group[0].draft.kind is EventKind.VISIT else None
    if whole is not None:
        return whole
    longer = (stretch(when, each) for each in (*extents, _merged(extents)))
    return max(longer, key=lambda each: each.last - each.first, default=when)


def _extended(when: When, extents: Sequence[Extent]) -> When:
    """Move the end of some days to the one that another sentence says it goes on to."""
    last = _merged(extents).last
    later = last is not None and when.precision is Precision.DAY and when.last < last <= when.last + _LONGEST
    return replace(when, last=last) if later and last else when


def _is_near(scene: Scene, told: Iterable[int], group: Sequence[Finding]) -> bool:
    if not scene.roles.isdisjoint({CueRole.DURING, CueRole.GATHERING}) and group[0].draft.kind is EventKind.VISIT:
        return False  # the days are of what took place during it, or of a gathering
    return scene.sentence.number in told or _goes_on(scene, told, countries_of_group(group))


def _tells_of_days(scene: Scene, told: Iterable[int], countries: tuple[str, ...]) -> bool:
    """Tell whether a sentence soon after, of talks or a trip and of no other place, can say which days it took."""
    elsewhere = {each.country for each in scene.presences if each.is_place} - {*countries, MOROCCO}
    after = [scene.sentence.number - each for each in told if scene.sentence.number > each > 0]
    is_of_it = not scene.roles.isdisjoint({CueRole.TALKS, CueRole.TRIP, CueRole.DURATION})
    return bool(after) and min(after) <= _GOES_ON and not elsewhere and is_of_it and not _is_of_a_gathering(scene)


def _is_of_a_gathering(scene: Scene) -> bool:
    return CueRole.GATHERING in scene.roles


def _holds(range_: When, when: When) -> bool:
    days = range_.precision is when.precision is Precision.DAY and range_.last - range_.first < _LONGEST
    return days and range_ != when and range_.first <= when.first and when.last <= range_.last


def _merged(extents: Sequence[Extent]) -> Extent:
    """Put together what several sentences say of one stay: arrived on Tuesday, left on Thursday."""
    return Extent(
        first=min((each.first for each in extents if each.first), default=None),
        last=max((each.last for each in extents if each.last), default=None),
        days=next((each.days for each in extents if each.days), None),
        until=next((each.until for each in extents if each.until is not None), None),
        ends=any(each.ends for each in extents),
    )


def _goes_on(scene: Scene, told: Iterable[int], countries: tuple[str, ...]) -> bool:
    """Tell whether a sentence of the text goes on with a trip: right after, or of "the visit" and of no other place."""
    number = scene.sentence.number
    after = [number - each for each in told if number > each]
    if number <= 1 or not after:
        return False
    if not scene.comings:
        return min(after) == 1
    elsewhere = {each.country for each in scene.presences if each.is_place} - {*countries, MOROCCO}
    of_the_way = all(each.term.role in _OF_THE_WAY for each in scene.comings)
    of_a_trip = all(each.term.role is CueRole.TRIP for each in scene.comings)
    return not elsewhere and of_the_way and min(after) <= (_TELLS_ON if of_a_trip else _GOES_ON)


# ---------------------------------------------------------------- from the arrival to the departure


def _between(
    when: When | None, group: Sequence[Finding], scenes: Sequence[Scene], published: date | None
) -> When | None:
    """Let the days of a visit reach from the arrival to the departure that sentences anywhere in the text tell of."""
    if when is None or group[0].draft.kind is not EventKind.VISIT or _is_vague(when):
        return when
    body = [each for each in scenes if each.sentence.number > 0]
    if all(each.draft.cue.term.role is CueRole.LEAVING for each in group if each.telling.when):
        when = next(_ending(when, body, group, published), when)
    ways = [each for each in body if _is_way(each, group)]
    extents = [read_extent(each, published) for each in ways]
    arrived = max((each.first for each in extents if each.first and each.first <= when.first), default=None)
    lefts = [_left(each, arrived or when.first) for each in extents]
    left = min((each for each in lefts if each and each >= when.first), default=None)
    if arrived is None and when.first != when.last:
        return when  # its days are told; who went home the day after has only travelled
    is_whole = arrived is not None and left is not None
    first, last = arrived or when.first, left if left and (is_whole or left > when.last) else when.last
    return replace(when, first=first, last=last) if last - first <= _LONGEST_BETWEEN else when


def _ending(when: When, body: Sequence[Scene], group: Sequence[Finding], published: date | None) -> Iterator[When]:
    """Find the days that end on the one of a departure, in a sentence of that country alone."""
    countries = {*countries_of_group(group)}
    for scene in body:
        if {each.country for each in scene.presences if each.is_place} - {MOROCCO} == countries:
            ranges = (each.when for each in times_of(scene, published))
            yield from (each for each in ranges if each.last == when.last and _holds(each, when))


def _left(extent: Extent, since: date) -> date | None:
    """Return the day of a departure, which a bare weekday names as the next after the arrival."""
    if extent.last is not None or extent.until is None:
        return extent.last
    return since + timedelta(days=(extent.until - since.weekday()) % 7)


def _is_way(scene: Scene, group: Sequence[Finding]) -> bool:
    """Tell whether a sentence tells of an arrival or a departure, and of no third place but where a guest goes on."""
    departs = CueRole.DEPARTING in scene.roles
    if not departs and not {CueRole.STARTING, CueRole.TRAVEL} <= scene.roles:
        return False
    arrives = any(each.overlaps(start) for start in scene.of(CueRole.STARTING) for each in scene.of(CueRole.TRAVEL))
    if CueRole.TOUR in scene.roles or not (departs or (arrives and not _is_of_a_gathering(scene))):
        return False
    known = {*countries_of_group(group), MOROCCO}
    places = [each for each in scene.presences if each.is_place and each.country not in known]
    is_guest = group[0].draft.direction is Direction.INBOUND
    return all((departs and is_guest) or _is_origin(scene, each) for each in places)


def _is_origin(scene: Scene, place: Presence) -> bool:
    """Tell whether somebody comes from a place: "procedente de Madrid"."""
    return any(scene.wording.is_in(CueRole.ORIGIN, word) for word in scene.gap(scene.sentence.start, place.start)[-1:])
