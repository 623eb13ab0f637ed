"""The stops of a tour that an opening announces by its places: each told further on by its place and its day alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from analysis.coherence import TOUR
from analysis.cues import Cue
from analysis.extents import times_of
from analysis.findings import Finding
from analysis.presences import Party, Presence
from analysis.records import Direction, Precision, TagKind, Told, When
from analysis.scenes import Scene, city_of, has_hero, visit
from analysis.telling import Telling
from analysis.terms import Found
from analysis.vocabulary import MOROCCO, CueRole, Reach

_OPENING = 4  # sentences, the title counted
_FEWEST = 2  # countries, where a word calls it a tour
_LATELY = timedelta(days=10)
_A_STAY = timedelta(days=4)
_FAR = frozenset({Reach.BEFORE, Reach.SENTENCE})


def read_tour(scenes: Sequence[Scene], told: Sequence[Finding], published: date | None) -> list[Finding]:
    """Read a visit wherever one of the tour's countries, and no other, stands in a sentence with a day of late."""
    stops = _stops(scenes) or _legs(told)
    return [] if published is None or len(stops) < _FEWEST else [*_visits(scenes, stops, published)]


def _visits(scenes: Sequence[Scene], stops: Sequence[str], published: date) -> Iterator[Finding]:
    before: tuple[int, Presence] | None = None
    for scene in (each for each in scenes if each.sentence.number > 0):
        place = _only(scene, stops)
        if place is None and before is not None and before[0] == scene.sentence.number - 1:
            place = None if _names_others(scene) else before[1]
        when = _when(scene, published)
        if place is not None and when is not None and not _is_of_something_else(scene):
            yield _finding(replace(scene, times=times_of(scene, published)), place, when)
        before = (scene.sentence.number, place) if place is not None and when is None else None


def _stops(scenes: Sequence[Scene]) -> tuple[str, ...]:
    """List the countries that an opening names as a tour of ours, by a word for one or by cities in a row."""
    opening = [each for each in scenes if each.sentence.number <= _OPENING]
    ours = any(map(has_hero, opening))
    others = any(scene.actors(Party.OUTSIDER) for scene in opening)
    rows = [_row(scene) for scene in opening]
    longest = max(rows, key=len, default=())
    toured = any(CueRole.TOUR in scene.roles for scene in opening)
    return longest if ours and not others and (toured or len(longest) > _FEWEST) else ()


def _legs(told: Sequence[Finding]) -> tuple[str, ...]:
    """List the countries of one trip with several stops, told as news: "he visited Mali and Niger this week"."""
    legs = (each.draft for each in told if each.draft.legs > 1 and each.telling.told is Told.NEWS)
    abroad = (country for each in legs if each.direction is Direction.OUTBOUND for country in each.countries)
    return tuple(dict.fromkeys(abroad))


def _row(scene: Scene) -> tuple[str, ...]:
    """List the foreign countries of the cities and names of a sentence, each once; what is to come is no row."""
    if any(each.term.told is Told.ANNOUNCED for each in scene.cues):
        return ()
    named = (each for each in scene.presences if each.is_place and each.plain and each.country != MOROCCO)
    return tuple(dict.fromkeys(each.country for each in named if each.country))


def _only(scene: Scene, stops: Sequence[str]) -> Presence | None:
    """Find the first place of a sentence, by name or adjective, that names one stop and no other country."""
    named = [each for each in scene.presences if each.country not in (None, MOROCCO)]
    countries = {each.country for each in named}
    if len(countries) != 1 or not countries <= {*stops}:
        return None
    cities = (each for each in named if each.kind is TagKind.PLACE)
    return next(cities, named[0])


def _names_others(scene: Scene) -> bool:
    return any(each.is_place and each.party is not None for each in scene.presences)


def _when(scene: Scene, published: date) -> When | None:
    """Put together the days of late that a sentence names; None where it names none or they are far apart."""
    named = [each.when for each in times_of(scene, published) if each.when.precision is Precision.DAY]
    days = [each for each in named if published - _LATELY <= each.first and each.last <= published]
    if not days or any(each.first < published - _LATELY for each in named):
        return None
    first, last = min(each.first for each in days), max(each.last for each in days)
    return When(first=first, last=last, precision=Precision.DAY) if last - first <= _A_STAY else None


def _is_of_something_else(scene: Scene) -> bool:
    """Tell whether a sentence is of another time, of others, or of what took place beside the tour."""
    said = {each.term.told for each in scene.of(CueRole.TOLD) if each.term.reach in _FAR}
    apart = CueRole.ASIDE in scene.roles or CueRole.DISMANTLING in scene.roles or _is_at_home(scene)
    return apart or bool(scene.actors(Party.OUTSIDER)) or not said.isdisjoint({Told.RECALLED, Told.DENIED})


def _is_at_home(scene: Scene) -> bool:
    """Tell whether a word leads to a place of ours: somebody is received there."""
    return any(each.is_place and each.led and each.country == MOROCCO for each in scene.presences)


def _finding(scene: Scene, place: Presence, when: When) -> Finding:
    cue = Found(Cue(CueRole.STOP), place.start, place.start)
    draft = visit(cue, Direction.OUTBOUND, (place.country or "",), city_of(place))
    return Finding(scene, replace(draft, rule=TOUR), Telling(Told.NEWS, when))
