"""Places marked in a text: cut into pieces, each with what stands there; and controls that could turn a line around."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000b-\u001f\u007f-\u009f]")
"""Embeddings, overrides and isolates of Unicode (UAX 9), and controls that mean nothing in a text."""
_ISOLATED = re.compile("\u2068([^\u2066-\u2069]*)\u2069")
_SO = re.compile("⟦([^⟦⟧\\s]+)⟧")


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """Characters `start` to `end` (exclusive) of a text, what they are, and a name to link to them by."""

    start: int
    end: int
    what: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that the same marks cover, none for plain text; `id` is that of a mark that begins here."""

    text: str
    marks: tuple[Mark, ...] = ()
    id: str = ""


def cut(text: str, marks: Iterable[Mark]) -> Iterator[Piece]:
    """Cut a text where a mark begins or ends; the pieces together are the text."""
    inside = [mark for mark in marks if mark.start < len(text) and mark.end > 0 and mark.start < mark.end]
    ends = {max(0, mark.start) for mark in inside} | {min(len(text), mark.end) for mark in inside}
    borders = sorted({0, len(text)} | ends)
    by_start = sorted(inside, key=lambda mark: mark.start)
    begun, current = 0, list[Mark]()
    for start, end in pairwise(borders):
        while begun < len(by_start) and by_start[begun].start <= start:
            current.append(by_start[begun])
            begun += 1
        current = [mark for mark in current if mark.end > start]
        begins = next((mark.id for mark in current if mark.id and max(0, mark.start) == start), "")
        yield Piece(text[start:end], tuple(current), begins)


def paragraphs(pieces: Iterable[Piece]) -> Iterator[Sequence[Piece]]:
    """Part pieces at line feeds."""
    paragraph: list[Piece] = []
    for piece in pieces:
        first, *others = piece.text.split("\n")
        paragraph.append(Piece(first, piece.marks, piece.id))
        for line in others:
            yield paragraph
            paragraph = [Piece(line, piece.marks)]
    yield paragraph


def passage(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the paragraph about a place begins and ends in a text."""
    after = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, after if after >= 0 else len(text)


def harmless(text: str) -> str:
    """Return a text without controls that turn what stands beside it around."""
    return _CONTROLS.sub("", text)


def isolated(line: str) -> Markup:
    """Return a line whose isolates are elements, so that a name in it keeps to itself in HTML too."""
    parts = _ISOLATED.split(line)
    told = (
        Markup("<bdi>{}</bdi>").format(harmless(part)) if place % 2 else escape(harmless(part))
        for place, part in enumerate(parts)
    )
    return Markup("").join(told)


def answered(headline: str) -> tuple[Piece, ...]:
    """Read a headline of `analyst.headline`, where ⟦so⟧ marks what answers."""
    parts = _SO.split(headline)
    return tuple(
        Piece(part, (Mark(start=0, end=len(part), what="answer"),) if place % 2 else ())
        for place, part in enumerate(parts)
        if part
    )
