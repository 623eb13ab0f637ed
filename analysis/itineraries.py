"""Stops of a tour of ours, told by place and day alone: "Tallinn on Monday, Riga on Tuesday", "In Lima, on Friday"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from analysis.cues import Cue
from analysis.presences import Party, Presence
from analysis.records import Direction
from analysis.scenes import Draft, Scene, city_of, visit
from analysis.terms import Found
from analysis.vocabulary import MOROCCO, CueRole

_BESIDE = 2  # words between a place and its day: "the capital, on"
_APART = 40  # characters from one stop to the next: "; and then, on the way back,"
_OPENS_WITHIN = 2  # words: "And in"


def read_itinerary(scene: Scene) -> Iterator[Draft]:
    """Read places that have a day each, where somebody of ours is known; one alone only on a tour, and first of all."""
    if not scene.hero or scene.actors(Party.OUTSIDER):
        return
    places = [each for each in scene.presences if each.is_place and (each.plain or each.led)]
    stops = _in_a_row([each for each in places if _has_day(scene, each)])
    if any(each.country == MOROCCO for each in stops):
        return
    if len({each.country for each in stops}) > 1 or (stops and scene.touring and _is_first(scene, stops[0])):
        yield from _visits(stops)


def _visits(stops: Sequence[Presence]) -> Iterator[Draft]:
    for leg, place in enumerate(stops):
        cue = Found(Cue(CueRole.STOP), place.start, place.start)
        draft = visit(cue, Direction.OUTBOUND, (place.country or "",), city_of(place))
        yield replace(draft, rule="itinerary", leg=leg, legs=len(stops))


def _in_a_row(places: Sequence[Presence]) -> list[Presence]:
    """Take the first places that stand close to one another, each another country's than the one before."""
    row = list(places[:1])
    for previous, each in pairwise(places):
        if each.start - previous.end > _APART:
            break
        if each.country != row[-1].country:
            row.append(each)
    return row


def _has_day(scene: Scene, place: Presence) -> bool:
    """Tell whether a weekday or the day of a month stands right beside a place."""
    after = scene.gap(place.end, min(place.end + _APART, scene.sentence.end))[: _BESIDE + 1]
    before = scene.gap(max(place.start - _APART, scene.sentence.start), place.start)[-_BESIDE - 1 :]
    return any(scene.wording.is_in(CueRole.WEEKDAY, word) for word in (*after, *before))


def _is_first(scene: Scene, place: Presence) -> bool:
    return place.led and len(scene.gap(scene.sentence.start, place.start)) <= _OPENS_WITHIN
