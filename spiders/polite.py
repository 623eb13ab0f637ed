"""Asks one outlet one thing after the other: robots.txt first and obeyed, a pause between, every redirect looked at.

For a look at an outlet that is not followed yet; a crawl of those that are is Scrapy's (`spiders.press`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from protego import Protego

from analysis.hosts import origin_of
from analysis.robots import MOST_REDIRECTS, NOT_FOUND, rules_of, with_plain_names
from analysis.settings import PRODUCT
from analysis.urls import join

ROBOT = PRODUCT.partition("/")[0]
LONGEST_PAUSE = 300.0  # seconds, as in a crawl


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """What one address answered, found at `url` in the end; `detail` says why there is nothing to read, else is empty.

    `leads_to` is where a redirect points, `forbidden` tells that robots.txt forbade to ask.
    """

    url: str
    status: int | None = None
    content_type: str | None = None
    body: bytes = b""
    detail: str = ""
    leads_to: str | None = None
    forbidden: bool = False


Fetch = Callable[[str], Awaitable[Heard]]
Pause = Callable[[float], Awaitable[None]]


@dataclass(kw_only=True, slots=True)
class Polite:
    """Asks through `fetch`, which follows no redirect, with `delay_seconds` or the Crawl-delay between two requests.

    `silent` says of origins whose robots.txt nobody could read why: there nothing may be asked (RFC 9309, 2.3.1.4).
    """

    fetch: Fetch
    pause: Pause
    delay_seconds: float
    been: list[str] = field(default_factory=list)
    silent: dict[str, str] = field(default_factory=dict)
    _rules: dict[str, Protego] = field(default_factory=dict)

    async def ask(self, url: str) -> Heard:
        """Ask for an address and where it leads, as robots.txt of each host allows."""
        asked = url
        for _ in range(MOST_REDIRECTS + 1):
            rules, silent = await self.rules(asked), self.silent.get(origin_of(asked))
            if silent is not None:
                return Heard(url=asked, detail=f"its robots.txt cannot be read: {silent}")
            if not rules.can_fetch(asked, ROBOT):
                return Heard(url=asked, detail="its robots.txt forbids it", forbidden=True)
            heard = await self._fetch(asked)
            if heard.leads_to is None:
                return heard
            asked = heard.leads_to
        return Heard(url=asked, detail=f"it redirects more than {MOST_REDIRECTS} times")

    async def rules(self, url: str) -> Protego:
        """Return the robots.txt of an address's host; one that is none forbids nothing."""
        origin = origin_of(url)
        if origin not in self._rules:
            self._rules[origin] = await self._robots(origin)
            asked = self._rules[origin].crawl_delay(ROBOT) or 0.0
            self.delay_seconds = max(self.delay_seconds, min(asked, LONGEST_PAUSE))
        return self._rules[origin]

    async def _robots(self, origin: str) -> Protego:
        heard = await self._fetch(f"{origin}/robots.txt")
        for _ in range(MOST_REDIRECTS):
            if heard.leads_to is None:
                break
            heard = await self._fetch(heard.leads_to)
        status = NOT_FOUND if heard.leads_to else heard.status  # who leads on and on has none
        stated = None if status is None else rules_of(status, heard.body)
        if stated is None:
            self.silent[origin] = heard.detail
        return Protego.parse(with_plain_names(stated or b"", ROBOT).decode("utf-8", errors="replace"))

    async def _fetch(self, url: str) -> Heard:
        if self.been:
            await self.pause(self.delay_seconds)
        self.been.append(url)
        return await self.fetch(url)


def heard(url: str, status: int, body: bytes, content_type: str | None, location: str | None) -> Heard:
    """Say what an answer comes to: something to read, a redirect, or a status that says why not."""
    leads_to = join(url, location) if location and status in range(300, 400) else None
    detail = "" if status in range(200, 300) or leads_to else f"HTTP {status}"
    return Heard(url=url, status=status, content_type=content_type, body=body, detail=detail, leads_to=leads_to)
