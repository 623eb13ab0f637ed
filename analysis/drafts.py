"""A scene read for what it says happened: which side acts, and where. The words are seeds, the grammar is here.

How it is told (news, recalled …) and when is left to `analysis/telling.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.cues import EVENT_ROLES, FoundCue
from analysis.mentions import Mention, Party
from analysis.records import Direction, EventKind, Language, TagKind
from analysis.scenes import Scene, city_in, countries_of, is_linked, place_of
from analysis.vocabulary import MOROCCO, CueRole

_BESIDE = 250  # characters between the words that make an agreement or the like: names and titles of two signers
_GIFT_WITHIN = 40
_BELONGS_WITHIN = 60
_PARTED = 200  # characters after a word for a trip where its destination may still stand


@dataclass(frozen=True, slots=True)
class Leg:
    """One stop of a trip."""

    country: str
    city: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a scene tells, before it is known how it is told and when. `spoken_of`: named only, not told as done."""

    kind: EventKind
    direction: Direction | None
    countries: tuple[str, ...]
    city: str | None
    cue: FoundCue
    rule: str
    spoken_of: bool = False


def read_scene(scene: Scene, pairs: Mapping[EventKind, frozenset[CueRole]]) -> Iterator[Draft]:
    """Read what a sentence tells; `pairs` are the kinds that need several words in one sentence."""
    for cue in scene.cues:
        rule = _RULES.get(cue.term.role)
        if rule is not None:
            yield from rule(scene, cue)
    for kind, roles in pairs.items():
        yield from _read_pair(scene, kind, roles)


# ---------------------------------------------------------------- trips


def _read_trip(scene: Scene, cue: FoundCue) -> Iterator[Draft]:
    legs, until = _legs(scene, cue)
    done = any(abs(each.start - cue.start) <= _PARTED for each in scene.of(CueRole.DOING))
    spoken_of = cue.term.role is CueRole.TRIP and not done
    abroad = [leg for leg in legs if leg.country != MOROCCO]
    if abroad and _is_ours_going(scene, cue, until, {leg.country for leg in abroad}):
        for leg in abroad:
            yield _visit(cue, Direction.OUTBOUND, (leg.country,), leg.city, spoken_of=spoken_of)
    elif legs and not abroad:
        yield from _read_coming(scene, cue, legs[0], spoken_of=spoken_of)
    elif not legs and cue.term.role is CueRole.TRIP and done:
        yield from _read_bare_trip(scene, cue)


def _read_bare_trip(scene: Scene, cue: FoundCue) -> Iterator[Draft]:
    """Read a trip that no place follows: it leads where the place before it lies, or else the scene plays."""
    where = _place_before(scene, cue) or place_of(scene)
    country = where.country if where is not None else next(iter(scene.guests), None)
    traveller = _nearest(scene, cue)
    if traveller is None or country is None:
        return
    if traveller.party is Party.OURS and country != MOROCCO:
        yield _visit(cue, Direction.OUTBOUND, (country,), _city(where) if where else None, spoken_of=False)
    elif traveller.party is Party.THEIRS and country == MOROCCO and scene.actors(Party.OURS):
        yield _visit(
            cue, Direction.INBOUND, countries_of(scene, traveller), city_in(scene, (MOROCCO,)), spoken_of=False
        )


def _place_before(scene: Scene, cue: FoundCue) -> Mention | None:
    places = [each for each in scene.mentions if each.is_place and each.led | each.plain and each.end <= cue.start]
    return places[-1] if places and cue.start - places[-1].end <= _GIFT_WITHIN else None


def _nearest(scene: Scene, cue: FoundCue) -> Mention | None:
    """Find whose trip it is: who stands right after the word, else right before it."""
    actors = [each for each in scene.actors() if each.kind is not TagKind.COUNTRY]
    after = (each for each in actors if 0 <= each.start - cue.end <= _BELONGS_WITHIN)
    return next(after, None) or next((each for each in actors[::-1] if each.end <= cue.start), None)


def _visit(
    cue: FoundCue, direction: Direction, countries: tuple[str, ...], city: str | None, *, spoken_of: bool
) -> Draft:
    return Draft(EventKind.VISIT, direction, countries, city, cue, cue.term.role.value, spoken_of)


def _legs(scene: Scene, cue: FoundCue) -> tuple[list[Leg], int]:
    """List the stops that follow a word for a trip, and where the first stands; none if no word leads to one."""
    limit = min([cue.end + _PARTED, *(c.start for c in scene.cues if c.start > cue.end and c.term.role in EVENT_ROLES)])
    places = [each for each in scene.mentions if each.is_place and cue.end <= each.start < limit]
    first = next((n for n, each in enumerate(places) if each.led or _is_object(scene, cue, each)), None)
    if first is None:
        return [], limit
    legs = [Leg(places[first].country or "", _city(places[first]))]
    for previous, each in pairwise(places[first:]):
        if not is_linked(scene, previous, each):
            break
        _add_stop(legs, each)
    return legs, places[first].start


def _is_object(scene: Scene, cue: FoundCue, place: Mention) -> bool:
    """Tell whether a place is what a verb acts on: nothing but who acts and an article stands between."""
    named = [each.end for each in scene.actors() if cue.end <= each.start and each.end <= place.start]
    gap = scene.gap(max(named, default=cue.end), place.start)
    return place.plain and all(scene.wording.is_in(CueRole.LINK, word) for word in gap)


def _add_stop(legs: list[Leg], place: Mention) -> None:
    if place.country != legs[-1].country:
        legs.append(Leg(place.country or "", _city(place)))
    elif legs[-1].city is None:
        legs[-1] = Leg(legs[-1].country, _city(place))
    elif _city(place) not in (None, legs[-1].city):
        legs.append(Leg(legs[-1].country, _city(place)))


def _city(place: Mention) -> str | None:
    return place.id if place.kind is TagKind.PLACE else None


def _traveller(scene: Scene, cue: FoundCue, until: int, destinations: set[str]) -> Mention | None:
    """Find who goes: whoever stands between the word and the place, else the nearest before; never the host."""
    between = [each for each in scene.actors() if cue.end <= each.start < until and each.country not in destinations]
    if between:
        return between[0]
    before = [each for each in scene.actors() if each.end <= cue.start and not _is_host(each, destinations)]
    people = [each for each in before if each.kind is not TagKind.COUNTRY and each.kind is not TagKind.BODY]
    return next(iter((people or [each for each in before if each.kind is not TagKind.COUNTRY])[::-1]), None)


def _is_host(each: Mention, destinations: set[str]) -> bool:
    return each.party is Party.THEIRS and (each.country in destinations or each.country is None)


def _is_ours_going(scene: Scene, cue: FoundCue, until: int, destinations: set[str]) -> bool:
    traveller = _traveller(scene, cue, until, destinations)
    if traveller is not None:
        return traveller.party is Party.OURS
    after = [each for each in scene.actors() if each.start > until and not _is_host(each, destinations)]
    if after:
        return after[0].party is Party.OURS
    return scene.hero


def _read_coming(scene: Scene, cue: FoundCue, leg: Leg, *, spoken_of: bool) -> Iterator[Draft]:
    """Read a trip to Morocco: somebody of the other side comes, and ours is there."""
    theirs = scene.actors(Party.THEIRS)
    traveller = _traveller(scene, cue, leg_start(scene, cue), {MOROCCO})
    if traveller is not None and traveller.party is Party.OUTSIDER:
        return
    named = scene.actors(Party.OURS) or (scene.hero and any(each.kind is not TagKind.COUNTRY for each in theirs))
    if theirs and named:
        guest = traveller if traveller is not None and traveller.party is Party.THEIRS else theirs[0]
        yield _visit(cue, Direction.INBOUND, countries_of(scene, guest), leg.city, spoken_of=spoken_of)


def leg_start(scene: Scene, cue: FoundCue) -> int:
    """Return where the first place after a cue begins, or where the sentence ends."""
    return next((each.start for each in scene.mentions if each.is_place and each.start >= cue.end), scene.sentence.end)


# ---------------------------------------------------------------- receptions


def _read_host(scene: Scene, cue: FoundCue) -> Iterator[Draft]:
    """Read "X receives Y": by what stands after the verb, and in Arabic whether the verb stands first."""
    if any(cue.end <= gift.start <= cue.end + _GIFT_WITHIN for gift in scene.of(CueRole.GIFT)):
        return
    if any(agent.start - cue.end <= _GIFT_WITHIN for agent in scene.of(CueRole.AGENT) if agent.start >= cue.end):
        yield from _read_guest(scene, cue)
        return
    after = [each for each in scene.actors() if each.start >= cue.end]
    before = [each for each in scene.actors() if each.end <= cue.start]
    if any(each.overlaps(cue) or each.end == cue.start for each in scene.of(CueRole.OBJECT)):
        yield from _reception(scene, cue, _last(before, Party.THEIRS), _SELF if scene.hero else None)
        return
    if _is_verb_first(scene, before, after, cue):
        yield from _reception(scene, cue, after[0], _first(after, _other(after[0].party)))
    elif after:
        host = _last(before, _other(after[0].party)) or (_SELF if scene.hero and not _people(before) else None)
        yield from _reception(scene, cue, host, after[0])


_SELF = Mention(None, None, MOROCCO, Party.OURS, 0, 0)


def _is_verb_first(scene: Scene, before: Sequence[Mention], after: Sequence[Mention], cue: FoundCue) -> bool:
    """Tell whether the one who receives stands after the verb: Arabic, both sides after it, nobody right before it."""
    if scene.language is not Language.ARABIC or len({each.party for each in after} & _SIDES) < len(_SIDES):
        return False
    return not (before and len(scene.gap(before[-1].end, cue.start)) <= 1)


_SIDES = frozenset({Party.OURS, Party.THEIRS})


def _other(party: Party | None) -> Party:
    return Party.THEIRS if party is Party.OURS else Party.OURS


def _first(actors: Sequence[Mention], party: Party) -> Mention | None:
    return next((each for each in actors if each.party is party), None)


def _last(actors: Sequence[Mention], party: Party) -> Mention | None:
    return _first(actors[::-1], party)


def _people(actors: Sequence[Mention]) -> list[Mention]:
    return [each for each in actors if each.kind in (TagKind.PERSON, None)]


def _reception(scene: Scene, cue: FoundCue, host: Mention | None, guest: Mention | None) -> Iterator[Draft]:
    if host is None or guest is None or {host.party, guest.party} != _SIDES:
        return
    if guest.party is Party.OURS:
        countries = countries_of(scene, host)
        yield _visit(cue, Direction.OUTBOUND, countries, city_in(scene, countries), spoken_of=False)
    else:
        yield _visit(cue, Direction.INBOUND, countries_of(scene, guest), city_in(scene, (MOROCCO,)), spoken_of=False)


def _read_guest(scene: Scene, cue: FoundCue) -> Iterator[Draft]:
    """Read "Y was received by X", or only where Y was received."""
    agent = next((each.end for each in scene.of(CueRole.AGENT) if each.end >= cue.end - 1), cue.end)
    before = [each for each in scene.actors() if each.end <= agent]
    host = next((each for each in scene.actors() if each.start >= agent and each.party in _SIDES), None)
    if host is not None:
        guest = _last(before, _other(host.party)) or (_SELF if host.party is Party.THEIRS and scene.hero else None)
        yield from _reception(scene, cue, host, guest)
        return
    place, guest = place_of(scene), next(iter(before[::-1]), None)
    if place is not None and guest is not None and guest.party is Party.OURS and place.country != MOROCCO:
        yield _visit(cue, Direction.OUTBOUND, (place.country or "",), _city(place), spoken_of=False)


# ---------------------------------------------------------------- talks


def _read_talks(scene: Scene, cue: FoundCue) -> Iterator[Draft]:
    """Read talks: in Morocco a reception, in the other's country a visit, elsewhere or beside something a meeting."""
    ours, theirs = scene.actors(Party.OURS), scene.actors(Party.THEIRS)
    named = any(each.kind is not TagKind.COUNTRY for each in theirs) and not scene.actors(Party.OUTSIDER)
    if not theirs or not (ours or (scene.hero and named)):
        return
    countries, place = countries_of(scene, theirs[0]), place_of(scene)
    if place is None or any(scene.of(CueRole.ASIDE)):
        yield Draft(EventKind.MEETING, None, countries, _city(place) if place else None, cue, "talks")
    elif place.country == MOROCCO:
        yield _visit(cue, Direction.INBOUND, countries, city_in(scene, (MOROCCO,)), spoken_of=False)
    elif not countries or place.country in countries:
        yield _visit(
            cue, Direction.OUTBOUND, (place.country or "",), city_in(scene, (place.country or "",)), spoken_of=False
        )
    else:
        yield Draft(EventKind.MEETING, None, countries, _city(place), cue, "talks")


# ---------------------------------------------------------------- agreements, decorations, operations


def _read_pair(scene: Scene, kind: EventKind, roles: frozenset[CueRole]) -> Iterator[Draft]:
    """Read a kind that needs several words side by side, and both sides in the sentence or the opening."""
    found = [[*scene.of(role)] for role in sorted(roles)]
    if not all(found) or _people(scene.actors(Party.OUTSIDER)):
        return
    cue = next((a for a in found[0] if all(any(_is_beside(a, b) for b in others) for others in found[1:])), None)
    if cue is None or not (scene.actors(Party.OURS) or scene.hero):
        return
    if kind is EventKind.OPERATION and not _is_joint(scene):
        return
    theirs = [each for each in scene.mentions if each.party is Party.THEIRS]
    countries = tuple(dict.fromkeys(each.country for each in theirs if each.country)) or scene.guests[:1]
    if countries or theirs:
        place = None if kind is EventKind.OPERATION else place_of(scene)
        yield Draft(kind, None, countries, _city(place) if place else None, cue, kind.value)


def _is_joint(scene: Scene) -> bool:
    """Tell whether one side works with the other, and not two services of ours; a bare country does not work."""
    for cue in scene.of(CueRole.JOINTLY):
        partner = next((each for each in scene.actors() if each.start >= cue.end), None)
        if partner is not None and partner.party is not Party.OURS:
            return True
        if any(each.kind is not TagKind.COUNTRY or not each.plain for each in scene.actors(Party.THEIRS)):
            return True
    return False


def _is_beside(one: FoundCue, other: FoundCue) -> bool:
    return one != other and one.is_near(other, _BESIDE)


_RULES: Mapping[CueRole, Callable[[Scene, FoundCue], Iterator[Draft]]] = {
    CueRole.TRIP: _read_trip,
    CueRole.TRAVEL: _read_trip,
    CueRole.HOST: _read_host,
    CueRole.GUEST: _read_guest,
    CueRole.TALKS: _read_talks,
}
