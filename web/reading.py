"""Articles made ready to be shown: sentences and tags marked where they stand, copies beside their originals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.passages import Comparison, compare
from models.questions.articles import WholeArticle
from models.questions.reports import PlacedReport
from models.questions.stories import Pair
from web.marks import Mark, Piece, cut, paragraphs, passage

LONGEST = 3000
"""Characters of a sentence or paragraph that a list shows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownReport:
    """A report with its sentence marked in the paragraph around it; `is_cut` tells that more stands in the article."""

    said: PlacedReport
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownPair:
    """A copy and its original, what only one of them says marked."""

    pair: Pair
    comparison: Comparison | None
    mine: tuple[Sequence[Piece], ...]
    theirs: tuple[Sequence[Piece], ...]


def shown_report(said: PlacedReport) -> ShownReport:
    """Mark the sentence of a report in its paragraph."""
    start, end = said.span_start - said.around_from, said.span_end - said.around_from
    first, last = passage(said.around, start, end)
    shown = said.around[first : min(last, first + LONGEST)]
    mark = Mark(start=start - first, end=end - first, what="sentence")
    return ShownReport(said=said, pieces=tuple(cut(shown, [mark])))


def marked_title(whole: WholeArticle) -> tuple[Piece, ...]:
    """Mark sentences and tags in the headline of an article."""
    return tuple(cut(whole.article.title[:LONGEST], _marks(whole, "title", 0)))


def marked_text(whole: WholeArticle, begin: int) -> tuple[Sequence[Piece], ...]:
    """Mark sentences and tags in the paragraphs of a part of an article that begins at a character."""
    return tuple(paragraphs(cut(whole.article.text, _marks(whole, "text", begin))))


def shown_pair(pair: Pair) -> ShownPair:
    """Compare a copy with its original; where only a fingerprint of that is kept there is nothing to compare."""
    if pair.original_text is None:
        return ShownPair(pair=pair, comparison=None, mine=tuple(paragraphs(cut(pair.text, []))), theirs=())
    comparison = compare(pair.text, pair.original_text)
    mine = differing(pair.text, [(each.start, each.end) for each in comparison.passages])
    theirs = differing(pair.original_text, [(each.other_start, each.other_end) for each in comparison.passages])
    return ShownPair(
        pair=pair,
        comparison=comparison,
        mine=tuple(paragraphs(cut(pair.text, mine))),
        theirs=tuple(paragraphs(cut(pair.original_text, theirs))),
    )


def differing(text: str, shared: Iterable[tuple[int, int]]) -> list[Mark]:
    """Mark what stands between the shared places of a text, where that is more than blanks and stops."""
    found, at = [], 0
    for start, end in [*sorted(shared), (len(text), len(text))]:
        if any(letter.isalnum() for letter in text[at:start]):
            found.append(Mark(start=at, end=start, what="other"))
        at = max(at, end)
    return found


def _marks(whole: WholeArticle, field: str, begin: int) -> list[Mark]:
    said = [
        Mark(start=each.span_start - begin, end=each.span_end - begin, what="sentence", id=f"report-{each.report}")
        for each in whole.reports
        if each.field == field
    ]
    tags = [
        Mark(start=each.span_start - begin, end=each.span_end - begin, what=each.kind)
        for each in whole.places
        if each.field == field
    ]
    return said + tags
