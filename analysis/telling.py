"""How a scene tells what it tells: as news, recalled, announced or denied; its words first, then its date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from analysis.arabic import canonical
from analysis.cues import EVENT_ROLES, FoundCue
from analysis.date_words import MONTH, MONTHS
from analysis.records import EventKind, Precision, Told, When
from analysis.scenes import Draft, Scene
from analysis.timing import choose_whens, is_over, known_words, without_same
from analysis.vocabulary import CueRole, Reach

_LEAD = 2  # sentence
_NEAR = 25  # characters: "n'a pas encore", "va bientôt"
_CLAUSE = 60  # "لم يصدر عن الجانبين ما يفيد التوقيع"
_OPENING = 12  # characters
_A_WEEK = timedelta(days=7)
_STALE = timedelta(days=7)
_AHEAD = timedelta(days=1)
_THESE_DAYS = timedelta(days=4)  # what "had" happened so lately is part of the news
_OF_ONE_WORD = frozenset({EventKind.VISIT, EventKind.MEETING})  # which have words of their own for what is known
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
    told = Told.RECALLED if _is_of_a_list(scene, published) else told_by_words(scene, draft.cue)
    is_lead = scene.sentence.number <= (_LEAD if draft.kind is not EventKind.AGREEMENT else 1)
    if told is Told.DENIED and not is_lead and not _is_refuted(scene, draft.cue):
        return
    plain = Told.RECALLED if _is_known(scene, draft) else Told.NEWS
    apart = without_same(scene, draft, drafts)
    for when in choose_whens(apart, draft, published, after_only=told is Told.DENIED):
        by_tense = told is Told.RECALLED and _is_by_tense(scene, draft.cue)
        yield _by_date(Telling(told or plain, when, told is not None, by_tense), draft.kind, published)


def _is_of_a_list(scene: Scene, published: date | None) -> bool:
    """Tell whether a sentence is a line of a review, month by month: "February: the chief of police came to Rabat"."""
    head = _MONTH_HEAD.match(canonical(scene.text[scene.sentence.start : scene.sentence.end]))
    return head is not None and (published is None or MONTHS[head["month"]] != published.month)


_MONTH_HEAD = re.compile(rf"\W{{0,3}}(?P<month>{MONTH})(?: \d{{4}})? ?(?::|\.-|—|–)")


def _is_known(scene: Scene, draft: Draft) -> bool:
    """Tell whether it is spoken of as known: "after the visit", "the operation that"."""
    marked = draft.kind not in _OF_ONE_WORD and any(each.start <= draft.cue.start for each in known_words(scene))
    return marked or is_over(scene, draft.cue)


def _anchor(scene: Scene, cue: FoundCue) -> FoundCue:
    """Find the word whose tense counts: for a trip, the verb that carries it out."""
    if cue.term.role is not CueRole.TRIP:
        return cue
    verbs = [each for each in scene.of(CueRole.DOING) if each.end <= cue.start]
    return verbs[-1] if verbs else cue


def told_by_words(scene: Scene, cue: FoundCue) -> Told | None:
    """Say how words around something tell it; None where they say nothing."""
    anchor = _anchor(scene, cue)
    told = (each for each in scene.of(CueRole.TOLD) if _counts(scene, each))
    said = {
        each.term.told for each in told if any(_reaches(scene, each, one) for one in (anchor, *_signings(scene, cue)))
    }
    if Told.DENIED in said:
        return Told.DENIED
    if scene.is_after(cue):
        return cue.term.told
    passed = anchor.term.told is Told.ANNOUNCED and _is_passed_to(scene, anchor)
    tense = None if passed else _tense(scene, anchor)
    return tense or next((told for told in _STRONGEST_FIRST if told in said), None)


def _tense(scene: Scene, anchor: FoundCue) -> Told | None:
    """Say what the tense tells: for a paper that of the verb before it, "rubricarían una declaración"."""
    signing = next(iter(_signings(scene, anchor)), None)
    return anchor.term.told or (signing.term.told if signing is not None else None)


def _signings(scene: Scene, cue: FoundCue) -> list[FoundCue]:
    """Find the word for signing that stands before a paper: "hopes to conclude an agreement"."""
    if cue.term.role not in _PAPERS:
        return []
    before = [each for role in (CueRole.SIGNING, CueRole.INKING) for each in scene.of(role) if each.end <= cue.start]
    return before[-1:]


_PAPERS = frozenset({CueRole.INSTRUMENT, CueRole.PAPER})


def _is_passed_to(scene: Scene, cue: FoundCue) -> bool:
    """Tell whether a word such as "before" passes on to it from what was done: "avant de gagner Rome"."""
    return any(0 <= cue.start - each.end <= _NEAR for each in scene.of(CueRole.PASSING)) and any(
        each.end <= cue.start for each in scene.cues if each.term.role in EVENT_ROLES and each != cue
    )


def _is_by_tense(scene: Scene, cue: FoundCue) -> bool:
    """Tell whether nothing but "had" says that it is past: no word such as "earlier" reaches it."""
    said = (each for each in scene.of(CueRole.TOLD) if each.term.told is Told.RECALLED and _reaches(scene, each, cue))
    return all(each.term.reach in (Reach.NEAR, Reach.BEFORE, Reach.OPENING) for each in said)


def _is_refuted(scene: Scene, cue: FoundCue) -> bool:
    """Tell whether somebody denies it in so many words; that something was not done is no news further on."""
    denials = (each for each in scene.of(CueRole.TOLD) if each.term.told is Told.DENIED and _reaches(scene, each, cue))
    return any(each.term.reach is not Reach.NEAR for each in denials)


def _counts(scene: Scene, word: FoundCue) -> bool:
    """Leave out a denial that is over, "after it was put off", and what is "coming from" a place, not to come."""
    is_from = _COMING_FROM.match(canonical(scene.text[word.start : word.end + _FROM])) is not None
    return not is_from and (word.term.told is not Told.DENIED or not scene.is_after(word))


_COMING_FROM = re.compile(r"\w*قادمه? من\b")
_FROM = len(" من ")


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
            return before and cue.start - word.end <= (_CLAUSE if _is_of_no_paper(scene, word, cue) else _NEAR)
        case Reach.AFTER:
            return 0 <= word.start - cue.end <= _NEAR
        case _:
            return False


def _is_of_no_paper(scene: Scene, word: FoundCue, cue: FoundCue) -> bool:
    """Tell whether a negation opens the clause in which something would be signed: "no stage ended with a deal"."""
    is_of_paper = cue.term.role in _PAPERS or cue.term.role in _INKED
    return word.term.told is Told.DENIED and is_of_paper and not scene.has_pause(word.end, cue.start)


_INKED = frozenset({CueRole.SIGNING, CueRole.INKING})


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
    said = [(cue, scene.sentence.number) for scene in opening for cue in scene.of(CueRole.TOLD)]
    weekly = [(cue, number) for cue, number in said if cue.term.told is Told.NEWS]
    marks = {
        (cue.term.reach, number)
        for cue, number in said
        if not any(cue.overlaps(other) and number == at for other, at in weekly)
    }
    if (Reach.ARTICLE, 0) in marks or ((Reach.ARTICLE, 1) in marks and not dated):
        return True
    return not tells and any(reach in _ALL_OF_IT for reach, _ in marks)
