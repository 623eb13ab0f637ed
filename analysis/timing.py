"""When a draft was: which of the times that its scene names are its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from analysis.cues import COMINGS, EVENT_ROLES, FoundCue
from analysis.dates import FoundWhen
from analysis.extents import is_bound, read_extent, stretch
from analysis.records import EventKind, Precision, When
from analysis.scenes import Draft, Scene
from analysis.vocabulary import CueRole, Reach

_NEAR = 25  # characters
_TODAY_WITHIN = 80
_LASTING_WITHIN = 120
LASTING = frozenset({EventKind.VISIT, EventKind.CONFERENCE})  # what may take several days


def without_same(scene: Scene, draft: Draft, drafts: Sequence[Draft]) -> Scene:
    """Leave out the other words for the same coming, whose times are its own: "he stayed there on a visit on 3 May"."""
    same = {each.cue for each in drafts if (each.direction, each.countries) == (draft.direction, draft.countries)}
    if draft.cue.term.role is not CueRole.TRIP:
        carried = (*scene.of(CueRole.DOING), *scene.of(CueRole.DURING))
        same |= {each for each in scene.of(CueRole.TRIP) if any(each.overlaps(other) for other in carried)}
    kept = tuple(each for each in scene.cues if each == draft.cue or each not in same)
    return scene if len(kept) == len(scene.cues) else replace(scene, cues=kept)


def choose_whens(scene: Scene, draft: Draft, published: date | None, *, after_only: bool) -> Sequence[When | None]:
    """Choose the time that stands nearest to the word, and those linked to it: "in 2024, then again in 2025".

    Before what is denied stands the day of the denial: `after_only` leaves it out.
    """
    cue = draft.cue
    possible = [each for each in scene.times if _can_be(each.when, published)]
    stops = _of_stops(scene, draft, possible)
    if stops is not None:
        return [stops]
    found = possible if draft.kind in LASTING else _of_one_day(scene, possible)
    exact = _exact(scene, cue, [each for each in found if _is_of(scene, cue, each, after_only=after_only)])
    nearest = min(exact, key=lambda each: _distance(each, cue), default=None)
    if nearest is None:
        return [_today(scene, cue, published)]
    again = [each.when for each in exact if _is_again(scene, nearest, each)]
    whole = _whole(nearest.when, [each.when for each in (found if draft.cue.term.role is CueRole.LEAVING else exact)])
    return [_lasting(scene, draft, nearest, whole, published), *again]


def _of_stops(scene: Scene, draft: Draft, found: Sequence[FoundWhen]) -> When | None:
    """Return the days of one of several stops, where each has its own: "Rome on Monday, Vienna on Wednesday"."""
    if draft.legs == 1:
        return None
    days = [each for each in found if each.when.precision is Precision.DAY]
    joined: list[tuple[When, int]] = []
    for each in days:
        if joined and scene.is_link(joined[-1][1], each.start) and not scene.has_pause(joined[-1][1], each.start):
            first = joined.pop()[0]
            joined.append((replace(first, last=max(first.last, each.when.last)), each.end))
        else:
            joined.append((each.when, each.end))
    return joined[draft.leg][0] if len(joined) == draft.legs else None


def _of_one_day(scene: Scene, found: Sequence[FoundWhen]) -> Sequence[FoundWhen]:
    """Leave out, for what takes one day, when something else began or ended, and the days that a visit lasted."""
    days = [each for each in found if each.when.precision is Precision.DAY]
    kept = [each for each in days if each.when.first == each.when.last and not is_bound(scene, each)]
    return [each for each in found if each in kept or each not in days]


def _exact(scene: Scene, cue: FoundCue, found: Sequence[FoundWhen]) -> Sequence[FoundWhen]:
    """Choose the times that lead in to the word, else days and months before bare years."""
    leading = [each for each in found if _leads_in(scene, cue, each)]
    return leading or [each for each in found if each.when.precision is not Precision.YEAR] or found


def _leads_in(scene: Scene, cue: FoundCue, found: FoundWhen) -> bool:
    """Tell whether a time stands between another coming and this one, and no pause or "and" parts it from this one."""
    if found.end > cue.start or not any(each.end <= found.start for each in scene.comings):
        return False
    gap = scene.gap(found.end, cue.start)
    return not scene.has_pause(found.end, cue.start) and not (gap and scene.is_link(found.end, cue.start))


def _is_again(scene: Scene, nearest: FoundWhen, each: FoundWhen) -> bool:
    """Tell whether a month or year stands beside the nearest as another time of the same: "puis en septembre 2025"."""
    alike = each.when.precision is nearest.when.precision is not Precision.DAY
    apart = each.when.last < nearest.when.first or nearest.when.last < each.when.first
    return alike and apart and scene.is_link(min(each.end, nearest.end), max(each.start, nearest.start))


def _lasting(scene: Scene, draft: Draft, found: FoundWhen, when: When, published: date | None) -> When:
    """Stretch the one day of a trip "of two days", but not the day of what only took place during it."""
    if draft.kind not in LASTING or (draft.kind is EventKind.VISIT and CueRole.GATHERING in scene.roles):
        return when
    extent = read_extent(scene, published)
    far = not any(each.is_near(draft.cue, _LASTING_WITHIN) for each in scene.of(CueRole.DURATION))
    during = scene.is_during(draft.cue) and found.end <= draft.cue.start
    return stretch(when, replace(extent, days=None) if far or during else extent)


def _today(scene: Scene, cue: FoundCue, published: date | None) -> When | None:
    if published is None or not any(each.is_near(cue, _TODAY_WITHIN) for each in scene.todays):
        return None
    return When(first=published, last=published, precision=Precision.DAY)


def _is_of(scene: Scene, cue: FoundCue, found: FoundWhen, *, after_only: bool) -> bool:
    """Tell whether a time can be this event's: no other coming or going claims it, and nothing spoken of as known."""
    if found.when.precision is Precision.DAY and _is_passed(scene, cue, found):
        return False
    if found.start < cue.end:
        is_day = found.when.precision is Precision.DAY
        return not after_only and not (is_over(scene, cue) and is_day) and not _is_before_pause(scene, cue, found)
    others = (*(scene.comings if cue.term.role in COMINGS else ()), *known_words(scene))
    return not any(cue.end <= each.start and each.end <= found.start for each in others)


def _is_passed(scene: Scene, cue: FoundCue, found: FoundWhen) -> bool:
    """Tell whether a word such as "before" parts a time that stands ahead from this coming, or what comes from it."""
    start, end = min(cue.end, found.end), max(cue.start, found.start)
    return any(start <= each.start and each.end <= end for each in scene.of(CueRole.PASSING)) and any(
        each.start < start or each.start >= end for each in scene.cues if each.term.role in EVENT_ROLES and each != cue
    )


def _is_before_pause(scene: Scene, cue: FoundCue, found: FoundWhen) -> bool:
    """Tell whether a time closes what is told of another coming: "he went to Madrid in May, and to Doha"."""
    claims = (each for each in scene.comings if each.end <= found.start and not scene.has_pause(each.end, found.start))
    return next(claims, None) is not None and scene.has_pause(found.end, cue.start)


def _whole(when: When, others: Sequence[When]) -> When:
    """Take the range of days in the same sentence that a day belongs to: what ended today began before."""
    ranges = [other for other in others if other.first <= when.first and when.last <= other.last]
    days = [other for other in ranges if other.precision is Precision.DAY and when.precision is Precision.DAY]
    return max(days, key=lambda other: other.last - other.first, default=when)


def _can_be(when: When, published: date | None) -> bool:
    """Leave out years that have not begun or not ended: they name plans, cups and budgets."""
    return when.precision is not Precision.YEAR or published is None or when.last < published


def _distance(found: FoundWhen, cue: FoundCue) -> int:
    """Measure how far a time stands from a word; one before it counts double, for it often belongs to what precedes."""
    return found.start - cue.end if found.start >= cue.end else 2 * (cue.start - found.end)


def is_over(scene: Scene, cue: FoundCue) -> bool:
    """Tell whether it is only what came before: "after the visit", but not "after a two-day visit"."""
    return scene.is_after(cue) and CueRole.DURATION not in scene.roles


def known_words(scene: Scene) -> list[FoundCue]:
    """List the words that speak of something as known: "under the agreement"."""
    return [each for each in scene.of(CueRole.TOLD) if each.term.reach is Reach.KNOWN]
