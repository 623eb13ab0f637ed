"""Who had which part in an event, as its sentences say: who came and who received, who got a medal, who was elected.

A part is said only where words or sides say so; everybody else stands among the people of an event and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from analysis.cues import FoundCue
from analysis.presences import Party, Presence
from analysis.records import Direction, EventKind, Language, Part, Participant, TagKind
from analysis.scenes import Draft, Scene, is_linked
from analysis.vocabulary import CueRole

_BESIDE = 120  # characters between a verb and whom it is about: a name with its titles
_AGENT_WITHIN = 80  # "signé par le directeur général de la police nationale, X"
_PASSIVE = "\N{ARABIC DAMMA}"  # "wushshiha": was decorated
_TO = "ل"  # before whoever gets it: "a medal to X"
_OTHER = {Party.OURS: Party.THEIRS, Party.THEIRS: Party.OURS}


def participants_of(told: Iterable[tuple[Scene, Draft]], people: Sequence[str]) -> tuple[Participant, ...]:
    """Say the part of each of some people, by the first sentence that says one; who leads is no mere visitor."""
    parts = dict[str, Part]()
    for scene, draft in told:
        for each, part in _parts(scene, draft):
            if each.id is not None and (each.id not in parts or part is Part.HEAD):
                parts[each.id] = part
    return tuple(Participant(person=each, part=parts[each]) for each in people if each in parts)


def _parts(scene: Scene, draft: Draft) -> Iterator[tuple[Presence, Part]]:
    read = _READERS.get(draft.kind)
    return read(scene, draft) if read else iter(())


def _people(scene: Scene, party: Party | None = None) -> list[Presence]:
    return [each for each in scene.actors(party) if each.kind is TagKind.PERSON]


# ---------------------------------------------------------------- visits


def _of_visit(scene: Scene, draft: Draft) -> Iterator[tuple[Presence, Part]]:
    coming = Party.OURS if draft.direction is Direction.OUTBOUND else Party.THEIRS
    heads = [each for cue in scene.of(CueRole.LEADING) for each in _subject(scene, cue, _people(scene, coming))]
    for each in _people(scene, coming):
        yield each, Part.HEAD if each in heads else Part.VISITOR
    yield from ((each, Part.HOST) for each in _people(scene, _OTHER[coming]))


def _subject(scene: Scene, cue: FoundCue, people: Sequence[Presence]) -> list[Presence]:
    """Return who does what a verb says: the nearest before it, in Arabic the first after it if nobody stands before."""
    before = [each for each in people if each.end <= cue.start and cue.start - each.end <= _BESIDE]
    after = [each for each in people if 0 <= each.start - cue.end <= _BESIDE]
    if scene.language is Language.ARABIC:
        return before[-1:] or after[:1]
    return before[-1:]


# ---------------------------------------------------------------- decorations


def _of_decoration(scene: Scene, draft: Draft) -> Iterator[tuple[Presence, Part]]:
    giver = _giver(scene, draft.cue)
    for each in _people(scene, _OTHER[giver]) if giver else ():
        yield each, Part.DECORATED
    for each in _people(scene, giver) if giver else ():
        yield each, Part.DECORATING


def _giver(scene: Scene, cue: FoundCue) -> Party | None:
    """Say which side gives: whom "by" names, else by who stands before the verb and who after it."""
    agent = next(iter(_agents(scene, cue)), None)
    if agent is not None:
        return agent.party
    sides = [each for each in scene.actors() if each.party in _OTHER]
    before, after = [each for each in sides if each.end <= cue.start], [each for each in sides if each.start >= cue.end]
    is_receiving = _is_receiving(scene, cue, after)
    if scene.language is Language.ARABIC and not before and len({each.party for each in after}) > 1:
        first = after[0].party  # the verb stands before whoever does what it says
        return _other(first) if is_receiving else first
    if is_receiving:
        return _other(before[-1].party) if before else _other(after[0].party) if after else None
    acted_on = [each for each in after if not each.is_place]
    if acted_on:
        return _other(acted_on[0].party)
    return _other(before[-1].party) if before and before[-1].kind is TagKind.PERSON else None


def _is_receiving(scene: Scene, cue: FoundCue, after: Sequence[Presence]) -> bool:
    """Tell whether a word says that its subject gets the medal: in Arabic also by a vowel, or by who comes after it."""
    said = (each for each in scene.of(CueRole.HONOURED) if each.start <= cue.start <= each.end + 1)
    if any(said) or _PASSIVE in scene.text[cue.start : cue.end]:
        return True
    second = next((each for each in after if each.party is not after[0].party), None)
    if scene.language is not Language.ARABIC or second is None:
        return False
    medals = [each for each in scene.of(CueRole.MEDAL) if after[0].end <= each.start and each.end <= second.start]
    return bool(medals) and not any(word.startswith(_TO) for word in scene.gap(medals[-1].end, second.start + 1))


def _other(party: Party | None) -> Party | None:
    return _OTHER.get(party) if party else None


def _agents(scene: Scene, cue: FoundCue) -> list[Presence]:
    """Return whom "by" after a word names, and those linked to the first of them."""
    for agent in scene.of(CueRole.AGENT):
        named = [each for each in scene.actors() if 0 <= each.start - agent.end <= _AGENT_WITHIN]
        if agent.start >= cue.start and named:
            return [*_linked(scene, named)]
    return []


def _linked(scene: Scene, named: Sequence[Presence]) -> Iterator[Presence]:
    yield named[0]
    for previous, each in pairwise(named):
        if not is_linked(scene, previous, each):
            return
        yield each


# ---------------------------------------------------------------- elections and papers


def _of_election(scene: Scene, draft: Draft) -> Iterator[tuple[Presence, Part]]:
    """Whoever stands nearest to the word was elected."""
    near = sorted(_people(scene), key=lambda each: max(each.start - draft.cue.end, draft.cue.start - each.end))
    for each in near[:1]:
        if max(each.start - draft.cue.end, draft.cue.start - each.end) <= _BESIDE:
            yield each, Part.ELECTED


def _of_agreement(scene: Scene, _: Draft) -> Iterator[tuple[Presence, Part]]:
    """Who signed is who "signed by" names; who was only present did not."""
    signings = [*scene.of(CueRole.SIGNING), *scene.of(CueRole.SIGNED), *scene.of(CueRole.INKING)]
    for each in (agent for cue in signings for agent in _agents(scene, cue)):
        if each.kind is TagKind.PERSON:
            yield each, Part.SIGNER


_READERS: Mapping[EventKind, Callable[[Scene, Draft], Iterator[tuple[Presence, Part]]]] = {
    EventKind.VISIT: _of_visit,
    EventKind.DECORATION: _of_decoration,
    EventKind.ELECTION: _of_election,
    EventKind.AGREEMENT: _of_agreement,
}
