"""A paper that one sentence names and the next one says was signed: "It was signed in Rabat by the two directors"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from analysis.cues import FoundCue
from analysis.scenes import Scene
from analysis.vocabulary import CueRole

_OPENS_WITHIN = 3  # words: "Elle a ensuite été "
_SIGNED = frozenset({CueRole.SIGNING, CueRole.INKING})
_UNTIL = frozenset({CueRole.UNTIL, CueRole.DEPARTING, CueRole.CONDITION, CueRole.PASSING, CueRole.AFTER})
_NAMED = frozenset({CueRole.INSTRUMENT, CueRole.PAPER})


def with_papers(scenes: Sequence[Scene]) -> list[Scene]:
    """Let a sentence that opens with a signing, and names no paper, have that of the sentence before."""
    carried = [*_carried(scenes)]
    return [*scenes[:1], *carried]


def _carried(scenes: Sequence[Scene]) -> Iterator[Scene]:
    for before, scene in pairwise(scenes):
        papers = [each for each in before.cues if each.term.role is CueRole.INSTRUMENT]
        signed = _opening_signing(scene)
        beside = scene.sentence.number == before.sentence.number + 1 and scene.sentence.field is before.sentence.field
        if signed is None or not papers or not beside or not scene.roles.isdisjoint(_NAMED):
            yield scene
        else:
            there = replace(papers[-1], start=signed.end, end=signed.end)
            yield replace(scene, cues=tuple(sorted((*scene.cues, there), key=lambda each: (each.start, each.end))))


def _opening_signing(scene: Scene) -> FoundCue | None:
    """Find a word for signing among the first ones of a sentence."""
    if any(each.term.role in _UNTIL for each in scene.cues if each.start <= scene.sentence.start + 1):
        return None
    signed = (each for each in scene.cues if each.term.role in _SIGNED)
    opening = (each for each in signed if len(scene.gap(scene.sentence.start, each.start)) <= _OPENS_WITHIN)
    return next(opening, None)
