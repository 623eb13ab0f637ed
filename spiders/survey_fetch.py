"""Runs a look at an outlet with Scrapy to fetch for it, whose reactor starts once in a process and never again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess

from spiders.endings import ending
from spiders.first_lines import robots_request
from spiders.polite import Fetch, Heard, heard
from spiders.settings import FIRST_LINES, MEBIBYTE
from spiders.start import CrawlStoppedError, until_stopped

Work = Callable[[Fetch], Awaitable[None]]


class SurveySpider(Spider):
    """Does one piece of work that fetches page by page, and keeps what it raised."""

    name = "survey"

    def __init__(self, *args: Any, work: Work, raised: list[Exception]) -> None:  # noqa: ANN401 Scrapy's own
        super().__init__(*args)
        self._work, self._raised = work, raised

    async def start(self) -> AsyncIterator[Request]:
        """Do the work; there is nothing to schedule after it."""
        try:
            await self._work(self.fetch)
        except Exception as error:  # noqa: BLE001 it is raised again where the process was started
            self._raised.append(error)
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    async def fetch(self, url: str) -> Heard:
        """Fetch one address; what goes wrong is said."""
        try:
            assert self.crawler.engine is not None  # noqa: S101 it runs this
            is_robots = urlsplit(url).path == "/robots.txt"
            request = robots_request(url) if is_robots else Request(url, dont_filter=True)
            answer = await self.crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001 whatever a host does is an answer of it
            return Heard(url=url, detail=ending(error).detail)
        return heard(url, answer.status, answer.body, _header(answer, "Content-Type"), _header(answer, "Location"))


def run_survey(work: Work, user_agent: str, *, public_only: bool) -> None:
    """Do the work, once in a process; raises what it raises, and CrawlStoppedError at SIGINT or SIGTERM."""
    raised: list[Exception] = []
    process = AsyncCrawlerProcess(_settings(user_agent, public_only=public_only))
    process.crawl(SurveySpider, work=work, raised=raised)
    with until_stopped() as stopped:
        process.start(install_signal_handlers=False)
    if stopped:
        raise CrawlStoppedError(stopped[0])
    if raised:
        raise raised[0]


def _settings(user_agent: str, *, public_only: bool) -> dict[str, Any]:
    """Return what differs from Scrapy's defaults: `Polite` obeys robots.txt, pauses and follows redirects itself."""
    return {
        "USER_AGENT": user_agent,
        "ROBOTSTXT_OBEY": False,
        "REDIRECT_ENABLED": False,
        "RETRY_ENABLED": False,
        "COOKIES_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "DOWNLOAD_DELAY": 0,
        "DOWNLOAD_TIMEOUT": 30,
        "DOWNLOAD_MAXSIZE": 20 * MEBIBYTE,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DEFAULT_REQUEST_HEADERS": {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"},
        "DOWNLOAD_HANDLERS": dict.fromkeys(("http", "https"), "spiders.heads.StrictHandler"),
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
            "spiders.decoding.StrictDecoding": 590,
            "spiders.public.PublicOnly": 800 if public_only else None,
        },
        **({"TWISTED_DNS_RESOLVER": "spiders.public.PublicResolver"} if public_only else {}),
        "EXTENSIONS": {FIRST_LINES: 0},
        "LOG_ENABLED": False,
        "STATS_DUMP": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "LOGSTATS_INTERVAL": 0,
        "MEMUSAGE_ENABLED": False,
    }


def _header(answer: Any, name: str) -> str | None:  # noqa: ANN401 Scrapy's Response
    value = answer.headers.get(name)
    return None if value is None else value.decode("latin-1")
