"""The index of known texts: seed documents and articles alike, found again by the keys they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, text

from analysis.dedupe import keys_of, new_keys
from analysis.recall import COMMON, MOST_LOOKALIKES, rank
from analysis.records import Fingerprint, KnownText, Lookalike
from models.packed import Size, from_bytes, to_array, to_bytes, to_signed
from models.prepared import Prepared, Row

PLACING_LOCK = 7_300_002

# The lock and the search go to the server together, but as two statements: what others filed while this one waited for
# the lock is seen by the second, and would not be by one that does both.
FIND = Prepared(
    name="find_lookalikes",
    types={"keys": "bigint[]", "exact": "bytea"},
    before=f"SELECT pg_advisory_xact_lock({PLACING_LOCK}); ",
    sql=f"""
        SELECT asked.key, known.id
        FROM unnest((SELECT $keys)) AS asked (key)
        CROSS JOIN LATERAL (
            SELECT fingerprint_id AS id FROM shingles WHERE hash = asked.key ORDER BY fingerprint_id DESC LIMIT {COMMON}
        ) AS known
        UNION ALL
        (SELECT NULL, id FROM fingerprints WHERE exact = $exact ORDER BY id LIMIT {COMMON})
    """,  # noqa: S608 a number of ours
)
COLUMNS = """fingerprints.id, fingerprints.seed_id, fingerprints.article_id, fingerprints.exact, fingerprints.hashes,
    fingerprints.hash_limit, fingerprints.words, fingerprints.numbers, fingerprints.wording"""
_READ = f"""
    SELECT {COLUMNS}, articles.copy_of_article_id, articles.copy_of_seed_id, ARRAY(
        SELECT DISTINCT tag_id FROM tags WHERE tags.article_id = articles.id AND tags.kind = 'country' ORDER BY tag_id
    ) AS countries
    FROM unnest((SELECT $numbers)) WITH ORDINALITY AS nearest (id, place)
    JOIN fingerprints ON fingerprints.id = nearest.id
    LEFT JOIN articles ON articles.id = fingerprints.article_id
"""  # noqa: S608 names of ours
_NEAREST = f" ORDER BY nearest.place LIMIT {MOST_LOOKALIKES}"
READ = Prepared(name="read_lookalikes", types={"numbers": "bigint[]"}, sql=_READ + _NEAREST)
READ_AMONG = Prepared(
    name="read_lookalikes_among",
    types={"numbers": "bigint[]", "own": "bigint[]", "before": "bigint"},
    sql=f"""{_READ}
        WHERE articles.id IS NULL
        OR (articles.id <> ALL($own) AND coalesce(articles.copy_of_article_id <> ALL($own), true)
            AND ($before IS NULL OR articles.id < $before
                OR articles.id = (SELECT copy_of_article_id FROM articles WHERE id = $before)))
        {_NEAREST}""",  # noqa: S608 names of ours
)
WRITTEN_TYPES = {
    "seed": "text",
    "article": "bigint",
    "exact": "bytea",
    "hashes": "bytea",
    "limit": "numeric",
    "words": "integer",
    "numbers": "bytea",
    "wording": "bytea",
    "keys": "bigint[]",
}
WRITTEN = """
    WITH written AS (
        INSERT INTO fingerprints (seed_id, article_id, exact, hashes, hash_limit, words, numbers, wording)
        VALUES ($seed, $article, $exact, $hashes, $limit, $words, $numbers, $wording)
        RETURNING id
    ), keyed AS (
        INSERT INTO shingles (hash, fingerprint_id) SELECT unnest((SELECT $keys)), id FROM written
    )
"""
WRITE = Prepared(name="write_fingerprint", types=WRITTEN_TYPES, sql=f"{WRITTEN} SELECT")
KEPT = Prepared(
    name="find_fingerprint",
    types={"seed": "text", "article": "bigint"},
    sql=f"""
        SELECT {COLUMNS}, articles.source_id
        FROM fingerprints LEFT JOIN articles ON articles.id = fingerprints.article_id
        WHERE fingerprints.article_id = $article OR fingerprints.seed_id = $seed
    """,  # noqa: S608 names of ours
)
FORGET = Prepared(
    name="forget_fingerprint",
    types={"number": "bigint", "keys": "bigint[]"},
    sql="""
        WITH gone AS (DELETE FROM fingerprints WHERE id = $number)
        DELETE FROM shingles USING unnest((SELECT $keys)) AS former (hash)
        WHERE shingles.hash = former.hash AND fingerprint_id = $number
    """,
)
COUNTRIES = text("SELECT DISTINCT tag_id FROM tags WHERE article_id = :article AND kind = 'country' ORDER BY tag_id")


def lock_placing(connection: Connection) -> None:
    """Let one transaction at a time place texts, until it ends: two copies at the same moment see one another."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": PLACING_LOCK})


def find_lookalikes(
    connection: Connection, fingerprint: Fingerprint, before: int | None = None, own: Collection[int] = ()
) -> tuple[Lookalike, ...]:
    """Return the known texts that share keys with a new one, or are the same, the nearest first, sixteen at most.

    No other transaction places texts from here until this one ends. A key that many texts have weighs little.
    Left out are articles that are the text's `own`, and copies of these; and of articles that are not `before` one, if
    it is given, all but its original: an article that is placed again is no copy of a later one.
    """
    asked = {"keys": to_array(keys_of(fingerprint)), "exact": bytes.fromhex(fingerprint.exact)}
    holders = defaultdict[int | None, list[int]](list)
    for row in FIND.execute(connection, asked):
        holders[row.key].append(row.id)
    same = holders.pop(None, [])
    numbers = rank(holders.values(), same)
    if not numbers:
        return ()
    if before is None and not own:
        return tuple(map(_lookalike, READ.execute(connection, {"numbers": to_array(numbers)})))
    among = {"numbers": to_array(numbers), "own": to_array(own), "before": before}
    return tuple(map(_lookalike, READ_AMONG.execute(connection, among)))


def write_fingerprint(
    connection: Connection, known: KnownText, fingerprint: Fingerprint, original: Fingerprint | None = None
) -> None:
    """Keep the fingerprint of a text, found by its keys; a copy by those only that do not find its original."""
    WRITE.execute(connection, values_of(known, fingerprint, original))


def values_of(known: KnownText, fingerprint: Fingerprint, original: Fingerprint | None = None) -> dict[str, Any]:
    """Return what the statements that keep a fingerprint are given."""
    keys = keys_of(fingerprint) if original is None else new_keys(fingerprint, original)
    return {
        "seed": known.seed_id,
        "article": known.article_id,
        "exact": bytes.fromhex(fingerprint.exact),
        "hashes": to_bytes(fingerprint.hashes, Size.LONG),
        "limit": fingerprint.limit,
        "words": fingerprint.words,
        "numbers": to_bytes(fingerprint.numbers, Size.LONG),
        "wording": to_bytes(fingerprint.wording, Size.SHORT),
        "keys": to_array(keys),
    }


def keep_fingerprint(
    connection: Connection, known: KnownText, fingerprint: Fingerprint, original: KnownText | None = None
) -> None:
    """Write the fingerprint of a text, if another is kept or one that is found otherwise."""
    row = None if original is None else find_fingerprint(connection, original)
    known_by = None if row is None else fingerprint_of_row(row)
    kept = find_fingerprint(connection, known)
    if kept is not None and fingerprint_of_row(kept) == replace(fingerprint, countries=()):
        found = text("SELECT hash FROM shingles WHERE hash = ANY(:keys) AND fingerprint_id = :number")
        asked = {"keys": to_signed(keys_of(fingerprint)), "number": kept.id}
        keys = keys_of(fingerprint) if known_by is None else new_keys(fingerprint, known_by)
        if {*connection.scalars(found, asked)} == {*to_signed(keys)}:
            return
    forget_fingerprint(connection, known)
    write_fingerprint(connection, known, fingerprint, known_by)


def forget_fingerprint(connection: Connection, known: KnownText) -> None:
    """Remove the fingerprint of a text, before another is written in its place or because it is no article of ours."""
    kept = find_fingerprint(connection, known)
    if kept is not None:
        FORGET.execute(connection, {"number": kept.id, "keys": to_array(keys_of(fingerprint_of_row(kept)))})


def read_fingerprint(connection: Connection, known: KnownText) -> Fingerprint:
    """Return the fingerprint of a seed document, or of an article that stands, with the countries of its tags."""
    [row] = KEPT.execute(connection, _names(known))
    kept = fingerprint_of_row(row)
    return replace(kept, countries=tuple(connection.scalars(COUNTRIES, {"article": known.article_id})))


def find_fingerprint(connection: Connection, known: KnownText) -> Row | None:
    """Return the row of a fingerprint, with the source of its article; None of an article that is set aside."""
    return next(iter(KEPT.execute(connection, _names(known))), None)


def fingerprint_of_row(row: Row) -> Fingerprint:
    """Return the fingerprint that was kept; countries are not, for tags name them."""
    return Fingerprint(
        exact=bytes(row.exact).hex(),
        hashes=from_bytes(row.hashes, Size.LONG),
        limit=int(row.hash_limit),
        words=row.words,
        numbers=from_bytes(row.numbers, Size.LONG),
        wording=from_bytes(row.wording, Size.SHORT),
    )


def _names(known: KnownText) -> dict[str, str | int | None]:
    return {"seed": known.seed_id, "article": known.article_id}


def _lookalike(row: Row) -> Lookalike:
    known = KnownText(seed_id=row.seed_id, article_id=row.article_id)
    original = known
    if row.copy_of_seed_id is not None or row.copy_of_article_id is not None:
        original = KnownText(seed_id=row.copy_of_seed_id, article_id=row.copy_of_article_id)
    fingerprint = replace(fingerprint_of_row(row), countries=tuple(row.countries))
    return Lookalike(text=known, original=original, fingerprint=fingerprint)
