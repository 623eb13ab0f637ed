"""One crawl in a process of its own, because a reactor starts once; records go in and come out pickled."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from analysis import urls
from analysis.errors import DatabaseUnavailableError
from analysis.records import Page, Source, Tries, Visit, VisitState
from spiders.save import Ledger, SourceCrawl
from spiders.settings import Limits
from spiders.start import crawl

FOLDER = Path(__file__).resolve().parents[2]


@dataclass(kw_only=True)
class MemoryRecorder:
    """A recorder that forgets at the end of the test."""

    pages: dict[str, Page] = field(default_factory=dict)
    visits: list[Visit] = field(default_factory=list)

    def seen(self, canonical_urls: Collection[str]) -> frozenset[str]:
        """Say which are kept."""
        return frozenset(self.pages.keys() & set(canonical_urls))

    def tries(self, canonical_urls: Collection[str]) -> Mapping[str, Tries]:
        """Count the visits of each."""
        found = {}
        for name in canonical_urls:
            visits = [visit for visit in self.visits if visit.way is None and urls.canonical(visit.url) == name]
            if visits:
                states = [visit.state for visit in visits]
                fetched = states.count(VisitState.FETCHED)
                found[name] = Tries(
                    fetched=fetched > 0, failed=len(states) - fetched, last_at=max(visit.visited_at for visit in visits)
                )
        return found

    def save_page(self, page: Page, visit: Visit, run_id: int) -> int | None:
        """Keep a page that is new."""
        assert run_id == 1
        self.visits.append(visit)
        return len(self.visits) if self.pages.setdefault(page.canonical_url, page) is page else None

    def save_visit(self, visit: Visit, run_id: int) -> None:
        """Keep a visit."""
        assert run_id == 1
        self.visits.append(visit)


class LostRecorder(MemoryRecorder):
    """A recorder whose database goes away at the first page."""

    def save_page(self, page: Page, visit: Visit, run_id: int) -> int | None:  # noqa: ARG002 it never gets that far
        """Lose the page."""
        raise DatabaseUnavailableError("the database went away")


def crawl_alone(
    sources: Sequence[Source], recorder: MemoryRecorder, limits: Limits
) -> tuple[MemoryRecorder, dict[str, SourceCrawl]]:
    """Run one crawl, and return the recorder after it and what came of each source."""
    done = start_crawl(sources, recorder, limits)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    recorder, results = pickle.loads(done.stdout)  # noqa: S301 our own
    return recorder, {result.source_id: result for result in results}


def start_crawl(
    sources: Sequence[Source], recorder: MemoryRecorder, limits: Limits
) -> subprocess.CompletedProcess[bytes]:
    """Run one crawl to its end, whatever that is."""
    return subprocess.run(
        [sys.executable, "-W", "error", __file__],
        input=pickle.dumps((sources, recorder, limits)),
        capture_output=True,
        cwd=FOLDER,
        check=False,
        timeout=100,
    )


def _main() -> None:
    sources, recorder, limits = pickle.load(sys.stdin.buffer)  # noqa: S301 our own
    ledger = Ledger(recorder, 1, limits.new_pages)
    try:
        crawl(sources, ledger, "marsad-test/1 (+test@example.org)", limits)
    except DatabaseUnavailableError as error:
        sys.exit(f"raised: {error}")
    sys.stdout.buffer.write(pickle.dumps((recorder, ledger.results())))


if __name__ == "__main__":
    _main()
