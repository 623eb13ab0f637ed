"""The articles of one page's versions as a chain, put right after one of them was read again.

Each that stands revises the one before it, the last one is current; see `docs/decisions/revisions.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, Row, null, select, text, update

from analysis.records import Former, OutcomeKind, RejectionReason
from analysis.revisions import change_of, takes_back
from models.articles import ArticleRow
from models.pages import PageRow

NAMES_SPACE = 7_300_007
STANDS = ArticleRow.set_aside_at.is_(None)


def lock_name(connection: Connection, url_hash: bytes) -> None:
    """Let one transaction at a time read versions of a page, until it ends."""
    asked = text("SELECT pg_advisory_xact_lock(:space, hashtext(:name))")
    connection.execute(asked, {"space": NAMES_SPACE, "name": url_hash.hex()})


def find_former_of(connection: Connection, page: Row[Any]) -> Former | None:
    """Return the article that stands of the last version before this one that became any."""
    asked = (
        select(ArticleRow.id, ArticleRow.title, ArticleRow.text)
        .join(PageRow, PageRow.id == ArticleRow.page_id)
        .where(PageRow.url_hash == page.url_hash, PageRow.version < page.version, STANDS)
        .order_by(PageRow.version.desc())
        .limit(1)
    )
    found = connection.execute(asked).first()
    return found and Former(article_id=found.id, title=found.title, text=found.text)


def articles_of(connection: Connection, url_hash: bytes) -> frozenset[int]:
    """Return the numbers of all articles that versions of a page became, those set aside too."""
    asked = select(ArticleRow.id).join(PageRow, PageRow.id == ArticleRow.page_id).where(PageRow.url_hash == url_hash)
    return frozenset(connection.scalars(asked))


def has_versions(connection: Connection, url_hash: bytes) -> bool:
    """Tell whether a page was kept more than once."""
    return connection.scalars(select(PageRow.id).where(PageRow.url_hash == url_hash).limit(2)).all()[1:] != []


def unlink_versions(connection: Connection, url_hash: bytes) -> None:
    """Take the chain apart, so that any of its articles can revise any other."""
    chosen = ArticleRow.page_id.in_(select(PageRow.id).where(PageRow.url_hash == url_hash))
    connection.execute(update(ArticleRow).where(chosen).values(revises_id=None, change=null()))


def link_versions(connection: Connection, url_hash: bytes) -> None:
    """Put the chain together: who revises whom and what that changes, which is current, and which was withdrawn."""
    asked = (
        select(
            *(PageRow.id.label("page_id"), PageRow.version, PageRow.outcome, PageRow.reason),
            *(ArticleRow.id, ArticleRow.title, ArticleRow.text),
        )
        .outerjoin(ArticleRow, (ArticleRow.page_id == PageRow.id) & STANDS)
        .where(PageRow.url_hash == url_hash)
        .order_by(PageRow.version)
    )
    versions = connection.execute(asked).all()
    standing = [position for position, row in enumerate(versions) if row.id is not None]
    for position, following in pairwise([*standing, len(versions)]):
        is_current = following == len(versions)
        withdrawn = _withdrawn_by(versions[position + 1 : following])
        values = {"is_current": is_current, "withdrawn_page_id": withdrawn}
        connection.execute(update(ArticleRow).where(ArticleRow.id == versions[position].id).values(values))
    for one, other in pairwise(versions[position] for position in standing):
        former = Former(article_id=one.id, title=one.title, text=one.text)
        revises = {"revises_id": one.id, "change": asdict(change_of(former, other.title, other.text))}
        connection.execute(update(ArticleRow).where(ArticleRow.id == other.id).values(revises))


def _withdrawn_by(later: Sequence[Any]) -> int | None:
    """Return the page that no longer says what an earlier version said, of those before it is said otherwise."""
    said = RejectionReason.UNCHANGED
    told = [
        row for row in later if row.outcome == OutcomeKind.REJECTED and (row.reason == said or takes_back(row.reason))
    ]
    return told[-1].page_id if told and told[-1].reason != said else None
