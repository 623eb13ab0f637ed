"""Obeys robots.txt, which is asked for once a day and kept in between (RFC 9309)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.robotstxt import ProtegoRobotParser

from analysis.hosts import host_of, origin_of
from analysis.records import RobotsFile, VisitState
from analysis.robots import MOST_REDIRECTS, absent, answered, unreachable, with_plain_names
from spiders.endings import ending
from spiders.errands import ERRAND, header
from spiders.first_lines import robots_request
from spiders.press import PressSpider
from spiders.refusals import HostRestsError, RobotsForbidError, RobotsUnknownError


@dataclass(frozen=True, kw_only=True, slots=True)
class _Rules:
    """The rules of an origin, and until when they hold."""

    parser: ProtegoRobotParser
    until: datetime


class ObeyRobots:
    """A downloader middleware that asks nothing which the robots.txt of its origin forbids, or may forbid."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._robot = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._reading: dict[str, asyncio.Task[_Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Remember through whom to ask."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Refuse what is forbidden."""
        if ERRAND not in request.meta:  # a robots.txt itself
            return
        origin = origin_of(request.url)
        if self._is_unread(origin):
            self._reading[origin] = asyncio.ensure_future(self._read(origin))
        rules = await self._reading[origin]
        if not rules.parser.allowed(request.url, self._robot):
            raise RobotsForbidError("robots.txt forbids it")

    def _is_unread(self, origin: str) -> bool:
        """Tell whether rules were never asked for, or are a day old: a backfill may take longer."""
        reading = self._reading.get(origin)
        if reading is None or not reading.done() or reading.exception() is not None:
            return reading is None
        return reading.result().until <= self._spider.desk.ledger.now()

    async def _read(self, origin: str) -> _Rules:
        """Return the rules of an origin, as they were read within a day, or as they are now."""
        desk = self._spider.desk
        read = await desk.tell(desk.ledger.robots, origin)
        if read is None or read.until <= desk.ledger.now():
            read = await self._ask(origin, read)
            await desk.tell(desk.ledger.keep_robots, read)
        if read.body is None:
            raise RobotsUnknownError(read)
        rules = ProtegoRobotParser(with_plain_names(read.body, self._robot), self._spider)
        self._crawler.signals.send_catch_log(
            signals.robots_parsed, robotparser=rules, request=robots_request(f"{origin}/robots.txt")
        )
        return _Rules(parser=rules, until=read.until)

    async def _ask(self, origin: str, before: RobotsFile | None) -> RobotsFile:
        desk, engine = self._spider.desk, self._crawler.engine
        assert engine is not None  # noqa: S101 it runs this
        try:
            response = await engine.download_async(robots_request(f"{origin}/robots.txt"))
        except Exception as error:  # noqa: BLE001 whatever a host does there
            how = ending(error)
            if how.state is VisitState.REDIRECT_LOOP:
                return absent(origin, f"robots.txt: redirected more than {MOST_REDIRECTS} times", desk.ledger.now())
            return unreachable(origin, how.state, f"robots.txt: {how.detail}", before, desk.ledger.now())
        rest = desk.ledger.hear(host_of(response.url), response.status, header(response, "Retry-After"))
        if rest is not None:
            await desk.tell(desk.ledger.keep_rest, rest)
            if desk.ledger.resting_until(rest.host):
                raise HostRestsError(f"robots.txt: {rest.detail}")
        return answered(origin, response.status, response.body, before, desk.ledger.now())

    @property
    def _spider(self) -> PressSpider:
        spider = self._crawler.spider
        assert isinstance(spider, PressSpider)  # noqa: S101 it is made for this one
        return spider
