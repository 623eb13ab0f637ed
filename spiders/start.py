"""Runs one crawl: all named sources in one process of Scrapy, whose reactor starts once and never again."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler

from analysis.records import Source
from spiders.press import PressSpider
from spiders.save import Ledger
from spiders.settings import Limits, scrapy_settings

STOPS = (signal.SIGINT, signal.SIGTERM)


class CrawlStoppedError(Exception):
    """A signal (`number`) ended the crawl; what came before is kept."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"stopped by {signal.Signals(number).name}")


def crawl(sources: Iterable[Source], ledger: Ledger, user_agent: str, limits: Limits) -> None:
    """Ask all sources for new pages and put them into the ledger, which then tells what came of it.

    Once in a process. Raises CrawlStoppedError at SIGINT or SIGTERM, and whatever the ledger raised, such as the loss
    of the database; both stop the crawl at once.
    """
    followed = tuple(sources)
    settings = scrapy_settings(followed, user_agent, limits)
    run_spider(PressSpider, settings, sources=followed, ledger=ledger, limits=limits)


def run_spider(spider: type[PressSpider], settings: Mapping[str, Any], **arguments: object) -> None:
    """Run a spider with its arguments to the end; see `crawl`."""
    process = AsyncCrawlerProcess(dict(settings))
    crawler = process.create_crawler(spider)
    with until_stopped() as stopped:
        process.crawl(crawler, **arguments)
        process.start(install_signal_handlers=False)
    _close(crawler)
    if stopped:
        raise CrawlStoppedError(stopped[0])


@contextmanager
def until_stopped() -> Iterator[list[int]]:
    """Stop at a signal without waiting for what is under way: a page that is not kept yet is asked for again."""
    stopped: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        stopped.append(number)
        _halt()

    before = {number: signal.signal(number, stop) for number in STOPS}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _close(crawler: Crawler) -> None:
    """Keep what came and was not kept yet, and raise what went wrong in the spider itself."""
    spider = crawler.spider
    assert isinstance(spider, PressSpider)  # noqa: S101 we made it
    try:
        spider.desk.close()
    finally:
        if spider.error is not None:
            raise spider.error


def _halt() -> None:
    """Leave the reactor at once, from whichever thread; Scrapy's own stop would wait for all that is under way."""
    from twisted.internet import reactor  # noqa: PLC0415 the reactor is installed by then

    def leave() -> None:
        reactor.crash()  # type: ignore[misc]
        reactor.getThreadPool().stop()  # its threads would keep the process alive

    reactor.callFromThread(leave)
