"""A scene read for what it says happened: which side acts, and where. The words are seeds, the grammar is here.

`trips` and `receptions` read what one word tells, `combinations` what several words beside each other do, `encounters`
what no word tells but who stands where, `itineraries` a place beside a day. How it is told (news, recalled …) and when
is left to `analysis/telling.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from analysis.combinations import Pair, read_pair
from analysis.cues import FoundCue
from analysis.encounters import read_encounter
from analysis.itineraries import read_itinerary
from analysis.receptions import read_guest, read_host, read_talks, read_welcomed
from analysis.records import EventKind
from analysis.scenes import Draft, Scene
from analysis.trips import read_headline, read_leading, read_leaving, read_return, read_stay, read_stop, read_trip
from analysis.vocabulary import CueRole


def read_scene(scene: Scene, pairs: Sequence[Pair]) -> Iterator[Draft]:
    """Read what a sentence tells; `pairs` are the kinds that need several words in one sentence."""
    drafts = [*_read_words(scene, pairs)]
    yield from drafts
    if all(each.kind is not EventKind.VISIT for each in drafts):
        yield from read_encounter(scene)


def _read_words(scene: Scene, pairs: Sequence[Pair]) -> Iterator[Draft]:
    yield from read_headline(scene)
    yield from read_itinerary(scene)
    for cue in scene.cues:
        rule = _RULES.get(cue.term.role)
        if rule is not None and not scene.is_supposed(cue):
            yield from rule(scene, cue)
    roles = scene.roles
    for kind, needed in pairs:
        if roles.issuperset(needed):
            yield from read_pair(scene, (kind, needed))


_RULES: Mapping[CueRole, Callable[[Scene, FoundCue], Iterator[Draft]]] = {
    CueRole.TRIP: read_trip,
    CueRole.TRAVEL: read_trip,
    CueRole.LEADING: read_leading,
    CueRole.RETURN: read_return,
    CueRole.STOP: read_stop,
    CueRole.STAY: read_stay,
    CueRole.LEAVING: read_leaving,
    CueRole.HOST: read_host,
    CueRole.GUEST: read_guest,
    CueRole.WELCOMED: read_welcomed,
    CueRole.TALKS: read_talks,
}
