"""An archive in memory, for tests of the pipeline that need no Postgres: the same promises, in lists and dicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from analysis.records import (
    Filing,
    Fingerprint,
    KnownText,
    Lookalike,
    Outcome,
    OutcomeKind,
    Page,
    RunState,
    SeedDocument,
    Visit,
)


@dataclass
class MemoryArchive:
    """Pages, what became of them, and the texts they made known."""

    pages: dict[int, Page] = field(default_factory=dict)
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    filings: dict[int, Filing] = field(default_factory=dict)
    tries: Counter[int] = field(default_factory=Counter)
    known: list[Lookalike] = field(default_factory=list)
    runs: dict[int, tuple[RunState, Mapping[str, int], str]] = field(default_factory=dict)

    def start_run(self, command: str, arguments: Mapping[str, str]) -> int:  # noqa: ARG002 the archive's signature
        number = len(self.runs) + 1
        self.runs[number] = (RunState.RUNNING, {}, "")
        return number

    def end_run(self, run_id: int, state: RunState, counts: Mapping[str, int], error: str = "") -> None:
        self.runs[run_id] = (state, dict(counts), error)

    def load_seed_documents(self, documents: Sequence[SeedDocument], texts: Mapping[str, str]) -> None:  # noqa: ARG002
        for each in documents:
            name = KnownText.seed(each.id)
            self.known.append(Lookalike(text=name, original=name, fingerprint=each.fingerprint))

    def save_page(self, page: Page, visit: Visit, run_id: int) -> int | None:  # noqa: ARG002 the archive's signature
        if any(kept.canonical_url == page.canonical_url for kept in self.pages.values()):
            return None
        number = len(self.pages) + 1
        self.pages[number] = page
        return number

    @contextmanager
    def claim(self, run_id: int, *, retry_failed: bool = False) -> Iterator[MemoryClaim | None]:  # noqa: ARG002
        waiting = [number for number in self.pages if number not in self.outcomes]
        self.tries.update(waiting[:1])
        yield MemoryClaim(self, waiting[0]) if waiting else None

    def outcome_of(self, url: str) -> Outcome:
        """Return what became of the page of a URL."""
        return next(self.outcomes[number] for number, page in self.pages.items() if page.url == url)

    def filing_of(self, url: str) -> Filing:
        """Return what was filed of the page of a URL."""
        return next(self.filings[number] for number, page in self.pages.items() if page.url == url)


@dataclass
class MemoryClaim:
    """One page in hand."""

    archive: MemoryArchive
    number: int

    @property
    def page(self) -> Page:
        return self.archive.pages[self.number]

    @property
    def tries(self) -> int:
        return self.archive.tries[self.number]

    def lookalikes(self, fingerprint: Fingerprint) -> tuple[Lookalike, ...]:
        hashes = set(fingerprint.hashes)
        return tuple(
            known
            for known in self.archive.known
            if hashes & set(known.fingerprint.hashes) or known.fingerprint.exact == fingerprint.exact
        )

    def former(self) -> None:
        """Return nothing: a page in memory has one version."""

    def settle(self, outcome: Outcome, filing: Filing | None) -> None:
        assert (filing is not None) == (outcome.kind in {OutcomeKind.FILED, OutcomeKind.COPY})
        self.archive.outcomes[self.number] = outcome
        if filing is not None:
            name = KnownText.article(self.number)
            original = filing.placement.copy_of or name
            self.archive.filings[self.number] = filing
            self.archive.known.append(Lookalike(text=name, original=original, fingerprint=filing.fingerprint))
