"""The index of known texts: seed documents and articles alike, found again by the keys they share."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, text

from analysis.dedupe import keys_of, new_keys
from analysis.recall import COMMON, MOST_LOOKALIKES, rank
from analysis.records import Fingerprint, KnownText, Lookalike

PLACING_LOCK = 7_300_002

# The lock and the search go to the server together, but as two statements: what others filed while this one waited for
# the lock is seen by the second, and would not be by one that does both.
FIND = text("""
    SELECT pg_advisory_xact_lock(:lock);
    SELECT asked.key, known.id
    FROM unnest(CAST(:keys AS bigint[])) AS asked (key)
    CROSS JOIN LATERAL (
        SELECT fingerprint_id AS id FROM shingles WHERE hash = asked.key ORDER BY fingerprint_id DESC LIMIT :common
    ) AS known
    UNION ALL
    (SELECT NULL, id FROM fingerprints WHERE exact = :exact ORDER BY id LIMIT :common)
""")
_READ = """
    SELECT fingerprints.*, articles.copy_of_article_id, articles.copy_of_seed_id, ARRAY(
        SELECT DISTINCT tag_id FROM tags WHERE tags.article_id = articles.id AND tags.kind = 'country' ORDER BY tag_id
    ) AS countries
    FROM unnest(CAST(:numbers AS bigint[])) WITH ORDINALITY AS nearest (id, place)
    JOIN fingerprints ON fingerprints.id = nearest.id
    LEFT JOIN articles ON articles.id = fingerprints.article_id
    {chosen}
    ORDER BY nearest.place LIMIT :most
"""
READ = text(_READ.format(chosen=""))
READ_AMONG = text(
    _READ.format(
        chosen="""WHERE articles.id IS NULL
        OR (articles.id <> ALL(:own) AND coalesce(articles.copy_of_article_id <> ALL(:own), true)
            AND (CAST(:before AS bigint) IS NULL OR articles.id < :before
                OR articles.id = (SELECT copy_of_article_id FROM articles WHERE id = :before)))"""
    )
)
WRITTEN = """
    WITH written AS (
        INSERT INTO fingerprints (seed_id, article_id, exact, hashes, hash_limit, words, numbers, wording)
        VALUES (:seed, :article, :exact, CAST(:hashes AS bigint[]), :limit, :words, CAST(:numbers AS bigint[]),
            :wording)
        RETURNING id
    ), keyed AS (
        INSERT INTO shingles (hash, fingerprint_id) SELECT unnest(CAST(:keys AS bigint[])), id FROM written
    )
"""
WRITE = text(f"{WRITTEN} SELECT")
KEPT = text("""
    SELECT fingerprints.*, articles.source_id
    FROM fingerprints LEFT JOIN articles ON articles.id = fingerprints.article_id
    WHERE fingerprints.article_id = :article OR fingerprints.seed_id = :seed
""")
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
    asked = {
        "lock": PLACING_LOCK,
        "keys": to_array(keys_of(fingerprint)),
        "exact": bytes.fromhex(fingerprint.exact),
        "common": COMMON,
    }
    holders = defaultdict[int | None, list[int]](list)
    for key, number in connection.execute(FIND, asked):
        holders[key].append(number)
    same = holders.pop(None, [])
    numbers = rank(holders.values(), same)
    if not numbers:
        return ()
    nearest = {"numbers": numbers, "most": MOST_LOOKALIKES}
    if before is None and not own:
        return tuple(map(_lookalike, connection.execute(READ, nearest)))
    return tuple(map(_lookalike, connection.execute(READ_AMONG, {**nearest, "before": before, "own": [*own]})))


def write_fingerprint(
    connection: Connection, known: KnownText, fingerprint: Fingerprint, original: Fingerprint | None = None
) -> None:
    """Keep the fingerprint of a text, found by its keys; a copy by those only that do not find its original."""
    connection.execute(WRITE, values_of(known, fingerprint, original))


def values_of(known: KnownText, fingerprint: Fingerprint, original: Fingerprint | None = None) -> dict[str, Any]:
    """Return what the statements that keep a fingerprint are given."""
    keys = keys_of(fingerprint) if original is None else new_keys(fingerprint, original)
    return {
        "seed": known.seed_id,
        "article": known.article_id,
        "exact": bytes.fromhex(fingerprint.exact),
        "hashes": to_array(fingerprint.hashes),
        "limit": fingerprint.limit,
        "words": fingerprint.words,
        "numbers": to_array(fingerprint.numbers),
        "wording": to_bytes(fingerprint.wording),
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
    connection.execute(
        text(
            "WITH gone AS (DELETE FROM fingerprints WHERE seed_id = :seed OR article_id = :article"
            " RETURNING id, hashes)"
            " DELETE FROM shingles USING gone"
            " WHERE shingles.hash = ANY(gone.hashes) AND shingles.fingerprint_id = gone.id"
        ),
        _names(known),
    )


def read_fingerprint(connection: Connection, known: KnownText) -> Fingerprint:
    """Return the fingerprint of a seed document, or of an article that stands, with the countries of its tags."""
    kept = fingerprint_of_row(connection.execute(KEPT, _names(known)).one())
    return replace(kept, countries=tuple(connection.scalars(COUNTRIES, {"article": known.article_id})))


def find_fingerprint(connection: Connection, known: KnownText) -> Row[Any] | None:
    """Return the row of a fingerprint, with the source of its article; None of an article that is set aside."""
    return connection.execute(KEPT, _names(known)).first()


def fingerprint_of_row(row: Row[Any]) -> Fingerprint:
    """Return the fingerprint that was kept; countries are not, for tags name them."""
    return Fingerprint(
        exact=bytes(row.exact).hex(),
        hashes=to_unsigned(row.hashes),
        limit=int(row.hash_limit),
        words=row.words,
        numbers=to_unsigned(row.numbers),
        wording=from_bytes(row.wording),
    )


def to_signed(hashes: Iterable[int]) -> list[int]:
    """Keep unsigned 64-bit numbers as the signed ones with the same bits, which a bigint holds."""
    return [number - 2**64 if number >= 2**63 else number for number in hashes]


def to_unsigned(numbers: Iterable[int]) -> tuple[int, ...]:
    """Return what `to_signed` was given."""
    return tuple(number % 2**64 for number in numbers)


def to_bytes(hashes: Sequence[int]) -> bytes:
    """Keep hashes of 16 bits, which have no type in Postgres, as two bytes each."""
    return struct.pack(f">{len(hashes)}H", *hashes)


def from_bytes(kept: bytes) -> tuple[int, ...]:
    """Return what `to_bytes` was given."""
    return struct.unpack(f">{len(kept) // 2}H", kept)


def to_array(hashes: Iterable[int]) -> str:
    """Write hashes as Postgres reads a bigint[]: in a tenth of the time that the driver takes for a list."""
    return f"{{{','.join(map(str, to_signed(hashes)))}}}"


def _names(known: KnownText) -> dict[str, str | int | None]:
    return {"seed": known.seed_id, "article": known.article_id}


def _lookalike(row: Row[Any]) -> Lookalike:
    known = KnownText(seed_id=row.seed_id, article_id=row.article_id)
    original = known
    if row.copy_of_seed_id is not None or row.copy_of_article_id is not None:
        original = KnownText(seed_id=row.copy_of_seed_id, article_id=row.copy_of_article_id)
    fingerprint = replace(fingerprint_of_row(row), countries=tuple(row.countries))
    return Lookalike(text=known, original=original, fingerprint=fingerprint)
