"""Pages a second of our spider beside a bare one of Scrapy, from a fast server on loopback, in turns in one run.

`python bench/fetch.py [ROUNDS]`. Delays are off; all else is on: the frontier, robots.txt, validators, and pages and
visits kept in an embedded Postgres (fsync on). The bare spider keeps nothing; said apart is one with the setting of
Scrapy that costs it most.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from analysis.records import Discovery, Language, Promise, RunState, Source, Way
from analysis.settings import Settings
from models.archive import Archive
from models.database import make_engine
from models.migrate import upgrade
from models.server import Server, data_folder

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response


PAGES, HOSTS = 2_000, tuple(f"127.0.0.{last}" for last in range(101, 117))
PAGE = (
    b"<html><head><title>A page</title></head><body>"
    + b"<p>A small page with a little text.</p>" * 60
    + b"</body></html>"
)
FOR_EACH = PAGES // len(HOSTS)


class PageServer(asyncio.Protocol):
    """Answers a page to everything but a feed and robots.txt."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to answer."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer one request."""
        path = data.split(b" ", 2)[1]
        status, body = "200 OK", PAGE
        if path == b"/feed":
            links = "".join(f"<item><title>T</title><link>/{number}</link></item>" for number in range(FOR_EACH))
            body = f'<rss version="2.0"><channel><title>F</title>{links}</channel></rss>'.encode()
        elif path == b"/robots.txt":
            status, body = "404 Not Found", b""
        head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
        self._transport.write(head.encode() + body)


def serve(ready: Connection) -> None:
    """Serve all hosts on one port until killed."""

    async def run() -> None:
        loop = asyncio.get_running_loop()
        first = await loop.create_server(PageServer, HOSTS[0], 0)
        port = first.sockets[0].getsockname()[1]
        for host in HOSTS[1:]:
            await loop.create_server(PageServer, host, port)
        ready.send(port)
        await asyncio.Event().wait()

    asyncio.run(run())


def sources(port: int) -> list[Source]:
    """Build a source for each host."""
    return [
        Source(
            id=f"bench-{host.rpartition('.')[2]}",
            name="A host",
            country="MA",
            home=f"http://{host}:{port}",
            hosts=(host,),
            languages=(Language.FRENCH,),
            kind="news site",
            tier=4,
            discovery=(Discovery(way=Way.FEED, url=f"http://{host}:{port}/feed"),),
            promise=Promise(articles_a_day=(0, 1000)),
            delay_seconds=0.0,
        )
        for host in HOSTS
    ]


def ours(port: int) -> int:
    """Crawl with marsad, keep everything in Postgres, and count the pages that are new."""
    from spiders.save import Ledger, Terms  # noqa: PLC0415 each child loads what it measures
    from spiders.settings import Limits  # noqa: PLC0415
    from spiders.start import crawl  # noqa: PLC0415

    limits = Limits(throttle=False, public_only=False)
    archive = Archive(make_engine(os.environ["BENCH_URL"]))
    followed = sources(port)
    run_id = archive.start_run("crawl", {})
    assert len(archive.reserve_sources(run_id, followed)) == len(followed)
    ledger = Ledger(archive, Terms(run_id=run_id, clock=lambda: datetime.now(UTC)))
    crawl(followed, ledger, "marsad-bench", limits)
    archive.end_run(run_id, RunState.DONE, {})
    return sum(result.pages for result in ledger.results())


def bare(port: int, **settings: object) -> int:
    """Crawl with a spider of a dozen lines and Scrapy's defaults, quiet, and count the pages."""
    from scrapy import Request, Spider  # noqa: PLC0415
    from scrapy.crawler import AsyncCrawlerProcess  # noqa: PLC0415

    counted = []

    class Bare(Spider):
        name = "bare"

        async def start(self) -> AsyncIterator[Request]:
            for number in range(FOR_EACH):
                for host in HOSTS:
                    yield Request(f"http://{host}:{port}/{number}")

        def parse(self, response: Response) -> None:
            counted.append(len(response.body))

    quiet = {"LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False}
    process = AsyncCrawlerProcess({**quiet, **settings})
    process.crawl(Bare)
    process.start()
    return len(counted)


WAYS: dict[str, Callable[[int], int]] = {
    "ours": ours,
    "bare": bare,
    "bare, CONCURRENT_ITEMS=8": partial(bare, CONCURRENT_ITEMS=8),
}


def measure(way: str, port: int, url: str) -> float:
    """Run one crawl in a process of its own and return its pages a second, without the start of Python."""
    command = [sys.executable, __file__, way, str(port)]
    done = subprocess.run(  # noqa: S603 ourselves
        command, check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, "BENCH_URL": url}
    )
    return float(done.stdout)


def measured(way: str, port: int) -> float:
    """Crawl in this process."""
    import scrapy.crawler  # noqa: F401, PLC0415 its import is not measured

    begun = time.perf_counter()
    pages = WAYS[way](port)
    assert pages == PAGES, pages
    return pages / (time.perf_counter() - begun)


@contextmanager
def served() -> Iterator[int]:
    """Serve all hosts in a process of their own; the port."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.Process(target=serve, args=(there,), daemon=True)
    process.start()
    yield here.recv()
    process.terminate()
    process.join()


def fresh_database(server: Server, name: str, port: int) -> str:
    """Make a database with all tables and our sources, and return its address."""
    server.ensure_database(name)
    engine = make_engine(server.url(name))
    upgrade(engine)
    Archive(engine).load_sources(sources(port))
    engine.dispose()
    return server.url(name)


def compare(rounds: int) -> None:
    """Print the medians, and the median of the ratios, round by round."""
    folder = data_folder(Settings()) / f"bench-{os.getpid()}"
    with served() as port, Server(folder).open() as server:
        figures = [
            {way: measure(way, port, fresh_database(server, f"round{number}", port)) for way in WAYS}
            for number in range(rounds)
        ]
    shutil.rmtree(folder)
    for way in WAYS:
        ratios = [each[way] / each["bare"] for each in figures]
        pages = statistics.median(each[way] for each in figures)
        print(f"{pages:6.0f} pages/s, {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})  {way}")


if __name__ == "__main__":
    if len(sys.argv) > 2:  # noqa: PLR2004 a child: the way and the port
        print(measured(sys.argv[1], int(sys.argv[2])))
    else:
        compare(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
