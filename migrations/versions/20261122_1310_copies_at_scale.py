"""Texts are found by a few of their hashes, their keys, and a copy by those that its original has not."""

from __future__ import annotations

from alembic import op

revision = "20261122_1310"
down_revision = "20261122_1300"
branch_labels = None
depends_on = None

# the 24 lowest hashes of a text and all below 2^60, as unsigned numbers: so they are sorted, and so signed ones compare
KEYS = """
CREATE TEMPORARY TABLE keys ON COMMIT DROP AS
    SELECT id, hash FROM fingerprints, unnest(hashes) WITH ORDINALITY AS kept (hash, place)
    WHERE place <= 24 OR hash BETWEEN 0 AND 2 ^ 60 - 1;
CREATE INDEX ON keys (id, hash);
ANALYZE keys;
TRUNCATE shingles;
INSERT INTO shingles (hash, fingerprint_id)
    SELECT keys.hash, keys.id FROM keys
    JOIN fingerprints ON fingerprints.id = keys.id
    LEFT JOIN articles ON articles.id = fingerprints.article_id
    LEFT JOIN fingerprints AS original
        ON original.article_id = articles.copy_of_article_id OR original.seed_id = articles.copy_of_seed_id
    WHERE original.id IS NULL OR original.exact <> fingerprints.exact
        AND NOT EXISTS (SELECT FROM keys AS known WHERE known.id = original.id AND known.hash = keys.hash);
"""
COMMENTS = """
COMMENT ON TABLE shingles IS 'The keys of fingerprints turned round, to find the texts that share some; '
    'of a copy only those its original has not';
"""
ALL_HASHES = """
TRUNCATE shingles;
INSERT INTO shingles (hash, fingerprint_id)
    SELECT unnest(hashes), fingerprints.id FROM fingerprints
    LEFT JOIN articles ON articles.id = fingerprints.article_id
    WHERE copy_kind IS DISTINCT FROM 'same';
COMMENT ON TABLE shingles IS 'The hashes of fingerprints turned round, to find the texts that share some';
"""


def upgrade() -> None:
    """Leave the keys alone in the index."""
    op.execute(KEYS)
    op.execute(COMMENTS)


def downgrade() -> None:
    """Put all hashes back."""
    op.execute(ALL_HASHES)
