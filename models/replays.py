"""Pages read again with today's rules: which, in their order, one at a time whoever replays, a transaction for each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, Engine, func, select, text, update

from models.articles import ArticleRow
from models.database import told_when_gone
from models.pages import PageRow
from models.replay_claims import ReplayClaim

REPLAY_LOCK = 7_300_008
ALWAYS = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Again:
    """Which pages to read again: settled ones, by other rules than `rules` or, if `force`, by whichever.

    `since` is the first moment at which one was fetched; None means any, here and elsewhere.
    """

    rules: str
    since: datetime | None = None
    source: str | None = None
    page: int | None = None
    article: int | None = None
    force: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Extent:
    """How many pages are to be read again, and how many cannot be, since their body was given up."""

    pages: int
    pruned: int


class Replays:
    """Hands out the pages to read again; safe to use from many processes at once, which take turns page by page."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def measure(self, again: Again) -> Extent:
        """Count the pages to read again, and those that cannot be."""
        body = func.count().filter(PageRow.body.is_not(None))
        gone = func.count().filter(PageRow.body.is_(None))
        with told_when_gone(self._engine), self._engine.connect() as connection:
            pages, pruned = connection.execute(select(body, gone).where(*_conditions(again))).one()
        return Extent(pages=pages, pruned=pruned)

    @contextmanager
    def claim(self, again: Again, after: int, run_id: int | None) -> Iterator[ReplayClaim | None]:
        """Take the first page to read again whose number comes `after` one, None where there is none.

        What the body settles is written at its end. Without a run it is a dry one, and nothing is written at all.
        """
        with told_when_gone(self._engine), self._engine.connect() as connection, _taking_turns(connection):
            page_id = _begin(connection, again, after, is_dry=run_id is None)
            held = select(PageRow.__table__).where(PageRow.id == page_id).with_for_update()
            row = None if page_id is None else connection.execute(held).one()
            yield None if row is None else ReplayClaim(connection, run_id, row)
            connection.rollback() if run_id is None else connection.commit()


def _begin(connection: Connection, again: Again, after: int, *, is_dry: bool) -> int | None:
    """Choose a page, and count one more try of it, committed before it is read: one that kills us is told by the count.

    A page that is read by force begins to count anew.
    """
    first = (
        select(PageRow.id)
        .where(PageRow.id > after, PageRow.body.is_not(None), *_conditions(again))
        .order_by(PageRow.id)
        .limit(1)
    )
    if is_dry:
        return connection.scalar(first)
    tries = 1 if again.force else PageRow.tries + 1
    counted = update(PageRow).where(PageRow.id == first.scalar_subquery()).values(tries=tries)
    page_id = connection.scalar(counted.returning(PageRow.id))
    connection.commit()
    return page_id


def _conditions(again: Again) -> list[ColumnElement[bool]]:
    of_article = select(ArticleRow.page_id).where(ArticleRow.id == again.article).scalar_subquery()
    conditions = (
        (again.since, PageRow.fetched_at >= (again.since or ALWAYS)),
        (again.source, PageRow.source_id == again.source),
        (again.page, PageRow.id == again.page),
        (again.article, PageRow.id == of_article),
        (None if again.force else again.rules, PageRow.rules != again.rules),
    )
    return [PageRow.outcome.is_not(None), *(condition for given, condition in conditions if given is not None)]


@contextmanager
def _taking_turns(connection: Connection) -> Iterator[None]:
    """Let one replay at a time hold a page: it writes rows of others too, such as copies of what is read again."""
    connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": REPLAY_LOCK})
    connection.commit()
    try:
        yield
    except BaseException:
        connection.invalidate()  # the lock goes with the connection
        raise
    connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": REPLAY_LOCK})
    connection.commit()
