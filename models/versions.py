"""The versions of one page and the articles they became: which stands, which is next to be read, which took it back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, exists, or_, select, update
from sqlalchemy.orm import aliased

from analysis.records import Former, RejectionReason
from analysis.revisions import takes_back
from models.articles import ArticleRow
from models.formers import tell_again
from models.pages import PageRow


def is_next_version() -> ColumnElement[bool]:
    """Choose pages of which no earlier version waits: they are read in their order, whoever reads them."""
    earlier = aliased(PageRow)
    same_page = (earlier.url_hash == PageRow.url_hash) & (earlier.version < PageRow.version)
    return or_(PageRow.version == 1, ~exists().where(same_page, earlier.outcome.is_(None)))


def find_former(connection: Connection, page: Row[Any]) -> Former | None:
    """Return the article that stands of the versions of a page, but for this one."""
    asked = (
        select(ArticleRow.id, ArticleRow.title, ArticleRow.text, PageRow.version)
        .join(PageRow, PageRow.id == ArticleRow.page_id)
        .where(PageRow.url_hash == page.url_hash, PageRow.id != page.id, ArticleRow.is_current)
        .order_by(PageRow.version.desc())
        .limit(1)
    )
    found = connection.execute(asked).first()
    if found is None:
        return None
    is_later = found.version > page.version
    return Former(article_id=found.id, title=found.title, text=found.text, is_later=is_later)


def find_versions(connection: Connection, article_id: int) -> frozenset[int]:
    """Return the numbers of all articles that versions of the page of one became."""
    page, own = aliased(PageRow), aliased(ArticleRow)
    name = select(page.url_hash).join(own, own.page_id == page.id).where(own.id == article_id).scalar_subquery()
    asked = select(ArticleRow.id).join(PageRow, PageRow.id == ArticleRow.page_id).where(PageRow.url_hash == name)
    return frozenset(connection.scalars(asked))


def note_rejection(connection: Connection, page_id: int, reason: str, former: Former) -> None:
    """Note at the article that stands that its page says it no longer, or, if it is unchanged, that it does again."""
    is_back = reason == RejectionReason.UNCHANGED
    if former.is_later or not (is_back or takes_back(reason)):
        return
    withdrawn_page_id = None if is_back else page_id
    changed = ArticleRow.withdrawn_page_id.is_distinct_from(withdrawn_page_id)
    stands = update(ArticleRow).where(ArticleRow.id == former.article_id, changed)
    has_changed = connection.execute(stands.values(withdrawn_page_id=withdrawn_page_id)).rowcount
    if is_back and has_changed:
        tell_again(connection, former.article_id)
