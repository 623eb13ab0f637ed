"""The one spider of marsad: asks every source for its new pages, and hands each answer to the ledger."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from scrapy import Request, Spider
from scrapy.core.downloader import Downloader
from scrapy.http import Response
from twisted.python.failure import Failure

from analysis import urls
from analysis.errors import UnreadableListError
from analysis.records import Discovery, Entry, Page, Source, Visit, VisitState, Way
from spiders.endings import Ending, ending
from spiders.save import Ledger, home_hosts
from spiders.ways import Found, read_found

DEEPEST_SITEMAP = 2
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, kw_only=True, slots=True)
class Errand:
    """What one request is for: a way of discovery (`depth` counts the indexes above a sitemap), or else an entry."""

    source: Source
    url: str
    discovery: Discovery | None = None
    depth: int = 0
    entry: Entry | None = None

    @property
    def way(self) -> Way | None:
        """The way of discovery, None for a page."""
        return self.discovery.way if self.discovery else None


class PressSpider(Spider):
    """Asks the ways of discovery of all sources, then for the pages they name.

    One spider for all, because Scrapy keeps its distance from a host within one crawl only. The ledger, which may wait
    for Postgres, lives in a thread of its own, so that no wait there becomes a timeout here.
    """

    name = "press"

    def __init__(self, *args: Any, sources: Iterable[Source], ledger: Ledger, child_sitemaps: int) -> None:  # noqa: ANN401 Scrapy's own
        super().__init__(*args)
        self._sources, self._ledger, self._child_sitemaps = tuple(sources), ledger, child_sitemaps
        self.ledger_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger")

    async def start(self) -> AsyncIterator[Request]:
        """Ask every way of discovery."""
        for source in self._sources:
            for discovery in source.discovery:
                yield self._request(Errand(source=source, url=discovery.url, discovery=discovery))

    async def parse_discovery(self, response: Response, errand: Errand) -> AsyncIterator[Request]:
        """Read a feed, sitemap or listing, and ask for what is new in it."""
        assert errand.discovery is not None  # noqa: S101 for mypy: `_discover` sent it
        try:
            found = read_found(errand.discovery, response.body, response.url)
        except Exception as error:  # noqa: BLE001 whatever the body holds must not stop the other sources
            await self._miss(errand, Ending(state=VisitState.UNREADABLE, detail=_said(error)))
            return
        visit = _fetched(errand, response)
        await self._tell(lambda: self._ledger.answered(visit, with_entries=not found.sitemaps))
        entries = await self._tell(self._ledger.choose, errand.source, found.entries)
        pages = (Errand(source=errand.source, url=entry.url, entry=entry) for entry in entries)
        for new in (*self._children(found, errand), *pages):
            try:
                request = self._request(new)
            except ValueError as error:  # an address that Scrapy cannot parse, though the reader of the list could
                await self._miss(new, ending(error))
            else:
                yield request

    async def parse_page(self, response: Response, errand: Errand) -> None:
        """Keep a page as it was served, under the address where it was found in the end."""
        visit = _fetched(errand, response)
        page = Page(
            source_id=errand.source.id,
            url=response.url,
            canonical_url=urls.canonical(response.url),
            fetched_at=visit.visited_at,
            content_type=_header(response, "Content-Type"),
            body=response.body,
            entry=errand.entry,
        )
        await self._tell(self._ledger.keep, page, visit)

    async def miss(self, failure: Failure) -> None:
        """Keep what became of a request that brought nothing."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy puts it there
        how = ending(failure.value or RuntimeError("the request failed and did not say why"))
        await self._miss(request.cb_kwargs["errand"], how, request.meta.get("download_latency"))

    async def _miss(self, errand: Errand, how: Ending, latency: float | None = None) -> None:
        await self._tell(self._ledger.missed, _visit(errand, how, latency))

    def _children(self, found: Found, errand: Errand) -> Iterable[Errand]:
        """Name the sitemaps of an index that are to be asked: at home, the newest, and not without end."""
        if errand.depth == DEEPEST_SITEMAP:
            return
        at_home = [child.url for child in found.sitemaps if urls.host(child.url) in home_hosts(errand.source)]
        for url in at_home[: self._child_sitemaps]:
            yield Errand(source=errand.source, url=url, discovery=errand.discovery, depth=errand.depth + 1)

    def _request(self, errand: Errand) -> Request:
        is_page = errand.discovery is None
        return Request(
            errand.url,
            callback=self.parse_page if is_page else self.parse_discovery,
            errback=self.miss,
            priority=0 if is_page else 10,
            meta={"hosts": home_hosts(errand.source), Downloader.DOWNLOAD_SLOT: urls.host(errand.url)},
            cb_kwargs={"errand": errand},
        )

    async def _tell(self, method: Callable[..., _Answer], *arguments: object) -> _Answer:
        """Do one thing with the ledger, in its thread."""
        return await asyncio.get_running_loop().run_in_executor(self.ledger_thread, method, *arguments)


def _fetched(errand: Errand, response: Response) -> Visit:
    latency = response.meta.get("download_latency")
    return Visit(
        source_id=errand.source.id,
        url=errand.url,
        way=errand.way,
        state=VisitState.FETCHED,
        visited_at=datetime.now(UTC),
        status=response.status,
        elapsed_ms=_milliseconds(latency),
        size_bytes=len(response.body),
        detail="" if response.url == errand.url else f"redirected to {response.url}",
    )


def _visit(errand: Errand, how: Ending, latency: float | None = None) -> Visit:
    return Visit(
        source_id=errand.source.id,
        url=errand.url,
        way=errand.way,
        state=how.state,
        visited_at=datetime.now(UTC),
        status=how.status,
        elapsed_ms=_milliseconds(latency),
        detail=how.detail,
    )


def _said(error: Exception) -> str:
    """Say why an answer could not be read: in the reader's own sentence, or as the error that surprised it."""
    return str(error) if isinstance(error, UnreadableListError) else f"{type(error).__name__}: {error}"


def _milliseconds(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds * 1000)


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return None if value is None else value.decode("latin-1")
