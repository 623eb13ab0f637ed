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
_RIGHT_BEFORE = 6  # characters: "son ", "la "
_LINKS = (CueRole.LINK, CueRole.PLACE, CueRole.DAY)
_WITHIN = 20  # characters: "during an official two-day visit"


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence of an article with the cues and presences in it; `text` is the whole field, as all positions are.

    `hero` tells that somebody of ours stands in the opening or just before, so that "he" can be that one; `house` that
    a body or person of ours stands in the opening; `guests` are the countries of the other side named there; `times`
    are the days, months and years that the sentence names.
    """

    sentence: Sentence
    text: str
    language: Language
    wording: Wording
    cues: tuple[FoundCue, ...]
    presences: tuple[Presence, ...]
    hero: bool = False
    house: bool = False
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
        others = [each for role in (CueRole.NTH, CueRole.ENDING) for each in self.of(role)]
        return tuple(each for each in self.of(CueRole.TODAY) if not any(each.overlaps(other) for other in others))

    def has_pause(self, start: int, end: int) -> bool:
        """Tell whether a comma or the like stands between two places of the sentence."""
        return not _PAUSES.isdisjoint(self.text[start:end])

    def is_link(self, start: int, end: int) -> bool:
        """Tell whether nothing but words such as "and on Friday to the capital" stands between two places."""
        gap = self.gap(start, end)
        return all(word.isdigit() or any(self.wording.is_in(role, word) for role in _LINKS) for word in gap)

    def gap(self, start: int, end: int) -> list[str]:
        """List the canonical words between two places of the sentence."""
        return words(canonical(self.text[start:end]))


@dataclass(frozen=True, slots=True)
class Draft:
    """What a scene tells, before it is known how and when; `spoken_of` is only named and not told as done."""

    kind: EventKind
    direction: Direction | None
    countries: tuple[str, ...]
    city: str | None
    cue: FoundCue
    rule: str
    spoken_of: bool = False


def visit(
    cue: FoundCue, direction: Direction, countries: tuple[str, ...], city: str | None, *, spoken_of: bool = False
) -> Draft:
    """Draft a visit, whose rule is the role of its cue."""
    return Draft(EventKind.VISIT, direction, countries, city, cue, cue.term.role.value, spoken_of)


def city_of(place: Presence) -> str | None:
    """Return the city a presence names, if it is one."""
    return place.id if place.kind is TagKind.PLACE else None


def place_of(scene: Scene) -> Presence | None:
    """Find where it happens: the first city that a word leads to, else country."""
    places = [each for each in scene.presences if each.is_place and each.led]
    return next((each for each in places if each.kind is TagKind.PLACE), places[0] if places else None)


def city_in(scene: Scene, countries: tuple[str, ...]) -> str | None:
    """Find the first city of these countries that a word leads to."""
    cities = (each for each in scene.presences if each.kind is TagKind.PLACE and each.led and each.country in countries)
    return next((each.id for each in cities if each.id), None)


def countries_of(scene: Scene, actor: Presence) -> tuple[str, ...]:
    """Say whose country an actor's is: its own, else that of the next of its side, with those linked to it."""
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


def is_beside(scene: Scene, office: FoundCue, actor: Presence | FoundCue) -> bool:
    """Tell whether an office stands close to somebody, with no pause in between."""
    if office.start - actor.end > _OFFICE_WITHIN or actor.start - office.end > _OFFICE_WITHIN:
        return False
    return not scene.has_pause(min(office.end, actor.end), max(office.start, actor.start))


def is_linked(scene: Scene, previous: Presence, each: Presence) -> bool:
    """Tell whether nothing but words such as "and to the capital" parts two presences."""
    return scene.is_link(previous.end, each.start)
