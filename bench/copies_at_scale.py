"""The index of copies in Postgres with many texts in it: what it finds, what it takes for a copy, time and room.

`nice python bench/copies_at_scale.py [TEXTS ...]` fills one database up to each number in turn and measures there; a
million takes some minutes, ten million half an hour and 45 GB. A hundred thousand texts are generated, and Postgres
makes more, with keys as common as those. Times are of the wall, through SQLAlchemy, as in the transaction that files an
article: all that is asked and written of copies and refrains, of one text after another; its commit apart. A hundred
thousand more new texts are only looked up, to count those that are taken for copies.
"""

from __future__ import annotations

import io
import os
import resource
import shutil
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from sqlalchemy import Connection, Engine, text

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from virtual.wire import OUTLETS, WAYS, Wire, wrap

from analysis.dedupe import fingerprint, keys_of, place
from analysis.records import Article, Filing, Fingerprint, Judgement, Language, Placement
from analysis.refrains import hash_of, leave_out, paragraph_hashes
from models.database import make_engine
from models.filings import know_again
from models.fingerprints import find_lookalikes, to_bytes, to_signed
from models.migrate import upgrade
from models.refrains import find_refrains
from models.server import Server
from postgres import create_database, servers_folder

TEXTS, GENERATED = 10_000, 100_000
PLANTED, NEW, WARM, ORIGINALS = 200, 10_000, 500, 4_000
PROBES = 100_000
EDITED_COPIES, LATER_COPIES = 200, 50
CHUNK = 10_000
COMMON_HERE = 3
LEAST_WORDS = 5  # fewer recur by chance, and would come twice to an empty table
OPTIONS = (
    "-c max_wal_size=16GB",
    "-c checkpoint_timeout=1h",
    "-c maintenance_work_mem=1GB",
    "-c wal_level=minimal",  # what is copied into a table that was emptied in the same transaction is written once
    "-c max_wal_senders=0",
)
ARTICLE = "(id, page_id, source_id, story_id, url, title, text, language, undated_because, words, score)"
FINGERPRINT = "(id, article_id, exact, hashes, hash_limit, words, numbers, wording)"
REFRAINS = "refrains (source_id, hash, articles, first_on, last_on, title)"
TABLES = ("fingerprints", "shingles", "refrains")
COMMON_KEYS = """
    CREATE TEMPORARY TABLE common ON COMMIT DROP AS
        SELECT hash, row_number() OVER (PARTITION BY hash % 2 = 0 ORDER BY random()) AS place, hash % 2 = 0 AS is_even
        FROM shingles WHERE fingerprint_id <= :kept AND hash IN (
            SELECT hash FROM shingles WHERE fingerprint_id <= :kept GROUP BY hash HAVING count(*) >= :least
        )
"""
MORE = (
    """
    INSERT INTO articles {article} OVERRIDING SYSTEM VALUE
        SELECT n, n, 'o' || n % :outlets, n, 'u', 't', '', 'ar', 'none', 1, 0 FROM generate_series(:first, :last) AS n
    """,
    """
    INSERT INTO fingerprints {fingerprint} OVERRIDING SYSTEM VALUE
        SELECT n, n, decode(md5(n::text), 'hex'), hashes, hash_limit, words, numbers, wording
        FROM generate_series(:first, :last) AS n JOIN fingerprints ON id = 1 + n % :generated
    """,
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
    """
    INSERT INTO refrains (source_id, hash, articles, first_on, last_on, title)
        SELECT 'o' || n % :outlets, CAST((random() - 0.5) * 2 ^ 64 AS bigint), 1, '2026-01-01', '2026-01-01', n
        FROM generate_series(:first, :last) AS n, generate_series(1, 6)
    """,
)
KEYS = {"shingles": "hash, fingerprint_id", "refrains": "source_id, hash"}
PRINTERS = ["agency", "printer", "wrapping"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A text to ask for: what was done to it, and of which article it is a copy, None where it is news."""

    kind: str
    filing: Filing
    original: int | None


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of one, and the milliseconds it took: to find and write it, to commit that, and to ask nothing."""

    kind: str
    is_right: bool
    took: float
    commit: float
    bare: float


@dataclass(frozen=True, slots=True)
class Known:
    """A text that is in the tables: whose it is, how it is known, and its paragraphs but for refrains."""

    source_id: str
    fingerprint: Fingerprint
    paragraphs: Sequence[int]


class Texts:
    """Texts without end, the first of them kept to be copied; those of an outlet that repeats itself are learnt."""

    def __init__(self, wire: Wire) -> None:
        """Begin."""
        self._wire = wire
        self.refrains = [hash_of(" ".join(each)) for each in wire.repeated]
        self.originals: dict[int, list[str]] = {}

    def take(self, first: int, last: int) -> Iterator[Known]:
        """Give those from one number to another."""
        for number in range(first, last):
            written = self._wire.article(number % OUTLETS)
            if number < ORIGINALS:
                self.originals[number] = written
            said = leave_out(" ".join(written), self.refrains)
            paragraphs = "\n".join(each for each in said.splitlines() if len(each.split()) >= LEAST_WORDS)
            yield Known(f"o{number % OUTLETS}", fingerprint(said), paragraph_hashes(paragraphs))


def main() -> None:
    """Measure at each size."""
    sizes = sorted(map(int, sys.argv[1:])) or [TEXTS]
    folder = servers_folder() / f"{os.getpid()}-copies"
    try:
        with Server(folder, options=OPTIONS).open() as server:
            engine = make_engine(create_database(server, "copies"))
            upgrade(engine)
            measure(engine, sizes)
            engine.dispose()
    finally:
        shutil.rmtree(folder)


def measure(engine: Engine, sizes: Sequence[int]) -> None:
    """Fill the tables up to each size, and ask."""
    texts, filled = Texts(Wire(7)), 0
    for size in sizes:
        begun = time.monotonic()
        fill(engine, texts, filled, size)
        print(f"\n{size:,} texts, filled in {time.monotonic() - begun:.0f} s")
        print_room(engine, size)
        filed = file_all(engine, questions(Wire(size), texts.originals), size)
        print_found(filed)
        print_times(filed)
        print_false(engine, Wire(size + 2))
        print_communique(file_all(engine, communique(Wire(size + 1), size), size))
        forget(engine, size)
        filled = size


# ---------------------------------------------------------------- filling


def fill(engine: Engine, texts: Texts, first: int, last: int) -> None:
    """Copy texts into the tables, without the index of keys while they come in, nor foreign keys."""
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        if first == 0:
            connection.execute(text("TRUNCATE articles, fingerprints, shingles, refrains CASCADE"))
        for table in KEYS:
            connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT pk_{table}"))
        for start in range(first, min(last, GENERATED), CHUNK):
            end = min(start + CHUNK, last, GENERATED)
            copy(connection, range(start + 1, end + 1), list(texts.take(start, end)))
        if last > GENERATED:
            copy_more(connection, max(first, GENERATED) + 1, last)
        if first == 0:
            copy_in(connection, REFRAINS, refrains_of(texts))
        for table, key in KEYS.items():
            connection.execute(text(f"ALTER TABLE {table} ADD CONSTRAINT pk_{table} PRIMARY KEY ({key})"))
        connection.execute(text(f"ALTER TABLE fingerprints ALTER COLUMN id RESTART WITH {last + 1}"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in (*TABLES, "articles"):
            connection.execute(text(f"VACUUM ANALYZE {table}"))
        connection.execute(text("CHECKPOINT"))


def copy(connection: Connection, numbers: range, known: Sequence[Known]) -> None:
    """Write articles, without their texts, and all that finds them."""
    rows = list(zip(numbers, known, strict=True))
    copy_in(connection, f"articles {ARTICLE}", (article(number, each.source_id) for number, each in rows))
    copy_in(connection, f"fingerprints {FINGERPRINT}", (row(number, each.fingerprint) for number, each in rows))
    keys = ((key, number) for number, each in rows for key in to_signed(keys_of(each.fingerprint)))
    copy_in(connection, "shingles (hash, fingerprint_id)", (f"{key}\t{number}\n" for key, number in keys))
    said = ((each.source_id, hash_) for each in known for hash_ in to_signed(each.paragraphs))
    copy_in(connection, REFRAINS, (refrain(source_id, hash_, 1) for source_id, hash_ in said))


def copy_more(connection: Connection, first: int, last: int) -> None:
    """Let Postgres itself write texts that nobody will ask for, as large as the others and with keys as common."""
    connection.execute(text(COMMON_KEYS), {"least": COMMON_HERE, "kept": CHUNK})
    for each in MORE:
        asked = each.format(article=ARTICLE, fingerprint=FINGERPRINT)
        connection.execute(text(asked), {"first": first, "last": last, "generated": GENERATED, "outlets": OUTLETS})


def refrains_of(texts: Texts) -> Iterator[str]:
    """Write what some outlets repeat as learnt."""
    for outlet, each in enumerate(texts.refrains):
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
    hashes, numbers = (",".join(map(str, to_signed(each))) for each in (kept.hashes, kept.numbers))
    facts = f"\\\\x{kept.exact}\t{{{hashes}}}\t{kept.limit}\t{kept.words}\t{{{numbers}}}"
    return f"{number}\t{number}\t{facts}\t\\\\x{to_bytes(kept.wording).hex()}\n"


def forget(engine: Engine, size: int) -> None:
    """Take out what was asked, so that a larger size begins with what is generated alone."""
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("DELETE FROM shingles WHERE fingerprint_id > :size"), {"size": size})
        connection.execute(text("DELETE FROM fingerprints WHERE article_id > :size"), {"size": size})
        connection.execute(text("DELETE FROM articles WHERE id > :size"), {"size": size})
        connection.execute(text("DELETE FROM refrains WHERE source_id = ANY(:sources)"), {"sources": PRINTERS})


# ---------------------------------------------------------------- asking


def questions(wire: Wire, originals: dict[int, list[str]]) -> list[Asked]:
    """Return copies of each kind and new articles, in any order; the first warm the caches up."""
    asked = [
        ask(kind, way(wire, originals[number]), number + 1, "wrapping" if way is wrap else "printer")
        for kind, way in WAYS.items()
        for number in wire.chance.integers(0, len(originals), PLANTED).tolist()
    ]
    asked += [news(wire, "new") for _ in range(NEW)]
    mixed = [asked[at] for at in wire.chance.permutation(len(asked))]
    return [*(news(wire, "warm") for _ in range(WARM)), *mixed]


def news(wire: Wire, kind: str) -> Asked:
    """Write what no other text says."""
    outlet = int(wire.chance.integers(OUTLETS))
    return ask(kind, wire.article(outlet), None, f"o{outlet}")


def ask(kind: str, written: list[str], original: int | None, source_id: str) -> Asked:
    """Make an article of words."""
    said = " ".join(written)
    mark = fingerprint(said)
    told = Article(
        source_id=source_id, url="", title=mark.exact, text=said, language=Language.ARABIC, author=None, published=None
    )
    judgement = Judgement(relevant=True, score=1.0, because=())
    read = Filing(article=told, judgement=judgement, tags=(), reports=(), fingerprint=mark, placement=Placement())
    return Asked(kind, read, original)


def communique(wire: Wire, size: int) -> list[Asked]:
    """Return a text, many edited copies of it, and then some more of those, edited as much or more."""
    written, first = wire.article(), size + 10_000_000
    asked = [ask("first", written, None, "agency")]
    for number in range(EDITED_COPIES + LATER_COPIES):
        kind = "edited copy" if number < EDITED_COPIES else "later copy"
        changed = WAYS["5 % of words edited" if number % 2 else "10 % of words edited"](wire, written)
        asked.append(ask(kind, changed, first, "printer"))
    return asked


def file_all(engine: Engine, asked: Sequence[Asked], size: int) -> list[Filed]:
    """File texts one by one, as a worker does, each in a transaction."""
    first = size + (10_000_000 if asked[0].kind == "first" else 1)
    with engine.connect() as connection, undisturbed(connection):
        return [file(connection, each, first + at) for at, each in enumerate(asked)]


@contextmanager
def undisturbed(connection: Connection) -> Iterator[None]:
    """Go before what else runs on this machine, where that is allowed: it is not what is measured."""
    with connection.begin():
        both = 0, connection.scalar(text("SELECT pg_backend_pid()"))
    with suppress(PermissionError):
        for process in both:
            os.sched_setscheduler(process, os.SCHED_RR, os.sched_param(1))
    yield
    with suppress(PermissionError):
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


def file(connection: Connection, asked: Asked, number: int) -> Filed:
    """Find, judge and write one text."""
    with connection.begin():
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # there are no pages
        copy_in(connection, f"articles {ARTICLE}", [article(number, asked.filing.article.source_id)])
        connection.execute(text("SET LOCAL session_replication_role = origin"))
        begun = time.perf_counter()
        connection.execute(text("SELECT 1")).all()
        bare = time.perf_counter() - begun
        begun = time.perf_counter()
        refrains = find_refrains(connection, asked.filing.article)
        mark = fingerprint(leave_out(asked.filing.article.text, refrains)) if refrains else asked.filing.fingerprint
        placement = place(mark, find_lookalikes(connection, mark))
        made = replace(asked.filing, fingerprint=mark, placement=placement)
        know_again(connection, number, made, date(2026, 1, 1 + number % 28))
        took = time.perf_counter() - begun
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        name_original(connection, number, placement)
        begun = time.perf_counter()
    committed = time.perf_counter() - begun
    found = placement.copy_of and placement.copy_of.article_id
    return Filed(asked.kind, found == asked.original, took * 1000, committed * 1000, bare * 1000)


def name_original(connection: Connection, number: int, placement: Placement) -> None:
    """Say in the row of an article of what it is a copy."""
    if placement.copy_of is not None:
        change = "UPDATE articles SET copy_of_article_id = :original, copy_kind = :kind, copy_share = :share"
        facts = {"original": placement.copy_of.article_id, "kind": placement.kind, "share": placement.share}
        connection.execute(text(f"{change} WHERE id = :number"), {**facts, "number": number})


# ---------------------------------------------------------------- what came of it


def print_found(filed: Sequence[Filed]) -> None:
    """Print recall by kind, and how many new texts were taken for copies."""
    by_kind = defaultdict[str, list[bool]](list)
    for each in filed:
        by_kind[each.kind].append(each.is_right)
    for kind in WAYS:
        print(f"  found: {kind:24} {sum(by_kind[kind]) / len(by_kind[kind]):.3f} of {len(by_kind[kind])}")
    print(f"  taken for copies: {by_kind['new'].count(False)} of {len(by_kind['new']):,} new texts")


def print_false(engine: Engine, wire: Wire) -> None:
    """Look new texts up, without filing them, and print how many are taken for copies."""
    taken = 0
    with engine.connect() as connection:
        for _ in range(PROBES):
            asked = news(wire, "probe").filing
            refrains = find_refrains(connection, asked.article)
            mark = fingerprint(leave_out(asked.article.text, refrains))
            taken += place(mark, find_lookalikes(connection, mark)).kind is not None
            connection.rollback()
    print(f"  only looked up: {taken} of {PROBES:,} new texts taken for copies")


def print_times(filed: Sequence[Filed]) -> None:
    """Print the times of new texts and of copies, and how they are spread over the run."""
    for label, chosen in (
        ("new", [each for each in filed if each.kind == "new"]),
        ("copies", [each for each in filed if each.kind in WAYS]),
    ):
        took = [each.took for each in chosen]
        fifths = [took[at::5] for at in range(5)]
        p95 = statistics.median(percentile(fifth, 95) for fifth in fifths)
        commit = [each.commit for each in chosen]
        print(
            f"  find and write, {label}: p50 {percentile(took, 50):.2f} ms, p95 {p95:.2f} ms"
            f" (commit apart: p50 {percentile(commit, 50):.2f}, p95 {percentile(commit, 95):.2f})"
        )
    bare = [each.bare for each in filed]
    print(f"  a round trip that asks nothing: p50 {percentile(bare, 50):.2f} ms, p95 {percentile(bare, 95):.2f} ms")


def print_communique(filed: Sequence[Filed]) -> None:
    """Print how well a text is known after very many edited copies of it."""
    later = [each for each in filed if each.kind == "later copy"]
    found = sum(each.is_right for each in filed[1:])
    took = [each.took for each in later]
    print(
        f"  a communiqué: {found} of {len(filed) - 1} edited copies are its own;"
        f" after {EDITED_COPIES} of them p50 {percentile(took, 50):.2f} ms, p95 {percentile(took, 95):.2f} ms"
    )


def print_room(engine: Engine, size: int) -> None:
    """Print bytes an article in tables and indexes, and memory."""
    with engine.connect() as connection:
        for table in TABLES:
            asked = text("SELECT pg_table_size(CAST(:name AS regclass)), pg_indexes_size(CAST(:name AS regclass))")
            rows, indexes = connection.execute(asked, {"name": table}).one()
            print(f"  {table}: {rows / size:.0f} bytes an article, indexes {indexes / size:.0f}")
    print(f"  peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def percentile(values: Sequence[float], share: int) -> float:
    """Return the value that so many of a hundred stay below."""
    return float(np.percentile(values, share))


if __name__ == "__main__":
    main()
