"""How fast the page is made on the server, over many generated articles: each sort of page, asked again and again.

`python bench/page.py [ARTICLES]` fills a database of its own in the embedded Postgres (by default 100,000 articles, as
bench/search.py makes them, in stories of up to eight, with tags) and asks each page in turn in this process, without a
network. Told are the median and the 95th hundredth in milliseconds, with the database warm; the goal is 300.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from httpx import ASGITransport, AsyncClient
from many_articles import fill, make_words
from sqlalchemy import Engine, text

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from analysis.register import list_names
from analysis.settings import Settings
from models.archive import Archive
from models.database import make_engine
from models.migrate import upgrade
from pipeline.seeds import read_seeds, read_wording, seeds_directory
from postgres import create_database, run_server
from web.app import make_app
from web.house import House
from web.painter import Painter
from web.texts import read_texts

TIMES, GOAL_MS = 40, 300
COUNTRIES = ("ES", "FR", "DE", "US", "QA", "AE", "SN", "NL", "BE", "PT")
DAYS_OF_SOURCES = 60

# What bench/search.py leaves out: countries that are some, stories of several articles, tags, what sources answered.
MORE = """
    UPDATE events SET countries = ARRAY[(CAST(:countries AS text[]))[1 + id % 10]];
    UPDATE reports SET countries = events.countries, span_end = 40, evidence = left(articles.text, 40)
        FROM events, articles WHERE events.id = reports.event_id AND articles.id = reports.article_id;
    UPDATE articles SET story_id = id - id % 8 + 1 WHERE id % 8 <> 0;
    UPDATE stories SET first_article_id = told.first, started_on = told.started, last_on = told.ended FROM (
        SELECT story_id, min(id) AS first, min(published_on) AS started, max(published_on) AS ended
        FROM articles GROUP BY story_id
    ) AS told WHERE told.story_id = stories.id;
    DELETE FROM stories WHERE first_article_id IS NULL;
    INSERT INTO tags (article_id, field, span_start, span_end, kind, tag_id, surface)
        SELECT articles.id, 'text', 10 * place, 10 * place + 5, CASE place % 2 WHEN 0 THEN 'country' ELSE 'person' END,
            CASE place % 2 WHEN 0 THEN (CAST(:countries AS text[]))[1 + (articles.id + place) % 10]
                ELSE 'abdellatif-hammouchi' END, 'words'
        FROM articles, generate_series(0, 5) AS place;
    INSERT INTO health_changes (source_id, health, since, changed_at, detail)
        SELECT id, 'healthy', now(), now(), '' FROM sources;
    INSERT INTO visits (run_id, source_id, url, way, state, status, detail, visited_at)
        SELECT 1, sources.id, home, 'feed', 'fetched', 200, '', now() - back * interval '1 hour'
        FROM sources, generate_series(0, :hours) AS back
"""


def pages(words: list[str], total: int) -> dict[str, Callable[[random.Random], str]]:
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
        "one article": lambda chance: f"/articles/{chance.randrange(1, total)}",
        "stories": lambda chance: f"/stories?least={chance.randrange(1, 5)}",
        "one story": lambda chance: f"/stories/{chance.randrange(1, total // 8) * 8 + 1}",
        "people": lambda _: "/people",
        "one person": lambda _: "/people/abdellatif-hammouchi",
        "countries": lambda _: "/countries",
        "one country": lambda chance: f"/countries/{chance.choice(COUNTRIES)}",
        "sources": lambda _: "/sources",
        "one source": lambda chance: f"/sources/s{chance.randrange(100)}",
        "alerts": lambda _: "/alerts",
        "events as CSV": lambda _: "/events.csv?most=200",
        "the chart of months": lambda chance: f"/events/months.svg?country={chance.choice(COUNTRIES)}",
    }


def fill_all(engine: Engine, words: list[str], total: int) -> None:
    """Fill the tables."""
    fill(engine, words, total)
    Archive(engine).load_names([*list_names(read_seeds(seeds_directory(Settings())))])
    with engine.begin() as connection:
        connection.execute(text(MORE), {"countries": list(COUNTRIES), "hours": DAYS_OF_SOURCES * 24})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


async def measure(client: AsyncClient, ask: Callable[[random.Random], str], chance: random.Random) -> list[float]:
    """Return the milliseconds that each asking took; the first is for warming up."""
    taken = []
    for _ in range(TIMES + 1):
        path = ask(chance)
        began = time.perf_counter()
        answer = await client.get(path, headers={"Accept-Language": "ar"})
        taken.append((time.perf_counter() - began) * 1000)
        assert answer.is_success, (path, answer.status_code)
    return taken[1:]


async def measure_all(engine: Engine, words: list[str], total: int) -> None:
    """Print a line for each sort of page."""
    chance = random.Random(8)  # noqa: S311 for figures
    seeds = seeds_directory(Settings())
    painter = Painter(read_wording(seeds, read_seeds(seeds)), read_texts())
    transport = ASGITransport(make_app(House(engine=engine, painter=painter)))
    async with AsyncClient(transport=transport, base_url="http://bench.example", timeout=60) as client:
        for name, ask in pages(words, total).items():
            taken = await measure(client, ask, chance)
            median, slow = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
            over = f"  over {GOAL_MS}" if slow > GOAL_MS else ""
            print(f"  {name:<24} median {median:7.1f} ms  p95 {slow:7.1f} ms{over}", flush=True)


def main() -> None:
    """Fill a database, and print how long each page takes."""
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    words = make_words(random.Random(8))  # noqa: S311 for figures
    for server in run_server("bench-web"):
        engine = make_engine(create_database(server, "bench"))
        upgrade(engine)
        fill_all(engine, words, total)
        print(f"{total} articles")
        asyncio.run(measure_all(engine, words, total))
        engine.dispose()


if __name__ == "__main__":
    main()
