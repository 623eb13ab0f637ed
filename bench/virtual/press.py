"""A press of many outlets that lives in virtual time: what is published when, and a server that answers as of now.

Everything follows from a seed: who publishes how much by which hour, what is listed late, what changes, who fails when.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ctypes import c_double
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import blake2b
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized
from urllib.parse import parse_qsl, urlsplit

from analysis.records import Discovery, Language, Promise, Source, Way

BEGUN = datetime(2026, 3, 2, tzinfo=UTC)
DAY = 24 * 60.0  # minutes, as all times here are: since BEGUN
BY_HOUR = (1, 1, 1, 1, 1, 2, 3, 5, 7, 8, 8, 7, 7, 6, 6, 6, 7, 7, 6, 5, 4, 3, 2, 1)
LATE, CHANGING, IN_BURSTS = 0.04, 0.06, 0.15  # shares of the articles
FAILING = 12  # one outlet in so many
PROMPT, MUCH = 5, 60  # so many outlets are prompt, of those that print so much a day
WINDOWS = (10, 15, 20, 30, 40)
SHAPES = (Way.FEED,) * 7 + (Way.SITEMAP,) * 2 + (Way.WORDPRESS,) * 2 + (Way.LISTING,)
PATHS = {Way.FEED: "/feed", Way.SITEMAP: "/sitemap.xml", Way.WORDPRESS: "/wp-json/wp/v2/posts", Way.LISTING: "/news"}
NEWS, OLD = "/news-sitemap.xml", "/2026-01.xml"
XMLNS = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)
FILLER = "<p>A sentence of a page that nobody wrote and nobody reads.</p>" * 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """One article: when it was published, from when it is listed, and when it changed, if it did."""

    path: str
    published: float
    listed: float
    changed: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlet:
    """One outlet: its ways of discovery and how much a list holds, whether it knows ETags, and its hour of failure.

    Of one that is prompt the news is wanted at once.
    """

    host: str
    ways: tuple[Way, ...]
    window: int
    has_etags: bool
    fails: tuple[float, int] | None
    articles: tuple[Article, ...]
    is_prompt: bool = False

    def listed(self, way: Way, now: float) -> list[Article]:
        """Return what one of its lists names now, the newest first."""
        there = [article for article in self.articles if article.listed <= now]
        if way is Way.SITEMAP:
            return [article for article in reversed(there) if article.published > now - 2 * DAY]
        newest = sorted(there, key=lambda article: -article.published)
        return newest if way is Way.WORDPRESS else newest[: self.window]

    def names(self, article: Article, now: float) -> bool:
        """Tell whether any of its lists names an article now."""
        return any(article in self.listed(way, now) for way in self.ways)

    def is_failing(self, now: float) -> bool:
        """Tell whether it fails now: for an hour."""
        return self.fails is not None and self.fails[0] <= now < self.fails[0] + 60

    def source(self, port: int) -> Source:
        """Return its entry, as somebody would write it who looked at how much it prints and lists."""
        a_day = len(self.articles) * DAY / (self.articles[-1].published - self.articles[0].published)
        base = f"http://{self.host}:{port}"
        return Source(
            id=f"outlet-{self.host.rpartition('.')[2]}",
            name="An outlet",
            country="MA",
            home=base,
            hosts=(self.host,),
            languages=(Language.FRENCH,),
            kind="news site",
            tier=1 if self.is_prompt else 2,
            discovery=tuple(
                Discovery(way=way, url=base + PATHS[way], links="article a" if way is Way.LISTING else None)
                for way in self.ways
            ),
            promise=Promise(articles_a_day=(round(a_day / 2), round(a_day * 2))),
            cadence_minutes=10 if self.is_prompt else 15 if a_day > 2 * self.window else 30 if a_day >= 30 else 60,  # noqa: PLR2004 as said
            delay_seconds=0.0,
        )


def moment(minutes: float) -> datetime:
    """Return the time so many minutes after the beginning."""
    return BEGUN + timedelta(minutes=minutes)


def found(rates: Sequence[int], days: int, seed: int) -> tuple[Outlet, ...]:
    """Make an outlet for each rate of articles a day, and all it prints in some days."""
    chance = random.Random(seed)  # noqa: S311 no secret
    much = [number for number, rate in enumerate(rates) if rate >= MUCH]
    prompt = much[PROMPT :: len(much) // PROMPT]
    outlets = (_outlet(number, rate, days, chance) for number, rate in enumerate(rates))
    return tuple(replace(outlet, is_prompt=number in prompt) for number, outlet in enumerate(outlets))


def _outlet(number: int, rate: int, days: int, chance: random.Random) -> Outlet:
    starts = sorted(start for day in range(-2, days) for start in _times(rate, day, chance))
    articles = [_article(f"/{number}-{count}", start, chance) for count, start in enumerate(starts)]
    windows = [window for window in WINDOWS if window * 6 >= rate]
    way = SHAPES[number % len(SHAPES)]
    has_map = number % 3 > 0 and way in (Way.FEED, Way.LISTING)
    return Outlet(
        host=f"127.0.1.{number + 1}",
        ways=(way, Way.SITEMAP) if has_map else (way,),
        window=chance.choice(windows),
        has_etags=number % 3 > 0,
        fails=((days - 1) * DAY + chance.uniform(6, 20) * 60, chance.choice((503, 429)))
        if number % FAILING == 0
        else None,
        articles=tuple(articles),
    )


def _times(rate: int, day: int, chance: random.Random) -> Iterator[float]:
    """Draw the minutes of a day's articles: by the hour of day, some right after another."""
    last = day * DAY
    for _ in range(rate):
        if chance.random() >= IN_BURSTS or last == day * DAY:
            (hour,) = chance.choices(range(24), BY_HOUR)
            last = day * DAY + hour * 60 + chance.uniform(0, 60)
        yield (last := min(last + chance.uniform(0, 2), (day + 1) * DAY - 0.01))


def _article(path: str, published: float, chance: random.Random) -> Article:
    late = chance.uniform(5, 240) if chance.random() < LATE else 0.0
    changed = published + chance.uniform(20, 600) if chance.random() < CHANGING else None
    return Article(path=path, published=published, listed=published + late, changed=changed)


# ---------------------------------------------------------------- what it says


def body_of(outlet: Outlet, path: str, query: str, now: float) -> tuple[str, str] | None:
    """Return what an address answers now: a type and a body; None where there is no such thing."""
    way = next((way for way in outlet.ways if PATHS[way] == path), None)
    if way is not None:
        return _LISTS[way](outlet, outlet.listed(way, now), dict(parse_qsl(query)))
    if Way.SITEMAP in outlet.ways and path in (NEWS, OLD):
        return "text/xml", _urlset(outlet, outlet.listed(Way.SITEMAP, now) if path == NEWS else [])
    article = next((each for each in outlet.articles if each.path == path and each.published <= now), None)
    if article is None:
        return None
    version = 1 + (article.changed is not None and article.changed <= now)
    return (
        "text/html; charset=utf-8",
        f"<html><title>{path}</title><body>{path}, version {version}.{FILLER}</body></html>",
    )


def _feed(_outlet: Outlet, articles: list[Article], _: dict[str, str]) -> tuple[str, str]:
    items = "".join(
        f"<item><title>{each.path}</title><link>{each.path}</link>"
        f"<pubDate>{format_datetime(moment(each.published))}</pubDate></item>"
        for each in articles
    )
    return "application/rss+xml", f'<rss version="2.0"><channel><title>F</title>{items}</channel></rss>'


def _index(_outlet: Outlet, articles: list[Article], _: dict[str, str]) -> tuple[str, str]:
    latest = moment(articles[0].listed) if articles else BEGUN - timedelta(days=3)
    lines = ((NEWS, latest), (OLD, BEGUN - timedelta(days=30)))
    said = "".join(f"<sitemap><loc>{path}</loc><lastmod>{at.isoformat()}</lastmod></sitemap>" for path, at in lines)
    return "text/xml", f"<sitemapindex {XMLNS}>{said}</sitemapindex>"


def _urlset(_outlet: Outlet, articles: list[Article]) -> str:
    lines = "".join(
        f"<url><loc>{each.path}</loc><news:news><news:title>{each.path}</news:title><news:publication_date>"
        f"{moment(each.published).isoformat()}</news:publication_date></news:news></url>"
        for each in articles
    )
    return f"<urlset {XMLNS}>{lines}</urlset>"


def _posts(_outlet: Outlet, articles: list[Article], asked: dict[str, str]) -> tuple[str, str]:
    after = datetime.fromisoformat(asked.get("after", "2000-01-01")).replace(tzinfo=UTC)
    wanted, page = int(asked["per_page"]), int(asked.get("page", "1"))
    there = [each for each in articles if moment(each.published) >= after][(page - 1) * wanted : page * wanted]
    said = [
        {
            "link": each.path,
            "title": {"rendered": each.path},
            "date_gmt": f"{moment(each.published):%Y-%m-%dT%H:%M:%S}",
        }
        for each in there
    ]
    return "application/json", json.dumps(said)


def _section(_outlet: Outlet, articles: list[Article], _: dict[str, str]) -> tuple[str, str]:
    return "text/html", "".join(f'<article><a href="{each.path}">{each.path}</a></article>' for each in articles)


_LISTS = {Way.FEED: _feed, Way.SITEMAP: _index, Way.WORDPRESS: _posts, Way.LISTING: _section}


# ---------------------------------------------------------------- the server


class PressServer(asyncio.Protocol):
    """Answers for all outlets as of the virtual time, and counts what was asked for."""

    outlets: dict[str, Outlet]
    now: Synchronized[float]
    asked: Counter[tuple[int, str, str, int]]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember whose server it is."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._outlet = self.outlets[transport.get_extra_info("sockname")[0]]

    def data_received(self, data: bytes) -> None:
        """Answer one request."""
        line, *headers = data.decode("latin-1").split("\r\n")
        parts, now = urlsplit(line.split(" ")[1]), self.now.value
        stated = dict(header.split(": ", 1) for header in headers if ": " in header)
        status, kind, body, more = self._answer(parts.path, parts.query, stated.get("If-None-Match"), now)
        self.asked[int(now // DAY), self._outlet.host, parts.path, status] += 1
        head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
        self._transport.write(head.encode() + body)

    def _answer(self, path: str, query: str, known: str | None, now: float) -> tuple[int, str, bytes, str]:
        if self._outlet.is_failing(now) and self._outlet.fails:
            status = self._outlet.fails[1]
            return status, "text/plain", b"later", "Retry-After: 1800\r\n" if status == 429 else ""  # noqa: PLR2004
        if path == "/robots.txt":
            return 200, "text/plain", b"User-agent: *\nDisallow: /private/\n", ""
        answered = body_of(self._outlet, path, query, now)
        if answered is None:
            return 404, "text/plain", b"nothing", ""
        kind, body = answered
        etag = f'"{blake2b(body.encode(), digest_size=8).hexdigest()}"'
        if self._outlet.has_etags and known == etag:
            return 304, kind, b"", f"ETag: {etag}\r\n"
        return 200, kind, body.encode(), f"ETag: {etag}\r\n" if self._outlet.has_etags else ""


def _serve(outlets: Sequence[Outlet], now: Synchronized[float], ends: Connection) -> None:
    async def run() -> None:
        PressServer.outlets = {outlet.host: outlet for outlet in outlets}
        PressServer.now, PressServer.asked = now, Counter()
        loop = asyncio.get_running_loop()
        first = await loop.create_server(PressServer, outlets[0].host, 0)
        port = first.sockets[0].getsockname()[1]
        for outlet in outlets[1:]:
            await loop.create_server(PressServer, outlet.host, port)
        ends.send(port)
        await loop.run_in_executor(None, ends.recv)
        ends.send(PressServer.asked)

    asyncio.run(run())


@dataclass(slots=True)
class Press:
    """A press that is served on a port, and its clock; `asked` is what was asked for, once it has closed.

    `asked` counts by day, host, path and status.
    """

    port: int
    now: Synchronized[float]
    asked: Counter[tuple[int, str, str, int]]


@contextmanager
def served(outlets: Sequence[Outlet]) -> Iterator[Press]:
    """Serve the outlets in a process of their own."""
    here, there = multiprocessing.Pipe()
    now = multiprocessing.Value(c_double, 0.0)
    process = multiprocessing.Process(target=_serve, args=(outlets, now, there), daemon=True)
    process.start()
    try:
        press = Press(here.recv(), now, Counter())
        yield press
        here.send("enough")
        press.asked.update(here.recv())
    finally:
        process.kill()  # it was forked from a reactor, which took the other signals
        process.join()
