"""Which bodies are given up, and that nothing else of their pages is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, Row, select, text

from analysis.errors import BodyGoneError
from analysis.records import Outcome, OutcomeKind, RejectionReason
from builders import NOON, filed, filing, page, source, visit
from models.archive import Archive
from models.page_rows import page_of_row
from models.pages import PageRow
from models.retention import Pruned

REJECTED = Outcome(kind=OutcomeKind.REJECTED, reason=RejectionReason.OFF_TOPIC, detail="score 0.1", rules="r1")
FAILED = Outcome(kind=OutcomeKind.FAILED, reason="ValueError", detail="broken", rules="r1")
MONTH = timedelta(days=30)


@pytest.fixture
def run_id(archive: Archive) -> int:
    archive.load_sources([source()])
    return archive.start_run("crawl", {})


def rows(engine: Engine) -> list[Row[Any]]:
    with engine.connect() as connection:
        return list(connection.execute(select(PageRow.__table__).order_by(PageRow.id)))


def gone(engine: Engine) -> list[int]:
    return [row.id for row in rows(engine) if row.body is None]


def keep(archive: Archive, run_id: int, outcome: Outcome | None = REJECTED, age: timedelta = MONTH) -> int:
    """Keep a page that was fetched so long before noon, and settle it unless it is to wait."""
    url = f"https://atlas.example/{age}"
    number = archive.save_page(page(url=url, canonical_url=url, fetched_at=NOON - age), visit(url=url), run_id)
    if outcome is not None:
        with archive.claim(run_id) as claim:
            claim.settle(outcome, filing() if outcome.kind == OutcomeKind.FILED else None)
    return number


def test_the_body_of_an_old_rejected_page_goes_and_all_else_stays(archive: Archive, engine: Engine, run_id: int):
    keep(archive, run_id)
    [before] = rows(engine)
    due = Pruned(pages=1, size_bytes=len(before.body))
    assert archive.count_prunable(NOON) == due
    assert archive.prune(NOON, 10) == due
    [after] = rows(engine)
    assert after._asdict() == {**before._asdict(), "body": None, "pruned_at": after.pruned_at}
    assert archive.prune(NOON, 10) == archive.count_prunable(NOON) == Pruned()
    with pytest.raises(BodyGoneError, match=r"the body of page 1 \(https://atlas\.example/30.*\) was given up on 20"):
        page_of_row(after)


def test_pages_that_wait_failed_or_became_articles_keep_their_bodies(archive: Archive, engine: Engine, run_id: int):
    for days, outcome in ((40, filed()), (41, FAILED), (42, REJECTED), (43, None)):
        keep(archive, run_id, outcome, timedelta(days=days))
    assert archive.prune(NOON, 10).pages == 1
    assert gone(engine) == [3]


def test_the_oldest_go_first_and_some_at_a_time(archive: Archive, engine: Engine, run_id: int):
    for days in (33, 35, 29, 34):
        keep(archive, run_id, age=timedelta(days=days))
    before = NOON - MONTH
    steps = []
    while archive.prune(before, 2).pages:
        steps.append(gone(engine))
    assert steps == [[2, 4], [1, 2, 4]]


def test_the_version_that_shows_a_withdrawal_is_kept(archive: Archive, engine: Engine, run_id: int):
    keep(archive, run_id, filed(), 2 * MONTH)
    keep(archive, run_id)
    with engine.begin() as connection:
        connection.execute(text("UPDATE articles SET withdrawn_page_id = 2"))
    assert archive.prune(NOON, 10) == Pruned()
    assert gone(engine) == []
