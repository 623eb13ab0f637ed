"""Which bodies of pages are given up in time: those of no article of ours. Row, hash and outcome always stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, exists, func, select, update

from analysis.records import OutcomeKind
from models.articles import ArticleRow
from models.pages import PageRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Pruned:
    """Bodies given up, or to be given up: of how many pages, and the bytes they took, compressed."""

    pages: int = 0
    size_bytes: int = 0


def count_prunable(connection: Connection, before: datetime) -> Pruned:
    """Count the bodies of rejected pages that were fetched before a moment."""
    sizes = func.coalesce(func.sum(func.octet_length(PageRow.body)), 0)
    pages, size = connection.execute(select(func.count(), sizes).where(*_is_due(before))).one()
    return Pruned(pages=pages, size_bytes=int(size))


def prune_some(connection: Connection, before: datetime, most: int) -> Pruned:
    """Give up the bodies of at most so many rejected pages that were fetched before a moment, the oldest first."""
    due = (
        select(PageRow.id, func.octet_length(PageRow.body).label("size"))
        .where(*_is_due(before))
        .order_by(PageRow.fetched_at)
        .limit(most)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    given_up = update(PageRow).where(PageRow.id == due.c.id).values(body=None, pruned_at=func.now())
    sizes = connection.scalars(given_up.returning(due.c.size)).all()
    return Pruned(pages=len(sizes), size_bytes=sum(sizes))


def _is_due(before: datetime) -> tuple[ColumnElement[bool], ...]:
    """Choose old rejected pages, but for those that show that an article was withdrawn, or of one that is set aside."""
    return (
        PageRow.outcome == OutcomeKind.REJECTED,
        PageRow.pruned_at.is_(None),
        PageRow.fetched_at < before,
        ~exists().where(ArticleRow.withdrawn_page_id == PageRow.id),
        ~exists().where(ArticleRow.page_id == PageRow.id),
    )
