"""A page that takes too long is failed, and the alarm is off again for the next one."""

from __future__ import annotations

import signal
import threading
import time

import pytest

from analysis.records import Outcome, OutcomeKind, Rejection, RejectionReason
from builders import page, visit
from cli.sample_press import FOLDER
from memory import MemoryArchive
from pipeline import work
from pipeline.deadline import TooSlowError, deadline
from pipeline.library import open_library
from pipeline.work import Worker


def test_a_body_that_takes_too_long_is_ended_and_one_that_does_not_is_left_alone() -> None:
    with pytest.raises(TooSlowError, match=r"within 0\.05 seconds"), deadline(0.05):
        time.sleep(10)
    with deadline(0.05):
        pass
    time.sleep(0.1)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_beside_the_main_thread_there_is_no_alarm_and_no_harm() -> None:
    done: list[bool] = []

    def body() -> None:
        with deadline(0.01):
            time.sleep(0.05)
            done.append(True)

    thread = threading.Thread(target=body)
    thread.start()
    thread.join()
    assert done == [True]


def test_a_page_that_is_never_read_to_the_end_is_failed_and_the_work_goes_on(monkeypatch) -> None:
    archive = MemoryArchive()
    for name in ("endless", "short"):
        url = f"https://atlas.example/{name}"
        archive.save_page(page(url=url, canonical_url=url), visit(url=url), 1)

    def read(kept, *_):
        while "endless" in kept.url:
            pass
        return Rejection(reason=RejectionReason.EMPTY)

    monkeypatch.setattr(work, "process", read)
    monkeypatch.setattr(work, "MOST_SECONDS", 0.1)
    worker = Worker(archive=archive, library=open_library(FOLDER.parent))
    while worker.settle_next(1):
        pass
    rules = worker.library.rules
    why = "it was not read within 0.1 seconds"
    assert list(archive.outcomes.values()) == [
        Outcome(kind=OutcomeKind.FAILED, reason="TooSlowError", detail=why, rules=rules),
        Outcome(kind=OutcomeKind.REJECTED, reason="empty", rules=rules),
    ]
