"""Reading in rounds: what is read is told before the next pages are, and who stays for pages that may come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from analysis.events import Resolver
from builders import filed
from models.resolving import Met
from models.story_book import Placed
from pipeline.rounds import FIRST_SECONDS, LONGEST_SECONDS, PAUSE_SECONDS, ROUND_SECONDS, Reader, Vigil
from pipeline.runs import Run


@dataclass
class Office:
    """A worker, a book of events and one of stories, and who sends: each writes down what it did, a page a second."""

    waiting: int
    now: float = 0.0
    unmet: int = 0
    done: list[str] = field(default_factory=list)

    def settle_all(self, run: Run) -> Iterator[object]:
        while self.waiting:
            self.waiting, self.unmet, self.now = self.waiting - 1, self.unmet + 1, self.now + 1
            run.counts["filed"] += 1
            self.done.append("page")
            yield filed()

    def meet_next(self, _: Resolver) -> Met | None:
        if not self.unmet:
            return None
        self.unmet -= 1
        self.done.append("met")
        return Met(article_id=1, places=())

    def place_next(self) -> Placed | None:
        return None

    def send(self) -> None:
        self.done.append("sent")

    def reader(self) -> Reader:
        return Reader(
            worker=self, events=self, stories=self, resolver=Resolver(()), send=self.send, clock=lambda: self.now
        )


def test_what_a_round_read_is_told_before_the_next_pages_are_read() -> None:
    office, run, a_round = Office(waiting=8), Run(id=1), int(ROUND_SECONDS) + 1
    assert len(list(office.reader().read_all(run))) == run.counts["filed"] == 8
    first = ["page"] * a_round + ["met"] * a_round + ["sent"]
    rest = ["page"] * (8 - a_round) + ["met"] * (8 - a_round) + ["sent"]
    assert office.done == [*first, *rest, "sent"]


def test_what_an_earlier_run_left_unmet_is_told_though_no_page_waits() -> None:
    office = Office(waiting=0, unmet=2)
    assert list(office.reader().read_all(Run(id=1))) == []
    assert office.done == ["met", "met", "sent"]


@dataclass
class Press:
    """Whether a crawl is under way and a source is due, at a moment that the test sets."""

    is_crawling: bool = False
    is_due: bool = False
    now: float = 0.0

    def vigil(self) -> Vigil:
        return Vigil(lambda: self.is_crawling, lambda: self.is_due, lambda: self.now)


@pytest.mark.parametrize(
    ("is_due", "seconds", "may_come"),
    [(False, 0, False), (True, 0, True), (True, FIRST_SECONDS - 1, True), (True, FIRST_SECONDS, False)],
)
def test_a_crawl_is_waited_for_where_a_source_is_due(*, is_due: bool, seconds: float, may_come: bool) -> None:
    press = Press(is_due=is_due)
    vigil = press.vigil()
    press.now = seconds
    assert vigil.may_come() is may_come


def test_pages_may_come_until_a_moment_after_the_crawl_and_never_for_ever() -> None:
    press = Press(is_crawling=True)
    vigil = press.vigil()
    for press.now in (1, LONGEST_SECONDS - PAUSE_SECONDS - 1):
        assert vigil.may_come()
    press.is_crawling = False
    press.now += PAUSE_SECONDS - 1
    assert vigil.may_come()
    press.now += 1
    assert not vigil.may_come()
    press.is_crawling, press.now = True, LONGEST_SECONDS
    assert not vigil.may_come()
