"""Who goes where: the trips that a scene tells, stop by stop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from analysis.cues import EVENT_ROLES, Cue, FoundCue
from analysis.presences import Party, Presence
from analysis.records import Direction, Field, Language
from analysis.scenes import (
    Draft,
    Scene,
    city_in,
    city_of,
    countries_of,
    is_envoy,
    is_linked,
    is_official,
    is_security,
    place_of,
    visit,
)
from analysis.terms import Found
from analysis.travellers import is_of_many, is_ours_going, is_somebody, nearest_traveller, traveller_of
from analysis.vocabulary import MOROCCO, CueRole

_LEAD = 2  # sentence
_BESIDE = 2  # words: "Doha fut une étape"
_BEFORE_WITHIN = 40  # "Washington, où il a effectué une visite"
_VERB_AFTER = 40  # "la visite qu'effectue", "الزيارة التي قام بها"
_TOLD_ELSE = EVENT_ROLES | {
    CueRole.AWARD,
    CueRole.MEDAL,
    CueRole.HANDOVER,
    CueRole.GATHERING,
}  # and no headline of a visit
_PARTED = 200  # characters after a word for a trip where its destination may still stand


@dataclass(frozen=True, slots=True)
class Leg:
    """One stop of a trip."""

    country: str
    city: str | None = None


def read_trip(scene: Scene, cue: FoundCue) -> Iterator[Draft]:
    """Read a word for a trip: where it leads, and whether it is ours who go there or theirs who come."""
    legs, until = _legs(scene, cue)
    done = not scene.is_after(cue) and any(_tells(scene, each, cue) for each in scene.of(CueRole.DOING))
    spoken_of = cue.term.role is CueRole.TRIP and not done and not _is_headline(scene, cue)
    abroad = [leg for leg in legs if leg.country != MOROCCO]
    if abroad and is_ours_going(scene, cue, until, {leg.country for leg in abroad}):
        for number, leg in enumerate(abroad):
            city = leg.city or city_in(scene, (leg.country,))
            stop = visit(cue, Direction.OUTBOUND, (leg.country,), city, spoken_of=spoken_of)
            yield replace(stop, leg=number, legs=len(abroad))
    elif legs and not abroad:
        yield from _read_coming(scene, cue, legs[0], spoken_of=spoken_of)
    elif not legs and cue.term.role is CueRole.TRIP and done:
        yield from _read_bare_trip(scene, cue)


def read_leading(scene: Scene, cue: FoundCue) -> Iterator[Draft]:
    """Read "he leads a delegation to": beside another coming it only says with whom."""
    if not any(each.end <= cue.start for each in scene.comings):
        yield from read_trip(scene, cue)


def _is_headline(scene: Scene, cue: FoundCue) -> bool:
    """Tell whether a trip is what a headline says: "Première visite de", and not "La visite de … inquiète"."""
    before = scene.gap(scene.sentence.start, cue.start)
    if scene.sentence.field is not Field.TITLE or len(before) > 1:
        return False
    return not any(scene.wording.is_in(CueRole.LINK, word) for word in before)


def _tells(scene: Scene, verb: FoundCue, trip: FoundCue) -> bool:
    """Tell whether a verb tells a trip as done: further on, "the visit that he made" is only spoken of."""
    is_relative = verb.start >= trip.end and scene.sentence.number > _LEAD
    return not is_relative and _carries_out(scene, verb, trip)


def _carries_out(scene: Scene, verb: FoundCue, trip: FoundCue) -> bool:
    """Tell whether a verb tells this trip as done: it stands soon after, or before with no other trip in between."""
    if verb.start >= trip.end:
        return verb.start - trip.end <= _VERB_AFTER
    between = (each for each in scene.of(CueRole.TRIP) if verb.end < each.start < trip.start)
    return trip.start - verb.start <= _PARTED and next(between, None) is None


def _read_bare_trip(scene: Scene, cue: FoundCue) -> Iterator[Draft]:
    """Read a trip that no place follows: it leads where the place before it lies, or else the scene plays."""
    where = _place_before(scene, cue) or place_of(scene)
    country = where.country if where is not None else next(iter(scene.guests), None) if len(scene.guests) == 1 else None
    traveller = nearest_traveller(scene, cue)
    if traveller is None or country is None:
        return
    if traveller.party is Party.OURS and country != MOROCCO:
        yield visit(cue, Direction.OUTBOUND, (country,), city_of(where) if where else None)
    elif traveller.party is Party.THEIRS and country == MOROCCO and scene.actors(Party.OURS):
        if is_envoy(scene, traveller):
            return
        yield visit(cue, Direction.INBOUND, countries_of(scene, traveller), city_in(scene, (MOROCCO,)))


def read_return(scene: Scene, cue: FoundCue) -> Iterator[Draft]:
    """Read "he went back there": to the place named before."""
    yield from _read_there(scene, cue, _place_before(scene, cue))


def read_stop(scene: Scene, cue: FoundCue) -> Iterator[Draft]:
    """Read "Doha was a stop": the place named right beside the word."""
    places = [each for each in scene.presences if each.is_place and each.kind is not None]
    beside = [each for each in places if len(scene.gap(min(each.end, cue.end), max(each.start, cue.start))) <= _BESIDE]
    yield from _read_there(scene, cue, next(iter(beside), None))


def read_stay(scene: Scene, cue: FoundCue) -> Iterator[Draft]:
    """Read "he was in Madrid": the place that soon follows and that a word leads to."""
    legs, until = _legs(scene, cue)
    if legs and _is_right_after(scene, cue, until):
        for leg in legs:
            yield from _read_being(scene, cue, leg, until)


def read_leaving(scene: Scene, cue: FoundCue) -> Iterator[Draft]:
    """Read "he left Madrid": the place that soon follows, in whatever way it is named."""
    places = (each for each in scene.presences if each.is_place and each.start >= cue.end and (each.plain or each.led))
    place = next(places, None)
    if place is not None and _is_right_after(scene, cue, place.start):
        yield from _read_being(scene, cue, Leg(place.country or "", city_of(place)), place.start)


def read_headline(scene: Scene) -> Iterator[Draft]:
    """Read a headline without a verb: "Hammouchi in Madrid"."""
    if (
        scene.sentence.field is not Field.TITLE
        or not scene.roles.isdisjoint(_TOLD_ELSE)
        or scene.text.rstrip().endswith(("?", "؟"))
    ):
        return
    for who, where in pairwise(scene.presences):
        if is_somebody(who) and where.is_place and _is_at(scene, who, where):
            cue = Found(Cue(CueRole.STAY), who.end, who.end)
            yield from _read_being(scene, cue, Leg(where.country or "", city_of(where)), where.start)


def _is_at(scene: Scene, who: Presence, where: Presence) -> bool:
    """Tell whether "in" and nothing else stands between somebody and a place; Arabic writes it onto the name."""
    gap = scene.gap(who.end, where.start)
    if scene.has_pause(who.end, where.start):
        return False
    clung = scene.language is Language.ARABIC and scene.text[where.start] == "ب"
    return clung if not gap else all(scene.wording.is_in(CueRole.AT, word) for word in gap)


def _read_being(scene: Scene, cue: FoundCue, leg: Leg, until: int) -> Iterator[Draft]:
    if _is_home(scene, cue, leg):
        return
    if leg.country == MOROCCO:
        yield from _read_coming(scene, cue, leg, spoken_of=False)
    elif is_ours_going(scene, cue, until, {leg.country}):
        yield visit(cue, Direction.OUTBOUND, (leg.country,), leg.city or city_in(scene, (leg.country,)))


def _is_home(scene: Scene, cue: FoundCue, leg: Leg) -> bool:
    """Tell whether somebody goes back to his own country, whose name or service stands before: a guest flies home."""
    before = (each for each in scene.presences[::-1] if each.party is not None and each.end <= cue.start)
    who = next(before, None)
    return cue.term.role is CueRole.LEAVING and who is not None and who.country == leg.country


def _read_there(scene: Scene, cue: FoundCue, place: Presence | None) -> Iterator[Draft]:
    traveller = nearest_traveller(scene, cue)
    ours = scene.is_of_hero(cue) if traveller is None else traveller.party is Party.OURS
    if place is not None and place.country != MOROCCO and ours:
        yield visit(cue, Direction.OUTBOUND, (place.country or "",), city_of(place))


def _place_before(scene: Scene, cue: FoundCue) -> Presence | None:
    """Find the place that a trip goes back to: the last one that a word leads to, or that stands right before it."""
    before = (each for each in scene.presences[::-1] if each.is_place and each.end <= cue.start)
    return next((each for each in before if each.led or (each.plain and cue.start - each.end <= _BEFORE_WITHIN)), None)


def _legs(scene: Scene, cue: FoundCue) -> tuple[list[Leg], int]:
    """List the stops that follow a word for a trip, and where the first stands; none if no word leads to one."""
    limit = min([cue.end + _PARTED, *(c.start for c in scene.cues if c.start > cue.end and c.term.role in EVENT_ROLES)])
    places = [each for each in scene.presences if each.is_place and cue.end <= each.start < limit]
    first = next((n for n, each in enumerate(places) if each.led or _is_object(scene, cue, each)), None)
    if first is None:
        return [], limit
    legs = [Leg(places[first].country or "", city_of(places[first]))]
    for previous, each in pairwise(places[first:]):
        if not is_linked(scene, previous, each):
            break
        _add_stop(legs, each)
    return legs, places[first].start


def _is_object(scene: Scene, cue: FoundCue, place: Presence) -> bool:
    """Tell whether a place is what a verb acts on: nothing but who acts and an article stands between."""
    origin = any(scene.wording.is_in(CueRole.ORIGIN, word) for word in scene.gap(cue.end, place.start)[-1:])
    return place.plain and not origin and _is_right_after(scene, cue, place.start)


def _is_right_after(scene: Scene, cue: FoundCue, start: int) -> bool:
    """Tell whether nothing but who acts, a day and words such as "in the" stands between a word and its place."""
    named = [each.end for each in scene.actors() if cue.end <= each.start and each.end <= start]
    return scene.is_link(max(named, default=cue.end), start)


def _add_stop(legs: list[Leg], place: Presence) -> None:
    if place.country != legs[-1].country:
        legs.append(Leg(place.country or "", city_of(place)))
    elif legs[-1].city is None:
        legs[-1] = Leg(legs[-1].country, city_of(place))
    elif city_of(place) not in (None, legs[-1].city):
        legs.append(Leg(legs[-1].country, city_of(place)))


def _read_coming(scene: Scene, cue: FoundCue, leg: Leg, *, spoken_of: bool) -> Iterator[Draft]:
    """Read a trip to Morocco: somebody of the other side comes, and ours is there."""
    theirs = scene.actors(Party.THEIRS)
    traveller = traveller_of(scene, cue, _place_after(scene, cue), {MOROCCO})
    coming_home = cue.term.role is not CueRole.TRIP and traveller is not None and traveller.party is Party.OURS
    if coming_home or (traveller is not None and traveller.party is Party.OUTSIDER):
        return
    if not any(is_official(scene, each) for each in theirs):
        return
    guest = traveller if traveller is not None and traveller.party is Party.THEIRS else theirs[0]
    if is_envoy(scene, guest) or (cue.term.role is CueRole.LEAVING and is_of_many(guest)):
        return
    if scene.hero or scene.house or scene.actors(Party.OURS) or is_security(scene, guest):
        yield visit(cue, Direction.INBOUND, countries_of(scene, guest), leg.city, spoken_of=spoken_of)


def _place_after(scene: Scene, cue: FoundCue) -> int:
    """Return where the first place after a cue begins, or where the sentence ends."""
    return next((each.start for each in scene.presences if each.is_place and each.start >= cue.end), scene.sentence.end)
