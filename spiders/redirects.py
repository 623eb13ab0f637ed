"""Redirects lead from one address of a source to another; those that leave it or turn in a circle are refused."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.core.downloader import Downloader
from scrapy.crawler import Crawler

from analysis.hosts import host_of
from spiders.endings import OffHostError, RedirectLoopError
from spiders.errands import ERRAND, Errand
from spiders.press import PressSpider


class StayAtHome:
    """A downloader middleware that looks at each request a redirect makes for an errand; robots.txt leads anywhere."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Remember whose requests these are."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Refuse a redirect to another host, to where it came from, to a host at rest, or to a page that is known."""
        errand: Errand | None = request.meta.get(ERRAND)
        been = request.meta.get("redirect_urls", ())
        if not been or errand is None:
            return
        host = host_of(request.url)
        if host not in errand.hosts:
            raise OffHostError(f"redirected to {request.url}")
        if request.url in been:
            raise RedirectLoopError(f"redirected to {request.url} again")
        request.meta[Downloader.DOWNLOAD_SLOT] = host
        for name in ("If-None-Match", "If-Modified-Since"):  # they were given with another address
            request.headers.pop(name, None)
        spider = self._crawler.spider
        assert isinstance(spider, PressSpider)  # noqa: S101 errands are its own
        await spider.desk.admit(errand, request.url)
