"""How a scene tells what it tells, as news, recalled, announced or denied, and when it says that was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from analysis.cues import FoundCue
from analysis.dates import FoundWhen, resolve_dates
from analysis.drafts import Draft
from analysis.records import Precision, Told, When
from analysis.scenes import Scene
from analysis.vocabulary import CueRole, Reach

_NEAR = 25  # characters: "n'a pas encore", "va bientôt"
_OPENING = 12  # characters
_TODAY_WITHIN = 80
_LASTING_WITHIN = 120
_STALE = timedelta(days=30)
_AHEAD = timedelta(days=1)
_COMINGS = frozenset({CueRole.TRIP, CueRole.TRAVEL, CueRole.HOST, CueRole.GUEST})
_ALL_OF_IT = frozenset({Reach.ARTICLE, Reach.THEME})
_STRONGEST_FIRST = (Told.DENIED, Told.ANNOUNCED, Told.RECALLED)


@dataclass(frozen=True, slots=True)
class Telling:
    """How and when; `marked` tells that words or a date say so, and not the want of any."""

    told: Told
    when: When | None
    marked: bool = False


def read_telling(scene: Scene, draft: Draft, published: date | None) -> Telling:
    """Say how a draft is told: by the tense and words around it, then by its date."""
    told = _by_words(scene, _anchor(scene, draft.cue))
    if published is None:
        return Telling(told or Told.NEWS, None, told is not None)
    when = _when(scene, draft.cue, published, after_only=told is Told.DENIED)
    return _by_date(Telling(told or Told.NEWS, when, told is not None), published)


def _anchor(scene: Scene, cue: FoundCue) -> FoundCue:
    """Find the word whose tense counts: for a trip, the verb that carries it out."""
    if cue.term.role is not CueRole.TRIP:
        return cue
    verbs = [each for each in scene.of(CueRole.DOING) if each.end <= cue.start]
    return verbs[-1] if verbs else cue


def _by_words(scene: Scene, cue: FoundCue) -> Told | None:
    said = {each.term.told for each in scene.of(CueRole.TOLD) if _reaches(scene, each, cue)}
    if Told.DENIED in said:
        return Told.DENIED
    return cue.term.told or next((told for told in _STRONGEST_FIRST if told in said), None)


def _reaches(scene: Scene, word: FoundCue, cue: FoundCue) -> bool:
    before = word.end <= cue.start
    match word.term.reach:
        case Reach.SENTENCE:
            return True
        case Reach.BEFORE:
            return before
        case Reach.OPENING:
            return before and word.start - scene.sentence.start <= _OPENING
        case Reach.NEAR:
            return before and cue.start - word.end <= _NEAR
        case _:
            return False


# ---------------------------------------------------------------- when


def _when(scene: Scene, cue: FoundCue, published: date, *, after_only: bool) -> When | None:
    """Choose the time that stands nearest to the word, days and months before bare years.

    Before what is denied stands the day of the denial: `after_only` leaves it out.
    """
    start, end = scene.sentence.start, scene.sentence.end
    found = [each for each in resolve_dates(scene.text[start:end], published) if _can_be(each.when, published)]
    found = [each for each in found if _is_of(scene, cue, each, after_only=after_only)]
    exact = [each for each in found if each.when.precision is not Precision.YEAR] or found
    nearest = min(exact, key=lambda each: _distance(each, cue.start - start, cue.end - start), default=None)
    if nearest is None:
        return _today(scene, cue, published)
    return _lasting(scene, cue, _whole(nearest.when, [each.when for each in exact]))


def _lasting(scene: Scene, cue: FoundCue, when: When) -> When:
    """Stretch one day of a trip "of two days": from it on, or back from it where the trip ends."""
    duration = next((each for each in scene.of(CueRole.DURATION) if each.is_near(cue, _LASTING_WITHIN)), None)
    if duration is None or cue.term.role not in _COMINGS or when.first != when.last:
        return when
    more = timedelta(days=(duration.term.days or 1) - 1)
    ends = any(each.start < duration.start for each in scene.of(CueRole.ENDING))
    return replace(when, first=when.first - more) if ends else replace(when, last=when.last + more)


def _today(scene: Scene, cue: FoundCue, published: date) -> When | None:
    near = any(each.is_near(cue, _TODAY_WITHIN) for each in scene.of(CueRole.TODAY))
    return When(first=published, last=published, precision=Precision.DAY) if near else None


def _is_of(scene: Scene, cue: FoundCue, found: FoundWhen, *, after_only: bool) -> bool:
    """Tell whether a time can be this event's: no other coming or going stands between."""
    start, end = found.start + scene.sentence.start, found.end + scene.sentence.start
    if start < cue.end:
        return not after_only and not scene.is_after(cue)
    others = (each for each in scene.cues if each.term.role in _COMINGS and cue.end <= each.start and each.end <= start)
    return cue.term.role not in _COMINGS or next(others, None) is None or end <= cue.start


def _whole(when: When, others: Sequence[When]) -> When:
    """Take the range of days in the same sentence that a day belongs to: what ended today began before."""
    ranges = [other for other in others if other.first <= when.first and when.last <= other.last]
    days = [other for other in ranges if other.precision is Precision.DAY and when.precision is Precision.DAY]
    return max(days, key=lambda other: other.last - other.first, default=when)


def _can_be(when: When, published: date) -> bool:
    """Leave out years that have not begun or not ended: they name plans, cups and budgets."""
    return when.precision is not Precision.YEAR or when.last < published


def _distance(found: FoundWhen, start: int, end: int) -> int:
    """Measure how far a time stands from a word; one before it counts double, for it often belongs to what precedes."""
    return found.start - end if found.start >= end else 2 * (start - found.end)


def _by_date(telling: Telling, published: date) -> Telling:
    if telling.when is None or telling.told is Told.DENIED:
        return telling
    if telling.told is Told.ANNOUNCED and telling.when.last < published:
        return replace(telling, when=None)
    if telling.when.last < published - _STALE:
        return replace(telling, told=Told.RECALLED, marked=True)
    if telling.told is Told.NEWS and telling.when.first > published + _AHEAD:
        return replace(telling, told=Told.ANNOUNCED, marked=True)
    return telling


def is_opinion(opening: Sequence[Scene], *, tells: bool) -> bool:
    """Tell whether the opening marks an article as opinion or review; `tells`: its first sentences tell an event."""
    marks = {(cue.term.reach, scene.sentence.number <= 1) for scene in opening for cue in scene.cues}
    return (Reach.ARTICLE, True) in marks or (not tells and any(reach in _ALL_OF_IT for reach, _ in marks))
