"""The index of known texts: seed documents and articles alike, found again by the keys they share."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, Select, select, text

from analysis.dedupe import keys_of, new_keys
from analysis.recall import COMMON, LEAST_SHARED, LEAST_WEIGHT, MOST_LOOKALIKES
from analysis.records import Fingerprint, KnownText, Lookalike
from models.articles import FingerprintRow

PLACING_LOCK = 7_300_002

_FIND = """
    WITH found AS (
        SELECT known.fingerprint_id, 1 / CAST(count(*) OVER (PARTITION BY asked.key) AS float8) AS weight
        FROM unnest(CAST(:keys AS bigint[])) AS asked (key)
        CROSS JOIN LATERAL (
            SELECT fingerprint_id FROM shingles WHERE hash = asked.key ORDER BY fingerprint_id DESC LIMIT :common
        ) AS known
    ), near AS (
        SELECT fingerprint_id, sum(weight) AS weight FROM found
        GROUP BY fingerprint_id HAVING count(*) >= :shared AND sum(weight) >= :weight
        UNION ALL
        (SELECT id, :sure FROM fingerprints WHERE exact = :exact {same})
    ), nearest AS (
        SELECT fingerprint_id, max(weight) AS weight FROM near {chosen}
        GROUP BY fingerprint_id ORDER BY weight DESC, fingerprint_id LIMIT :most
    )
    SELECT fingerprints.*, articles.copy_of_article_id, articles.copy_of_seed_id, ARRAY(
        SELECT DISTINCT tag_id FROM tags WHERE tags.article_id = articles.id AND tags.kind = 'country' ORDER BY tag_id
    ) AS countries
    FROM nearest
    JOIN fingerprints ON fingerprints.id = nearest.fingerprint_id
    LEFT JOIN articles ON articles.id = fingerprints.article_id
    ORDER BY nearest.weight DESC, fingerprints.id
"""
FIND = text(_FIND.format(same="ORDER BY id LIMIT :most", chosen=""))
FIND_AMONG = text(
    _FIND.format(
        same="",
        chosen="""JOIN fingerprints AS known ON known.id = fingerprint_id
        LEFT JOIN articles AS told ON told.id = known.article_id
        WHERE (known.article_id IS NULL
            OR (known.article_id <> ALL(:own) AND coalesce(told.copy_of_article_id <> ALL(:own), true)
                AND (CAST(:before AS bigint) IS NULL OR known.article_id < :before
                    OR known.article_id = (SELECT copy_of_article_id FROM articles WHERE id = :before))))""",
    )
)
WRITE = text("""
    WITH written AS (
        INSERT INTO fingerprints (seed_id, article_id, exact, hashes, hash_limit, words, numbers)
        VALUES (:seed, :article, :exact, CAST(:hashes AS bigint[]), :limit, :words, CAST(:numbers AS bigint[]))
        RETURNING id
    )
    INSERT INTO shingles (hash, fingerprint_id) SELECT unnest(CAST(:keys AS bigint[])), id FROM written
""")
COUNTRIES = text("SELECT DISTINCT tag_id FROM tags WHERE article_id = :article AND kind = 'country' ORDER BY tag_id")


def lock_placing(connection: Connection) -> None:
    """Let one transaction at a time place texts, until it ends: two copies at the same moment see one another."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": PLACING_LOCK})


def find_lookalikes(
    connection: Connection, fingerprint: Fingerprint, before: int | None = None, own: Collection[int] = ()
) -> tuple[Lookalike, ...]:
    """Return the known texts that share keys with a new one, or are the same, the nearest first, sixteen at most.

    A key that many texts have weighs little. Left out are articles that are the text's `own`, and copies of these; and
    of articles that are not `before` one, if it is given, all but its original: an article that is placed again is no
    copy of a later one.
    """
    asked: dict[str, Any] = {
        "keys": to_signed(keys_of(fingerprint)),
        "exact": bytes.fromhex(fingerprint.exact),
        "common": COMMON,
        "shared": LEAST_SHARED,
        "weight": LEAST_WEIGHT,
        "most": MOST_LOOKALIKES,
        "sure": len(fingerprint.hashes) + 1,
    }
    if before is None and not own:
        return tuple(_lookalike(row) for row in connection.execute(FIND, asked))
    chosen = {"before": before, "own": [*own]}
    return tuple(_lookalike(row) for row in connection.execute(FIND_AMONG, {**asked, **chosen}))


def write_fingerprint(
    connection: Connection, known: KnownText, fingerprint: Fingerprint, original: KnownText | None = None
) -> None:
    """Keep the fingerprint of a text, found by its keys; a copy by those only that do not find its original."""
    values = {
        "seed": known.seed_id,
        "article": known.article_id,
        "exact": bytes.fromhex(fingerprint.exact),
        "hashes": to_signed(fingerprint.hashes),
        "limit": fingerprint.limit,
        "words": fingerprint.words,
        "numbers": to_signed(fingerprint.numbers),
        "keys": to_signed(_keys(connection, fingerprint, original)),
    }
    connection.execute(WRITE, values)


def keep_fingerprint(
    connection: Connection, known: KnownText, fingerprint: Fingerprint, original: KnownText | None = None
) -> None:
    """Write the fingerprint of a text, if another is kept or one that is found otherwise."""
    kept = connection.execute(_of(known)).first()
    if kept is not None and fingerprint_of_row(kept) == replace(fingerprint, countries=()):
        found = text("SELECT hash FROM shingles WHERE hash = ANY(:keys) AND fingerprint_id = :number")
        asked = {"keys": to_signed(keys_of(fingerprint)), "number": kept.id}
        if {*connection.scalars(found, asked)} == {*to_signed(_keys(connection, fingerprint, original))}:
            return
    forget_fingerprint(connection, known)
    write_fingerprint(connection, known, fingerprint, original)


def forget_fingerprint(connection: Connection, known: KnownText) -> None:
    """Remove the fingerprint of a text, before another is written in its place or because it is no article of ours."""
    connection.execute(
        text(
            "WITH gone AS (DELETE FROM fingerprints WHERE seed_id = :seed OR article_id = :article"
            " RETURNING id, hashes)"
            " DELETE FROM shingles USING gone"
            " WHERE shingles.hash = ANY(gone.hashes) AND shingles.fingerprint_id = gone.id"
        ),
        {"seed": known.seed_id, "article": known.article_id},
    )


def read_fingerprint(connection: Connection, known: KnownText) -> Fingerprint:
    """Return the fingerprint of a seed document, or of an article that stands, with the countries of its tags."""
    kept = fingerprint_of_row(connection.execute(_of(known)).one())
    return replace(kept, countries=tuple(connection.scalars(COUNTRIES, {"article": known.article_id})))


def fingerprint_of_row(row: Row[Any]) -> Fingerprint:
    """Return the fingerprint that was kept; countries are not, for tags name them."""
    return Fingerprint(
        exact=bytes(row.exact).hex(),
        hashes=to_unsigned(row.hashes),
        limit=int(row.hash_limit),
        words=row.words,
        numbers=to_unsigned(row.numbers),
    )


def to_signed(hashes: Iterable[int]) -> list[int]:
    """Keep unsigned 64-bit numbers as the signed ones with the same bits, which a bigint holds."""
    return [number - 2**64 if number >= 2**63 else number for number in hashes]


def to_unsigned(numbers: Iterable[int]) -> tuple[int, ...]:
    """Return what `to_signed` was given."""
    return tuple(number % 2**64 for number in numbers)


def _of(known: KnownText) -> Select[Any]:
    if known.seed_id is not None:
        return select(FingerprintRow.__table__).where(FingerprintRow.seed_id == known.seed_id)
    return select(FingerprintRow.__table__).where(FingerprintRow.article_id == known.article_id)


def _keys(connection: Connection, fingerprint: Fingerprint, original: KnownText | None) -> tuple[int, ...]:
    row = None if original is None else connection.execute(_of(original)).first()
    return keys_of(fingerprint) if row is None else new_keys(fingerprint, fingerprint_of_row(row))


def _lookalike(row: Row[Any]) -> Lookalike:
    known = KnownText(seed_id=row.seed_id, article_id=row.article_id)
    original = known
    if row.copy_of_seed_id is not None or row.copy_of_article_id is not None:
        original = KnownText(seed_id=row.copy_of_seed_id, article_id=row.copy_of_article_id)
    fingerprint = replace(fingerprint_of_row(row), countries=tuple(row.countries))
    return Lookalike(text=known, original=original, fingerprint=fingerprint)
