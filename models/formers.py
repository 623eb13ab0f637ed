"""What articles told that their outlet says no longer: another revises them, or their page is no article any more.

What they told leaves its events. The rows stay, with their sentences; whoever changes events afterwards holds the
lock of events.
"""

from __future__ import annotations

from sqlalchemy import Connection, select, text, union_all, update

from models.articles import ArticleRow
from models.findings import ReportRow
from models.pages import PageRow

TAKEN_BACK = text("""
    WITH RECURSIVE former AS (
        SELECT id FROM articles WHERE id = :article AND withdrawn_page_id IS NOT NULL
        UNION ALL
        SELECT revises_id FROM articles WHERE id = :article
        UNION ALL
        SELECT articles.revises_id FROM articles JOIN former ON articles.id = former.id WHERE articles.id <> :article
    )
    SELECT reports.id, reports.event_id FROM reports JOIN former ON former.id = reports.article_id
    WHERE reports.event_id IS NOT NULL
""")

_TELLS = ReportRow.event_id.is_not(None)
_TAKING_BACK = union_all(
    select(ArticleRow.id)
    .join(ReportRow, ReportRow.article_id == ArticleRow.revises_id)
    .where(ArticleRow.revises_id.is_not(None), _TELLS),
    select(ArticleRow.id)
    .join(ReportRow, ReportRow.article_id == ArticleRow.id)
    .where(ArticleRow.withdrawn_page_id.is_not(None), _TELLS),
).subquery()
UNFINISHED = select(_TAKING_BACK.c.id)
"""Articles of which a former one still tells of an event, or that do so themselves though they were withdrawn."""


def next_unfinished(connection: Connection) -> int | None:
    """Return the first article of which something that was taken back still tells of an event."""
    return connection.scalar(UNFINISHED.order_by(_TAKING_BACK.c.id).limit(1))


def leave_events(connection: Connection, article_id: int) -> tuple[int, ...]:
    """Let what the former articles of one told leave its events, its own too if it was withdrawn, and return these."""
    told = connection.execute(TAKEN_BACK, {"article": article_id}).all()
    if told:
        left = ReportRow.id.in_([row.id for row in told])
        connection.execute(update(ReportRow).where(left).values(event_id=None))
    return tuple(sorted({row.event_id for row in told}))


def tell_again(connection: Connection, article_id: int) -> None:
    """Let what an article told, and its outlet says again, wait to meet the events."""
    apart = (ReportRow.article_id == article_id) & ReportRow.event_id.is_(None)
    connection.execute(update(ReportRow).where(apart).values(met_at=None))


def stand_again(connection: Connection, url_hash: bytes) -> int | None:
    """Return the article of a page that is current; what it told when it was not waits to meet the events again."""
    asked = (
        select(ArticleRow.id, ArticleRow.withdrawn_page_id)
        .join(PageRow, PageRow.id == ArticleRow.page_id)
        .where(PageRow.url_hash == url_hash, ArticleRow.is_current)
    )
    current = connection.execute(asked).first()
    if current is None:
        return None
    if current.withdrawn_page_id is None:
        tell_again(connection, current.id)
    return int(current.id)
