"""One waiting page in the hands of one worker, until its transaction ends: read, compared, settled."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, or_, select, text, update
from sqlalchemy.sql.dml import ReturningUpdate

from analysis.records import Article, Filing, Fingerprint, Former, Lookalike, Outcome, OutcomeKind
from models.article_fixes import as_people_fixed
from models.database import told_when_gone
from models.filings import write_filing
from models.fingerprints import find_lookalikes
from models.originals import settle_original
from models.page_rows import page_of_row, storable
from models.pages import PageRow
from models.refrains import find_refrains
from models.version_chain import lock_name
from models.versions import find_former, find_versions, is_next_version, note_rejection

KEPT = {OutcomeKind.FILED, OutcomeKind.COPY}
CLAIMS_LOCK = 7_300_004
OLDEST_EVERY = 8
"""Of so many pages one is the oldest that waits, whoever brought it: an import goes on while news comes in."""


class Claim:
    """One waiting page that no other worker can take, until the transaction it is read in ends."""

    def __init__(self, connection: Connection, run_id: int, row: Row[Any]) -> None:
        self._connection, self._run_id = connection, run_id
        self.page_id: int = row.id
        self.tries: int = row.tries
        self.page = page_of_row(row)
        self._url_hash: bytes = row.url_hash
        # only a page of several versions, or one read again after others, can have become an article before
        may_have_former = row.version > 1 or row.outcome is not None
        if may_have_former:
            lock_name(connection, row.url_hash)  # a replay may have another version in hand
        self._former = find_former(connection, row) if may_have_former else None

    def former(self) -> Former | None:
        """Return the article that another version of the page became and that stands."""
        return self._former

    def refrains(self, article: Article) -> frozenset[int]:
        """Return the hashes of the paragraphs that the source of an article prints in article after article."""
        return find_refrains(self._connection, article)

    def lookalikes(self, fingerprint: Fingerprint) -> tuple[Lookalike, ...]:
        """Return the texts we know that share something with a fingerprint, the nearest first.

        From here to the end of the transaction no other worker places a text: two copies at once become one copy.
        What other versions of this page said is left out, and copies of that: a revision copies neither.
        """
        with self._step():
            own = find_versions(self._connection, self._former.article_id) if self._former else frozenset()
            return find_lookalikes(self._connection, fingerprint, own=own)

    def settle(self, outcome: Outcome, filing: Filing | None) -> None:
        """Write what became of the page, with the article if it is one.

        When this raises nothing is written, and the page can be settled otherwise: as failed.
        """
        if (filing is not None) != (outcome.kind in KEPT):
            raise ValueError(f"an outcome `{outcome.kind}` {'needs an' if filing is None else 'has no'} article")
        outcome, filing = as_people_fixed(self._connection, self._url_hash, outcome, filing)
        with self._step():
            article_id = None
            if filing is not None:
                article_id = write_filing(self._connection, self.page_id, self.page.fetched_at.date(), filing)
            elif outcome.kind is OutcomeKind.REJECTED and self._former is not None:
                note_rejection(self._connection, self.page_id, outcome.reason, self._former)
            self._connection.execute(
                update(PageRow)
                .where(PageRow.id == self.page_id)
                .values(
                    tries=0,
                    outcome=outcome.kind,
                    reason=storable(outcome.reason),
                    detail=storable(outcome.detail),
                    rules=outcome.rules,
                    outcome_at=func.now(),
                    outcome_run_id=self._run_id,
                )
            )
            if filing is not None and article_id is not None:
                settle_original(self._connection, article_id, filing.placement)

    @contextmanager
    def _step(self) -> Iterator[None]:
        """Do all or nothing of a step, and leave the transaction fit for another one."""
        with told_when_gone(self._connection.engine), self._connection.begin_nested():
            yield


def take_next(connection: Connection, run_id: int, turn: int, *, retry_failed: bool) -> Row[Any] | None:
    """Count one more try of the first page that waits and that nobody holds, and begin a transaction that holds it.

    First is what a crawl brought, then what imports and backfills did; on some turns of a worker the oldest of all. The
    try is committed before the page is read: one that kills whoever reads it is told by the count.
    """
    with _claiming_alone(connection):
        with connection.begin():
            # a crash of the server may forget the try, the death of a worker does not
            connection.execute(text("SET LOCAL synchronous_commit = off"))
            is_news_first = turn % OLDEST_EVERY != 0
            page_id = connection.scalar(_next_try(run_id, retry_failed=retry_failed, news_first=is_news_first))
        held = select(PageRow.__table__).where(PageRow.id == page_id).with_for_update()
        return None if page_id is None else connection.execute(held).first()


def _next_try(run_id: int, *, retry_failed: bool, news_first: bool) -> ReturningUpdate[tuple[int]]:
    """Count a try of the first page that waits; if told so, pages that failed in an earlier run wait too."""
    waits: ColumnElement[bool] = PageRow.outcome.is_(None) & is_next_version()
    if retry_failed:  # in an earlier one: two such runs at once would else hand a broken page to and fro for ever
        waits = or_(waits, (PageRow.outcome == OutcomeKind.FAILED) & (PageRow.outcome_run_id < run_id))
    order = (PageRow.is_late, PageRow.id) if news_first else (PageRow.id,)
    first = select(PageRow.id).where(waits).order_by(*order).limit(1).with_for_update(skip_locked=True)
    counted = update(PageRow).where(PageRow.id == first.scalar_subquery()).values(tries=PageRow.tries + 1)
    return counted.returning(PageRow.id)


@contextmanager
def _claiming_alone(connection: Connection) -> Iterator[None]:
    """Let one worker at a time go from counting its try to holding the page: nobody counts a try of another's page."""
    connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": CLAIMS_LOCK})
    connection.commit()
    try:
        yield
    except BaseException:
        connection.invalidate()  # the lock goes with the connection
        raise
    connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": CLAIMS_LOCK})
