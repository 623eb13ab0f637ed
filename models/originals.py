"""Groups of copies turned round: when a better original comes to light, all of the group become copies of that one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, text, update

from analysis import dedupe
from analysis.originals import Printing, choose_original, is_signed
from analysis.records import CopyKind, KnownText, Lookalike, OutcomeKind, Placement
from models.articles import ArticleRow
from models.filings import row_of_placement
from models.fingerprints import read_fingerprint
from models.pages import PageRow
from models.refilings import keep_fingerprint

# Who prints but a part of the text, or a longer one, is not its original. One that was revised keeps its copies.
GROUP = text("""
    SELECT articles.id, articles.page_id, articles.title, articles.text, articles.words, articles.published_at,
        articles.copy_kind, articles.copy_share, articles.is_current, sources.kind = 'agency' AS is_agency,
        coalesce(articles.published_on, pages.fetched_at::date) AS told_on
    FROM articles
    JOIN pages ON pages.id = articles.page_id
    JOIN sources ON sources.id = articles.source_id
    WHERE articles.id = :original OR articles.copy_of_article_id = :original
    ORDER BY articles.id
""")


def settle_original(connection: Connection, filed: Placement) -> None:
    """Let the best original of the group that a copy was filed in be it; the caller holds the lock of placing.

    Articles keep their rows and their story; only who is whose copy turns round, and the outcomes of their pages.
    """
    original_id = filed.copy_of and filed.copy_of.article_id
    if original_id is None:
        return
    group = connection.execute(GROUP, {"original": original_id}).all()
    former = next(each for each in group if each.id == original_id)
    if not former.is_current:
        return
    best = choose_original(_printing(each) for each in group if each.is_current and _is_whole(each, former))
    if best == original_id:
        return
    _write(connection, next(each for each in group if each.id == best), Placement())
    for each in group:
        if each.id != best:
            _write(connection, each, _placement(connection, each, best))


def _is_whole(row: Row[Any], original: Row[Any]) -> bool:
    """Tell who prints the text whole and not much more; the kind of a copy says how it stands to what is nearest."""
    return bool(dedupe.LENGTH_RATIO <= row.words / original.words <= 1 / dedupe.LENGTH_RATIO)


def _printing(row: Row[Any]) -> Printing:
    return Printing(
        article_id=row.id,
        told_on=row.told_on,
        told_at=row.published_at,
        is_agency=row.is_agency,
        is_signed=is_signed(row.title, row.text),
        words=row.words,
    )


def _placement(connection: Connection, row: Row[Any], best: int) -> Placement:
    """Measure a copy against its new original; where it would be none of it, what it shared with the old one stands."""
    name = KnownText.article(best)
    known = Lookalike(text=name, original=name, fingerprint=read_fingerprint(connection, best))
    found = dedupe.place(read_fingerprint(connection, row.id), [known])
    if found.kind is not None:
        return found
    return Placement(copy_of=name, kind=CopyKind(row.copy_kind or CopyKind.EDITED), share=row.copy_share or 0.0)


def _write(connection: Connection, row: Row[Any], placement: Placement) -> None:
    connection.execute(update(ArticleRow).where(ArticleRow.id == row.id).values(row_of_placement(placement)))
    keep_fingerprint(connection, row.id, read_fingerprint(connection, row.id), placement)
    kind = OutcomeKind.FILED if placement.kind is None else OutcomeKind.COPY
    outcome = {"outcome": kind, "reason": placement.kind or ""}
    connection.execute(update(PageRow).where(PageRow.id == row.page_id).values(outcome))
