"""How fast analysts are answered: `analyst.find`, a time line and the list of events over many generated articles.

`python bench/search.py [ARTICLES]` fills a database of its own in the embedded Postgres (by default 50,000 articles of
120 words over ten years, words by Zipf's law, a fifth of them naming the director) and asks each question in turn.
Told are the median and the 95th hundredth in milliseconds, with the database warm.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, text

from models.database import make_engine
from models.migrate import upgrade

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from postgres import create_database, run_server

TIMES = 40  # each question is asked, with other words
WORDS, VOCABULARY, DAYS = 120, 60_000, 3650
BATCH = 20_000
EVENTS_OF = 50  # one event for so many articles

PRESS = """
    INSERT INTO sources (id, name, country, home, hosts, languages, kind, tier, entry)
        SELECT 's' || n, 's' || n, 'MA', 'https://x.example/', '{x.example}', '{ar}', 'news site', 1, '{}'
        FROM generate_series(0, 99) n;
    INSERT INTO runs (command, arguments, state, host, pid) VALUES ('bench', '{}', 'running', 'x', 1);
    INSERT INTO names (kind, id, name_ar) VALUES ('person', 'abdellatif-hammouchi', 'حموشي');
    INSERT INTO spellings VALUES ('hammouchi', 'person', 'abdellatif-hammouchi');
    CREATE TABLE vocabulary AS
        SELECT n AS rank, word FROM unnest(CAST(:words AS text[])) WITH ORDINALITY AS w (word, n);
    ALTER TABLE vocabulary ADD PRIMARY KEY (rank);
"""
ARTICLES = """
    INSERT INTO pages (source_id, run_id, url, canonical_url, url_hash, fetched_at, body, body_sha256, size_bytes)
        SELECT 's' || n % 100, 1, 'u' || n, 'u' || n, decode(md5('u' || n), 'hex'), now(), '', '', 0
        FROM generate_series(:first, :last) n;
    INSERT INTO stories (started_on, last_on, placed_at) SELECT '2026-01-01', '2026-01-01', now()
        FROM generate_series(:first, :last);
    INSERT INTO articles (page_id, source_id, story_id, url, title, text, language, words, score, published_on,
            published_basis, published_sure)
        SELECT n, 's' || n % 100, n, 'https://x.example/' || n,
            split_part(said, ' ', 1) || ' ' || split_part(said, ' ', 2), said, 'ar', :words, 1,
            DATE '2016-01-01' + (n::bigint * :days / :total)::integer, 'meta', 'stated'
        FROM generate_series(:first, :last) n, LATERAL (
            -- the rank of a word by Zipf's law: the inverse of its cumulated frequency
            SELECT string_agg(word, ' ') AS said FROM (
                SELECT floor(exp(random() * ln(CAST(:vocabulary AS float))))::bigint AS rank
                FROM generate_series(1, :words) WHERE n > 0
            ) AS picked JOIN vocabulary USING (rank)
        ) AS texts;
    INSERT INTO searches (article_id, told_on, words)
        SELECT id, published_on, setweight(search_words('ar', title), 'A') || search_words('ar', text)
            || array_to_tsvector(search_marks('ar', source_id, published_on)
                || ('country:' || chr(65 + (id % 25)::int) || 'X')
                || CASE WHEN id % 5 = 0 THEN '{person:abdellatif-hammouchi}'::text[] ELSE '{}' END)
        FROM articles WHERE id BETWEEN :first AND :last;
"""
EVENTS = """
    INSERT INTO events (kind, direction, people, countries, first_on, last_on, precision, told, told_from, told_to,
            sources)
        SELECT (ARRAY['visit', 'meeting', 'agreement'])[n % 3 + 1], NULL, '{abdellatif-hammouchi}',
            ARRAY[chr(65 + n % 25) || 'X'], day, day, 'day', 'news', day, day, ARRAY['s' || n % 100]
        FROM generate_series(1, :events) n,
            LATERAL (SELECT DATE '2016-01-01' + (n::bigint * :days / :events)::integer AS day) AS days;
    INSERT INTO reports (article_id, position, event_id, met_at, kind, told, people, countries, first_on, last_on,
            precision, evidence, field, span_start, span_end, rule)
        SELECT least(:total, events.id * :each - n), 0, events.id, now(), events.kind, 'news', events.people,
            events.countries, first_on, last_on, 'day', 'e', 'text', 0, 1, 'r'
        FROM events, generate_series(0, 4) n;
"""
FIND = "SELECT count(*) FROM analyst.find(:query, most => 20, newest => :newest, country => :country, since => :since)"
TIMELINE = "SELECT count(*) FROM analyst.timeline(:kind, :country, 'month')"
LIST = """
    SELECT count(evidence) FROM (
        SELECT * FROM analyst.events
        WHERE told = 'news' AND (CAST(:country AS text) IS NULL OR countries @> ARRAY[:country])
        ORDER BY happened_on DESC, event DESC LIMIT 50
    ) AS listed
"""
Ask = Callable[[random.Random], dict[str, object]]
Question = tuple[str, Ask]


def make_words(chance: random.Random) -> list[str]:
    """Make up as many Arabic words as the vocabulary has, each once, the short ones first."""
    letters = "ابتثجحخدرزسشصطعغفقكلمنهي"
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        length = 3 + len(words) * 5 // VOCABULARY
        words["".join(chance.choice(letters) for _ in range(length))] = None
    return [*words]


def fill(engine: Engine, words: list[str], total: int) -> float:
    """Fill the tables, and return the seconds it took."""
    began = time.perf_counter()
    facts = {"words": WORDS, "vocabulary": VOCABULARY, "days": DAYS, "total": total}
    with engine.begin() as connection:
        connection.execute(text(PRESS), {"words": words})
    for first in range(1, total + 1, BATCH):
        with engine.begin() as connection:
            bounds = {"first": first, "last": min(total, first + BATCH - 1)}
            connection.execute(text(ARTICLES), facts | bounds)
    with engine.begin() as connection:
        connection.execute(text(EVENTS), {"events": total // EVENTS_OF, "each": EVENTS_OF, **facts})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    return time.perf_counter() - began


def questions(words: list[str]) -> dict[str, Question]:
    """Return what is asked: a rare word, two, a common one, a name, each ranked and newest first; and lists."""

    def asked(ranks: tuple[int, int], count: int = 1, name: str = "", **bounds: bool) -> Ask:
        def make(chance: random.Random) -> dict[str, object]:
            chosen = [words[chance.randrange(*ranks)] for _ in range(count)]
            return {
                "query": " ".join([*chosen, name]),
                "newest": "newest" in bounds,
                "country": f"{chr(65 + chance.randrange(25))}X" if "country" in bounds else None,
                "since": f"{2025 - chance.randrange(9)}-03-01" if "since" in bounds else None,
            }

        return make

    rare, middle, common = (20_000, 60_000), (500, 3_000), (0, 30)
    listed = lambda chance: {"kind": "visit", "country": f"{chr(65 + chance.randrange(25))}X"}  # noqa: E731 beside the others
    return {
        "a rare word, ranked": (FIND, asked(rare)),
        "a rare word, newest": (FIND, asked(rare, newest=True)),
        "two words, ranked": (FIND, asked(middle, 2)),
        "a common word, ranked": (FIND, asked(common)),
        "a common word, newest": (FIND, asked(common, newest=True)),
        "a name, newest": (FIND, asked((0, 1), 0, "Hammouchi", newest=True)),
        "a name and a rare word": (FIND, asked(rare, 1, "Hammouchi")),
        "a common word and a country": (FIND, asked(common, country=True)),
        "two words since a day": (FIND, asked(middle, 2, since=True)),
        "visits by month with a country": (TIMELINE, listed),
        "everything by month": (TIMELINE, lambda _: {"kind": None, "country": None}),
        "the newest 50 events": (LIST, lambda _: {"country": None}),
        "the newest 50 events of a country": (LIST, lambda chance: {"country": f"{chr(65 + chance.randrange(25))}X"}),
    }


def main() -> None:
    """Print a line for each question."""
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    chance = random.Random(8)  # noqa: S311 for figures
    words = make_words(chance)
    for server in run_server("bench-search"):
        engine = make_engine(create_database(server, "bench"))
        upgrade(engine)
        seconds = fill(engine, words, total)
        with engine.connect() as connection:
            size = connection.scalar(text("SELECT pg_total_relation_size('searches')")) / total
            print(
                f"{total} articles, filled in {seconds:.0f} s; what is searched takes {size / 1000:.1f} kB an article"
            )
            connection.execute(text("SET ROLE marsad_analyst"))
            for name, (question, ask) in questions(words).items():
                taken = []
                for _ in range(TIMES):
                    facts = ask(chance)
                    began = time.perf_counter()
                    connection.execute(text(question), facts)
                    taken.append((time.perf_counter() - began) * 1000)
                median, slow = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
                print(f"  {name:<36} median {median:7.1f} ms  p95 {slow:7.1f} ms", flush=True)
        engine.dispose()


if __name__ == "__main__":
    main()
