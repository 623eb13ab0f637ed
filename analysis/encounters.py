"""Heads of both sides in one place, whatever the verb: on one side's ground the other is on a visit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.cues import Cue
from analysis.presences import Party, Presence
from analysis.records import Direction, TagKind
from analysis.scenes import Draft, Scene, city_in, countries_of, is_beside, is_head, is_official, place_of, visit
from analysis.terms import Found
from analysis.vocabulary import MOROCCO, CueRole

_LEAD = 3  # sentences: further on it must be dated
_NONE_OF_IT = frozenset(
    {
        CueRole.ASIDE,
        CueRole.ENVOY,
        CueRole.GATHERING,
        CueRole.EXTRADITION,
        CueRole.WANTED,
        CueRole.CONDITION,
        CueRole.MEDAL,
    }
)
"""What else brings heads of both sides into one sentence."""


def read_encounter(scene: Scene) -> Iterator[Draft]:
    """Read who stands with whom on whose ground, where no word of the sentence says who went there."""
    place = place_of(scene)
    if place is None or scene.beside or not scene.roles.isdisjoint(_NONE_OF_IT) or scene.actors(Party.OUTSIDER):
        return
    if any(scene.roles.issuperset(each) for each in _NOBODY_MOVES):
        return
    ours = [each for each in scene.actors(Party.OURS) if each.kind in _PEOPLE or is_head(scene, each)]
    theirs = next((each for each in scene.actors(Party.THEIRS) if _leads(scene, each)), _signatory(scene, ours, place))
    if theirs is None or not (ours or (place.country == MOROCCO and place.kind is None and scene.house)):
        return
    countries = countries_of(scene, theirs)
    cue = Found(Cue(CueRole.TALKS), place.start, place.start)
    if place.country == MOROCCO:
        drafts = [visit(cue, Direction.INBOUND, countries, city_in(scene, (MOROCCO,)))]
    elif place.country is not None and (not countries or place.country in countries):
        drafts = [visit(cue, Direction.OUTBOUND, (place.country,), city_in(scene, (place.country,)))]
    else:
        drafts = []
    late = scene.sentence.number > _LEAD
    yield from (replace(each, rule="encounter", spoken_of=late) for each in drafts)


def _signatory(scene: Scene, ours: Sequence[Presence], place: Presence) -> Presence | None:
    """Find a service or ministry of the place, where one of ours has put his name to a paper there."""
    if CueRole.SIGNING not in scene.roles or not any(each.kind is TagKind.PERSON for each in ours):
        return None
    theirs = (each for each in scene.actors(Party.THEIRS) if each.country == place.country)
    return next((each for each in theirs if is_official(scene, each)), None)


_PEOPLE = frozenset({TagKind.PERSON, None})
_NOBODY_MOVES = (
    {CueRole.DISMANTLING, CueRole.JOINTLY},  # services that strike together, each at home
    {CueRole.VOTE, CueRole.SEAT},
)


def _leads(scene: Scene, actor: Presence) -> bool:
    """Tell whether somebody of theirs leads a service: by name, or by "chief" beside service or country."""
    return actor.kind in _PEOPLE or any(is_beside(scene, head, actor) for head in scene.of(CueRole.HEAD))
