"""How fast the page is made on the server, over many generated articles: each sort of page, asked again and again.

`python bench/page.py [ARTICLES]` fills a database of its own in the embedded Postgres (by default 100,000 articles in
stories of eight, with copies, events, tags, alerts and sixty days of visits: tests/many_findings.py) and asks each page
in turn in this process, without a network; then, where there is a Chromium, in that, from a served page: the time is
what the browser waits for the answer. Told are the median and the 95th hundredth in milliseconds, with the database
warm; the goal is 300.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from httpx import ASGITransport, AsyncClient
from playwright.sync_api import Page

sys.path += [str(Path(__file__).parents[1] / "tests"), str(Path(__file__).parents[1] / "tests" / "web")]
from browsing import CHROMIUM, served, started

from analysis.settings import Settings
from many_articles import COUNTRIES, make_words
from many_findings import NOON, TODAY, fill_all
from models.database import make_engine
from models.migrate import upgrade
from pipeline.seeds import read_seeds, read_wording, seeds_directory
from postgres import create_database, run_server
from web.app import make_app
from web.house import House
from web.painter import Painter
from web.texts import read_texts

TIMES, TIMES_IN_BROWSER, GOAL_MS = 40, 12, 300
WAITED = """
    (({requestStart, responseEnd}) => responseEnd - requestStart)(performance.getEntriesByType('navigation')[0])
"""
Ask = Callable[[random.Random], str]


def pages(words: list[str], total: int) -> dict[str, Ask]:
    """Return the pages, each with a maker of its addresses."""
    events = total // 50
    return {
        "today": lambda _: "/",
        "events": lambda _: "/events",
        "events, filtered": lambda chance: f"/events?kind=visit&country={chance.choice(COUNTRIES)}&since=2020-01-01",
        "one event": lambda chance: f"/events/{chance.randrange(1, events)}",
        "search, a rare word": lambda chance: f"/search?q={words[chance.randrange(20_000, 60_000)]}",
        "search, a common word": lambda chance: f"/search?q={words[chance.randrange(30)]}",
        "search, a name": lambda _: "/search?q=Hammouchi",
        "search, a theme": lambda _: "/search?theme=migration",
        "one article": lambda chance: f"/articles/{chance.randrange(1, total)}",
        "stories": lambda chance: f"/stories?least={chance.randrange(1, 5)}",
        "one story": lambda chance: f"/stories/{chance.randrange(1, total // 20) * 8 + 1}",
        "a story of 400": lambda _: f"/stories/{total // 16 * 8 + 1}",
        "a copy": lambda chance: f"/copies/{chance.randrange(1, total // 20) * 8 + 4}",
        "people": lambda _: "/people",
        "one person": lambda _: "/people/abdellatif-hammouchi",
        "countries": lambda _: "/countries",
        "one country": lambda chance: f"/countries/{chance.choice(COUNTRIES)}",
        "sources": lambda _: "/sources",
        "sources, 31 days": lambda _: "/sources?days=31",
        "one source": lambda chance: f"/sources/s{chance.randrange(100)}",
        "alerts": lambda _: "/alerts",
        "one alert": lambda chance: f"/alerts/{chance.randrange(1, total // 20)}",
        "events as CSV": lambda _: "/events.csv?most=200",
        "the chart of months": lambda chance: f"/events/months.svg?country={chance.choice(COUNTRIES)}",
    }


async def measure(client: AsyncClient, ask: Ask, chance: random.Random) -> list[float]:
    """Return the milliseconds that each asking took; the first is for warming up."""
    taken = []
    for _ in range(TIMES + 1):
        path = ask(chance)
        began = time.perf_counter()
        answer = await client.get(path, headers={"Accept-Language": "ar"})
        taken.append((time.perf_counter() - began) * 1000)
        assert answer.is_success, (path, answer.status_code)
    return taken[1:]


async def measure_all(house: House, asked: dict[str, Ask]) -> None:
    """Print a line for each sort of page, asked in this process."""
    chance = random.Random(8)  # noqa: S311 for figures
    transport = ASGITransport(make_app(house))
    async with AsyncClient(transport=transport, base_url="http://bench.example", timeout=60) as client:
        for name, ask in asked.items():
            tell(name, await measure(client, ask, chance))


def browse_all(house: House, asked: dict[str, Ask]) -> None:
    """Print a line for each sort of page, opened in Chromium."""
    chance = random.Random(8)  # noqa: S311 for figures
    with served(house) as address, started() as browser:
        page = browser.new_page(base_url=address, locale="ar")
        for name, ask in asked.items():
            if name != "events as CSV":  # which a browser saves and does not open
                tell(name, [_waited(page, ask(chance)) for _ in range(TIMES_IN_BROWSER + 1)][1:])


def _waited(page: Page, path: str) -> float:
    page.goto(path)
    return float(page.evaluate(WAITED))


def tell(name: str, taken: list[float]) -> None:
    """Print the figures of one sort of page."""
    median, slow = statistics.median(taken), statistics.quantiles(taken, n=20, method="inclusive")[-1]
    over = f"  over {GOAL_MS}" if slow > GOAL_MS else ""
    print(f"  {name:<24} median {median:7.1f} ms  p95 {slow:7.1f} ms{over}", flush=True)


@contextmanager
def filled(total: int) -> Iterator[House]:
    """Fill a database, and give the page over it."""
    seeds = seeds_directory(Settings())
    painter = Painter(read_wording(seeds, read_seeds(seeds)), read_texts())
    for server in run_server("bench-web"):
        engine = make_engine(create_database(server, "bench"))
        upgrade(engine)
        fill_all(engine, total)
        yield House(engine=engine, painter=painter, today=TODAY, clock=lambda: NOON)
        engine.dispose()


def main() -> None:
    """Print how long each page takes, in this process and in a browser."""
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    asked = pages(make_words(random.Random(8)), total)  # noqa: S311 for figures
    with filled(total) as house:
        print(f"{total} articles, asked in this process")
        asyncio.run(measure_all(house, asked))
        if CHROMIUM:
            print("in Chromium, from the request to the end of the answer")
            browse_all(house, asked)


if __name__ == "__main__":
    main()
