"""Runs one crawl: all named sources in one process of Scrapy, whose reactor starts once and never again."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from twisted.python.failure import Failure

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
    process = AsyncCrawlerProcess(dict(scrapy_settings(followed, user_agent, limits)))
    crawler = process.create_crawler(PressSpider)
    with _until_stopped() as stopped, _raising(crawler):
        process.crawl(crawler, sources=followed, ledger=ledger, child_sitemaps=limits.child_sitemaps)
        process.start(install_signal_handlers=False)
        if isinstance(crawler.spider, PressSpider):
            crawler.spider.ledger_thread.shutdown(cancel_futures=True)
    if stopped:
        raise CrawlStoppedError(stopped[0])


@contextmanager
def _until_stopped() -> Iterator[list[int]]:
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


@contextmanager
def _raising(crawler: Crawler) -> Iterator[None]:
    """Stop at the first error in the spider itself, and raise it."""
    errors: list[BaseException] = []

    def note(failure: Failure) -> None:
        errors.append(failure.value or RuntimeError("the spider failed and did not say why"))
        _halt()

    crawler.signals.connect(note, signal=signals.spider_error, weak=False)
    yield
    if errors:
        raise errors[0]


def _halt() -> None:
    """Leave the reactor at once, from whichever thread; Scrapy's own stop would wait for all that is under way."""
    from twisted.internet import reactor  # noqa: PLC0415 the reactor is installed by then

    def leave() -> None:
        reactor.crash()  # type: ignore[misc]
        reactor.getThreadPool().stop()  # its threads would keep the process alive

    reactor.callFromThread(leave)
