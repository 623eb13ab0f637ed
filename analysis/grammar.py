"""A scene read for what it says happened: which side acts, and where. The words are seeds, the grammar is here.

How it is told (news, recalled …) and when is left to `analysis/telling.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from analysis.cues import FoundCue
from analysis.drafts import Draft, city_of
from analysis.presences import Party
from analysis.receptions import read_guest, read_host, read_talks
from analysis.records import EventKind
from analysis.scenes import Scene, is_official, place_of
from analysis.trips import read_trip
from analysis.vocabulary import CueRole

_BESIDE = 250  # characters between the words that make an agreement or the like: names and titles of two signers


def read_scene(scene: Scene, pairs: Mapping[EventKind, frozenset[CueRole]]) -> Iterator[Draft]:
    """Read what a sentence tells; `pairs` are the kinds that need several words in one sentence."""
    for cue in scene.cues:
        rule = _RULES.get(cue.term.role)
        if rule is not None:
            yield from rule(scene, cue)
    for kind, roles in pairs.items():
        yield from _read_pair(scene, kind, roles)


def _read_pair(scene: Scene, kind: EventKind, roles: frozenset[CueRole]) -> Iterator[Draft]:
    """Read a kind that needs several words side by side, and both sides in the sentence or the opening."""
    found = [[*scene.of(role)] for role in sorted(roles)]
    if not all(found) or scene.actors(Party.OUTSIDER):
        return
    cue = next((a for a in found[0] if all(any(_is_beside(a, b) for b in others) for others in found[1:])), None)
    if cue is None or not (scene.actors(Party.OURS) or (kind is EventKind.AGREEMENT and scene.house)):
        return
    if kind is EventKind.OPERATION and not _is_joint(scene):
        return
    theirs = [each for each in scene.presences if each.party is Party.THEIRS]
    countries = tuple(dict.fromkeys(each.country for each in theirs if each.country)) or scene.guests[:1]
    if countries or theirs:
        place = None if kind is EventKind.OPERATION else place_of(scene)
        yield Draft(kind, None, countries, city_of(place) if place else None, cue, kind.value)


def _is_joint(scene: Scene) -> bool:
    """Tell whether one side works with the other, and not two services of ours; a bare country does not work."""
    for cue in scene.of(CueRole.JOINTLY):
        partner = next((each for each in scene.actors() if each.start >= cue.end), None)
        sought = scene.actors(Party.THEIRS) if partner is None or partner.party is Party.OURS else [partner]
        if any(is_official(scene, each) for each in sought):
            return True
    return False


def _is_beside(one: FoundCue, other: FoundCue) -> bool:
    return one != other and one.is_near(other, _BESIDE)


_RULES: Mapping[CueRole, Callable[[Scene, FoundCue], Iterator[Draft]]] = {
    CueRole.TRIP: read_trip,
    CueRole.TRAVEL: read_trip,
    CueRole.HOST: read_host,
    CueRole.GUEST: read_guest,
    CueRole.TALKS: read_talks,
}
