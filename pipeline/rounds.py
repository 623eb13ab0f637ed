"""Read what waits in rounds: some pages, then the events and stories they tell, then what is due to be said of them.

So the news of a round is told before the next one begins, however many pages wait.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from analysis.events import Resolver
from analysis.records import Outcome
from pipeline.meet import EventArchive, meet_all
from pipeline.runs import Run
from pipeline.tell import StoryArchive, tell_all
from pipeline.work import Worker

ROUND_SECONDS = 5.0
FIRST_SECONDS = 30.0
"""So long a crawl may take to begin of sources that are due: Airflow starts one process after the other."""
PAUSE_SECONDS = 5.0
"""So long no crawl may be under way between two."""
LONGEST_SECONDS = 30 * 60.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """Who reads in rounds; `send` begins to send what is due, and `clock` gives seconds that only grow."""

    worker: Worker
    events: EventArchive
    stories: StoryArchive
    resolver: Resolver
    send: Callable[[], None]
    clock: Callable[[], float]

    def read_all(self, run: Run) -> Iterator[Outcome]:
        """Read until nothing waits any more, counting in the run what became of it and giving each page's outcome."""
        is_over = False
        while not is_over:
            is_over = True
            for outcome in self._settle(run):
                is_over = False
                yield outcome
            for _ in meet_all(self.events, self.resolver, run):
                pass
            for _ in tell_all(self.stories, run):
                pass
            self.send()

    def _settle(self, run: Run) -> Iterator[Outcome]:
        """Settle pages until the time of a round is over."""
        until = self.clock() + ROUND_SECONDS
        for outcome in self.worker.settle_all(run):
            yield outcome
            if self.clock() > until:
                return


class Vigil:
    """Tells whether more pages may come: a crawl is under way, or was a moment ago, or is about to begin.

    `is_due` tells that a source wants to be asked.
    """

    def __init__(self, is_crawling: Callable[[], bool], is_due: Callable[[], bool], clock: Callable[[], float]) -> None:
        self._is_crawling, self._is_due, self._clock = is_crawling, is_due, clock
        self._first, self._last = clock() + FIRST_SECONDS, clock() + LONGEST_SECONDS
        self._until = clock()

    def may_come(self) -> bool:
        """Look, and tell."""
        now = self._clock()
        if self._is_crawling():
            self._until = now + PAUSE_SECONDS
        return now < min(self._until, self._last) or (now < self._first and self._is_due())
