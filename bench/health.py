"""How long `marsad watch` and `marsad coverage` take with 90 days of 120 sources behind them, and how often they err.

Prints seconds, the median of five looks; then how often a day some source of the registry is called quiet that only
has bad luck: each brings what chance makes of the least, or twice the least, that it promises.
"""

from __future__ import annotations

import random
import shutil
import sys
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median

from sqlalchemy import Engine, text

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from analysis.expectations import find_quiet
from analysis.records import DayCount, Discovery, Figures, Promise, Source, Way
from models.archive import Archive
from models.coverage import read_coverage
from models.database import make_engine
from models.migrate import upgrade
from models.server import Server
from pipeline.health import check_health
from pipeline.seeds import read_source_files
from postgres import create_database, servers_folder

SOURCES, DAYS, PAGES = 120, 90, 20
LUCK_DAYS = 120
NOW = datetime(2026, 10, 21, 9, 30, tzinfo=UTC)

FILL = (
    """
    INSERT INTO runs (command, arguments, state, started_at, ended_at, host, pid)
    SELECT 'crawl', '{}', 'done', at, at, 'h', 1
    FROM generate_series(CAST(:now AS timestamptz) - :days * interval '1 day', :now, interval '1 hour') AS at
    """,
    """
    INSERT INTO visits (run_id, source_id, url, way, state, status, elapsed_ms, visited_at)
    SELECT runs.id, sources.id, sources.home || way, way, CASE WHEN random() < 0.97 THEN 'fetched' ELSE 'timed_out' END,
        200, 100, runs.started_at + random() * interval '40 minutes'
    FROM runs, sources, unnest(ARRAY['feed', 'sitemap']) AS way
    """,
    """
    INSERT INTO pages (run_id, source_id, url, canonical_url, url_hash, fetched_at, body, body_sha256, size_bytes,
        entry_url, entry_title, outcome, reason, rules, outcome_at, outcome_run_id)
    SELECT runs.id, sources.id, url, url, decode(md5(url), 'hex'), runs.started_at,
        convert_to(repeat(md5(url), 40), 'UTF8'), '', 9000, url, 'title ' || url, 'rejected',
        'off_topic', 'r1', runs.started_at, runs.id
    FROM runs, sources, LATERAL (SELECT sources.home || 'article/' || runs.id || '/' || repeat('x', 80) AS url) AS named
    WHERE random() < CAST(:pages AS float) / 24
    """,
    """
    INSERT INTO addresses (url_hash, source_id, run_id, url, way, found_at, state, page_id)
    SELECT url_hash, source_id, run_id, url, 'feed', fetched_at, 'kept', id FROM pages
    """,
    """
    INSERT INTO visits (run_id, source_id, url, url_hash, state, status, elapsed_ms, visited_at, page_id)
    SELECT run_id, source_id, url, url_hash, 'fetched', 200, 100, fetched_at, id FROM pages
    """,
)


def main() -> None:
    """Fill a database, and look at it."""
    folder = servers_folder() / "bench-health"
    shutil.rmtree(folder, ignore_errors=True)
    with Server(folder).open() as server:
        engine = make_engine(create_database(server, "health"))
        upgrade(engine)
        sources = [_source(number) for number in range(SOURCES)]
        Archive(engine).load_sources(sources, whole=True)
        rows = _fill(engine)
        print(f"{SOURCES} sources, {DAYS} days: {rows['visits']:,} visits, {rows['pages']:,} pages")
        first = _watch(engine, sources, NOW - timedelta(minutes=5))
        again = median(_watch(engine, sources, NOW + timedelta(minutes=each)) for each in range(5))
        print(f"marsad watch: the first look {first:.2f} s, each further one {again:.2f} s")
        for days in (14, 90):
            print(f"marsad coverage --days {days}: {median(_cover(engine, days) for _ in range(5)):.2f} s")
        engine.dispose()
    shutil.rmtree(folder)
    for times in (1, 2):
        print(f"quiet by bad luck, at {times} times the least: {_bad_luck(times):.2f} sources a day")


def _bad_luck(times: int) -> float:
    """Say how many sources are newly called quiet each day, of those that bring so many times the least."""
    chance, told = random.Random(times), 0  # noqa: S311 luck, not secrets
    for source in read_source_files(Path(__file__).parents[1] / "seeds" / "sources"):
        if source.closed is None:
            told += _times_quiet(source, times * source.promise.articles_a_day[0], chance)
    return told / LUCK_DAYS


def _times_quiet(source: Source, mean: int, chance: random.Random) -> int:
    days = tuple(DayCount(asked=1, answered=1, new=_poisson(mean, chance)) for _ in range(LUCK_DAYS + 36))
    looks = (Figures(source=source, ways=(), days=days[age : age + 36]) for age in range(LUCK_DAYS, -1, -1))
    quiet = [find_quiet(each, NOW) is not None for each in looks]
    return sum(after and not before for before, after in pairwise(quiet))


def _poisson(mean: int, chance: random.Random) -> int:
    """Count how many arrivals fit into a day."""
    arrived, elapsed = 0, chance.expovariate(mean)
    while elapsed < 1:
        arrived, elapsed = arrived + 1, elapsed + chance.expovariate(mean)
    return arrived


def _source(number: int) -> Source:
    home = f"https://s{number}.example/"
    return Source(
        id=f"s{number}",
        name=f"Source {number}",
        country="MA",
        home=home,
        hosts=(f"s{number}.example",),
        languages=(),
        kind="news site",
        tier=1 + number % 4,
        discovery=(Discovery(way=Way.FEED, url=home + "feed"), Discovery(way=Way.SITEMAP, url=home + "sitemap")),
        promise=Promise(articles_a_day=(5, 60)),
    )


def _fill(engine: Engine) -> dict[str, int]:
    with engine.begin() as connection:
        for each in FILL:
            named = {"now": NOW, "days": DAYS, "pages": PAGES}
            connection.execute(text(each), {name: value for name, value in named.items() if f":{name}" in each})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
        return {name: connection.scalar(text(f"SELECT count(*) FROM {name}")) for name in ("visits", "pages")}  # noqa: S608


def _watch(engine: Engine, sources: list[Source], now: datetime) -> float:
    before = time.perf_counter()
    with Archive(engine).health() as book:
        check_health(book, sources, now)
    return time.perf_counter() - before


def _cover(engine: Engine, days: int) -> float:
    before = time.perf_counter()
    read_coverage(engine, [NOW - timedelta(days=age) for age in range(days, -1, -1)])
    return time.perf_counter() - before


if __name__ == "__main__":
    main()
