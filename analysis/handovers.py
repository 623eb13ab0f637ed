"""Somebody handed over between Morocco and another country, where the words that he was sought stand further on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.combinations import handed_over
from analysis.presences import Party
from analysis.records import EventKind
from analysis.scenes import Draft, Drafted, Scene
from analysis.vocabulary import CueRole

_OPENING = 4  # sentences
_LEAD = 2  # sentences
_OTHER_THINGS = frozenset(
    {
        *(CueRole.MEDAL, CueRole.GIFT, CueRole.INSTRUMENT, CueRole.PAPER, CueRole.ENVOY, CueRole.CONDITION),
        *(CueRole.GATHERING, CueRole.TALKS),
    }
)
"""What else is handed over, or is told where something is."""


def read_handovers(scenes: Sequence[Scene], told: Sequence[Drafted]) -> Iterator[Drafted]:
    """Read the first sentence of the lead that tells one, unless a sentence of the opening tells one by itself."""
    opening = [each for each in scenes if each.sentence.number <= _OPENING]
    known = any(each.kind is EventKind.EXTRADITION for scene, drafts in told if scene in opening for each in drafts)
    if known or not any(map(_has_fugitive, opening)) or any(scene.actors(Party.OUTSIDER) for scene in opening):
        return
    for scene in (each for each in opening if each.sentence.number <= _LEAD):
        draft = _draft(scene)
        if draft is not None:
            yield scene, [draft]
            return


def _has_fugitive(scene: Scene) -> bool:
    """Tell whether somebody was sought: in so many words, or held on a request to hand him over."""
    return CueRole.WANTED in scene.roles or {CueRole.DISMANTLING, CueRole.EXTRADITION} <= scene.roles


def _draft(scene: Scene) -> Draft | None:
    cue = next(scene.of(CueRole.HANDOVER), None)
    ours = CueRole.NATION in scene.roles or scene.actors(Party.OURS) or scene.house
    if cue is None or not ours or not scene.roles.isdisjoint(_OTHER_THINGS):
        return None
    countries = tuple(dict.fromkeys(each.country for each in handed_over(scene) if each.country))
    return Draft(EventKind.EXTRADITION, None, countries, None, cue, "handover") if len(countries) == 1 else None
