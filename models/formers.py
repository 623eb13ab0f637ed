"""What articles told that another revises: their outlet says it no longer, so it leaves its events.

The rows stay, with their sentences; whoever changes events afterwards holds the lock of events.
"""

from __future__ import annotations

from sqlalchemy import Connection, select, text, update

from models.articles import ArticleRow
from models.findings import ReportRow
from models.pages import PageRow

FORMERS = text("""
    WITH RECURSIVE former AS (
        SELECT revises_id AS id FROM articles WHERE id = :article
        UNION ALL
        SELECT articles.revises_id FROM articles JOIN former ON articles.id = former.id
    )
    SELECT reports.id, reports.event_id FROM reports JOIN former ON former.id = reports.article_id
    WHERE reports.event_id IS NOT NULL
""")

UNFINISHED = (
    select(ArticleRow.id)
    .join(ReportRow, ReportRow.article_id == ArticleRow.revises_id)
    .where(ArticleRow.revises_id.is_not(None), ReportRow.event_id.is_not(None))
)
"""Articles of which a former one still tells of an event."""


def next_revision(connection: Connection) -> int | None:
    """Return the first article of which a former one still tells of an event."""
    return connection.scalar(UNFINISHED.order_by(ArticleRow.id).limit(1))


def leave_events(connection: Connection, article_id: int) -> tuple[int, ...]:
    """Let what the former articles of one told leave its events, and return these."""
    told = connection.execute(FORMERS, {"article": article_id}).all()
    if told:
        left = ReportRow.id.in_([row.id for row in told])
        connection.execute(update(ReportRow).where(left).values(event_id=None))
    return tuple(sorted({row.event_id for row in told}))


def stand_again(connection: Connection, url_hash: bytes) -> int | None:
    """Return the article of a page that is current; what it told when it was not waits to meet the events again."""
    asked = select(ArticleRow.id).join(PageRow, PageRow.id == ArticleRow.page_id).where(PageRow.url_hash == url_hash)
    article_id = connection.scalar(asked.where(ArticleRow.is_current))
    apart = (ReportRow.article_id == article_id) & ReportRow.event_id.is_(None)
    connection.execute(update(ReportRow).where(apart).values(met_at=None))
    return article_id
