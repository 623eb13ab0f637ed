"""Asks for one thing after the other on each host, and tells what came of it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from scrapy.crawler import Crawler
from scrapy.http import Response

from analysis.errors import MarsadError
from analysis.failures import CHALLENGE, is_challenge
from analysis.hosts import host_of, origin_of
from analysis.records import VisitState
from spiders.desk import Desk
from spiders.endings import Ending, ending
from spiders.errands import Errand, header
from spiders.refusals import HostRestsError, KnownPageError, RobotsUnknownError

NOT_MODIFIED = 304


@dataclass(frozen=True, kw_only=True, slots=True)
class Got:
    """What an errand brought home: a response that says something, or how it ended.

    `until` is when its host may be asked again, if it wants to be left alone; `is_kept` tells of an address that
    leads to a known page whether that is kept.
    """

    errand: Errand
    at: datetime
    response: Response | None = None
    how: Ending | None = None
    latency: float | None = None
    until: datetime | None = None
    is_kept: bool = False


def refused(response: Response, state: VisitState, detail: str) -> Ending:
    """Say how a visit ended whose answer is of no use, and that it is a wall against robots, where it is one."""
    is_wall = is_challenge(response.body, header(response, "cf-mitigated"))
    said = f"{detail}, {CHALLENGE}" if is_wall else detail
    return Ending(state=state, detail=said, status=response.status)


class Asker:
    """Sends errands through Scrapy's downloader, each host one at a time, and leaves hosts at rest alone."""

    def __init__(self, crawler: Crawler, desk: Desk) -> None:
        self._crawler, self._desk = crawler, desk
        self._hosts: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._closed: dict[str, datetime] = {}  # origins whose robots.txt nobody could read, and until when

    async def ask(self, errand: Errand) -> Got | None:
        """Make one request and return what came of it; None where its host is at rest, and nothing was asked."""
        host, ledger = host_of(errand.url), self._desk.ledger
        async with self._hosts[host]:
            if ledger.resting_until(host) or self._closed.get(origin_of(errand.url), ledger.now()) > ledger.now():
                return None
            try:
                return await self._send(errand)
            except HostRestsError:
                return None
            except KnownPageError as error:
                how = Ending(state=VisitState.KNOWN, detail=str(error))
                return Got(errand=errand, at=ledger.now(), how=how, is_kept=error.is_kept)
            except RobotsUnknownError as error:
                self._closed[error.read.origin] = error.read.until
                how = Ending(state=error.read.state, detail=error.read.detail)
                return Got(errand=errand, at=ledger.now(), how=how, until=error.read.until)

    async def _send(self, errand: Errand) -> Got:
        latency = None
        try:
            request = errand.request()
            assert self._crawler.engine is not None  # noqa: S101 it runs this
            response = await self._crawler.engine.download_async(request)
        except (
            HostRestsError,
            KnownPageError,
            RobotsUnknownError,
            MarsadError,
        ):  # the last is ours, as a lost database
            raise
        except Exception as error:  # noqa: BLE001 whatever a host does must not stop the other sources
            return Got(errand=errand, at=self._desk.ledger.now(), how=ending(error), latency=latency)
        return await self._hear(errand, response)

    async def _hear(self, errand: Errand, response: Response) -> Got:
        """Tell answers from refusals; a 304 that nobody asked for is none."""
        ledger, host = self._desk.ledger, host_of(response.url)
        rest = ledger.hear(host, response.status, header(response, "Retry-After"))
        if rest is not None:
            await self._desk.tell(ledger.keep_rest, rest)
        is_same = response.status == NOT_MODIFIED and bool(errand.validators) and response.url == errand.url
        if response.status in range(200, 300) or is_same:
            return Got(errand=errand, at=ledger.now(), response=response)
        return Got(
            errand=errand,
            at=ledger.now(),
            how=refused(response, VisitState.HTTP_ERROR, f"HTTP {response.status}"),
            latency=response.meta.get("download_latency"),
            until=ledger.resting_until(host),
        )
