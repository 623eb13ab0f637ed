"""Read settled pages again with today's rules, page by page, and say of each what is otherwise.

No alert comes of it: what a page makes or meets is in its `Difference`, and alerts are matched by whoever reads news.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from analysis.errors import DatabaseUnavailableError
from analysis.events import Resolver
from analysis.records import Difference, Filing, Outcome
from models.replays import Again
from pipeline.library import Library
from pipeline.runs import Run
from pipeline.work import DeadlyPageError, Held, decide, failure, outcome_of

PAGES, CHANGED, FAILED = "pages", "changed", "failed"
MADE, MET, EMPTIED = "events_made", "events_met", "events_emptied"


class ReplayedPage(Held, Protocol):
    """One settled page, held until it is written again."""

    @property
    def page_id(self) -> int:
        """Its number."""

    def settle(self, outcome: Outcome, filing: Filing | None, resolver: Resolver) -> Difference:
        """Write what today's rules make of the page, and say what is otherwise."""

    def leave(self, why: Outcome, *, is_deadly: bool) -> Difference:
        """Keep the page as it was."""


class ReplayArchive(Protocol):
    """Where settled pages are kept."""

    def claim(self, again: Again, after: int, run_id: int | None) -> AbstractContextManager[ReplayedPage | None]:
        """Take the next page to read again; without a run nothing is written."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Replayer:
    """Who reads pages again: where they are kept, which, by which rules, and what tells events apart."""

    archive: ReplayArchive
    again: Again
    library: Library
    resolver: Resolver

    def replay(self, run: Run, *, is_dry: bool = False) -> Iterator[Difference]:
        """Read every page again that is to be, count in the run, and yield what is otherwise, also where nothing is."""
        after = 0
        while True:
            with self.archive.claim(self.again, after, None if is_dry else run.id) as claim:
                if claim is None:
                    return
                after = claim.page_id
                difference = self._read(claim)
            _count(run, difference)
            yield difference

    def _read(self, claim: ReplayedPage) -> Difference:
        """Read a page again; one that today's rules break on stays as it was, and the work goes on."""
        try:
            decision = decide(claim, self.library)
            filing = decision if isinstance(decision, Filing) else None
            return claim.settle(outcome_of(decision, self.library.rules), filing, self.resolver)
        except DatabaseUnavailableError:
            raise
        except Exception as error:  # noqa: BLE001 the one place where a page's unexpected trouble becomes its difference
            why = failure(error, self.library.rules)
            return claim.leave(why, is_deadly=isinstance(error, DeadlyPageError))


def _count(run: Run, difference: Difference) -> None:
    run.counts[PAGES] += 1
    run.counts[CHANGED] += not difference.is_none
    run.counts[FAILED] += bool(difference.failed)
    run.counts[MADE] += len(difference.events.made)
    run.counts[MET] += len(difference.events.met)
    run.counts[EMPTIED] += len(difference.events.emptied)
