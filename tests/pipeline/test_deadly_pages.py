"""A page that kills whoever reads it does not stand in the way of the pages behind it for ever."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from sqlalchemy import Engine, text

from builders import page, source, visit
from models.archive import Archive
from pipeline.work import MOST_TRIES

ROOT = Path(__file__).parents[2]
# a worker as `marsad process` starts it, but for its reading: quick, and the kernel ends it over one page
WORKER = """
import os, signal, sys
from types import SimpleNamespace
from analysis.records import Rejection, RejectionReason
from models.archive import Archive
from models.database import make_engine
from pipeline import work
from pipeline.runs import run

def read(page, library, recall, former):
    if page.body == b"deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    return Rejection(reason=RejectionReason.EMPTY)

work.process = read
archive = Archive(make_engine(sys.argv[1]))
worker = work.Worker(archive=archive, library=SimpleNamespace(rules="r1"), retry_failed="retry" in sys.argv)
with run(archive, "process", {}) as current:
    list(worker.settle_all(current))
"""


def keep(archive: Archive, run_id: int, number: int, body: bytes) -> None:
    url = f"https://atlas.example/{number}"
    archive.save_page(page(url=url, canonical_url=url, body=body), visit(url=url), run_id)


def work(database_url: str, *words: str) -> int:
    return subprocess.run([sys.executable, "-c", WORKER, database_url, *words], cwd=ROOT, check=False).returncode


def outcomes(engine: Engine) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text("SELECT outcome, reason FROM pages ORDER BY id"))]


def test_a_page_that_kills_its_workers_is_failed_unread_and_the_pages_behind_it_are_read(
    archive: Archive, engine: Engine, database_url: str
):
    archive.load_sources([source()])
    run_id = archive.start_run("crawl", {})
    keep(archive, run_id, 1, b"deadly")
    keep(archive, run_id, 2, b"")
    assert [work(database_url) for _ in range(MOST_TRIES)] == [-signal.SIGKILL] * MOST_TRIES
    assert outcomes(engine) == [(None, ""), (None, "")]
    assert work(database_url) == 0
    assert outcomes(engine) == [("failed", "DeadlyPageError"), ("rejected", "empty")]
    assert work(database_url, "retry") == -signal.SIGKILL  # whoever asks for it is given it again
