"""Tables with many texts in them, for the benchmark of copies: a hundred thousand are generated, and more are made.

Postgres makes those above, with keys as common as the others'.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, text
from virtual.wire import OUTLETS, Wire

from analysis.dedupe import fingerprint_of, keys_of
from analysis.records import Fingerprint, Placement
from analysis.refrains import hash_of, leave_out
from models.packed import Size, to_bytes, to_signed

GENERATED, ORIGINALS = 100_000, 4_000
CHUNK = 10_000
ALL_BUT_KEYS = "INCLUDING DEFAULTS INCLUDING GENERATED"
COMMON_HERE = 3
LEAST_WORDS = 5  # fewer recur by chance, and would come twice to an empty table
TABLES = ("shingles", "refrains", "fingerprints", "articles")  # those that are sorted come first: it takes room
ARTICLE = "(id, page_id, source_id, story_id, url, title, text, language, undated_because, words, score)"
FINGERPRINT = "(id, article_id, exact, hashes, hash_limit, words, numbers, wording)"
REFRAINS = "refrains (source_id, hash, articles, first_on, last_on, title)"
COMMON_KEYS = """
    CREATE TEMPORARY TABLE common ON COMMIT DROP AS
        SELECT hash, row_number() OVER (PARTITION BY hash % 2 = 0 ORDER BY random()) AS place, hash % 2 = 0 AS is_even
        FROM generated.shingles WHERE fingerprint_id <= :kept AND hash IN (
            SELECT hash FROM generated.shingles WHERE fingerprint_id <= :kept GROUP BY hash HAVING count(*) >= :least
        )
"""
MORE = {
    "shingles": (
        """
        INSERT INTO shingles (hash, fingerprint_id)
            SELECT CAST(random() * 2 ^ 62 AS bigint), n
            FROM generate_series(:first, :last) AS n, generate_series(1, 26)
        """,
        """
        INSERT INTO shingles (hash, fingerprint_id)
            SELECT hash, n
            FROM generate_series(:first, :last) AS n CROSS JOIN (VALUES (true), (false)) AS half (is_even)
            JOIN common ON common.is_even = half.is_even AND place = 1 + n % (
                SELECT least(count(*) FILTER (WHERE is_even), count(*) FILTER (WHERE NOT is_even)) FROM common
            )
        """,
    ),
    "refrains": (
        """
        INSERT INTO refrains (source_id, hash, articles, first_on, last_on, title)
            SELECT 'o' || n % :outlets, CAST((random() - 0.5) * 2 ^ 64 AS bigint), 1, '2026-01-01', '2026-01-01', n
            FROM generate_series(:first, :last) AS n, generate_series(1, 6)
        """,
    ),
    "fingerprints": (
        """
        INSERT INTO fingerprints {fingerprint} OVERRIDING SYSTEM VALUE
            SELECT n, n, decode(md5(n::text), 'hex'), hashes, hash_limit, words, numbers, wording
            FROM generate_series(:first, :last) AS n JOIN generated.fingerprints ON id = 1 + n % :generated
        """,
    ),
    "articles": (
        """
        INSERT INTO articles {article} OVERRIDING SYSTEM VALUE
            SELECT n, n, 'o' || n % :outlets, n, 'u', 't', '', 'ar', 'none', 1, 0
            FROM generate_series(:first, :last) AS n
        """,
    ),
}
GENERATED_ROWS = "INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT * FROM generated.{table}"
KEYS = {"shingles": "hash, fingerprint_id", "refrains": "source_id, hash"}
PRINTERS = ["agency", "printer", "wrapping"]


@dataclass(frozen=True, slots=True)
class Known:
    """A text that is in the tables: whose it is, how it is known, and its paragraphs but for refrains."""

    source_id: str
    fingerprint: Fingerprint
    paragraphs: Sequence[int]


def fill(engine: Engine, size: int) -> None:
    """Write so many texts into empty tables, without the index of keys while they come in, nor foreign keys."""
    generate(engine, min(size, GENERATED))
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(f"TRUNCATE {', '.join(TABLES)} CASCADE"))
        connection.execute(text(COMMON_KEYS), {"least": COMMON_HERE, "kept": CHUNK})
        for table in TABLES:
            fill_table(connection, table, size)
        connection.execute(text(f"ALTER TABLE fingerprints ALTER COLUMN id RESTART WITH {size + 1}"))
        connection.execute(text("INSERT INTO generated.filled VALUES (:texts)"), {"texts": size})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in TABLES:
            connection.execute(text(f"VACUUM ANALYZE {table}"))
        connection.execute(text("CHECKPOINT"))


def generate(engine: Engine, count: int) -> None:
    """Write the first texts into tables of their own, unless they are there: it takes most of the time."""
    with engine.begin() as connection:
        if connection.scalar(text("SELECT to_regclass('generated.articles')")) is not None:
            if connection.scalar(text("SELECT count(*) FROM generated.articles")) == count:
                return
            connection.execute(text("DROP SCHEMA generated CASCADE"))
        connection.execute(text("CREATE SCHEMA generated"))
        connection.execute(text("CREATE TABLE generated.filled (texts bigint)"))
        for table in TABLES:
            connection.execute(text(f"CREATE TABLE generated.{table} (LIKE {table} {ALL_BUT_KEYS})"))
        wire = Wire(7)
        for start in range(0, count, CHUNK):
            end = min(start + CHUNK, count)
            copy(connection, range(start + 1, end + 1), list(take(wire, start, end)))
        copy_in(connection, f"generated.{REFRAINS}", refrains_of(wire))


def filled_to(engine: Engine) -> int:
    """Return how many texts the tables were filled with before."""
    with engine.begin() as connection:
        if connection.scalar(text("SELECT to_regclass('generated.filled')")) is None:
            return 0
        return int(connection.scalar(text("SELECT texts FROM generated.filled ORDER BY ctid DESC LIMIT 1")) or 0)


def originals() -> list[list[str]]:
    """Return the texts that are copied, which are the first."""
    wire = Wire(7)
    return [wire.article(number % OUTLETS) for number in range(ORIGINALS)]


def take(wire: Wire, first: int, last: int) -> Iterator[Known]:
    """Give texts from one number to another; what an outlet repeats is learnt."""
    refrains = repeated(wire)
    for number in range(first, last):
        said = leave_out(" ".join(wire.article(number % OUTLETS)), refrains)
        paragraphs = sorted({each.hash for each in said if len(each.words) >= LEAST_WORDS})
        yield Known(f"o{number % OUTLETS}", fingerprint_of(said), paragraphs)


def repeated(wire: Wire) -> list[int]:
    """Return what some outlets print below each article."""
    return [hash_of(" ".join(each)) for each in wire.repeated]


def copy(connection: Connection, numbers: range, known: Sequence[Known]) -> None:
    """Write articles, without their texts, and all that finds them."""
    rows = list(zip(numbers, known, strict=True))
    copy_in(connection, f"generated.articles {ARTICLE}", (article(number, each.source_id) for number, each in rows))
    marks = (row(number, each.fingerprint) for number, each in rows)
    copy_in(connection, f"generated.fingerprints {FINGERPRINT}", marks)
    keys = ((key, number) for number, each in rows for key in to_signed(keys_of(each.fingerprint)))
    copy_in(connection, "generated.shingles (hash, fingerprint_id)", (f"{key}\t{number}\n" for key, number in keys))
    said = ((each.source_id, hash_) for each in known for hash_ in to_signed(each.paragraphs))
    copy_in(connection, f"generated.{REFRAINS}", (refrain(source_id, hash_, 1) for source_id, hash_ in said))


def fill_table(connection: Connection, table: str, size: int) -> None:
    """Write what was generated, and let Postgres make more of that, as large and with keys as common; then sort it."""
    if table in KEYS:
        connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT pk_{table}"))
    connection.execute(text(GENERATED_ROWS.format(table=table)))
    asked = {"first": GENERATED + 1, "last": size, "generated": GENERATED, "outlets": OUTLETS}
    for each in MORE[table] if size > GENERATED else ():
        connection.execute(text(each.format(article=ARTICLE, fingerprint=FINGERPRINT)), asked)
    if table in KEYS:
        connection.execute(text(f"ALTER TABLE {table} ADD CONSTRAINT pk_{table} PRIMARY KEY ({KEYS[table]})"))


def refrains_of(wire: Wire) -> Iterator[str]:
    """Write what some outlets repeat as learnt."""
    for outlet, each in enumerate(repeated(wire)):
        yield refrain(f"o{outlet}", to_signed([each])[0], 1000)


def copy_in(connection: Connection, table: str, lines: Iterable[str]) -> None:
    """Copy lines into a table."""
    with connection.connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} FROM STDIN", io.StringIO("".join(lines)))


def article(number: int, source_id: str) -> str:
    """Write the row of an article."""
    return f"{number}\t{number}\t{source_id}\t{number}\tu\tt\t\tar\tnone\t1\t0\n"


def refrain(source_id: str, hash_: int, articles: int) -> str:
    """Write the row of a paragraph of a source."""
    return f"{source_id}\t{hash_}\t{articles}\t2026-01-01\t2026-06-01\t0\n"


def row(number: int, kept: Fingerprint) -> str:
    """Write the row of a fingerprint."""
    hashes, numbers = (to_bytes(each, Size.LONG).hex() for each in (kept.hashes, kept.numbers))
    facts = f"\\\\x{kept.exact}\t\\\\x{hashes}\t{kept.limit}\t{kept.words}\t\\\\x{numbers}"
    return f"{number}\t{number}\t{facts}\t\\\\x{to_bytes(kept.wording, Size.SHORT).hex()}\n"


def forget(engine: Engine, size: int) -> None:
    """Take out what was asked, so that a larger size begins with what is generated alone."""
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("DELETE FROM shingles WHERE fingerprint_id > :size"), {"size": size})
        connection.execute(text("DELETE FROM fingerprints WHERE article_id > :size"), {"size": size})
        connection.execute(text("DELETE FROM articles WHERE id > :size"), {"size": size})
        connection.execute(text("DELETE FROM refrains WHERE source_id = ANY(:sources)"), {"sources": PRINTERS})


def enter(beside: Connection, sources: Iterable[str], first: int) -> None:
    """Write the rows of articles that are filed, without pages."""
    with unbound(beside):
        rows = (article(first + at, source_id) for at, source_id in enumerate(sources))
        copy_in(beside, f"articles {ARTICLE}", rows)


@contextmanager
def unbound(beside: Connection) -> Iterator[None]:
    """Write without foreign keys, and beside what is measured: the setting drops all plans of its connection."""
    with beside.begin():
        beside.execute(text("SET LOCAL session_replication_role = replica"))
        yield


def name_original(beside: Connection, number: int, placement: Placement) -> None:
    """Say in the row of an article of what it is a copy."""
    if placement.copy_of is not None:
        change = "UPDATE articles SET copy_of_article_id = :original, copy_kind = :kind, copy_share = :share"
        facts = {"original": placement.copy_of.article_id, "kind": placement.kind, "share": placement.share}
        with unbound(beside):
            beside.execute(text(f"{change} WHERE id = :number"), {**facts, "number": number})
