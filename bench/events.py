"""What it costs to let the reports of one article meet the events, on Postgres with 5,000 events and 50,000 reports.

`python bench/events.py [ARTICLES]` fills a database of its own in the embedded Postgres and lets so many more articles
(by default 300) meet it, two reports each; half of them tell of events that are known.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine, text

from analysis.events import Resolver
from models.database import make_engine
from models.event_book import EventBook
from models.migrate import upgrade

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from postgres import create_database, run_server

EVENTS, REPORTS_OF_ONE = 5_000, 10
DAYS = 1009  # that the events of 25 countries and 3 kinds are spread over; a prime, so that no two are one
CHIEF = "abdellatif-hammouchi"

PRESS = """
    INSERT INTO sources (id, name, country, home, hosts, languages, kind, tier, entry)
        SELECT 's' || n, 's' || n, 'MA', 'https://x.example/', '{{x.example}}', '{{ar}}', 'news site', 1, '{{}}'
        FROM generate_series(0, 19) n;
    INSERT INTO runs (command, arguments, state, host, pid) VALUES ('bench', '{{}}', 'running', 'x', 1);
    INSERT INTO pages (source_id, run_id, url, canonical_url, url_hash, fetched_at, body, body_sha256, size_bytes)
        SELECT 's' || n % 20, 1, 'u' || n, 'u' || n, decode(md5('u' || n), 'hex'), now(), '', '', 0
        FROM generate_series(1, :articles) n;
    INSERT INTO stories (started_on, last_on, placed_at) VALUES ('2026-01-01', '2026-01-01', now());
    INSERT INTO articles (page_id, source_id, story_id, url, title, text, language, words, score, published_on,
            published_basis, published_sure)
        SELECT n, 's' || n % 20, 1, 'u' || n, 't', 't', 'ar', 90, 1, DATE '2023-01-01' + {day}, 'meta', 'stated'
        FROM generate_series(1, :articles) n;
"""
EVENT = """
    INSERT INTO events (kind, direction, people, countries, first_on, last_on, precision,
            told, told_from, told_to, sources)
        SELECT (ARRAY['visit', 'meeting', 'agreement'])[n % 3 + 1], CASE WHEN n % 3 = 0 THEN 'outbound' END, :chief,
            ARRAY[chr(65 + n / 3 % 25) || 'X'], {days}, 'day', 'news', {first}, {first}, ARRAY['s' || n % 20]
        FROM generate_series(1, :events) n;
"""
REPORT = """
    INSERT INTO reports (article_id, position, event_id, met_at, kind, direction, told, people, countries,
            first_on, last_on, precision, evidence, field, span_start, span_end, rule)
        SELECT {article}, {position}, {event}, {met}, events.kind, events.direction, 'news', :chief, events.countries,
            events.first_on + {shift}, events.last_on + {shift}, 'day', 'e', 'text', 0, 1, 'r'
        FROM generate_series({numbers}) n JOIN events ON events.id = n % :events + 1;
"""


def main() -> None:
    """Print the milliseconds of meeting one article, in the middle and of the slowest twentieth."""
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    for server in run_server("bench-events"):
        engine = make_engine(create_database(server, "bench"))
        upgrade(engine)
        fill(engine, articles)
        taken, trip = list(meet_all(engine)), round_trip(engine)
        engine.dispose()
    median, slow = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
    print(f"{EVENTS} events, {EVENTS * REPORTS_OF_ONE} reports; {len(taken)} articles of 2 reports met them:")
    print(f"median {median * 1000:.1f} ms, p95 {slow * 1000:.1f} ms an article")
    times = f"{median / trip:.0f} and {slow / trip:.0f} times"
    print(f"that is {times} the simplest question to Postgres, which takes {trip * 1000:.2f} ms")


def fill(engine: Engine, articles: int) -> None:
    """Write events that stand for some days each, ten reports of each, and articles whose reports wait."""
    known = EVENTS * REPORTS_OF_ONE
    day = f"(n % {EVENTS}) * 7919 % {DAYS}"
    first = f"DATE '2023-01-01' + n * 7919 % {DAYS}"
    old = {
        "article": "n",
        "position": "0",
        "event": "events.id",
        "met": "now()",
        "shift": "0",
        "numbers": f"1, {known}",
    }
    new = {
        "article": f"{known} + (n + 1) / 2",
        "position": "n % 2",
        "event": "NULL",
        "met": "NULL",
        "shift": "(n % 4 / 2) * 5",
        "numbers": f"1, {2 * articles}",
    }
    facts = {"articles": known + articles, "events": EVENTS, "chief": [CHIEF]}
    with engine.begin() as connection:
        for statement in (
            *PRESS.format(day=day).split(";\n"),
            EVENT.format(days=f"{first}, {first} + 1", first=first),
            REPORT.format(**old),
            REPORT.format(**new),
        ):
            if statement.strip():
                connection.execute(text(statement), facts)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def meet_all(engine: Engine) -> Iterator[float]:
    """Let all articles meet the events, and yield the seconds each took."""
    book, resolver = EventBook(engine), Resolver({CHIEF})
    while True:
        began = time.perf_counter()
        if book.meet_next(resolver) is None:
            return
        yield time.perf_counter() - began


def round_trip(engine: Engine) -> float:
    """Return the seconds that a question without any work takes, in the middle."""
    taken = []
    with engine.connect() as connection:
        for _ in range(500):
            began = time.perf_counter()
            connection.scalar(text("SELECT 1"))
            taken.append(time.perf_counter() - began)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
