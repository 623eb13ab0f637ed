"""How a scene tells what it tells, as news, recalled, announced or denied, and when it says that was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from analysis.cues import COMINGS, FoundCue
from analysis.dates import FoundWhen
from analysis.extents import is_bound, read_extent, stretch
from analysis.records import EventKind, Precision, Told, When
from analysis.scenes import Draft, Scene
from analysis.vocabulary import CueRole, Reach

_LEAD = 2  # sentence
_NEAR = 25  # characters: "n'a pas encore", "va bientôt"
_OPENING = 12  # characters
_TODAY_WITHIN = 80
_LASTING_WITHIN = 120
_A_WEEK = timedelta(days=7)
_STALE = timedelta(days=7)
_AHEAD = timedelta(days=1)
_THESE_DAYS = timedelta(days=4)  # what "had" happened so lately is part of the news
_OF_ONE_WORD = frozenset({EventKind.VISIT, EventKind.MEETING})  # which have words of their own for what is known
LASTING = frozenset({EventKind.VISIT, EventKind.CONFERENCE})  # what may take several days
_ALL_OF_IT = frozenset({Reach.ARTICLE, Reach.THEME})
_STRONGEST_FIRST = (Told.DENIED, Told.ANNOUNCED, Told.RECALLED)


@dataclass(frozen=True, slots=True)
class Telling:
    """How and when; `marked` tells that words or a date say so, `by_tense` that only the verb's tense does."""

    told: Told
    when: When | None
    marked: bool = False
    by_tense: bool = False


def read_tellings(
    scene: Scene, draft: Draft, published: date | None, drafts: Sequence[Draft] = ()
) -> Iterator[Telling]:
    """Say how a draft is told, by the tense and words around it, then by its date: once for each date it has.

    `drafts` are all of the scene.
    """
    told = _by_words(scene, draft.cue)
    if told is Told.DENIED and scene.sentence.number > _LEAD and not _is_refuted(scene, draft.cue):
        return
    plain = Told.RECALLED if _is_known(scene, draft) else Told.NEWS
    apart = _without_same(scene, draft, drafts)
    for when in _whens(apart, draft, published, after_only=told is Told.DENIED):
        by_tense = told is Told.RECALLED and _is_by_tense(scene, draft.cue)
        yield _by_date(Telling(told or plain, when, told is not None, by_tense), draft.kind, published)


def _is_known(scene: Scene, draft: Draft) -> bool:
    """Tell whether it is spoken of as known: "after the visit", "the operation that"."""
    marked = draft.kind not in _OF_ONE_WORD and any(each.start <= draft.cue.start for each in _known(scene))
    return marked or _is_over(scene, draft.cue)


def _is_over(scene: Scene, cue: FoundCue) -> bool:
    """Tell whether it is only what came before: "after the visit", but not "after a two-day visit"."""
    return scene.is_after(cue) and CueRole.DURATION not in scene.roles


def _known(scene: Scene) -> list[FoundCue]:
    return [each for each in scene.of(CueRole.TOLD) if each.term.reach is Reach.KNOWN]


def _anchor(scene: Scene, cue: FoundCue) -> FoundCue:
    """Find the word whose tense counts: for a trip, the verb that carries it out."""
    if cue.term.role is not CueRole.TRIP:
        return cue
    verbs = [each for each in scene.of(CueRole.DOING) if each.end <= cue.start]
    return verbs[-1] if verbs else cue


def _by_words(scene: Scene, cue: FoundCue) -> Told | None:
    anchor = _anchor(scene, cue)
    said = {each.term.told for each in scene.of(CueRole.TOLD) if _counts(scene, each) and _reaches(scene, each, anchor)}
    if Told.DENIED in said:
        return Told.DENIED
    if scene.is_after(cue):
        return cue.term.told
    return anchor.term.told or next((told for told in _STRONGEST_FIRST if told in said), None)


def _is_by_tense(scene: Scene, cue: FoundCue) -> bool:
    """Tell whether nothing but "had" says that it is past: no word such as "earlier" reaches it."""
    said = (each for each in scene.of(CueRole.TOLD) if each.term.told is Told.RECALLED and _reaches(scene, each, cue))
    return all(each.term.reach in (Reach.NEAR, Reach.BEFORE, Reach.OPENING) for each in said)


def _is_refuted(scene: Scene, cue: FoundCue) -> bool:
    """Tell whether somebody denies it in so many words; that something was not done is no news further on."""
    denials = (each for each in scene.of(CueRole.TOLD) if each.term.told is Told.DENIED and _reaches(scene, each, cue))
    return any(each.term.reach is not Reach.NEAR for each in denials)


def _counts(scene: Scene, word: FoundCue) -> bool:
    """Leave out a denial that is over: "after it was put off"."""
    return word.term.told is not Told.DENIED or not scene.is_after(word)


def _reaches(scene: Scene, word: FoundCue, cue: FoundCue) -> bool:
    before = word.end <= cue.start or (word.start < cue.start and word.end <= cue.end)
    match word.term.reach:
        case Reach.SENTENCE:
            return True
        case Reach.BEFORE:
            return before
        case Reach.OPENING:
            said = scene.gap(scene.sentence.start, word.start)  # "as was expected" recalls nothing
            return before and word.start - scene.sentence.start <= _OPENING and "كما" not in said
        case Reach.NEAR:
            return before and cue.start - word.end <= _NEAR
        case Reach.AFTER:
            return 0 <= word.start - cue.end <= _NEAR
        case _:
            return False


# ---------------------------------------------------------------- when


def _without_same(scene: Scene, draft: Draft, drafts: Sequence[Draft]) -> Scene:
    """Leave out the other words for the same coming, whose times are its own: "he stayed there on a visit on 3 May"."""
    same = {each.cue for each in drafts if (each.direction, each.countries) == (draft.direction, draft.countries)}
    if draft.cue.term.role is not CueRole.TRIP:
        carried = (*scene.of(CueRole.DOING), *scene.of(CueRole.DURING))
        same |= {each for each in scene.of(CueRole.TRIP) if any(each.overlaps(other) for other in carried)}
    kept = tuple(each for each in scene.cues if each == draft.cue or each not in same)
    return scene if len(kept) == len(scene.cues) else replace(scene, cues=kept)


def _whens(scene: Scene, draft: Draft, published: date | None, *, after_only: bool) -> Sequence[When | None]:
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
    if found.start < cue.end:
        is_day = found.when.precision is Precision.DAY
        return not after_only and not (_is_over(scene, cue) and is_day) and not _is_before_pause(scene, cue, found)
    others = (*(scene.comings if cue.term.role in COMINGS else ()), *_known(scene))
    return not any(cue.end <= each.start and each.end <= found.start for each in others)


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


def _by_date(telling: Telling, kind: EventKind, published: date | None) -> Telling:
    """Let the date correct the words: news says its day, and is neither a month old nor to come."""
    when = telling.when
    if when is None or telling.told is Told.DENIED:
        return telling
    if (
        telling.told is Told.NEWS
        and published
        and when.precision is Precision.MONTH
        and kind is not EventKind.CONFERENCE
    ):
        when = when if when.first <= published else _year_before(when)
        telling = replace(telling, when=when)
    to_come = published is not None and when.first > published
    is_vague = when.precision is not Precision.DAY and when.last - when.first >= _A_WEEK  # "last week" is news yet
    if telling.told is Told.NEWS and is_vague and not to_come:
        return replace(telling, told=Told.RECALLED, marked=True)
    return telling if published is None else _by_age(telling, when, published)


def _by_age(telling: Telling, when: When, published: date) -> Telling:
    if telling.told is Told.ANNOUNCED and when.last < published:
        return replace(telling, when=None)
    if telling.told is Told.RECALLED and telling.by_tense and published - _THESE_DAYS <= when.first <= published:
        return replace(telling, told=Told.NEWS, marked=False)
    if when.last < published - _STALE:
        return replace(telling, told=Told.RECALLED, marked=True)
    if telling.told is Told.NEWS and when.first > published + _AHEAD:
        return replace(telling, told=Told.ANNOUNCED, marked=True)
    return telling


def _year_before(when: When) -> When:
    """Read a month that no word tells as to come as the last one of its name."""
    first = when.first.replace(year=when.first.year - 1, day=1)
    return replace(when, first=first, last=(first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def is_opinion(opening: Sequence[Scene], *, tells: bool, dated: bool) -> bool:
    """Tell whether the opening marks an article as opinion or review.

    `tells`: its first sentences tell an event, which leaves a theme a theme; `dated`: and say its day, so that a word
    such as "analysis" may be part of what they tell, but for the title.
    """
    marks = {(cue.term.reach, scene.sentence.number) for scene in opening for cue in scene.cues}
    if (Reach.ARTICLE, 0) in marks or ((Reach.ARTICLE, 1) in marks and not dated):
        return True
    return not tells and any(reach in _ALL_OF_IT for reach, _ in marks)
