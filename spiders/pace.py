"""How fast a host is asked: AutoThrottle, and never faster than its source allows or its robots.txt asks."""

from __future__ import annotations

from scrapy import Request, Spider, signals
from scrapy.core.downloader import Downloader
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

LONGEST_CRAWL_DELAY = 300.0  # seconds; what asks for more is a mistake in a file, and would stop the crawl for good


class Pace(AutoThrottle):
    """AutoThrottle with a floor for each host, raised where robots.txt names a longer Crawl-delay."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        slots = crawler.settings.getdict("DOWNLOAD_SLOTS")
        self._floors: dict[str, float] = {host: slot["delay"] for host, slot in slots.items()}
        self._robot = crawler.settings["ROBOTSTXT_USER_AGENT"]
        crawler.signals.connect(self._robots_parsed, signal=signals.robots_parsed)
        crawler.signals.connect(self._request_reached_downloader, signal=signals.request_reached_downloader)

    def _robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        host = request.meta[Downloader.DOWNLOAD_SLOT]
        asked = min(robotparser.crawl_delay(self._robot) or 0.0, LONGEST_CRAWL_DELAY)
        self._floors[host] = max(self._floors.get(host, 0.0), asked)

    def _request_reached_downloader(self, request: Request, spider: Spider) -> None:
        """Raise the delay before the request is queued: a slot that was idle is a new one, and knows no Crawl-delay."""
        self._raise_delay(request, spider)

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        super()._response_downloaded(response, request, spider)
        self._raise_delay(request, spider)

    def _raise_delay(self, request: Request, spider: Spider) -> None:
        host, slot = self._get_slot(request, spider)
        if host is not None and slot is not None:
            slot.delay = max(slot.delay, self._floors.get(host, 0.0))
