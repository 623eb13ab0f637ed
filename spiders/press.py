"""The one spider of marsad: asks every source for its new pages, one thing at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import Any

from scrapy import Request, Spider

from analysis.frontier import after_failure, after_kept, after_known, alias, put_off
from analysis.hosts import home_hosts
from analysis.records import Address, Catch, Page, Source, VisitState
from spiders.asking import Asker, Got
from spiders.desk import Desk
from spiders.discovery import Discovery
from spiders.errands import Errand, answer_of, page_of, validators_of, visit_of
from spiders.save import Ledger, name_of
from spiders.settings import Limits


class PressSpider(Spider):
    """Follows all sources of a crawl at once, each by itself: its ways of discovery, then the pages that are due.

    It sends its requests through Scrapy's downloader as they come up, and has none scheduled: what a host says is heard
    before the next thing is asked of it.
    """

    name = "press"

    def __init__(self, *args: Any, sources: Iterable[Source], ledger: Ledger, limits: Limits) -> None:  # noqa: ANN401 Scrapy's own
        super().__init__(*args)
        self._sources, self._limits = tuple(sources), limits
        self.desk = Desk(ledger)
        self.error: BaseException | None = None

    async def start(self) -> AsyncIterator[Request]:
        """Follow all sources to the end, or to the first error of ours."""
        try:
            await self._follow_all()
        except Exception as error:  # noqa: BLE001 it is raised where the crawl was started
            self.error = error
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    async def _follow_all(self) -> None:
        self.asker = Asker(self.crawler, self.desk)
        self._discovery = Discovery(self.asker, self.desk, self._limits.child_sitemaps)
        self._places = asyncio.Semaphore(self._limits.requests_at_once)
        await self.desk.tell(self.desk.ledger.begin, self._sources)
        following = [asyncio.ensure_future(self._follow(source)) for source in self._sources]
        try:
            await self.desk.watch(asyncio.gather(*following))
        finally:
            for each in following:
                each.cancel()

    async def _follow(self, source: Source) -> None:
        async with self._places:
            await self.discover(source)
            await self.desk.flush()  # what is due is asked of the tables
            hosts = home_hosts(source)
            for address in await self.desk.tell(self.desk.ledger.due, source):
                await self._fetch(Errand(source=source, hosts=hosts, address=address), address)

    async def discover(self, source: Source) -> None:
        """Ask the ways of a source for what is new."""
        await self._discovery.discover(source)

    async def _fetch(self, errand: Errand, address: Address) -> None:
        """Ask for the page of an address, unless this crawl did so by another one."""
        ledger = self.desk.ledger
        if not ledger.take(name_of(address)):
            return
        got = None if ledger.is_over() else await self.asker.ask(errand)
        if got is None:
            ledger.leave(errand.source.id)
        else:
            await self.desk.put(_catch(address, got))


def _catch(address: Address, got: Got) -> Catch:
    """Return what asking for a page came to, and how its address stands after."""
    if got.response is None:
        assert got.how is not None  # noqa: S101 one of the two
        return Catch(visit=visit_of(got.errand, got.how, got.at, got.latency), addresses=(_after(address, got),))
    visit = answer_of(got.errand, got.response, got.at)
    if visit.state is VisitState.NOT_MODIFIED:
        return Catch(visit=visit, addresses=(after_kept(address, got.at, address.validators),))
    page = page_of(got.errand, got.response, got.at)
    kept = after_kept(address, got.at, validators_of(got.errand, got.response))
    return Catch(visit=visit, page=page, addresses=_names(kept, page))


def _names(kept: Address, page: Page) -> tuple[Address, ...]:
    """Return the address of a page, and the one where a redirect led: neither is to be asked for again."""
    if name_of(kept) == page.canonical_url:
        return (kept,)
    return kept, alias(kept, page.url)


def _after(address: Address, got: Got) -> Address:
    """Return how an address stands that brought nothing."""
    if got.how is not None and got.how.state is VisitState.KNOWN:
        return after_known(address, got.at, is_kept=got.is_kept)
    if got.until is not None:  # through no fault of its own
        return put_off(address, got.until)
    return after_failure(address, got.at)
