"""Walks back through the archive of a source, list by list, and then fetches some of the pages that it found.

It asks as a crawl does, with the same spider: one thing at a time, robots.txt, the pace of the source, hosts at rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any, Protocol

from scrapy.http import Response

from analysis.hosts import home_hosts, host_of
from analysis.periods import Period, choose, is_past, may_hold
from analysis.records import Entry, Source, Step, Visit, VisitState, Way
from analysis.records.followed import PAGE
from models.backfills import Read, Walk
from spiders.apart import List, read_list
from spiders.asking import Got
from spiders.endings import DETAIL_CHARACTERS, Ending
from spiders.errands import Errand, answer_of, header, visit_of
from spiders.press import PressSpider
from spiders.questions import Question, first_rhythm
from spiders.ways import Found, phrased, questions

DEEPEST = 2
"""Indexes above a sitemap."""
MOST_PAGES = 10_000
"""Of one list of pages: some answer every number with the same page."""
NO_SUCH_PAGE = {400, 404, 410}
"""How sites end a list of pages; WordPress answers 400."""


class WalkBook(Protocol):
    """Where a walk is kept."""

    def waiting(self, walk: Walk) -> Sequence[Step]:
        """Return the lists that wait, those that failed last."""

    def keep(self, walk: Walk, step: Step, read: Read, run_id: int) -> int:
        """Keep what a list answered; return how many addresses were not known."""

    def fail(self, walk: Walk, step: Step, visit: Visit, run_id: int) -> None:
        """Keep that a list could not be read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Backfill:
    """A walk, where it is kept, and at most how many lists are asked now; `each` is told of every list."""

    walk: Walk
    book: WalkBook
    most_lists: int
    each: Callable[[], None] = lambda: None


def first_steps(source: Source, period: Period) -> tuple[Step, ...]:
    """Return the lists to begin with: sitemaps, posts of WordPress in the period, the first page of numbered lists."""
    since, before = (datetime.combine(day, time(), UTC) for day in (period.first, period.last + timedelta(days=1)))
    found = []
    for discovery in source.discovery:
        if discovery.way in {Way.SITEMAP, Way.WORDPRESS} or PAGE in discovery.url:
            asked = questions(discovery, source.searches, since, before)
            read_by = phrased(discovery, source.searches) if PAGE in discovery.url else asked
            pairs = zip(read_by, asked, strict=True)  # with the place of the number, where its pages are numbered
            found += [Step(discovery=replace(discovery, url=kept), url=url) for kept, url in pairs]
    return tuple(found)


class BackfillSpider(PressSpider):
    """The spider of crawls, but for what it discovers: the lists of a walk."""

    def __init__(self, *args: Any, backfill: Backfill, **arguments: Any) -> None:  # noqa: ANN401 Scrapy's own
        super().__init__(*args, **arguments)
        self._backfill = backfill
        self._named: set[str] = set()

    async def discover(self, source: Source) -> None:
        """Ask for the lists that wait, each once, until none is left, or as many as may be asked now."""
        asked: set[str] = set()
        while len(asked) < self._backfill.most_lists:
            waiting = await self.desk.tell(self._backfill.book.waiting, self._backfill.walk)
            step = next((step for step in waiting if step.url not in asked), None)
            if step is None or not await self._take(source, step):
                return
            asked.add(step.url)
            self._backfill.each()

    async def _take(self, source: Source, step: Step) -> bool:
        """Ask for one list and keep what it says; False where its host is at rest."""
        rhythm = first_rhythm(source, step.discovery, step.url)
        question = Question(source=source, discovery=step.discovery, rhythm=rhythm, url=step.url, depth=step.depth)
        got = await self.asker.ask(Errand(source=source, hosts=home_hosts(source), question=question))
        if got is None:
            return False
        if got.response is None:
            await self._miss(step, got)
        else:
            await self._read(source, step, got, got.response)
        return True

    async def _read(self, source: Source, step: Step, got: Got, response: Response) -> None:
        try:
            found = await _found(step, response)
        except Exception as error:  # noqa: BLE001 whatever the body holds must not stop the walk
            said = f"{type(error).__name__}: {error}"[:DETAIL_CHARACTERS]
            how = Ending(state=VisitState.UNREADABLE, detail=said, status=response.status)
            await self._miss(step, replace(got, response=None, how=how))
            return
        hosts, walk = home_hosts(source), self._backfill.walk
        chosen = [entry for entry in choose(found.entries, walk.period) if host_of(entry.url) in hosts]
        further = [each for each in self._further(step, found) if host_of(each.url) in hosts]
        read = Read(visit=answer_of(got.errand, response, got.at), entries=chosen, further=further)
        await self.desk.tell(self._backfill.book.keep, walk, step, read, self.desk.ledger.terms.run_id)

    async def _miss(self, step: Step, got: Got) -> None:
        """Keep that a list brought nothing: the page after the last of a list is its end, all else a failure."""
        assert got.how is not None  # noqa: S101 it brought nothing
        book, walk, run_id = self._backfill.book, self._backfill.walk, self.desk.ledger.terms.run_id
        visit = visit_of(got.errand, got.how, got.at, got.latency)
        if step.depth and step.discovery.way is not Way.SITEMAP and got.how.status in NO_SUCH_PAGE:
            await self.desk.tell(book.keep, walk, step, Read(visit=visit), run_id)
        else:
            await self.desk.tell(book.fail, walk, step, visit, run_id)

    def _further(self, step: Step, found: Found) -> Sequence[Step]:
        """Return the lists to ask after one: sitemaps that may hold the period, or the page with what is older."""
        period, depth = self._backfill.walk.period, step.depth + 1
        if found.sitemaps:
            may = [child.url for child in found.sitemaps if may_hold(child.url, child.changed_at, period)]
            return [replace(step, url=url, depth=depth) for url in may] if depth <= DEEPEST else []
        if is_past(found.entries, period) or not self._is_news(found.entries) or depth >= MOST_PAGES:
            return []
        url = step.discovery.url.replace(PAGE, str(depth + 1)) if PAGE in step.discovery.url else found.more
        return [replace(step, url=url, depth=depth)] if url else []

    def _is_news(self, entries: Sequence[Entry]) -> bool:
        """Tell whether a page names something that no page before it did: beyond the last some sites repeat it."""
        before = len(self._named)
        self._named.update(entry.url for entry in entries)
        return len(self._named) > before


async def _found(step: Step, response: Response) -> Found:
    stated = header(response, "X-WP-TotalPages") or ""
    pages = int(stated) if stated.isascii() and stated.isdecimal() else None
    return await read_list(List(discovery=step.discovery, body=response.body, url=response.url, pages=pages))
