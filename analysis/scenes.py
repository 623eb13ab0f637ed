"""One sentence as a scene: who is in it, on which side, and where it plays; and what it tells, as a draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from analysis.arabic import canonical, words
from analysis.cues import COMINGS, FoundCue, Wording
from analysis.dates import FoundWhen
from analysis.presences import Party, Presence
from analysis.records import Direction, EventKind, Language, TagKind
from analysis.sentences import Sentence
from analysis.vocabulary import CueRole

_PAUSES = frozenset(",،;؛:()")
_OFFICE_WITHIN = 60  # characters: "le directeur général de la police nationale espagnole"
_TITLE = 4  # words: "directeur général adjoint de la"
_ENVOY_WITHIN = 20  # "ambassadeur de la République"
_RIGHT_BEFORE = 6  # characters: "son ", "la "
_LINKS = (CueRole.LINK, CueRole.PLACE, CueRole.DAY)
_WITHIN = 20  # characters: "during an official two-day visit"
_SUBJECT_WITHIN = 40  # characters
_VERBS = frozenset({CueRole.TRAVEL, CueRole.STAY, CueRole.LEAVING, CueRole.RETURN})
_HIM_BEFORE = ("l'", "l’", "L'", "L’", "lo ", "le ", "Lo ", "Le ")
_HIM_AFTER = ("him", "ته")
_OF_OTHERS = ("ون", "وا", "ت")  # verbs of many, and of her


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence of an article with the cues and presences in it; `text` is the whole field, as all positions are.

    `hero` tells that somebody of ours stands in the opening or just before, so that "he" can be that one; `house` that
    a body or person of ours stands in the opening; `guests` are the countries of the other side named there, `visited`
    that an official of theirs is, `circle` that an organisation of many countries is, `touring` that it speaks of
    several places, `beside` that its title tells of what is beside something else; `setting` is the place that its
    title leads to; `times` are the days, months and years that the sentence names.
    """

    sentence: Sentence
    text: str
    language: Language
    wording: Wording
    cues: tuple[FoundCue, ...]
    presences: tuple[Presence, ...]
    hero: bool = False
    house: bool = False
    visited: bool = False
    circle: bool = False
    touring: bool = False
    beside: bool = False
    setting: Presence | None = None
    guests: tuple[str, ...] = ()
    times: tuple[FoundWhen, ...] = ()

    def of(self, role: CueRole) -> Iterator[FoundCue]:
        """Yield the cues that do this."""
        return (cue for cue in self.cues if cue.term.role is role)

    def is_after(self, cue: FoundCue) -> bool:
        """Tell whether a trip is only named as what came before: "after his visit to"."""
        return any(0 <= cue.start - each.end <= _RIGHT_BEFORE for each in self.of(CueRole.AFTER))

    def is_during(self, cue: FoundCue) -> bool:
        """Tell whether a trip is only named as what something else was part of: "during a two-day visit"."""
        return any(each.overlaps(cue) or 0 <= cue.start - each.end <= _WITHIN for each in self.of(CueRole.DURING))

    def is_supposed(self, cue: FoundCue) -> bool:
        """Tell whether something is only supposed: "whenever he visits"."""
        return any(each.overlaps(cue) or 0 <= cue.start - each.end <= _WITHIN for each in self.of(CueRole.CONDITION))

    def actors(self, party: Party | None = None) -> list[Presence]:
        """List those who act in the sentence, of one side or all."""
        return [each for each in self.presences if each.is_actor and party in (None, each.party)]

    def is_of_hero(self, cue: FoundCue) -> bool:
        """Tell whether a word whose subject is unknown can be of ours: "he arrived", and not "the ship arrived"."""
        told = self.text[cue.start : cue.end]
        of_him = told.startswith(_HIM_BEFORE) or any(word.endswith(_HIM_AFTER) for word in told.split())
        return self.hero and (of_him or cue.term.role not in _VERBS or not self._has_other_subject(cue))

    def _has_other_subject(self, cue: FoundCue) -> bool:
        """Tell whether words stand where the subject does that mean nobody: before the verb, in Arabic after it."""
        if self.language is Language.ARABIC:
            after = self.gap(cue.end, min(self.sentence.end, cue.end + _SUBJECT_WITHIN))[:1]
            noun = any(word.startswith("ال") and not self._is_joining(word) for word in after)  # not "إلى"
            told = self.text[cue.start : cue.end]
            return told.endswith(_OF_OTHERS) or (noun and not any(self._stands_at(cue.end)))
        start = self._clause_start(cue)
        before = words(canonical(self._unnamed(start, cue.start)))
        offices = any(start <= each.start < cue.start for each in self.of(CueRole.OFFICE))
        known = offices or any(self.wording.is_in(CueRole.PRONOUN, word) for word in before)
        return not known and sum(not self._is_joining(word) for word in before) > 1

    def _unnamed(self, start: int, end: int) -> str:
        """Return a stretch without the names, places and times in it."""
        named = [(each.start, each.end) for each in self.presences] + [(each.start, each.end) for each in self.times]
        kept = (not any(first <= at < last for first, last in named) for at in range(start, end))
        return "".join(self.text[at] if is_kept else " " for at, is_kept in zip(range(start, end), kept, strict=True))

    def _stands_at(self, end: int) -> Iterator[Presence]:
        return (each for each in self.presences if 0 <= each.start - end <= 1)

    def _clause_start(self, cue: FoundCue) -> int:
        """Find where the clause of a verb begins: after the last pause or event before it."""
        pauses = (at + 1 for at in range(self.sentence.start, cue.start) if self.text[at] in _PAUSES)
        events = (each.end for each in self.comings if each.end <= cue.start)
        return max([self.sentence.start, *pauses, *events])

    @property
    def roles(self) -> frozenset[CueRole]:
        """List what the words in the sentence do."""
        return frozenset(each.term.role for each in self.cues)

    @property
    def comings(self) -> tuple[FoundCue, ...]:
        """List the words for a coming or going."""
        return tuple(each for each in self.cues if each.term.role in COMINGS)

    @property
    def todays(self) -> tuple[FoundCue, ...]:
        """List the words for the day of publication: not the first ones of "اليوم الثاني"."""
        others = [each for role in (CueRole.NTH, CueRole.ENDING, CueRole.SAME_DAY) for each in self.of(role)]
        return tuple(each for each in self.of(CueRole.TODAY) if not any(each.overlaps(other) for other in others))

    def has_pause(self, start: int, end: int) -> bool:
        """Tell whether a comma or the like stands between two places of the sentence."""
        return not _PAUSES.isdisjoint(self.text[start:end])

    def is_link(self, start: int, end: int) -> bool:
        """Tell whether nothing but words such as "and on Friday to the capital" stands between two places."""
        return all(self._is_joining(word) for word in self.gap(start, end))

    def _is_joining(self, word: str) -> bool:
        return word.isdigit() or any(self.wording.is_in(role, word) for role in _LINKS)

    def gap(self, start: int, end: int) -> list[str]:
        """List the canonical words between two places of the sentence."""
        return words(canonical(self.text[start:end]))


@dataclass(frozen=True, slots=True)
class Draft:
    """What a scene tells, before it is known how and when; `spoken_of` is only named and not told as done.

    `leg` counts from 0 the stops of one trip, of which there are `legs`.
    """

    kind: EventKind
    direction: Direction | None
    countries: tuple[str, ...]
    city: str | None
    cue: FoundCue
    rule: str
    spoken_of: bool = False
    leg: int = 0
    legs: int = 1


Drafted = tuple[Scene, list[Draft]]
"""A scene and what it tells."""


def visit(
    cue: FoundCue, direction: Direction, countries: tuple[str, ...], city: str | None, *, spoken_of: bool = False
) -> Draft:
    """Draft a visit, whose rule is the role of its cue."""
    return Draft(EventKind.VISIT, direction, countries, city, cue, cue.term.role.value, spoken_of)


def city_of(place: Presence) -> str | None:
    """Return the city a presence names, if it is one."""
    return place.id if place.kind is TagKind.PLACE else None


def place_of(scene: Scene) -> Presence | None:
    """Find where it happens: the first city that a word leads to, else seat or country."""
    places = [each for each in scene.presences if each.is_place and (each.led or _holds(scene, each))]
    cities = [each for each in places if each.kind is TagKind.PLACE]
    return next((each for each in cities if each.id), next(iter((*cities, *places)), None))


def _holds(scene: Scene, place: Presence) -> bool:
    """Tell whether a city is where something is held: "Rabat a abrité", "احتضنت الرباط"."""
    holding = scene.of(CueRole.HOLDING) if place.kind is TagKind.PLACE else ()
    return any(0 <= place.start - each.end <= 1 or 0 <= each.start - place.end <= 1 for each in holding)


def city_in(scene: Scene, countries: tuple[str, ...]) -> str | None:
    """Find the first city of these countries that a word leads to."""
    cities = (each for each in scene.presences if each.kind is TagKind.PLACE and each.led and each.country in countries)
    return next((each.id for each in cities if each.id), None)


def countries_of(scene: Scene, actor: Presence) -> tuple[str, ...]:
    """Say whose country an actor's is: its own, else that of the next of its side, with those linked to it."""
    if actor.id and not actor.country:
        return ()  # of an organisation
    theirs = [each for each in scene.actors(Party.THEIRS) if each.country]
    after = [each for each in theirs if each.start >= actor.start] or theirs[::-1]
    if not after:
        return scene.guests if len(scene.guests) == 1 else ()
    countries = [after[0].country]
    for previous, each in pairwise(after):
        if not is_linked(scene, previous, each):
            break
        countries.append(each.country)
    return tuple(dict.fromkeys(country for country in countries if country))


def is_official(scene: Scene, actor: Presence) -> bool:
    """Tell whether somebody is of a service or office, and not just of a country: a word beside the country says so."""
    if not actor.is_place:
        return True
    return any(is_beside(scene, office, actor) for office in scene.of(CueRole.OFFICE))


def is_security(scene: Scene, actor: Presence) -> bool:
    """Tell whether somebody is of a service of security: by name, or by a word for one beside the country."""
    return actor.security or any(is_beside(scene, word, actor) for word in scene.of(CueRole.SECURITY))


def is_envoy(scene: Scene, guest: Presence) -> bool:
    """Tell whether somebody is an ambassador or consul, who lives here and has not come for this."""
    return any(
        0 <= guest.start - each.end <= _ENVOY_WITHIN or guest.start <= each.start <= guest.end + 1
        for each in scene.of(CueRole.ENVOY)
    )


def is_head(scene: Scene, actor: Presence) -> bool:
    """Tell whether the head of a service is meant: a word such as "chief" stands in its name or leads to it."""
    heads = (each for each in scene.of(CueRole.HEAD) if each.start <= actor.end)
    return any(each.start >= actor.start or len(scene.gap(each.end, actor.start)) <= _TITLE for each in heads)


def has_hero(scene: Scene) -> bool:
    """Tell whether somebody of ours stands there, by name or as the head of a service."""
    return any(each.kind is TagKind.PERSON or is_head(scene, each) for each in scene.actors(Party.OURS))


def is_beside(scene: Scene, office: FoundCue, actor: Presence | FoundCue) -> bool:
    """Tell whether an office stands close to somebody, with no pause in between."""
    if office.start - actor.end > _OFFICE_WITHIN or actor.start - office.end > _OFFICE_WITHIN:
        return False
    return not scene.has_pause(min(office.end, actor.end), max(office.start, actor.start))


def is_linked(scene: Scene, previous: Presence, each: Presence) -> bool:
    """Tell whether nothing but words such as "and to the capital" parts two presences."""
    return scene.is_link(previous.end, each.start)
