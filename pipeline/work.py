"""Work off the waiting pages: claim one, read it, write its outcome in the same transaction, and so on to the last."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from analysis.errors import DatabaseUnavailableError
from analysis.records import Filing, Former, Outcome, OutcomeKind, Page, Rejection
from pipeline.deadline import deadline
from pipeline.library import Library
from pipeline.process import Recall, process
from pipeline.runs import Run

MOST_TRIES = 3
MOST_SECONDS = 60.0  # of a page; the slowest real one takes two


class DeadlyPageError(Exception):
    """Workers that read this page died over it, or were ended because they never came back: nobody tries again."""


class Held(Recall, Protocol):
    """One page in the hands of this worker, and what is known from others."""

    @property
    def page(self) -> Page:
        """The page."""

    @property
    def tries(self) -> int:
        """How often a reading of it was begun since it waits, with this one."""

    def former(self) -> Former | None:
        """Return the article that another version of the page became and that stands."""


class Claim(Held, Protocol):
    """One waiting page, held until its outcome is written."""

    def settle(self, outcome: Outcome, filing: Filing | None) -> None:
        """Write what became of the page."""


class PageArchive(Protocol):
    """Where pages wait."""

    def claim(self, run_id: int, *, retry_failed: bool = False) -> AbstractContextManager[Claim | None]:
        """Take the next waiting page, None when no page waits that another worker does not hold."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Worker:
    """Who settles pages: where they wait, the rules of reading, and whether pages that failed before wait too."""

    archive: PageArchive
    library: Library
    retry_failed: bool = False

    def settle_all(self, run: Run) -> Iterator[Outcome]:
        """Settle every waiting page, counting what became of each in the run and yielding it."""
        while (outcome := self.settle_next(run.id)) is not None:
            run.counts[outcome.kind] += 1
            yield outcome

    def settle_next(self, run_id: int) -> Outcome | None:
        """Settle one waiting page and return what became of it; None when no page waits.

        A page that breaks the reading is kept as failed with the error, and the work goes on; only a database that has
        gone ends it, and then the page waits again.
        """
        with self.archive.claim(run_id, retry_failed=self.retry_failed) as claim:
            return None if claim is None else settle(claim, self.library)


def settle(claim: Claim, library: Library) -> Outcome:
    """Read the page of a claim and write what became of it."""
    try:
        decision = decide(claim, library)
        outcome = outcome_of(decision, library.rules)
        claim.settle(outcome, decision if isinstance(decision, Filing) else None)
    except DatabaseUnavailableError:
        raise
    except Exception as error:  # noqa: BLE001 the one place where a page's unexpected trouble becomes its outcome
        outcome = failure(error, library.rules)
        claim.settle(outcome, None)
    return outcome


def decide(claim: Held, library: Library) -> Filing | Rejection:
    """Read the page of a claim. Raises DeadlyPageError, unread, for one that nobody came back from.

    Raises TooSlowError for one that takes longer than any page should.
    """
    if claim.tries > MOST_TRIES:
        raise DeadlyPageError(f"{MOST_TRIES} workers began to read it, and none came to an end")
    with deadline(MOST_SECONDS):
        return process(claim.page, library, claim, claim.former())


def outcome_of(decision: Filing | Rejection, rules: str) -> Outcome:
    """Say in one word, and the reason to count by, what was decided."""
    match decision:
        case Rejection(reason=reason, detail=detail):
            return Outcome(kind=OutcomeKind.REJECTED, reason=reason, detail=detail, rules=rules)
        case Filing(placement=placement) if placement.kind is not None:
            return Outcome(kind=OutcomeKind.COPY, reason=placement.kind, rules=rules)
        case _:
            return Outcome(kind=OutcomeKind.FILED, rules=rules)


def failure(error: Exception, rules: str) -> Outcome:
    """Keep an unexpected error as an outcome: its type to count by, its message for whoever asks."""
    return Outcome(kind=OutcomeKind.FAILED, reason=type(error).__name__, detail=str(error)[:1000], rules=rules)
