"""One waiting page in the hands of one worker, until its transaction ends: read, compared, settled."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, or_, select, update

from analysis.records import Filing, Fingerprint, Lookalike, Outcome, OutcomeKind
from models.database import told_when_gone
from models.filings import write_filing
from models.fingerprints import find_lookalikes, lock_placing
from models.page_rows import page_of_row, storable
from models.pages import PageRow

KEPT = {OutcomeKind.FILED, OutcomeKind.COPY}


class Claim:
    """One waiting page that no other worker can take, until the transaction it is read in ends."""

    def __init__(self, connection: Connection, run_id: int, row: Row[Any]) -> None:
        self._connection, self._run_id = connection, run_id
        self.page_id: int = row.id
        self.page = page_of_row(row)

    def lookalikes(self, fingerprint: Fingerprint) -> tuple[Lookalike, ...]:
        """Return the texts we know that share something with a fingerprint, the nearest first.

        From here to the end of the transaction no other worker places a text: two copies at once become one copy.
        """
        with self._step():
            lock_placing(self._connection)
            return find_lookalikes(self._connection, fingerprint)

    def settle(self, outcome: Outcome, filing: Filing | None) -> None:
        """Write what became of the page, with the article if it is one.

        When this raises nothing is written, and the page can be settled otherwise: as failed.
        """
        if (filing is not None) != (outcome.kind in KEPT):
            raise ValueError(f"an outcome `{outcome.kind}` {'needs an' if filing is None else 'has no'} article")
        with self._step():
            if filing is not None:
                write_filing(self._connection, self.page_id, self.page.fetched_at.date(), filing)
            self._connection.execute(
                update(PageRow)
                .where(PageRow.id == self.page_id)
                .values(
                    outcome=outcome.kind,
                    reason=storable(outcome.reason),
                    detail=storable(outcome.detail),
                    rules=outcome.rules,
                    outcome_at=func.now(),
                    outcome_run_id=self._run_id,
                )
            )

    @contextmanager
    def _step(self) -> Iterator[None]:
        """Do all or nothing of a step, and leave the transaction fit for another one."""
        with told_when_gone(self._connection.engine), self._connection.begin_nested():
            yield


def next_waiting(run_id: int, *, retry_failed: bool) -> Select[Any]:
    """Ask for the first page that waits and that nobody holds; if told so, also for one that failed in another run."""
    waits: ColumnElement[bool] = PageRow.outcome.is_(None)
    if retry_failed:
        waits = or_(waits, (PageRow.outcome == OutcomeKind.FAILED) & (PageRow.outcome_run_id != run_id))
    table = PageRow.__table__
    return select(table).where(waits).order_by(PageRow.id).limit(1).with_for_update(skip_locked=True)
