"""How fast analysts are answered over many generated articles: searches, time lines, and lists page after page.

`python bench/search.py [ARTICLES] [--keep]` fills a database of its own in the embedded Postgres (by default 100,000
articles over ten years, as tests/many_articles.py makes them) and asks each question in turn, warm, with other words
each time. Told are the median and the 95th hundredth in milliseconds, and both of the time that Postgres computed;
the goal is 100. With `--keep` the database stays
under the folder of test servers, and is used again.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Engine, text

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from many_articles import ALONE_IN, COUNTRIES, DAYS, FIRST_DAY, fill, is_filled, latin_words, lone_word, make_words
from models.database import make_engine
from models.desk import Desk, open_desk
from models.migrate import upgrade
from models.questions import articles, events, stories
from models.questions.filters import EventFilters, StoryFilters
from models.server import Server
from postgres import FAST, servers_folder

TIMES, WARM, GOAL_MS = 60, 5, 100
OPTIONS = (*FAST, "-c shared_buffers=1GB", "-c max_wal_size=8GB")

FIND = text("""
    SELECT article FROM analyst.find(:query, most => 20, newest => :newest, country => :country, language => :language,
        since => :since, until => :until)
""")
SIZE = text("SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree('public.searches')")
TIMELINE = text("SELECT starts_on FROM analyst.timeline(:kind, :country, 'month')")
Ask = Callable[[Desk], object]
Question = Callable[[random.Random], Ask]

RARE, MIDDLE, COMMON = (20_000, 60_000), (500, 3_000), (0, 30)


def found(query: str, **bounds: object) -> Ask:
    """Ask for articles by words."""
    asked = {"newest": False, "country": None, "language": None, "since": None, "until": None, "query": query}
    return lambda desk: desk.value(FIND, asked | bounds)


def a_day(chance: random.Random) -> date:
    """Draw a day of the first nine years."""
    return FIRST_DAY + timedelta(days=chance.randrange(DAYS - 366))


def a_country(chance: random.Random) -> str:
    """Draw a country that one of 25 articles names."""
    return chance.choice(COUNTRIES)


def of_words(words: list[str], french: list[str], total: int) -> dict[str, Question]:
    """Return what is asked of find: words rare and common, phrases, names, with bounds and without."""

    def some(ranks: tuple[int, int], chance: random.Random, of: list[str] = words) -> str:
        return of[chance.randrange(*ranks)]

    def two(ranks: tuple[int, int], chance: random.Random) -> str:
        return f"{some(ranks, chance)} {some(ranks, chance)}"

    common = lambda chance: some(COMMON, chance)  # noqa: E731 one word for what stands in each line below
    return {
        f"a word of {ALONE_IN} articles": lambda by: found(lone_word(by.randrange(total // ALONE_IN))),
        "a word of no article": lambda by: found(f"zz{by.randrange(1000)}"),
        "a rare word": lambda by: found(some(RARE, by)),
        "a rare word, newest": lambda by: found(some(RARE, by), newest=True),
        "two words": lambda by: found(two(MIDDLE, by)),
        "two words of French": lambda by: found(f"{some(MIDDLE, by, french)} {some(MIDDLE, by, french)}"),
        "one word or another": lambda by: found(f"{some(MIDDLE, by)} OR {some(RARE, by)}"),
        "a common word": lambda by: found(common(by)),
        "a common word, newest": lambda by: found(common(by), newest=True),
        "two common words": lambda by: found(two(COMMON, by)),
        "a common word without another": lambda by: found(f"{common(by)} -{common(by)}"),
        "a phrase of common words": lambda by: found(f'"{two(COMMON, by)}"'),
        "a common word and a country": lambda by: found(common(by), country=a_country(by)),
        "a common word until a day": lambda by: found(common(by), until=a_day(by)),
        "a country in a language since a day": lambda by: found(
            common(by), country=a_country(by), language="fr", since=a_day(by)
        ),
        "two words since a day": lambda by: found(two(MIDDLE, by), since=a_day(by)),
        "a name of a fifth of all": lambda _: found("Hammouchi"),
        "a name of a fifth, in Arabic, newest": lambda _: found("حموشي", newest=True),
        "a seldom name": lambda _: found("Seldom"),
        "a name and a rare word": lambda by: found(f"Hammouchi {some(RARE, by)}"),
    }


def of_lists(total: int) -> dict[str, Question]:
    """Return what is asked of lists and time lines, their first page and one far below, by key."""

    def timeline(kind: str | None, country: str | None) -> Ask:
        return lambda desk: desk.value(TIMELINE, {"kind": kind, "country": country})

    def event_list(**asked: object) -> Ask:
        return lambda desk: events.list_events(desk, EventFilters(**asked))

    def story_list(**asked: object) -> Ask:
        return lambda desk: stories.list_stories(desk, StoryFilters(**asked))

    last = FIRST_DAY + timedelta(days=DAYS)
    return {
        "visits by month with a country": lambda by: timeline("visit", a_country(by)),
        "everything by month": lambda _: timeline(None, None),
        "the newest 50 events": lambda _: event_list(),
        "50 events far below": lambda by: event_list(after=a_day(by), number=1),
        "50 events of a country": lambda by: event_list(country=a_country(by)),
        "50 of a country and kind far below": lambda by: event_list(
            country=a_country(by), kind="visit", after=a_day(by), number=1
        ),
        "the newest 50 stories": lambda _: story_list(),
        "50 stories far below": lambda by: story_list(after=a_day(by), number=by.randrange(total)),
        "stories that grew in a week": lambda _: (
            lambda desk: stories.grown_stories(desk, last - timedelta(days=7), last, 12)
        ),
        "the newest 20 articles": lambda _: lambda desk: articles.newest_articles(desk, 20),
        "20 of a name of a fifth of all": lambda _: (
            lambda desk: articles.newest_articles(desk, 20, "person", "abdellatif-hammouchi")
        ),
        "20 of a seldom name": lambda _: lambda desk: articles.newest_articles(desk, 20, "person", "fouad-seldom"),
    }


def measure(engine: Engine, question: Question, chance: random.Random) -> list[tuple[float, float]]:
    """Return the milliseconds that each asking took, when it is warm, and those that Postgres was computing."""
    taken = []
    with open_desk(engine) as desk:
        spent = Path("/proc", str(desk.value(text("SELECT pg_backend_pid()"))), "schedstat")
        for _ in range(WARM + TIMES):
            ask = question(chance)
            before, began = int(spent.read_text().split()[0]), time.perf_counter()
            ask(desk)
            lasted = (time.perf_counter() - began) * 1000
            taken.append((lasted, (int(spent.read_text().split()[0]) - before) / 1e6))
    return taken[WARM:]


def line(name: str, taken: list[tuple[float, float]]) -> str:
    """Write what one question took, and of that what was computing: other work on the machine does not change it."""
    lasted, computed = zip(*taken, strict=True)
    slow, busy = (statistics.quantiles(each, n=20)[-1] for each in (lasted, computed))
    over = f"  over {GOAL_MS}" if slow > GOAL_MS else ""
    figures = f"median {statistics.median(lasted):7.1f} ms  p95 {slow:7.1f} ms"
    return f"  {name:<38} {figures}  computing {statistics.median(computed):6.1f} / {busy:6.1f} ms{over}"


@contextmanager
def filled(total: int, *, keep: bool) -> Iterator[Engine]:
    """Open a database with so many articles, filled unless it was kept."""
    folder, name = servers_folder() / "kept-bench-search", f"articles{total}"
    with Server(folder, options=OPTIONS).open() as server:
        server.ensure_database(name)
        engine = make_engine(server.url(name))
        upgrade(engine)
        if not is_filled(engine):
            print(f"filled in {fill(engine, make_words(random.Random(8)), total):.0f} s", flush=True)  # noqa: S311
        for kept in (folder / "postgres" / "base").rglob("*"):
            if kept.is_file():
                kept.read_bytes()  # warm: the system has it at hand
        yield engine
        engine.dispose()
    if not keep:
        shutil.rmtree(folder)


def main() -> None:
    """Print a line for each question."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("articles", nargs="?", type=int, default=100_000)
    arguments.add_argument("--keep", action="store_true", help="leave the database for the next time")
    said = arguments.parse_args()
    chance = random.Random(8)  # noqa: S311 for figures
    words = make_words(random.Random(8))  # noqa: S311 for figures
    with filled(said.articles, keep=said.keep) as engine:
        with open_desk(engine) as desk:
            size = desk.value(SIZE)
        print(f"{said.articles} articles; what is searched takes {size / said.articles / 1000:.1f} kB an article")
        for name, question in (of_words(words, latin_words(), said.articles) | of_lists(said.articles)).items():
            print(line(name, measure(engine, question, chance)), flush=True)


if __name__ == "__main__":
    main()
