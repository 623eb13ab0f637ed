"""Who receives whom, and who talks with whom: a reception or talks on one side's ground are a visit of the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.cues import EVENT_ROLES, FoundCue
from analysis.presences import Party, Presence
from analysis.records import Direction, EventKind, Language, TagKind
from analysis.scenes import (
    Draft,
    Scene,
    city_in,
    city_of,
    countries_of,
    is_beside,
    is_envoy,
    is_official,
    place_of,
    visit,
)
from analysis.vocabulary import MOROCCO, CueRole

_GIFT_WITHIN = 40  # characters
_AGENT_WITHIN = 120  # characters: "X, on the first day of his visit, by"
_GATHERING_WITHIN = 25  # characters: "accueille un grand "
_HOST_WITHIN = 100  # characters: "par M. X, ministre de l'Intérieur de la République"
_LEAD = 2  # sentences: they play where the title does
_STATE_WITHIN = 3  # words: "les Émirats l'avaient"


def read_host(scene: Scene, cue: FoundCue) -> Iterator[Draft]:
    """Read "X receives Y": by what stands after the verb, and in Arabic whether the verb stands first."""
    if any(0 <= each.start - cue.end <= _GIFT_WITHIN for each in scene.of(CueRole.GIFT)) or _is_gathering(scene, cue):
        return
    if _has_agent(scene, cue):
        yield from read_guest(scene, cue)
        return
    after = [each for each in scene.actors() if each.start >= cue.end]
    before = [each for each in scene.actors() if each.end <= cue.start]
    if _is_of_pronoun(scene, cue):
        yield from _read_of_him(scene, cue, before)
        return
    if _is_verb_first(scene, before, after, cue):
        yield from _reception(scene, cue, after[0], _first(after, _other(after[0].party)))
    elif after:
        host = _last(before, _other(after[0].party)) or (_SELF if scene.hero and not _people(before) else None)
        yield from _reception(scene, cue, host, after[0])


def _is_of_pronoun(scene: Scene, cue: FoundCue) -> bool:
    """Tell whether a pronoun is whom a verb acts on: "l'a reçu", "lo recibió", "received him"."""
    before = scene.gap(scene.sentence.start, cue.start)[-1:]
    beside = scene.gap(cue.end, scene.sentence.end)[:1] if scene.language is Language.ENGLISH else before
    return any(scene.wording.is_in(CueRole.OBJECT, word) for word in beside)


def _read_of_him(scene: Scene, cue: FoundCue, before: Sequence[Presence]) -> Iterator[Draft]:
    """Read "X received him": whoever stands nearest before the verb is X, and "he" is of the other side."""
    host = next(
        (each for each in before[::-1] if each.party in _SIDES and not each.is_place), _last(before, Party.THEIRS)
    )
    himself = _SELF if scene.hero else None
    guest = _last(before, Party.THEIRS) or _visitor(scene)
    yield from _reception(scene, cue, host, guest if host and host.party is Party.OURS else himself)


def _visitor(scene: Scene) -> Presence | None:
    """Return whom "him" means where ours receive: the official of the one country that the article is about."""
    if not scene.visited or len(scene.guests) != 1:
        return None
    return Presence(None, None, scene.guests[0], Party.THEIRS, scene.sentence.start, scene.sentence.start)


def _is_gathering(scene: Scene, cue: FoundCue) -> bool:
    """Tell whether it is a conference that is received: it stands right after the verb, or nearest before it."""
    gatherings = [*scene.of(CueRole.GATHERING)]
    actors = [each.end for each in scene.actors() if each.end <= cue.start]
    nearest = max((each.start for each in gatherings if each.end <= cue.start), default=-1)
    after = any(0 <= each.start - cue.end <= _GATHERING_WITHIN for each in gatherings)
    return after or nearest > max(actors, default=0)


def _has_agent(scene: Scene, cue: FoundCue) -> bool:
    """Tell whether "by" and somebody follow: "was received by the minister", not "for the second year"."""
    within = _AGENT_WITHIN if scene.language is Language.ARABIC else _GIFT_WITHIN
    agents = [each for each in scene.of(CueRole.AGENT) if 0 <= each.start - cue.end <= within]
    return any(0 <= actor.start - agent.end <= _HOST_WITHIN for agent in agents for actor in scene.actors())


_SELF = Presence(None, None, MOROCCO, Party.OURS, 0, 0)


def _is_verb_first(scene: Scene, before: Sequence[Presence], after: Sequence[Presence], cue: FoundCue) -> bool:
    """Tell whether the one who receives stands after the verb: Arabic, both sides after it, nobody right before it."""
    if scene.language is not Language.ARABIC or len({each.party for each in after} & _SIDES) < len(_SIDES):
        return False
    return not (before and len(scene.gap(before[-1].end, cue.start)) <= 1)


_SIDES = frozenset({Party.OURS, Party.THEIRS})


def _other(party: Party | None) -> Party:
    return Party.THEIRS if party is Party.OURS else Party.OURS


def _first(actors: Sequence[Presence], party: Party) -> Presence | None:
    return next((each for each in actors if each.party is party), None)


def _last(actors: Sequence[Presence], party: Party) -> Presence | None:
    return _first(actors[::-1], party)


def _people(actors: Sequence[Presence]) -> list[Presence]:
    return [each for each in actors if each.kind in (TagKind.PERSON, None)]


def _reception(scene: Scene, cue: FoundCue, host: Presence | None, guest: Presence | None) -> Iterator[Draft]:
    if host is None or guest is None or {host.party, guest.party} != _SIDES:
        return
    if not (is_official(scene, guest) and (is_official(scene, host) or _is_state(scene, host, cue))):
        return
    if guest.party is Party.OURS:
        countries = countries_of(scene, host)
        yield visit(cue, Direction.OUTBOUND, countries, city_in(scene, countries))
    elif is_envoy(scene, guest):
        city = city_in(scene, (MOROCCO,))
        yield Draft(EventKind.MEETING, None, countries_of(scene, guest), city, cue, "envoy")
    else:
        yield visit(cue, Direction.INBOUND, countries_of(scene, guest), city_in(scene, (MOROCCO,)))


def _is_state(scene: Scene, host: Presence, cue: FoundCue) -> bool:
    """Tell whether a country itself stands beside the verb: "the Emirates received him"."""
    named = host.kind is TagKind.COUNTRY and host.plain
    return named and len(scene.gap(min(host.end, cue.end), max(host.start, cue.start))) <= _STATE_WITHIN


def read_guest(scene: Scene, cue: FoundCue) -> Iterator[Draft]:
    """Read "Y was received by X", or only where Y was received."""
    agent = next((each.end for each in scene.of(CueRole.AGENT) if each.end >= cue.end - 1), cue.end)
    before = [each for each in scene.actors() if each.end <= agent]
    if _is_gathering(scene, cue) or any(each.start < cue.start < each.end for each in scene.of(CueRole.HOST)):
        return  # "a reçu à", where nobody is received
    host = next((each for each in scene.actors() if each.start >= agent and each.party in _SIDES), None)
    if host is not None:
        himself = (_SELF if scene.hero else None) if host.party is Party.THEIRS else _visitor(scene)
        yield from _reception(scene, cue, host, _last(before, _other(host.party)) or himself)
        return
    after = (each for each in scene.presences if each.is_place and each.led and each.start >= cue.end)
    place, guest = next(after, place_of(scene)), next(iter(before[::-1]), _SELF if scene.hero else None)
    if place is None or guest is None:
        return
    if guest.party is Party.OURS and place.country != MOROCCO:
        yield visit(cue, Direction.OUTBOUND, (place.country or "",), city_of(place))
    elif scene.hero and place.country == MOROCCO:
        yield from _reception(scene, cue, _SELF, guest)


def read_welcomed(scene: Scene, cue: FoundCue) -> Iterator[Draft]:
    """Read "Y enjoyed a reception by X": who stands after the word is the guest."""
    after = [each for each in scene.actors() if each.start >= cue.end and each.party in _SIDES]
    if not after or after[0].party is Party.OURS:
        yield from read_guest(scene, cue)
        return
    place = place_of(scene)
    if place is not None and place.country == MOROCCO and (scene.hero or scene.house):
        yield from _reception(scene, cue, _SELF, after[0])


def read_talks(scene: Scene, cue: FoundCue) -> Iterator[Draft]:
    """Read talks: in Morocco a reception, in the other's country a visit, elsewhere or beside something a meeting."""
    if CueRole.SEAT in scene.roles and scene.circle:
        return  # who meets there elects
    ours = scene.actors(Party.OURS)
    theirs = [each for each in scene.actors(Party.THEIRS) if is_official(scene, each)]
    if not theirs:
        yield from _read_talks_of_both(scene, cue)
        yield from _read_talks_abroad(scene, cue, ours)
        return
    named = any(not each.is_place for each in theirs) and not scene.actors(Party.OUTSIDER)
    if not (ours or (scene.hero and named)):
        return
    countries, place = countries_of(scene, theirs[0]), _ground_of(scene, cue)
    if place is None and scene.sentence.number <= _LEAD:
        place = scene.setting
    if place is None or scene.beside or any(scene.of(CueRole.ASIDE)):
        yield Draft(EventKind.MEETING, None, countries, city_of(place) if place else None, cue, "talks")
    elif place.country == MOROCCO:
        yield visit(cue, Direction.INBOUND, countries, city_in(scene, (MOROCCO,)))
    elif not countries or place.country in countries:
        yield from _visits_of(scene, cue, place)
    else:
        yield Draft(EventKind.MEETING, None, countries, city_of(place), cue, "talks")


def _ground_of(scene: Scene, cue: FoundCue) -> Presence | None:
    """Find where talks are held: the first place of the sentence, but where another event was told before the city."""
    events = [each for each in scene.cues if each.term.role in EVENT_ROLES and not each.overlaps(cue)]
    start = max((each.end for each in events if each.end <= cue.start), default=None)
    end = min((each.start for each in events if each.start >= cue.end), default=scene.sentence.end)
    cities = [each for each in scene.presences if each.kind is TagKind.PLACE and each.id and each.start < end]
    reached = [each for each in cities if each.led or any(0 <= each.start - event.end <= 1 for event in events)]
    if start is None or not reached:
        return place_of(scene)
    return next((each for each in reached if each.start >= start), reached[-1])


def _visits_of(scene: Scene, cue: FoundCue, first: Presence) -> Iterator[Draft]:
    """Read "in Bern with the Swiss police chief and on Friday in Rome with the Italian one": a visit each."""
    hosts = {each.country for each in scene.actors(Party.THEIRS) if is_official(scene, each)} - {first.country}
    cities = (each for each in scene.presences if each.kind is TagKind.PLACE and each.led and each.start > first.end)
    others = {each.country: each for each in cities if each.country in hosts}
    stops = [first, *others.values()]
    for leg, place in enumerate(stops):
        abroad = (place.country or "",)
        city = city_of(place) or city_in(scene, abroad)
        yield replace(visit(cue, Direction.OUTBOUND, abroad, city), leg=leg, legs=len(stops))


def _read_talks_of_both(scene: Scene, cue: FoundCue) -> Iterator[Draft]:
    """Read "the police chiefs of both countries met": it does not say who went to whom."""
    offices = [*scene.of(CueRole.OFFICE)]
    officials = any(is_beside(scene, office, both) for both in scene.of(CueRole.BOTH) for office in offices)
    if officials and scene.house and len(scene.guests) == 1 and not scene.actors(Party.OUTSIDER):
        yield Draft(EventKind.MEETING, None, scene.guests, None, cue, "talks")


def _read_talks_abroad(scene: Scene, cue: FoundCue, ours: Sequence[Presence]) -> Iterator[Draft]:
    """Read talks with somebody we know no side of: in another country somebody of ours is on a visit."""
    place = place_of(scene)
    aside = scene.beside or any(scene.of(CueRole.ASIDE))
    if place is not None and place.country != MOROCCO and _people(ours) and not aside:
        yield visit(cue, Direction.OUTBOUND, (place.country or "",), city_of(place))
