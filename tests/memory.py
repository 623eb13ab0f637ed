"""An archive in memory, for tests of the pipeline that need no Postgres: the same promises, in lists and dicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from analysis import urls
from analysis.records import (
    Address,
    AddressState,
    Article,
    Catch,
    Due,
    Filing,
    Fingerprint,
    HostRest,
    KnownText,
    Letter,
    Lookalike,
    Outcome,
    OutcomeKind,
    Page,
    Rhythm,
    RobotsFile,
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

    def refrains(self, article: Article) -> frozenset[int]:  # noqa: ARG002
        """Return nothing: what sources repeat is learnt on Postgres."""
        return frozenset()

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


@dataclass
class MemoryRecorder:
    """What crawls remember, in dicts; `articles` are the names of pages that became articles of ours."""

    pages: dict[str, Page] = field(default_factory=dict)
    versions: Counter[str] = field(default_factory=Counter)
    visits: list[Visit] = field(default_factory=list)
    addresses: dict[str, Address] = field(default_factory=dict)
    ways: dict[tuple[str, str], Rhythm] = field(default_factory=dict)
    files: dict[str, RobotsFile] = field(default_factory=dict)
    hosts: dict[str, HostRest] = field(default_factory=dict)
    articles: set[str] = field(default_factory=set)
    saves: list[int] = field(default_factory=list)

    def rhythms(self, source_ids: Collection[str]) -> tuple[Rhythm, ...]:
        return tuple(rhythm for rhythm in self.ways.values() if rhythm.source_id in source_ids)

    def known(self, canonical_urls: Collection[str]) -> dict[str, Address]:
        return {name: self.addresses[name] for name in canonical_urls if name in self.addresses}

    def pass_over(self, source_ids: Collection[str], now: datetime) -> None:
        """Leave what is past: `due` does not return it."""

    def due(self, source_id: str, now: datetime, most: int) -> Due:
        mine = [address for address in self.addresses.values() if address.source_id == source_id and address.next_at]
        found = sorted((address for address in mine if self._is_due(address, now)), key=_age)
        resting = sum(address.failed > 0 and address.next_at > now for address in mine)
        return Due(addresses=tuple(found[:most]), left=len(found[most:]), resting=resting)

    def save(self, catches: Sequence[Catch], run_id: int) -> tuple[int | None, ...]:
        assert run_id == 1
        self.saves.append(len(catches))
        return tuple(self._save(catch) for catch in catches)

    def robots(self, origin: str) -> RobotsFile | None:
        return self.files.get(origin)

    def save_robots(self, read: RobotsFile) -> None:
        self.files[read.origin] = read

    def rests(self, hosts: Collection[str]) -> tuple[HostRest, ...]:
        return tuple(rest for host, rest in self.hosts.items() if host in hosts)

    def save_rest(self, rest: HostRest) -> None:
        self.hosts[rest.host] = rest

    def _is_due(self, address: Address, now: datetime) -> bool:
        if address.next_at > now:
            return False
        is_changed = address.entry.updated_at and address.asked_at and address.entry.updated_at > address.asked_at
        is_article = urls.canonical(address.entry.url) in self.articles
        return address.state is AddressState.WAITING or bool(is_changed) or is_article

    def _save(self, catch: Catch) -> int | None:
        if catch.visit:
            self.visits.append(catch.visit)
        if catch.rhythm:
            self.ways[catch.rhythm.source_id, catch.rhythm.url] = catch.rhythm
        for address in catch.found:
            known = self.addresses.get(name := urls.canonical(address.entry.url))
            if known is None or known.state in {AddressState.REFUSED, address.state}:
                self.addresses[name] = address
        self.addresses.update({urls.canonical(address.entry.url): address for address in catch.addresses})
        return None if catch.page is None else self._save_page(catch.page, is_look=catch.is_look)

    def _save_page(self, page: Page, *, is_look: bool) -> int | None:
        kept = self.pages.get(page.canonical_url)
        if kept is not None and not (is_look and kept.body != page.body):
            return None
        self.pages[page.canonical_url] = page
        self.versions[page.canonical_url] += 1
        return self.versions.total()


def _age(address: Address) -> tuple[bool, bool, float]:
    entry, is_look = address.entry, address.state is AddressState.KEPT
    return address.way is None, is_look, -(entry.published_at or entry.updated_at or address.found_at).timestamp()


@dataclass
class MemoryChannel:
    """A channel that keeps what it is sent, once by each key; `troubles` are raised one after the other, if any."""

    letters: dict[str, Letter] = field(default_factory=dict)
    troubles: list[Exception] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)

    def send(self, letter: Letter) -> str:
        if self.troubles:
            raise self.troubles.pop(0)
        self.sent.append(letter.key)
        self.letters.setdefault(letter.key, letter)
        return "kept"

    def knows(self, letter: Letter) -> bool | None:
        return letter.key in self.letters
