"""A day of 120 outlets replayed in virtual time: what marsad asks for, fetches twice, and misses.

`python bench/fetch_day.py [DAYS [SEED]]`. Scrapy, the ledger and Postgres are real, the press is `virtual/press.py`,
and the clock is ours: every five minutes of it what is due is crawled. Five outlets of the 120 are prompt: of tier 1,
and asked every ten minutes while they print. Reading is left out: each page is marked as filed, and so looked at again
while it is young. The days before the last are for learning; told is the last.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import statistics
import sys
import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.utils.reactor import install_reactor
from sqlalchemy import Engine, text
from twisted.internet.defer import Deferred
from twisted.internet.task import react
from virtual.press import DAY, Article, Outlet, Press, found, moment, served

from analysis.records import RunState
from analysis.settings import Settings
from models.archive import Archive
from models.database import make_engine
from models.migrate import upgrade
from models.server import Server, data_folder
from models.sources import due_sources, followed_sources

install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")

from spiders.press import PressSpider  # noqa: E402 after the reactor
from spiders.save import Ledger, Terms  # noqa: E402
from spiders.settings import Limits, scrapy_settings  # noqa: E402

TICK = 5.0
OK, NOT_MODIFIED = 200, 304
AWAKE = (6, 22)
Name = tuple[str, str]
LIMITS = Limits(throttle=False, public_only=False, requests_at_once=120)
RATES = {
    "120 outlets, 60 articles each": [60] * 120,
    "120 outlets, 5 to 200 articles each": [round(5 * 40 ** (number / 119)) for number in range(120)],
}
FILED = text("""
    UPDATE pages SET outcome = 'filed', rules = 'none', outcome_at = fetched_at, outcome_run_id = run_id
    WHERE outcome IS NULL
""")
KEPT = text("""
    SELECT pages.url, min(pages.fetched_at) AS first_at, count(*) AS versions,
        (SELECT max(looks) FROM addresses WHERE addresses.url_hash = pages.url_hash) AS looks
    FROM pages GROUP BY pages.url, pages.url_hash
""")


async def tick(press: Press, engine: Engine, at: float) -> None:
    """Crawl what is due at a time, and mark what came as filed."""
    press.now.value = at
    due = due_sources(engine, moment(at))
    sources = [source for source in followed_sources(engine) if source.id in due]
    archive = Archive(engine)
    run_id = archive.start_run("crawl", {})
    ledger = Ledger(archive, Terms(run_id=run_id, clock=lambda: moment(at), only_due=True))
    runner = AsyncCrawlerRunner(dict(scrapy_settings(sources, "marsad-bench", LIMITS)))
    crawler = runner.create_crawler(PressSpider)
    await runner.crawl(crawler, sources=sources, ledger=ledger, limits=LIMITS)
    assert isinstance(crawler.spider, PressSpider)
    await crawler.spider.desk.flush()
    crawler.spider.desk.close()
    if crawler.spider.error is not None:
        raise crawler.spider.error
    archive.end_run(run_id, RunState.DONE, {})
    with engine.begin() as connection:
        connection.execute(FILED)


async def live(press: Press, engine: Engine, days: int) -> None:
    """Let some days pass."""
    for number in range(int(days * DAY / TICK)):
        await tick(press, engine, number * TICK)


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A page that was kept: when first, in how many versions, and how often it was looked at after."""

    first: float
    versions: int
    looks: int


def read_kept(engine: Engine) -> dict[Name, Kept]:
    """Read what was kept, by host and path."""
    with engine.connect() as connection:
        rows = connection.execute(KEPT).all()
    kept = {}
    for row in rows:
        parts = urlsplit(row.url)
        first = (row.first_at - moment(0)).total_seconds() / 60
        kept[parts.hostname or "", parts.path] = Kept(first=first, versions=row.versions, looks=row.looks or 0)
    return kept


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """The last day of a replay: what there was, what was asked for, and what was kept."""

    outlets: Sequence[Outlet]
    asked: Counter[tuple[int, str, str, int]]
    kept: Mapping[Name, Kept]
    days: int

    @property
    def end(self) -> float:
        """When it is over."""
        return self.days * DAY

    def visible(self) -> list[tuple[Outlet, Article]]:
        """Return the articles that a list named, of all days: one that is listed late may never be."""
        every = [(outlet, article) for outlet in self.outlets for article in outlet.articles]
        return [(outlet, a) for outlet, a in every if 0 <= a.listed < self.end and outlet.names(a, a.listed)]

    def requests(self, *, of_pages: bool) -> Counter[tuple[str, str, int]]:
        """Count the requests of the day by host, path and status: those for pages, or all others."""
        pages = {(outlet.host, article.path) for outlet in self.outlets for article in outlet.articles}
        found = Counter[tuple[str, str, int]]()
        for (day, host, path, status), count in self.asked.items():
            if day == self.days - 1 and ((host, path) in pages) == of_pages:
                found[host, path, status] += count
        return found

    def fetched_again(self) -> int:
        """Count the answers that brought a page, of all days, beyond the first and the looks at it that were due."""
        brought = Counter[Name]()
        for (_, host, path, status), count in self.asked.items():
            brought[host, path] += count if status in (OK, NOT_MODIFIED) else 0
        return sum(max(0, brought[name] - 1 - kept.looks) for name, kept in self.kept.items())

    def waits(self, outlets: Collection[Outlet], first_hour: int = 0, last_hour: int = 24) -> list[float]:
        """Return after how many minutes each article that outlets listed between two hours of the day was kept."""
        first, last = self.end - DAY + first_hour * 60, self.end - DAY + last_hour * 60
        listed = [(outlet.host, a.path, a.listed) for outlet, a in self.visible() if outlet in outlets]
        names = ((self.kept.get((host, path)), at) for host, path, at in listed if first <= at < last)
        return sorted(kept.first - at for kept, at in names if kept)

    def missed(self) -> list[tuple[Outlet, Article]]:
        """Return the articles that no list names any more, and that are not kept."""
        return [
            (outlet, article)
            for outlet, article in self.visible()
            if (outlet.host, article.path) not in self.kept and not outlet.names(article, self.end)
        ]

    def is_findable(self, outlet: Outlet, article: Article) -> bool:
        """Tell whether an article was listed for as long as its entry wants to pass between two askings, or longer."""
        times = sorted(each.listed for each in outlet.articles if article.listed < each.listed < self.end)
        gone = next((time for time in times if not outlet.names(article, time)), self.end)
        return gone - article.listed >= outlet.source(0).cadence_minutes

    def changes(self) -> list[Kept]:
        """Return the pages that changed after they were kept, and half a day before the end."""
        named = [(self.kept.get((outlet.host, article.path)), article.changed) for outlet, article in self.visible()]
        return [kept for kept, at in named if kept and at is not None and kept.first < at < self.end - DAY / 2]


def tell(day: Day) -> None:
    """Print the figures."""
    new = [(outlet.host, a) for outlet, a in day.visible() if a.listed >= day.end - DAY]
    lists, pages = day.requests(of_pages=False), day.requests(of_pages=True)
    knowing = {outlet.host for outlet in day.outlets if outlet.has_etags}
    answers = Counter[int]()
    for (host, path, status), count in lists.items():
        answers[status] += count if host in knowing and path != "/robots.txt" else 0
    known = answers[NOT_MODIFIED] / (answers[OK] + answers[NOT_MODIFIED])
    waits = day.waits(day.outlets)
    changes, asked = day.changes(), sum(lists.values())
    print(f"  {len(new)} new articles, {asked} requests for discovery with robots.txt: {asked / len(new):.2f} for each")
    print(f"  of the answers of lists with an ETag {known:.0%} were 304")
    missed = day.missed()
    findable = sum(day.is_findable(*each) for each in missed)
    print(
        f"  {findable} of {len(day.visible())} missed, {len(missed) - findable} more that were listed for less time "
        f"than may pass between two askings; {day.fetched_again()} fetched again without a reason"
    )
    print(
        f"  {sum(pages.values()) / len(new):.2f} requests for pages for each new article, looks at young ones included"
    )
    print(f"  {sum(kept.versions > 1 for kept in changes)} of {len(changes)} changed pages kept in both versions")
    print(
        f"  fetched {statistics.median(waits):.0f} minutes after they were listed (median), "
        f"{waits[len(waits) * 9 // 10]:.0f} (nine in ten)"
    )
    tell_prompt(day)
    for outlet, article in missed:
        print(
            f"  missed: {outlet.host}{article.path}, {'+'.join(outlet.ways)} of {outlet.window}, "
            f"listed at minute {article.listed:.0f}, {article.listed - article.published:.0f} late"
        )


def tell_prompt(day: Day) -> None:
    """Print what it takes to have the news of some outlets at once."""
    prompt = [outlet for outlet in day.outlets if outlet.is_prompt]
    waits, by_day, hosts = day.waits(prompt), day.waits(prompt, *AWAKE), {outlet.host for outlet in prompt}
    asked = sum(count for (host, _, _), count in day.requests(of_pages=False).items() if host in hosts)
    print(
        f"  of these the {len(hosts)} prompt ones: {len(waits)} articles, {asked / len(waits):.2f} requests for each,"
    )
    print(f"  fetched {_middle_and_late(waits)}, by day, from {AWAKE[0]} to {AWAKE[1]}, {_middle_and_late(by_day)}")


def _middle_and_late(waits: Sequence[float]) -> str:
    return f"{statistics.median(waits):.0f} minutes after (median), {waits[len(waits) * 95 // 100]:.0f} (p95)"


async def replay(name: str, server: Server, days: int, seed: int) -> None:
    """Let a press live for some days, and say what came of the last."""
    rates = RATES[name]
    outlets = found(rates, days, seed)
    database = f"day{len(rates)}{sum(rates)}"
    server.ensure_database(database)
    engine = make_engine(server.url(database))
    upgrade(engine)
    began = time.perf_counter()
    with served(outlets) as press:
        Archive(engine).load_sources([outlet.source(press.port) for outlet in outlets])
        await live(press, engine, days)
    print(f"{name}, day {days}, in {time.perf_counter() - began:.0f} s:")
    tell(Day(outlets=outlets, asked=press.asked, kept=read_kept(engine), days=days))
    engine.dispose()


async def main(days: int = 2, seed: int = 7) -> None:
    """Replay each press in a database of its own."""
    folder = data_folder(Settings()) / f"bench-{os.getpid()}"
    try:
        with Server(folder).open() as server:
            for name in RATES:
                await replay(name, server, days, seed)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    react(lambda _reactor: Deferred.fromFuture(asyncio.ensure_future(main(*map(int, sys.argv[1:])))))
