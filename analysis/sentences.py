"""An article as sentences that know their place: the title is one, and no sentence crosses a line of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.records import Article, Field, Span

_STOP = re.compile(r"[.!?؟…]+[\"'»”’)\]]*(?=\s)|\n+")
_LONGEST = 1000  # characters
_WORD_BEFORE = re.compile(r"[^\W\d_]+$")
_ABBREVIATIONS = frozenset(
    (
        "m",
        "mm",
        "mme",
        "mlle",
        "mr",
        "mrs",
        "ms",
        "dr",
        "pr",
        "prof",
        "sr",
        "sra",
        "st",
        "gen",
        "gén",
        "col",
        "cdt",
        "lt",
        "cap",
        "av",
        *("jan", "feb", "aug", "sept", "oct", "nov", "dec"),
    ),
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters `start` to `end` (exclusive) of a field; `number` counts from 0, which is the title."""

    field: Field
    start: int
    end: int
    number: int

    @property
    def span(self) -> Span:
        """Say where the sentence stands, as evidence does."""
        return Span(field=self.field, start=self.start, end=self.end)

    def holds(self, start: int, end: int) -> bool:
        """Tell whether these characters of the same field lie inside."""
        return self.start <= start and end <= self.end


def split_article(article: Article) -> tuple[Sentence, ...]:
    """Split title and text into sentences, white space around them left out; an empty title has none."""
    title = ((Field.TITLE, start, end) for start, end in _pieces(article.title, 0, len(article.title)))
    text = ((Field.TEXT, start, end) for start, end in split(article.text))
    numbered = [*((0, place) for place in title), *enumerate(text, start=1)]
    return tuple(Sentence(field, start, end, number) for number, (field, start, end) in numbered)


def split(text: str) -> Iterator[tuple[int, int]]:
    """Find the sentences of a text: start and end (exclusive) of each."""
    start = 0
    for stop in _STOP.finditer(text):
        if _ends_sentence(text, stop):
            yield from _pieces(text, start, stop.end())
            start = stop.end()
    yield from _pieces(text, start, len(text))


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    """Tell a full stop from the dot of an initial or abbreviation, or of a sentence that goes on in small letters."""
    if stop[0][0] not in ".…":
        return True
    following = text[stop.end() + 1 : stop.end() + 2]
    before = _WORD_BEFORE.search(text, max(0, stop.start() - 12), stop.start())
    word = before[0].lower() if before else ""
    return len(word) != 1 and word not in _ABBREVIATIONS and not following.islower()


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what is far too long for a sentence at a blank: some pages write no full stop."""
    while end - start > _LONGEST:
        cut = max(text.rfind(" ", start, start + _LONGEST), start + _LONGEST // 2)
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    kept = piece.strip()
    if kept:
        first = start + piece.index(kept)
        yield first, first + len(kept)
