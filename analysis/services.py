"""Services and offices of ours that a sentence names by what they are: "the head of Morocco's judicial police"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.arabic import canonical, words
from analysis.cues import FoundCue, Wording
from analysis.records import Language
from analysis.vocabulary import CueRole

_APART = 3  # words: "police judiciaire et scientifique marocaine"
_TITLE = 5  # words: "directeur général adjoint de la "
_PAUSES = frozenset(",،;؛:()")

Stretch = tuple[int, int]


def services_of(text: str, cues: Sequence[FoundCue], wording: Wording, language: Language) -> Iterator[Stretch]:
    """Find where a word for a service and Morocco's name stand together, with the office before them."""
    nations = [each for each in cues if each.term.role is CueRole.NATION]
    heads = [each for each in cues if each.term.role in (CueRole.HEAD, CueRole.OFFICE)]
    for service in (each for each in cues if each.term.role is CueRole.SECURITY) if nations else ():
        possible = (each for each in nations if language is Language.ENGLISH or each.start > service.start)
        nation = next((each for each in possible if _belong(text, service, each, wording)), None)
        if nation is not None:
            start, end = min(service.start, nation.start), max(service.end, nation.end)
            before = (each.start for each in heads if _is_apart(text, each.end, start, _TITLE))
            yield min(before, default=start), end


def _belong(text: str, service: FoundCue, nation: FoundCue, wording: Wording) -> bool:
    """Tell "police judiciaire marocaine" and "Morocco's police" from "la police en visite au Maroc"."""
    first, second = sorted((service, nation), key=lambda each: each.start)
    gap = words(canonical(text[first.end : second.start]))
    if text[nation.start : nation.start + 1] in ("ب", "ل") or any(wording.is_in(CueRole.AT, word) for word in gap):
        return False
    return _is_apart(text, first.end, second.start, _APART if first is service else 1)


def _is_apart(text: str, end: int, start: int, most: int) -> bool:
    """Tell whether at most so many words and no pause stand between two places."""
    between = text[end:start]
    return end <= start and _PAUSES.isdisjoint(between) and len(between.split()) <= most
