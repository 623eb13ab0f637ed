"""One crawl in a process of its own, because a reactor starts once; records go in and come out pickled."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from analysis.errors import DatabaseUnavailableError
from analysis.records import Catch, Source
from memory import MemoryRecorder
from spiders.save import Ledger, Terms
from spiders.settings import Limits
from spiders.start import crawl
from spiders.sums import SourceCrawl

FOLDER = Path(__file__).resolve().parents[2]


class LostRecorder(MemoryRecorder):
    """A recorder whose database goes away at the first page."""

    def save(self, catches: Sequence[Catch], run_id: int) -> tuple[int | None, ...]:
        """Lose pages."""
        if any(catch.page for catch in catches):
            raise DatabaseUnavailableError("the database went away")
        return super().save(catches, run_id)


@dataclass(frozen=True, kw_only=True)
class Crawled:
    """A crawl: its sources, what is remembered, its limits, how much later than now it takes place and how long.

    Its time passes so many times `faster` than ours.
    """

    sources: Sequence[Source]
    recorder: MemoryRecorder
    limits: Limits
    later: timedelta = timedelta()
    only_due: bool = False
    lasts: timedelta | None = None
    faster: int = 1


def crawl_alone(
    sources: Sequence[Source], recorder: MemoryRecorder, limits: Limits, **how: object
) -> tuple[MemoryRecorder, dict[str, SourceCrawl]]:
    """Run one crawl, and return the recorder after it and what came of each source."""
    done = start_crawl(sources, recorder, limits, **how)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    recorder, results = pickle.loads(done.stdout)  # noqa: S301 our own
    return recorder, {result.source_id: result for result in results}


def start_crawl(
    sources: Sequence[Source], recorder: MemoryRecorder, limits: Limits, **how: object
) -> subprocess.CompletedProcess[bytes]:
    """Run one crawl to its end, whatever that is."""
    return subprocess.run(
        [sys.executable, "-W", "error", __file__],
        input=pickle.dumps(Crawled(sources=sources, recorder=recorder, limits=limits, **how)),
        capture_output=True,
        cwd=FOLDER,
        env={**os.environ, "PYTHONPATH": str(FOLDER / "tests")},
        check=False,
        timeout=100,
    )


def _main() -> None:
    told: Crawled = pickle.load(sys.stdin.buffer)  # noqa: S301 our own
    begun = datetime.now(UTC)
    terms = Terms(
        run_id=1,
        clock=lambda: begun + told.later + (datetime.now(UTC) - begun) * told.faster,
        most=told.limits.new_pages,
        only_due=told.only_due,
        until=None if told.lasts is None else begun + told.later + told.lasts,
    )
    ledger = Ledger(told.recorder, terms)
    try:
        crawl(told.sources, ledger, "marsad-test/1 (+test@example.org)", told.limits)
    except DatabaseUnavailableError as error:
        sys.exit(f"raised: {error}")
    sys.stdout.buffer.write(pickle.dumps((told.recorder, ledger.results())))


if __name__ == "__main__":
    _main()
