"""Many generated articles, quickly: what benchmarks of search and page ask over, and tests of the page in a browser.

Words by Zipf's law, two of three articles in Arabic and the others in French-like words, evenly over ten years. Rows go
in by COPY, two streams of them, past triggers and into tables without indexes, which are made when all is there. What
was found in them is written by many_findings.py.
"""

from __future__ import annotations

import math
import random
import time
from array import array
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO

from sqlalchemy import Connection, Engine, text

VOCABULARY, DAYS, FIRST_DAY = 60_000, 3650, date(2016, 1, 1)
WORDS = 120
BATCH = 5_000
EVENTS_OF = 50  # one event for so many articles
STREAMS = 2
ALONE_IN = 5  # one word more stands in so many articles and in no others
PEOPLE = {"abdellatif-hammouchi": ("حموشي", "hammouchi", 5), "fouad-seldom": ("فؤاد", "seldom", 20_000)}
"""Who is named: in Arabic, as a spelling, and in one of how many articles."""
COUNTRIES = [
    "ES",
    "FR",
    "DE",
    "US",
    "QA",
    "AE",
    "SN",
    "NL",
    "BE",
    "PT",
    "SA",
    "IT",
    "GB",
    "TR",
    "ML",
    "CI",
    "MR",
    "EG",
    "JO",
    "TN",
    "LY",
    "NG",
    "NE",
    "CM",
    "PL",
]
"""Which country an article names, in turn."""
THEMES = ("counter-terrorism", "migration", "drugs", "cybercrime", "border-security", "interpol", "sahel", "extremism")
"""And which theme."""

PRESS = """
    INSERT INTO sources (id, name, country, home, hosts, languages, kind, tier, entry)
        SELECT 's' || n, 's' || n, 'MA', 'https://x.example/', '{x.example}', '{ar}', 'news site', 1, '{}'
        FROM generate_series(0, 99) n;
    INSERT INTO runs (command, arguments, state, host, pid) VALUES ('bench', '{}', 'running', 'x', 1);
"""
NAMES = text("INSERT INTO names (kind, id, name_ar) VALUES ('person', :id, :name)")
SPELLINGS = text("INSERT INTO spellings VALUES (:spelling, 'person', :id)")
EVENTS = text("""
    INSERT INTO events (kind, direction, people, countries, first_on, last_on, precision, told, told_from, told_to,
            sources)
        SELECT (ARRAY['visit', 'meeting', 'agreement'])[n % 3 + 1], NULL, '{abdellatif-hammouchi}',
            ARRAY[(CAST(:countries AS text[]))[1 + n % 25]], day, day, 'day', 'news', day, day, ARRAY['s' || n % 100]
        FROM generate_series(1, :events) n,
            LATERAL (SELECT DATE '2016-01-01' + (n::bigint * :days / :events)::integer AS day) AS days;
    INSERT INTO reports (article_id, position, event_id, met_at, kind, told, people, countries, first_on, last_on,
            precision, evidence, field, span_start, span_end, rule)
        SELECT least(:total, events.id * :each - n), 0, events.id, now(), events.kind, 'news', events.people,
            events.countries, first_on, last_on, 'day', 'e', 'text', 0, 1, 'r'
        FROM events, generate_series(0, 4) n;
""")
COLUMNS: Mapping[str, str] = {
    "pages": "id, source_id, run_id, url, canonical_url, url_hash, fetched_at, body, body_sha256, size_bytes, "
    "outcome, rules, outcome_at, outcome_run_id",
    "stories": "id, started_on, last_on, placed_at, first_article_id",
    "articles": "id, page_id, source_id, story_id, url, title, text, language, words, score, published_on, "
    "published_basis, published_sure",
    "searches": "article_id, told_on, words",
}
MONTHS = text("""
    SELECT make_search_month(day::date) FROM generate_series(CAST(:first AS date), :last, interval '1 month') AS day
""")
INDEXES = text("""
    SELECT c.relname AS name, pg_get_indexdef(i.indexrelid) AS made_by FROM pg_index i
    JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = ANY (CAST(CAST(:tables AS text[]) AS regclass[])) AND NOT i.indisunique
""")
STEMS = text("""
    SELECT coalesce((tsvector_to_array(search_words(:language, word)))[1], word)
    FROM unnest(CAST(:words AS text[])) WITH ORDINALITY AS w (word, n) ORDER BY n
""")
NOON = "2026-01-01 12:00"
SETTLED = ("filed", "r", NOON, 1)
ARABIC, LATIN = "ابتثجحخدرزسشصطعغفقكلمنهي", "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, kw_only=True, slots=True)
class Language:
    """A language of the press: its words, the frequent ones first, and what each is cut to."""

    id: str
    words: list[str]
    stems: list[str]


@dataclass(frozen=True, slots=True)
class _Press:
    """What rows are made of: the languages, how many articles there are, and how many tell one story."""

    languages: tuple[Language, ...]
    total: int
    in_story: int


def make_words(chance: random.Random, letters: str = ARABIC) -> list[str]:
    """Make up as many words as the vocabulary has, each once, the short ones first."""
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        length = 3 + len(words) * 5 // VOCABULARY
        words["".join(chance.choice(letters) for _ in range(length))] = None
    return [*words]


def latin_words() -> list[str]:
    """Make up the French-like words."""
    return make_words(random.Random(9), LATIN)  # noqa: S311 for figures


def is_filled(engine: Engine) -> bool:
    """Tell whether a database was filled to the end: the events come last."""
    with engine.connect() as connection:
        return bool(connection.scalar(text("SELECT EXISTS (SELECT FROM events)")))


def lone_word(number: int) -> str:
    """Return the word that stands in article `number` and a few others, far apart in time."""
    letters = []
    for _ in range(6):
        number, letter = divmod(number, len(LATIN))
        letters.append(LATIN[letter])
    return "qz" + "".join(letters)


def fill(engine: Engine, words: list[str], total: int, in_story: int = 1) -> float:
    """Fill the tables, so many articles in each story, and return the seconds it took."""
    began = time.perf_counter()
    with engine.begin() as connection:
        languages = _languages(connection, words)
        _begin(connection)
        connection.execute(MONTHS, {"first": FIRST_DAY, "last": _day(total, total)})
        indexes = connection.execute(INDEXES, {"tables": [*COLUMNS]}).all()
        for index in indexes:
            connection.execute(text(f"DROP INDEX {index.name}"))
    starts = range(1, total + 1, BATCH)
    middle = len(starts) // STREAMS
    with ThreadPoolExecutor(STREAMS) as streams:
        list(
            streams.map(
                lambda part: _copy(engine, _Press(languages, total, in_story), part), [starts[:middle], starts[middle:]]
            )
        )
        list(streams.map(lambda made_by: _index(engine, made_by), _of_months(engine)))
        list(streams.map(lambda index: _index(engine, index.made_by.replace(" ON ONLY ", " ON ")), indexes))
    with engine.begin() as connection:
        counts = {"events": max(1, total // EVENTS_OF), "each": EVENTS_OF, "days": DAYS, "total": total}
        connection.execute(EVENTS, {**counts, "countries": COUNTRIES})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    return time.perf_counter() - began


def _begin(connection: Connection) -> None:
    connection.execute(text(PRESS))
    for person, (name, spelling, _) in PEOPLE.items():
        connection.execute(NAMES, {"id": person, "name": name})
        connection.execute(SPELLINGS, {"id": person, "spelling": spelling})


def _of_months(engine: Engine) -> list[str]:
    """Return how the index of words is made month by month, for two streams at once: the whole then takes them in."""
    with engine.connect() as connection:
        parts = connection.scalars(
            text("SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'searches'::regclass")
        )
        return [f"CREATE INDEX ON {part} USING gin (words)" for part in parts]


def _languages(connection: Connection, words: list[str]) -> tuple[Language, ...]:
    return tuple(
        Language(id=name, words=made, stems=[*connection.scalars(STEMS, {"language": name, "words": made})])
        for name, made in (("ar", words), ("fr", latin_words()))
    )


def _index(engine: Engine, made_by: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL maintenance_work_mem = '1GB'"))
        connection.execute(text(made_by))


def _copy(engine: Engine, press: _Press, starts: range) -> None:
    """Write one stream of articles, batch by batch."""
    chance = random.Random(starts.start)  # noqa: S311 for figures
    with engine.connect() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica; SET LOCAL synchronous_commit = off"))
        cursor = connection.connection.cursor()
        for first in starts:
            rows = {table: StringIO() for table in COLUMNS}
            for number in range(first, min(press.total, first + BATCH - 1) + 1):
                for table, row in _rows(number, press, chance):
                    rows[table].write(row)
            for table, columns in COLUMNS.items():
                rows[table].seek(0)
                cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", rows[table])
        connection.commit()


def _day(number: int, total: int) -> date:
    return FIRST_DAY + timedelta(days=number * DAYS // total)


def _rows(number: int, press: _Press, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Give the row of each table for an article, as COPY reads it."""
    total, story = press.total, number - (number - 1) % press.in_story
    language, day, source = press.languages[number % 3 == 0], _day(number, total), f"s{number % 100}"
    scale = math.log(VOCABULARY) / 2**32
    # the rank of a word by Zipf's law: the inverse of its cumulated frequency
    ranks = [int(math.exp(drawn * scale)) - 1 for drawn in array("I", chance.randbytes(4 * WORDS))]
    lone = lone_word(number % max(1, total // ALONE_IN))
    said = " ".join([language.words[rank] for rank in ranks]) + " " + lone
    title = [language.words[rank] for rank in ranks[:2]]
    yield "pages", _row(number, source, 1, f"u{number}", f"u{number}", rf"\\x{number:032x}", NOON, "", "", 0, *SETTLED)
    if story == number:
        last = _day(min(total, number + press.in_story - 1), total)
        yield "stories", _row(number, day, last, NOON, number)
    stands = (number, number, source, story, f"https://x.example/{number}", " ".join(title), said, language.id, WORDS)
    yield "articles", _row(*stands, 1, day, "meta", "stated")
    places = dict.fromkeys([language.stems[rank] for rank in ranks], "")
    for place, rank in enumerate([*ranks[: len(title)], *ranks], 1):
        places[language.stems[rank]] += f",{place}{'A' if place <= len(title) else ''}"
    cut = [f"'{stem}':{found[1:]}" for stem, found in places.items()]
    marks = [
        f"'language:{language.id}'",
        f"'source:{source}'",
        f"'country:{COUNTRIES[number % len(COUNTRIES)]}'",
        f"'theme:{THEMES[number % len(THEMES)]}'",
        f"'{lone}':{WORDS + len(title) + 1}",
    ]
    marks += [f"'person:{person}'" for person, (_, _, each) in PEOPLE.items() if number % each == 0]
    yield "searches", _row(number, day, " ".join([*cut, *marks]))


def _row(*values: object) -> str:
    return "\t".join(map(str, values)) + "\n"
