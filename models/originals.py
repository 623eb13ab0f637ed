"""Groups of copies turned round: when a better original comes to light, all of the group become copies of that one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, text, update

from analysis import dedupe
from analysis.originals import Printing, choose_original, is_signed
from analysis.records import CopyKind, KnownText, Lookalike, OutcomeKind, Placement
from models.articles import ArticleRow
from models.filings import row_of_placement
from models.fingerprints import keep_fingerprint, read_fingerprint
from models.pages import PageRow

PRINTINGS = text("""
    SELECT articles.id, articles.title, articles.text, articles.words, articles.published_at, articles.is_current,
        sources.kind = 'agency' AS is_agency, coalesce(articles.published_on, pages.fetched_at::date) AS told_on
    FROM articles
    JOIN pages ON pages.id = articles.page_id
    JOIN sources ON sources.id = articles.source_id
    WHERE articles.id IN (:filed, :original)
""")
GROUP = text("""
    SELECT id, page_id, copy_kind, copy_share FROM articles
    WHERE id = :original OR copy_of_article_id = :original
    ORDER BY id
""")


def settle_original(connection: Connection, filed_id: int, placement: Placement) -> None:
    """Let the original of a group that an article was just filed in be the better of the two.

    The others were held against it when they were filed. The caller holds the lock of placing. Articles keep their
    rows and their story; only who is whose copy turns round, and the outcomes of their pages.
    """
    if placement.copy_of is None or placement.copy_of.article_id is None:
        return
    original_id = placement.copy_of.article_id
    asked = {"filed": filed_id, "original": original_id}
    found = {row.id: row for row in connection.execute(PRINTINGS, asked)}
    if _is_better(found[filed_id], found[original_id]):
        _turn(connection, original_id, filed_id)


def _is_better(filed: Row[Any], original: Row[Any]) -> bool:
    """Tell who prints the text whole and not much more, and before; an original that was revised keeps its copies."""
    if not (original.is_current and filed.is_current):
        return False
    is_whole: bool = dedupe.LENGTH_RATIO <= filed.words / original.words <= 1 / dedupe.LENGTH_RATIO
    return is_whole and choose_original(map(_printing, (filed, original))) == int(filed.id)


def _printing(row: Row[Any]) -> Printing:
    return Printing(
        article_id=row.id,
        told_on=row.told_on,
        told_at=row.published_at,
        is_agency=row.is_agency,
        is_signed=is_signed(row.title, row.text),
        words=row.words,
    )


def _turn(connection: Connection, former_id: int, best_id: int) -> None:
    """Make the best one news, and all others of the group, measured anew, its copies."""
    name = KnownText.article(best_id)
    best = Lookalike(text=name, original=name, fingerprint=read_fingerprint(connection, name))
    group = {row.id: row for row in connection.execute(GROUP, {"original": former_id})}
    _write(connection, group.pop(best_id), Placement())
    for row in group.values():
        _write(connection, row, _placement(connection, row, best))


def _placement(connection: Connection, row: Row[Any], best: Lookalike) -> Placement:
    """Measure a copy against its new original; where it would be none of it, what it shared with the old one stands."""
    found = dedupe.place(read_fingerprint(connection, KnownText.article(row.id)), [best])
    if found.kind is not None:
        return found
    kind, share = CopyKind(row.copy_kind or CopyKind.EDITED), row.copy_share or 0.0
    return Placement(copy_of=best.original, kind=kind, share=share)


def _write(connection: Connection, row: Row[Any], placement: Placement) -> None:
    connection.execute(update(ArticleRow).where(ArticleRow.id == row.id).values(row_of_placement(placement)))
    name = KnownText.article(row.id)
    keep_fingerprint(connection, name, read_fingerprint(connection, name), placement.copy_of)
    kind = OutcomeKind.FILED if placement.kind is None else OutcomeKind.COPY
    outcome = {"outcome": kind, "reason": placement.kind or ""}
    connection.execute(update(PageRow).where(PageRow.id == row.page_id).values(outcome))
