"""Where a crawl keeps what it finds, and what it counts: the recorder is Postgres, or the memory of a test."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from analysis import urls
from analysis.records import Entry, Page, Source, Tries, Visit, VisitState

MOST_TRIES = 6
FIRST_REST = timedelta(hours=1)


class Recorder(Protocol):
    """What a crawl needs of the archive: what is known of addresses, and to keep pages and visits one by one."""

    def seen(self, canonical_urls: Collection[str]) -> frozenset[str]:
        """Return those that name a page we keep."""

    def tries(self, canonical_urls: Collection[str]) -> Mapping[str, Tries]:
        """Return what asking for a page came to, for those that were asked for."""

    def save_page(self, page: Page, visit: Visit, run_id: int) -> int | None:
        """Keep a page with its visit and return its number; None where a page of this name is kept already."""

    def save_visit(self, visit: Visit, run_id: int) -> None:
        """Keep a visit that brought no page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceCrawl:
    """What a crawl came to for one source.

    `known` addresses are kept already, `resting` ones failed before and are not due, `left` ones are beyond the limit
    of new pages. `failed` counts visits that brought nothing by their state; `trouble` is empty unless no way of
    discovery answered.
    """

    source_id: str
    pages: int
    known: int
    resting: int
    left: int
    failed: Mapping[VisitState, int]
    trouble: str = ""


@dataclass(slots=True)
class _Tally:
    """The counts of one source while the crawl goes on."""

    pages: int = 0
    taken: int = 0
    known: set[str] = field(default_factory=set)
    resting: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    failed: Counter[VisitState] = field(default_factory=Counter)
    answered: int = 0
    troubles: list[str] = field(default_factory=list)


class Ledger:
    """Chooses what is asked for, and keeps and counts what comes back. One thread at a time may use it.

    At most `most` new pages of each source are chosen; `each` is told of every page that came.
    """

    def __init__(self, recorder: Recorder, run_id: int, most: int, each: Callable[[], None] = lambda: None) -> None:
        self._recorder, self._run_id, self._most, self._each = recorder, run_id, most, each
        self._tallies: defaultdict[str, _Tally] = defaultdict(_Tally)
        self._asked: set[str] = set()

    def choose(self, source: Source, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        """Return the entries to ask for now, the newest first; those on other hosts are kept as visits."""
        tally = self._tallies[source.id]
        fresh = self._unasked(entries)
        seen, tries = self._recorder.seen(fresh), self._recorder.tries(fresh)
        now = datetime.now(UTC)
        chosen: list[Entry] = []
        for name, entry in fresh.items():
            if name in seen or (name in tries and tries[name].fetched):
                tally.known.add(name)
            elif name in tries and not is_due(tries[name], now):
                tally.resting.add(name)
            elif urls.host(entry.url) not in home_hosts(source):
                self._refuse(source, entry, now)
            elif tally.taken == self._most:
                tally.left.add(name)
            else:
                tally.taken += 1
                chosen.append(entry)
        self._asked |= fresh.keys() - tally.left
        return tuple(chosen)

    def keep(self, page: Page, visit: Visit) -> None:
        """Keep a page with its visit; one that is kept under this name already counts as known."""
        tally = self._tallies[visit.source_id]
        if self._recorder.save_page(page, visit, self._run_id) is None:
            tally.known.add(page.canonical_url)
        else:
            tally.pages += 1
        self._each()

    def answered(self, visit: Visit, *, with_entries: bool) -> None:
        """Keep the visit of a way of discovery that could be read; an index alone is not yet an answer."""
        self._recorder.save_visit(visit, self._run_id)
        self._tallies[visit.source_id].answered += with_entries

    def missed(self, visit: Visit) -> None:
        """Keep a visit that brought nothing."""
        self._recorder.save_visit(visit, self._run_id)
        tally = self._tallies[visit.source_id]
        tally.failed[visit.state] += 1
        if visit.way is not None:
            tally.troubles.append(f"{visit.way} {visit.url}: {visit.state} ({visit.detail})")

    def results(self) -> tuple[SourceCrawl, ...]:
        """Return what the crawl came to so far, for each source of which anything was heard."""
        return tuple(_result(source_id, tally) for source_id, tally in sorted(self._tallies.items()))

    def _unasked(self, entries: Iterable[Entry]) -> dict[str, Entry]:
        """Name each entry by its page, the newest first, without those this crawl has asked for already."""
        named: dict[str, Entry] = {}
        for entry in sorted(entries, key=_newest_first):
            named.setdefault(urls.canonical(entry.url), entry)
        return {name: entry for name, entry in named.items() if name not in self._asked}

    def _refuse(self, source: Source, entry: Entry, now: datetime) -> None:
        self.missed(
            Visit(
                source_id=source.id,
                url=entry.url,
                way=None,
                state=VisitState.OFF_HOST,
                visited_at=now,
                detail="the entry leads to another host",
            )
        )


def is_due(tries: Tries, now: datetime) -> bool:
    """Tell whether a page that failed may be asked for again.

    It rests for an hour after the first failure and twice as long after each further one, and is given up after six.
    """
    return tries.failed < MOST_TRIES and now >= tries.last_at + FIRST_REST * 2 ** (tries.failed - 1)


def home_hosts(source: Source) -> frozenset[str]:
    """Return the hosts of a source, and of its ways of discovery, as `urls.host` writes them."""
    named = [f"https://{host}/" for host in source.hosts] + [discovery.url for discovery in source.discovery]
    return frozenset(urls.host(address) for address in named)


def _newest_first(entry: Entry) -> float:
    """Order by the time of publication; those without one come last, in the order in which they were listed."""
    return -entry.published_at.timestamp() if entry.published_at else 0.0


def _result(source_id: str, tally: _Tally) -> SourceCrawl:
    troubles = tally.troubles or ["its lists only led elsewhere"]
    return SourceCrawl(
        source_id=source_id,
        pages=tally.pages,
        known=len(tally.known),
        resting=len(tally.resting),
        left=len(tally.left),
        failed=dict(tally.failed),
        trouble="" if tally.answered else f"{source_id}: no way of discovery answered; {'; '.join(troubles)}",
    )
