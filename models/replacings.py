"""Articles placed again among those before them: one that is read again, and copies whose original is one no more."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, Row, select, update

from analysis import dedupe
from analysis.records import Fingerprint, KnownText, Lookalike, OutcomeKind, Placement
from models.articles import ArticleRow
from models.filings import row_of_placement
from models.fingerprints import find_lookalikes, keep_fingerprint, read_fingerprint
from models.pages import PageRow
from models.versions import find_versions


def find_lookalikes_of(
    connection: Connection, fingerprint: Fingerprint, article_id: int | None, versions: Collection[int]
) -> tuple[Lookalike, ...]:
    """Return what an article can be a copy of: no later one, nor itself, a version of its page, or a copy of these.

    An article that is not written yet (None) comes after all others.
    """
    own = {*versions} if article_id is None else {article_id, *versions}
    return find_lookalikes(connection, fingerprint, article_id, own)


def place_copies_again(connection: Connection, article_id: int) -> frozenset[int]:
    """Find another original for each copy of an article that is none any more; return the copies.

    The first of them can become one itself. Their own reading stays as it is.
    """
    copies = select(ArticleRow.id, ArticleRow.page_id).where(ArticleRow.copy_of_article_id == article_id)
    found = connection.execute(copies.order_by(ArticleRow.id)).all()
    for copy in found:
        known = KnownText.article(copy.id)
        fingerprint = read_fingerprint(connection, known)
        versions = find_versions(connection, copy.id)
        lookalikes = find_lookalikes_of(connection, fingerprint, copy.id, versions)
        placement = dedupe.place(fingerprint, lookalikes)
        _write_placement(connection, copy, placement)
        keep_fingerprint(connection, known, fingerprint, placement.copy_of)
    return frozenset(copy.id for copy in found)


def _write_placement(connection: Connection, copy: Row[int, int], placement: Placement) -> None:
    """Write where a copy stands now, and the outcome of its page, which says the same."""
    connection.execute(update(ArticleRow).where(ArticleRow.id == copy.id).values(row_of_placement(placement)))
    kind = OutcomeKind.FILED if placement.kind is None else OutcomeKind.COPY
    outcome = {"outcome": kind, "reason": placement.kind or ""}
    connection.execute(update(PageRow).where(PageRow.id == copy.page_id).values(outcome))
