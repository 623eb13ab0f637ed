"""The books of one crawl: what to ask for, how things stand after each answer, and what is counted.

The recorder keeps them, which is Postgres, or the memory of a test. What is decided is decided in `analysis`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from analysis import urls
from analysis.cadence import Answer, Bounds, after_answer, after_failure, bounds_of, is_late, is_overflowing, is_overrun
from analysis.failures import OVERRUN
from analysis.frontier import Finder, believe, note
from analysis.hosts import home_hosts
from analysis.patience import rest_after
from analysis.records import (
    Address,
    AddressState,
    Catch,
    Due,
    Entry,
    HostRest,
    Rhythm,
    RobotsFile,
    Source,
    Validators,
    Visit,
    VisitState,
)
from spiders.questions import Question, group_questions
from spiders.sums import SourceCrawl, Sums

MOST_OF_THE_PAST = 200
PAST = timedelta(days=30)


class Recorder(Protocol):
    """What a crawl needs of the archive: what is known and due, and to keep what comes, many at once."""

    def rhythms(self, source_ids: Collection[str]) -> Sequence[Rhythm]:
        """Return how the ways of some sources are asked."""

    def known(self, canonical_urls: Collection[str]) -> Mapping[str, Address]:
        """Return the addresses that are known among those named."""

    def pass_over(self, source_ids: Collection[str], now: datetime) -> None:
        """Give up looks at pages of some sources that were not made while the page was young."""

    def due(self, source_id: str, now: datetime, most: int) -> Due:
        """Return the addresses of a source to ask for now, at most so many."""

    def save(self, catches: Sequence[Catch], run_id: int) -> Sequence[int | None]:
        """Keep catches, all or nothing; return for each the number of its page if that is new or changed."""

    def robots(self, origin: str) -> RobotsFile | None:
        """Return the robots.txt of an origin as it was last read."""

    def save_robots(self, read: RobotsFile) -> None:
        """Keep a robots.txt."""

    def rests(self, hosts: Collection[str]) -> Sequence[HostRest]:
        """Return what some hosts said when they asked us to come back later."""

    def save_rest(self, rest: HostRest) -> None:
        """Keep that a host asked us to come back later."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """How a crawl is made: its run, at most how many pages of a source, and the clock it goes by.

    With `only_due` the ways that are due are asked, else the first of each source is asked whenever that was last.
    After `until` no more pages are asked for.
    """

    run_id: int
    clock: Callable[[], datetime]
    most: int = 500
    only_due: bool = False
    until: datetime | None = None


class Ledger:
    """What one crawl knows. Methods that reach the recorder may wait for it, and are called from one thread at a time.

    `each` is told of every page that came.
    """

    def __init__(self, recorder: Recorder, terms: Terms, each: Callable[[], None] = lambda: None) -> None:
        self.terms = terms
        self._recorder, self._each = recorder, each
        self._sums = Sums()
        self._rhythms: dict[tuple[str, str], Rhythm] = {}
        self._rests: dict[str, HostRest] = {}
        self._asked: set[str] = set()
        self._held: set[str] = set()

    def now(self) -> datetime:
        """Return the time it is for this crawl."""
        return self.terms.clock()

    def is_over(self) -> bool:
        """Tell whether the time of this crawl is over."""
        return self.terms.until is not None and self.now() >= self.terms.until

    # ---------------------------------------------------------------- what to ask

    def begin(self, sources: Sequence[Source]) -> None:
        """Tidy up before the sources are asked, and look up what is known of them."""
        self._recorder.pass_over([source.id for source in sources], self.now())
        self.open(sources)

    def open(self, sources: Sequence[Source]) -> None:
        """Look up how the ways of the sources are asked, and which hosts are at rest."""
        ids = [source.id for source in sources]
        read = self._recorder.rhythms(ids)
        self._rhythms = {(rhythm.source_id, rhythm.url): rhythm for rhythm in read}
        hosts = frozenset[str]().union(*map(home_hosts, sources))
        self._rests = {rest.host: rest for rest in self._recorder.rests(hosts)}

    def rhythm(self, source_id: str, url: str) -> Rhythm | None:
        """Return how a way is asked; None where it never was."""
        return self._rhythms.get((source_id, url))

    def questions(self, source: Source) -> Sequence[Sequence[Question]]:
        """Return what may be asked of a source: its ways in the order of preference, of a search all phrases."""
        return group_questions(source, lambda url: self.rhythm(source.id, url))

    def due(self, source: Source) -> tuple[Address, ...]:
        """Return the addresses of a source to ask for now, the newest first, but for what this crawl asked for."""
        found = self._recorder.due(source.id, self.now(), self.terms.most)
        self._sums.wait(source.id, left=found.left, resting=found.resting)
        return tuple(address for address in found.addresses if name_of(address) not in self._asked)

    def take(self, name: str) -> bool:
        """Note that a page is asked for under this name; False if this crawl did so before."""
        is_new = name not in self._asked
        self._asked.add(name)
        return is_new

    def hold(self, name: str) -> None:
        """Note that a page of this name came, and is kept before anything that comes after it."""
        self._held.add(name)

    def is_kept(self, name: str) -> bool:
        """Tell whether a page of this name is kept, or will have been when what comes after it is."""
        if name in self._held:
            return True
        known = self._recorder.known([name]).get(name)
        return known is not None and known.state is AddressState.KEPT

    def leave(self, source_id: str, count: int = 1) -> None:
        """Count addresses whose host is at rest, or for which no time is left."""
        self._sums.wait(source_id, left=count)

    # ---------------------------------------------------------------- what ways answer

    def note(self, question: Question, visit: Visit, entries: Sequence[Entry]) -> Answer:
        """Keep the visit to a way and the addresses that its answer names, and say what it came to."""
        named = self._newest(entries)
        known = self._recorder.known(named)
        found, refused = self._find(question, named, known)
        taken = [name for name in named if name not in known]
        kept = [name for name, address in known.items() if address.state is AddressState.KEPT]
        dates = tuple(date for entry in entries if (date := entry.published_at or entry.updated_at))
        answer = Answer(unknown=len(taken), entries=len(named), dates=dates)
        seen = _with_overrun(visit, question, answer)
        self._recorder.save([Catch(visit=seen, found=found), *refused], self.terms.run_id)
        self._sums.list(question.source.id, kept, refused)
        return answer

    def answered(self, question: Question, answer: Answer, validators: Validators, state: VisitState) -> Catch:
        """Return how a way stands that answered, to be kept."""
        after = after_answer(question.rhythm, answer, _bounds(question), self.now())
        return self._standing(replace(after, validators=validators, state=state))

    def is_overflowing(self, question: Question, answer: Answer) -> bool:
        """Tell whether a way may have pushed entries out unseen."""
        return is_overflowing(question.rhythm, answer)

    def failed(self, question: Question, state: VisitState, until: datetime | None = None) -> Catch:
        """Return how a way stands that could not be read, to be kept."""
        return self._standing(after_failure(question.rhythm, state, _bounds(question), self.now(), until))

    def _standing(self, rhythm: Rhythm) -> Catch:
        self._rhythms[rhythm.source_id, rhythm.url] = rhythm
        return Catch(rhythm=rhythm)

    def _newest(self, entries: Iterable[Entry]) -> dict[str, Entry]:
        """Name each entry by its page; of those that are no news only the newest, for a list may hold years.

        Of very many without a date those at either end, where lists grow.
        """
        news: dict[str, Entry] = {}
        past: dict[str, Entry] = {}
        undated: dict[str, Entry] = {}
        oldest = self.now() - PAST
        for entry in entries:
            stated = entry.published_at or entry.updated_at
            into = undated if stated is None else news if stated > oldest else past
            into.setdefault(urls.canonical(entry.url), entry)
        kept = sorted(past.items(), key=lambda named: _stated(named[1]), reverse=True)[:MOST_OF_THE_PAST]
        ends = [*undated.items()][:MOST_OF_THE_PAST] + [*undated.items()][MOST_OF_THE_PAST:][-MOST_OF_THE_PAST:]
        return {**dict(kept), **dict(ends), **news}

    def _find(
        self, question: Question, named: Mapping[str, Entry], known: Mapping[str, Address]
    ) -> tuple[tuple[Address, ...], tuple[Catch, ...]]:
        """Return the addresses to write, and for each that is of another host a visit that says so."""
        hosts, at = home_hosts(question.source), self.now()
        found = []
        for position, (name, entry) in enumerate(believe(named, known).items()):
            # a microsecond each: of those found at once the first stays the first
            finder = Finder(
                source_id=question.source.id,
                hosts=hosts,
                way=question.discovery.way,
                at=at - timedelta(microseconds=position),
            )
            found.append(note(entry, known.get(name), finder))
        written = tuple(address for address in found if address is not None)
        strangers = (address for address in written if address.state is AddressState.REFUSED)
        return written, tuple(Catch(visit=_refusal(address)) for address in strangers)

    # ---------------------------------------------------------------- what came

    def save(self, catches: Sequence[Catch]) -> None:
        """Keep what requests came to, and count it."""
        numbers = self._recorder.save(catches, self.terms.run_id)
        for catch, number in zip(catches, numbers, strict=True):
            self._sums.count(catch, is_new=number is not None)
            if catch.page is not None:
                self._each()

    def results(self) -> tuple[SourceCrawl, ...]:
        """Return what the crawl came to so far, for each source of which anything was heard."""
        return self._sums.results()

    # ---------------------------------------------------------------- manners

    def resting_until(self, host: str) -> datetime | None:
        """Return until when a host is to be left alone; None if it may be asked."""
        rest = self._rests.get(host)
        return rest.until if rest and rest.until > self.now() else None

    def hear(self, host: str, status: int, retry_after: str | None) -> HostRest | None:
        """Return what a host's answer says about when to come back, to be kept; None where it says nothing new."""
        rest = rest_after(host, status, retry_after, self._rests.get(host), self.now())
        if rest is not None:
            self._rests[host] = rest
        return rest

    def keep_rest(self, rest: HostRest) -> None:
        """Keep that a host asked us to come back later."""
        self._recorder.save_rest(rest)

    def robots(self, origin: str) -> RobotsFile | None:
        """Return the robots.txt of an origin as it was last read."""
        return self._recorder.robots(origin)

    def keep_robots(self, read: RobotsFile) -> None:
        """Keep a robots.txt."""
        self._recorder.save_robots(read)


def name_of(address: Address) -> str:
    """Return the name of the page that an address is asked for."""
    return urls.canonical(address.entry.url)


def _bounds(question: Question) -> Bounds:
    return bounds_of(question.source, question.discovery, is_first=question.is_first, is_backed=question.is_backed)


def _stated(entry: Entry) -> float:
    stated = entry.published_at or entry.updated_at
    return stated.timestamp() if stated else 0.0


def _with_overrun(visit: Visit, question: Question, answer: Answer) -> Visit:
    """Return the visit to a list that says so where it ran over at the pace at which we ask."""
    rhythm = question.rhythm
    is_paced = not question.discovery.is_search and not is_late(rhythm, visit.visited_at)
    if not (is_paced and is_overrun(rhythm, answer)):
        return visit
    return replace(visit, detail="; ".join(filter(None, (OVERRUN, visit.detail))))


def _refusal(address: Address) -> Visit:
    return Visit(
        source_id=address.source_id,
        url=address.entry.url,
        way=None,
        state=VisitState.OFF_HOST,
        visited_at=address.found_at,
        detail="the entry leads to another host",
    )
