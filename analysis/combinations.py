"""Kinds told by several words side by side: agreements, decorations, operations, extraditions, conferences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from analysis.cues import FoundCue
from analysis.presences import Party, Presence
from analysis.records import EventKind, Language, TagKind
from analysis.scenes import Draft, Scene, city_of, is_linked, is_official, place_of
from analysis.vocabulary import MOROCCO, CueRole, KindWords

_BESIDE = 250  # characters between the words that make an agreement or the like: names and titles of two signers
_ALONE = frozenset({EventKind.VISIT, EventKind.MEETING})  # one word tells them
_WITHOUT_PARTNERS = frozenset({EventKind.CONFERENCE, EventKind.ELECTION})  # of many countries
_WITH_PARTNERS = frozenset({EventKind.OPERATION, EventKind.CONFERENCE})  # named in the sentence itself

Pair = tuple[EventKind, tuple[CueRole, ...]]
"""A kind, and the roles whose words must all stand in one sentence, the first of which is what tells it."""


def pairs_of(kinds: Iterable[KindWords]) -> tuple[Pair, ...]:
    """List the kinds whose words must all stand in one sentence; a kind may be told by several sets of words."""
    return tuple((each.kind, _needed(cue.role for cue in each.cues)) for each in kinds if each.kind not in _ALONE)


def _needed(roles: Iterable[CueRole]) -> tuple[CueRole, ...]:
    """List the roles that must be there; that it was done jointly can also be seen from the cities."""
    return tuple(sorted({*roles} - {CueRole.JOINTLY}))


def read_pair(scene: Scene, pair: Pair) -> Iterator[Draft]:
    """Read a kind that needs several words side by side, and both sides in the sentence or the opening."""
    kind, roles = pair
    cue = _beside_each_other(scene, roles)
    if cue is None or scene.actors(Party.OUTSIDER) or not _is_ours(scene, kind):
        return
    theirs = _PARTNERS.get(kind, _named)(scene)
    countries = tuple(dict.fromkeys(each.country for each in theirs if each.country))
    if kind is EventKind.AGREEMENT and any(scene.of(CueRole.ALL)):
        countries = scene.guests
    if not theirs and kind not in _WITHOUT_PARTNERS:
        countries = () if CueRole.HANDOVER in roles else scene.guests[:1]
    if theirs or (countries and kind not in _WITH_PARTNERS) or _is_of_many(scene, kind):
        place = None if kind is EventKind.OPERATION else place_of(scene)
        known = kind is EventKind.AGREEMENT and _is_of_known(scene)
        yield Draft(kind, None, countries, city_of(place) if place else None, cue, kind.value, spoken_of=known)


def _is_of_known(scene: Scene) -> bool:
    """Tell whether a sentence further on only speaks of "the agreement signed with", and of no other signing."""
    if scene.sentence.number <= 1:
        return False
    known = [each for each in scene.of(CueRole.SIGNED) if _is_definite(scene, each)]
    signings = [*scene.of(CueRole.SIGNING), *scene.of(CueRole.INKING)]
    return bool(known) and all(any(each.overlaps(other) for other in known) for each in signings)


def _is_definite(scene: Scene, cue: FoundCue) -> bool:
    """Tell whether an article stands before a word; Arabic writes it onto it."""
    before = scene.gap(scene.sentence.start, cue.start)[-1:]
    return scene.language is Language.ARABIC or any(scene.wording.is_in(CueRole.LINK, word) for word in before)


def _is_of_many(scene: Scene, kind: EventKind) -> bool:
    """Tell whether who elects or comes is named in the opening only: an organisation, officials of theirs."""
    if kind is EventKind.ELECTION and {CueRole.ASSOCIATION, CueRole.SECURITY} <= scene.roles:
        return True
    return (kind in _WITHOUT_PARTNERS and scene.circle) or (kind is EventKind.CONFERENCE and scene.visited)


def _beside_each_other(scene: Scene, roles: Sequence[CueRole]) -> FoundCue | None:
    """Find the first word of the first role with a word of every other role beside it."""
    found = [[each for each in scene.of(role) if not _is_aside(scene, each)] for role in roles]
    return next((a for a in found[0] if all(any(_is_beside(a, b) for b in others) for others in found[1:])), None)


def _is_aside(scene: Scene, cue: FoundCue) -> bool:
    """Tell whether a word is part of one that means something else: "press conference"."""
    return any(each.overlaps(cue) for each in scene.of(CueRole.ASIDE))


def _is_beside(one: FoundCue, other: FoundCue) -> bool:
    return one != other and one.is_near(other, _BESIDE)


def _is_ours(scene: Scene, kind: EventKind) -> bool:
    """Tell whether our side has part in it: somebody of ours acts, or by what the kind lets stand for that."""
    if scene.actors(Party.OURS):
        return True
    nation = any(scene.of(CueRole.NATION))
    match kind:
        case EventKind.AGREEMENT:
            return scene.house or (nation and CueRole.SECURITY in scene.roles)
        case EventKind.DECORATION:
            return scene.hero
        case EventKind.OPERATION:
            return scene.house and (nation or scene.hero or _is_at_home(scene))
        case EventKind.ELECTION | EventKind.EXTRADITION:
            return scene.house or nation or (kind is EventKind.EXTRADITION and _is_at_home(scene))
        case _:
            return _is_at_home(scene)


def _is_at_home(scene: Scene) -> bool:
    """Tell whether it plays in Morocco: a word leads there, or leads nowhere and one of our cities hosts it."""
    place = place_of(scene)
    if place is not None:
        return place.country == MOROCCO
    return any(each.kind is TagKind.PLACE and each.country == MOROCCO for each in scene.presences)


# ---------------------------------------------------------------- the other side


def _named(scene: Scene) -> Sequence[Presence]:
    """List who acts, if the sentence says of which country, else every name of theirs, places included."""
    named = [each for each in scene.presences if each.party is Party.THEIRS]
    acting = scene.actors(Party.THEIRS)
    if any(each.id and not each.country for each in acting):
        return [each for each in acting if not each.is_place]
    return acting if any(each.country for each in acting) else named


def _joint(scene: Scene) -> Sequence[Presence]:
    """List who works with us: named after "jointly", or at home in one of the cities where both sides struck.

    Two services of ours are nobody else's, and a bare country does not work.
    """
    theirs = [each for each in scene.actors(Party.THEIRS) if is_official(scene, each)]
    if any(_is_of_two(a, b) and is_linked(scene, a, b) for a, b in pairwise(scene.actors())):
        return theirs
    for cue in scene.of(CueRole.JOINTLY):
        partner = next((each for each in scene.actors() if each.start >= cue.end), None)
        if partner is None or partner.party is Party.OURS or is_official(scene, partner):
            return theirs
    cities = _struck_together(scene)
    known = theirs or any(each.country in scene.guests for each in cities)
    return [*theirs, *cities] if cities and known else []


def _is_of_two(one: Presence, other: Presence) -> bool:
    """Tell whether one of ours and one of theirs stand side by side: "the DGST and the Spanish police"."""
    return {one.party, other.party} == {Party.OURS, Party.THEIRS} and not one.is_place and not other.is_place


def _struck_together(scene: Scene) -> list[Presence]:
    """List the cities of theirs that stand beside one of ours: "between Nador and Almería"."""
    cities = [each for each in scene.presences if each.kind is TagKind.PLACE]
    linked = [
        (a, b)
        for a, b in combinations(cities, 2)
        if (a.country == MOROCCO) is not (b.country == MOROCCO) and is_linked(scene, a, b)
    ]
    return [each for two in linked for each in two if each.country != MOROCCO]


def handed_over(scene: Scene) -> Sequence[Presence]:
    """List to whom or from whom somebody is handed over: where a word leads, else a service; nobody's nationality."""
    named = [each for each in scene.presences if each.party is Party.THEIRS and each.country]
    led = [each for each in named if each.led and each.is_place]
    return led or [each for each in named if each.plain or each.kind is not TagKind.COUNTRY or _is_of(scene, each)]


def _is_of(scene: Scene, adjective: Presence) -> bool:
    """Tell whether a nationality is a service's, right beside it, and nobody's who was sought."""
    sought = any(_gap(scene, each, adjective) == 0 for each in scene.of(CueRole.WANTED))
    return not sought and any(_gap(scene, each, adjective) <= 1 for each in scene.of(CueRole.OFFICE))


def _gap(scene: Scene, cue: FoundCue, each: Presence) -> int:
    """Count the words between two places of a sentence."""
    return len(scene.gap(min(cue.end, each.end), max(cue.start, each.start)))


def _attending(scene: Scene) -> Sequence[Presence]:
    """List who comes to a conference in Morocco; elsewhere whoever takes part is on a visit."""
    if not _is_at_home(scene):
        return []
    return [each for each in scene.actors(Party.THEIRS) if is_official(scene, each)]


def _many(scene: Scene) -> Sequence[Presence]:
    """List the organisations of many countries."""
    return [each for each in scene.presences if each.kind is TagKind.BODY and each.country is None]


_PARTNERS: Mapping[EventKind, Callable[[Scene], Sequence[Presence]]] = {
    EventKind.OPERATION: _joint,
    EventKind.EXTRADITION: handed_over,
    EventKind.CONFERENCE: _attending,
    EventKind.ELECTION: _many,
}
