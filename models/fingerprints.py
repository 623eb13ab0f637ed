"""The index of known texts: seed documents and articles alike, found again by the shingle hashes they share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, insert, select, text

from analysis.records import Fingerprint, KnownText, Lookalike
from models.articles import FingerprintRow

PLACING_LOCK = 7_300_002
COMMON = 64
"""A hash that stands in more texts than this is a formula of the press and tells nothing."""
LEAST_SHARED = 3
"""A text that shares fewer hashes is no candidate; half of what a copy must share, for some are common ones."""
MOST_LOOKALIKES = 50

_FIND = """
    WITH found AS (
        SELECT asked.hash, known.fingerprint_id, count(*) OVER (PARTITION BY asked.hash) AS texts
        FROM unnest(CAST(:hashes AS bigint[])) AS asked (hash)
        CROSS JOIN LATERAL (
            SELECT shingles.fingerprint_id FROM shingles WHERE shingles.hash = asked.hash LIMIT :common + 1
        ) AS known
    ), near AS (
        SELECT fingerprint_id, count(*) AS shared FROM found WHERE texts <= :common
        GROUP BY fingerprint_id HAVING count(*) >= :least
        UNION ALL
        SELECT id, cardinality(hashes) FROM fingerprints WHERE exact = :exact
    ), nearest AS (
        SELECT fingerprint_id, max(shared) AS shared FROM near {chosen}
        GROUP BY fingerprint_id ORDER BY shared DESC, fingerprint_id LIMIT :most
    )
    SELECT fingerprints.*, articles.copy_of_article_id, articles.copy_of_seed_id, ARRAY(
        SELECT DISTINCT tag_id FROM tags WHERE tags.article_id = articles.id AND tags.kind = 'country' ORDER BY tag_id
    ) AS countries
    FROM nearest
    JOIN fingerprints ON fingerprints.id = nearest.fingerprint_id
    LEFT JOIN articles ON articles.id = fingerprints.article_id
    ORDER BY nearest.shared DESC, fingerprints.id
"""
FIND = text(_FIND.format(chosen=""))
FIND_EARLIER = text(
    _FIND.format(
        chosen="""JOIN fingerprints AS known ON known.id = fingerprint_id
        WHERE known.article_id IS NULL OR known.article_id < :before
            OR known.article_id = (SELECT copy_of_article_id FROM articles WHERE id = :before)"""
    )
)
COUNTRIES = text("SELECT DISTINCT tag_id FROM tags WHERE article_id = :article AND kind = 'country' ORDER BY tag_id")


def lock_placing(connection: Connection) -> None:
    """Let one transaction at a time place texts, until it ends: two copies at the same moment see one another."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": PLACING_LOCK})


def find_lookalikes(
    connection: Connection, fingerprint: Fingerprint, before: int | None = None
) -> tuple[Lookalike, ...]:
    """Return the known texts that share hashes with a new one, or are the same, the nearest first, fifty at most.

    Of articles only those `before` one, if it is given: an article that is placed again is no copy of a later one, but
    of one that proved to be its original.
    """
    asked = {
        "hashes": to_signed(fingerprint.hashes),
        "exact": bytes.fromhex(fingerprint.exact),
        "common": COMMON,
        "least": LEAST_SHARED,
        "most": MOST_LOOKALIKES,
    }
    if before is None:
        return tuple(_lookalike(row) for row in connection.execute(FIND, asked))
    return tuple(_lookalike(row) for row in connection.execute(FIND_EARLIER, {**asked, "before": before}))


def write_fingerprint(connection: Connection, known: KnownText, fingerprint: Fingerprint, *, findable: bool) -> None:
    """Keep the fingerprint of a text, `findable` also by parts; else only by the whole of it."""
    written = insert(FingerprintRow).values(
        seed_id=known.seed_id,
        article_id=known.article_id,
        exact=bytes.fromhex(fingerprint.exact),
        hashes=to_signed(fingerprint.hashes),
        hash_limit=fingerprint.limit,
        words=fingerprint.words,
        numbers=to_signed(fingerprint.numbers),
    )
    number = connection.scalar(written.returning(FingerprintRow.id))
    if findable:
        connection.execute(
            text("INSERT INTO shingles (hash, fingerprint_id) SELECT unnest(CAST(:hashes AS bigint[])), :number"),
            {"hashes": to_signed(fingerprint.hashes), "number": number},
        )


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


def read_fingerprint(connection: Connection, article_id: int) -> Fingerprint:
    """Return the fingerprint of an article that stands, with the countries of its tags."""
    asked = select(FingerprintRow.__table__).where(FingerprintRow.article_id == article_id)
    kept = fingerprint_of_row(connection.execute(asked).one())
    return replace(kept, countries=tuple(connection.scalars(COUNTRIES, {"article": article_id})))


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


def _lookalike(row: Row[Any]) -> Lookalike:
    known = KnownText(seed_id=row.seed_id, article_id=row.article_id)
    original = known
    if row.copy_of_seed_id is not None or row.copy_of_article_id is not None:
        original = KnownText(seed_id=row.copy_of_seed_id, article_id=row.copy_of_article_id)
    fingerprint = replace(fingerprint_of_row(row), countries=tuple(row.countries))
    return Lookalike(text=known, original=original, fingerprint=fingerprint)
