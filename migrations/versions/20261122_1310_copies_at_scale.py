"""Texts are found by a few of their hashes, a copy by those its original has not; what sources repeat is learnt."""

from __future__ import annotations

from alembic import op

revision = "20261122_1310"
down_revision = "20261122_1300"
branch_labels = None
depends_on = None

# the 24 lowest hashes of a text, which are kept sorted as unsigned numbers, and all below 2^60
KEYS = """
CREATE TEMPORARY TABLE keys ON COMMIT DROP AS
    SELECT id, hash FROM fingerprints, unnest(hashes) WITH ORDINALITY AS kept (hash, place)
    WHERE place <= 24 OR hash BETWEEN 0 AND 1152921504606846975;
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
REFRAINS = """
CREATE TABLE refrains (
    source_id text NOT NULL,
    hash bigint NOT NULL,
    articles integer NOT NULL,
    first_on date NOT NULL,
    last_on date NOT NULL,
    title bigint NOT NULL,
    CONSTRAINT pk_refrains PRIMARY KEY (source_id, hash)
);
COMMENT ON TABLE refrains IS 'How often each paragraph stood in articles of a source, to learn what it prints in all';
COMMENT ON COLUMN refrains.hash IS 'of the canonical paragraph, an unsigned 64-bit number kept as a signed one';
COMMENT ON COLUMN refrains.articles IS 'with other titles than the one before';
COMMENT ON COLUMN refrains.first_on IS 'the earliest day of one: published, else fetched';
COMMENT ON COLUMN refrains.last_on IS 'the latest';
COMMENT ON COLUMN refrains.title IS 'hash of the title of the last one';
COMMENT ON COLUMN articles.words IS 'words of the canonical text, without the refrains of its source';
COMMENT ON COLUMN fingerprints.words IS 'words of the canonical text, without the refrains of its source';
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
    """Leave the keys alone in the index; what was filed before teaches nothing."""
    op.execute(KEYS)
    op.execute(COMMENTS)
    op.execute(REFRAINS)


def downgrade() -> None:
    """Put all hashes back, and forget what sources repeat."""
    op.execute("DROP TABLE refrains")
    for table in ("articles", "fingerprints"):
        op.execute(f"COMMENT ON COLUMN {table}.words IS 'words of the canonical text'")
    op.execute(ALL_HASHES)
