"""The passages that two texts share, with where they stand in each: runs of the same canonical words, in any order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.arabic import canonical, canonical_with_map, words
from analysis.dedupe import fingerprint, place
from analysis.records import CopyKind, KnownText, Lookalike
from analysis.sentences import split
from analysis.wording import wording

LEAST_WORDS = 5
"""Fewer words in common are chance."""
MOST_PLACES = 32
"""A run that stands more often in a text is a formula, and only its first places are tried."""
GAP = 3
"""Two runs with so few other words between them, on both sides, are one passage that was edited."""
ALIKE = 0.5
"""Of the shorter of two sentences of a recast dispatch so many longer words and figures stand in the other."""
_WORD = re.compile(r"[^\W_]+")
_OTHER = KnownText.article(1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """Characters of one text and those of another that say the same; `words` of them are word for word the same.

    Where a copy shares no run of words, they are sentences, and `words` are their longer ones and figures in common.
    """

    start: int
    end: int
    other_start: int
    other_end: int
    words: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """Two texts: whether the first is a copy of the second, how, and by what measured share; and what they share.

    `covered` and `other_covered` are the shares of the words of each that stand in passages, word for word.
    """

    kind: CopyKind | None
    share: float | None
    covered: float
    other_covered: float
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    """The canonical words of a text, and where each stands in the original."""

    words: list[str]
    spans: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Run:
    """Words of one text, counted from 0, that are those of another; of `length` places `same` are the same word."""

    start: int
    other: int
    length: int
    other_length: int
    same: int


def compare(one: str, other: str) -> Comparison:
    """Compare two texts as copies are judged, and find the passages they share."""
    known = Lookalike(text=_OTHER, original=_OTHER, fingerprint=fingerprint(other))
    placement = place(fingerprint(one), [known])
    mine, theirs = _words(one), _words(other)
    runs = _runs(mine.words, theirs.words)
    same = sum(run.same for run in runs)
    told = {place_ for run in runs for place_ in range(run.other, run.other + run.length)}
    return Comparison(
        kind=placement.kind,
        share=placement.share,
        covered=same / len(mine.words) if mine.words else 0.0,
        other_covered=len(told) / len(theirs.words) if theirs.words else 0.0,
        passages=_passages(runs, mine, theirs) if runs or placement.kind is None else _alike(one, other),
    )


def _passages(runs: Sequence[_Run], mine: _Words, theirs: _Words) -> tuple[Passage, ...]:
    return tuple(_passage(run, mine, theirs) for run in _joined(runs))


def _alike(one: str, other: str) -> tuple[Passage, ...]:
    """Find for each sentence of a recast text the one that shares most of its words with it, in whatever order."""
    theirs = [(span, _wording(other, span)) for span in split(other)]
    found = (_nearest(span, _wording(one, span), theirs) for span in split(one))
    return tuple(passage for passage in found if passage is not None)


def _nearest(
    span: tuple[int, int], mine: frozenset[int], theirs: Sequence[tuple[tuple[int, int], frozenset[int]]]
) -> Passage | None:
    """Return a sentence with its counterpart, where enough of the shorter one's words stand in the longer one."""
    shares = (
        (len(mine & each) / max(LEAST_WORDS, min(len(mine), len(each))), -start, end, each)
        for (start, end), each in theirs
    )
    share, start, end, each = max(shares, default=(0.0, 0, 0, mine))
    if share < ALIKE:
        return None
    return Passage(start=span[0], end=span[1], other_start=-start, other_end=end, words=len(mine & each))


def _wording(text: str, span: tuple[int, int]) -> frozenset[int]:
    return frozenset(wording(words(canonical(text[slice(*span)]))))


def _words(text: str) -> _Words:
    spelt = canonical_with_map(text)
    found = list(_WORD.finditer(spelt.text))
    return _Words([each[0] for each in found], [spelt.original(*each.span()) for each in found])


def _runs(mine: Sequence[str], theirs: Sequence[str]) -> list[_Run]:
    """Find the longest run at each word, from the first on; a word is in one run, and a text may repeat another."""
    places = defaultdict[tuple[str, ...], list[int]](list)
    for place_ in range(len(theirs) - LEAST_WORDS + 1):
        found = places[tuple(theirs[place_ : place_ + LEAST_WORDS])]
        if len(found) < MOST_PLACES:
            found.append(place_)
    runs: list[_Run] = []
    at = 0
    while at <= len(mine) - LEAST_WORDS:
        found = places.get(tuple(mine[at : at + LEAST_WORDS]), [])
        if not found:
            at += 1
            continue
        length, first = max((_length(mine, at, theirs, each), -each) for each in found)
        runs.append(_Run(start=at, other=-first, length=length, other_length=length, same=length))
        at += length
    return runs


def _length(mine: Sequence[str], at: int, theirs: Sequence[str], place_: int) -> int:
    """Count how many words are the same from two places on."""
    length = LEAST_WORDS
    most = min(len(mine) - at, len(theirs) - place_)
    while length < most and mine[at + length] == theirs[place_ + length]:
        length += 1
    return length


def _joined(runs: Sequence[_Run]) -> list[_Run]:
    """Make one of runs that only an edit of a few words parts."""
    joined: list[_Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last is not None and _follows(run, last):
            joined[-1] = _Run(
                start=last.start,
                other=last.other,
                length=run.start + run.length - last.start,
                other_length=run.other + run.other_length - last.other,
                same=last.same + run.same,
            )
        else:
            joined.append(run)
    return joined


def _follows(run: _Run, last: _Run) -> bool:
    gaps = run.start - last.start - last.length, run.other - last.other - last.other_length
    return all(0 <= gap <= GAP for gap in gaps)


def _passage(run: _Run, mine: _Words, theirs: _Words) -> Passage:
    return Passage(
        start=mine.spans[run.start][0],
        end=mine.spans[run.start + run.length - 1][1],
        other_start=theirs.spans[run.other][0],
        other_end=theirs.spans[run.other + run.other_length - 1][1],
        words=run.same,
    )
