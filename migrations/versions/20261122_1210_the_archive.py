"""What is kept of pages and for how long, files whose import goes on, and articles that revise others."""

from __future__ import annotations

from alembic import op

revision = "20261122_1210"
down_revision = "20261122_1200"
branch_labels = None
depends_on = None

KEPT = """
ALTER TABLE pages ADD COLUMN headers jsonb DEFAULT '[]' NOT NULL;
ALTER TABLE pages ADD COLUMN pruned_at timestamptz;
ALTER TABLE pages ALTER COLUMN body DROP NOT NULL;
ALTER TABLE pages ADD CONSTRAINT ck_pages_pruned_at CHECK ((body IS NULL) = (pruned_at IS NOT NULL));
CREATE INDEX ix_pages_prunable ON pages (fetched_at) WHERE outcome = 'rejected' AND pruned_at IS NULL;
COMMENT ON COLUMN pages.body IS 'the bytes as served, Zstandard frame; null: pruned';
COMMENT ON COLUMN pages.headers IS 'of the answer as served: names and values, in their order';
COMMENT ON COLUMN pages.pruned_at IS 'when the body was given up; all else stays';
"""

IMPORTS = """
CREATE TABLE imports (
    digest bytea NOT NULL,
    name text NOT NULL,
    position bigint NOT NULL,
    marked_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT pk_imports PRIMARY KEY (digest)
);
COMMENT ON TABLE imports IS 'Files whose import was begun and not ended, and where to go on';
COMMENT ON COLUMN imports.digest IS 'of how the file begins, its size and what is taken';
COMMENT ON COLUMN imports.name IS 'the file as it was called last';
COMMENT ON COLUMN imports.position IS 'byte of the file where the next run goes on';
"""

REVISIONS = """
ALTER TABLE articles ADD COLUMN revises_id bigint;
ALTER TABLE articles ADD COLUMN change jsonb;
ALTER TABLE articles ADD COLUMN is_current boolean DEFAULT true NOT NULL;
ALTER TABLE articles ADD COLUMN withdrawn_page_id bigint;
ALTER TABLE articles ADD CONSTRAINT uq_articles_revises_id UNIQUE (revises_id);
ALTER TABLE articles ADD CONSTRAINT fk_articles_revises_id FOREIGN KEY(revises_id) REFERENCES articles (id);
ALTER TABLE articles ADD CONSTRAINT ck_articles_revises_itself CHECK (revises_id <> id);
ALTER TABLE articles ADD CONSTRAINT ck_articles_change CHECK (num_nulls(revises_id, change) IN (0, 2));
ALTER TABLE articles ADD CONSTRAINT fk_articles_withdrawn_page_id
    FOREIGN KEY(withdrawn_page_id) REFERENCES pages (id);
CREATE INDEX ix_articles_withdrawn_page_id ON articles (withdrawn_page_id);
COMMENT ON COLUMN articles.revises_id IS 'what an earlier version of its page said';
COMMENT ON COLUMN articles.change IS 'what it says otherwise than what it revises';
COMMENT ON COLUMN articles.is_current IS 'false once another revises it';
COMMENT ON COLUMN articles.withdrawn_page_id IS 'the version of its page that is no article any more';
COMMENT ON TABLE articles IS 'What a page says once the page around it is gone, and of what it is a copy or a revision';
COMMENT ON TABLE stories IS
    'Articles that tell the same news; a copy is in the story of its original, a revision in that of what it revises';
"""

ONE_VERSION_EACH = """
COMMENT ON TABLE stories IS 'Articles that tell the same news; a copy is in the story of its original';
COMMENT ON TABLE articles IS 'What a page says once the page around it is gone, and of what it is a copy';
ALTER TABLE articles DROP COLUMN withdrawn_page_id, DROP COLUMN is_current, DROP COLUMN change, DROP COLUMN revises_id;
"""

KEPT_WHOLE = """
UPDATE pages SET body = '' WHERE body IS NULL;
ALTER TABLE pages DROP COLUMN pruned_at, DROP COLUMN headers;
ALTER TABLE pages ALTER COLUMN body SET NOT NULL;
COMMENT ON COLUMN pages.body IS 'the bytes as served, Zstandard frame';
"""


def upgrade() -> None:
    """Add them."""
    for change in (KEPT, IMPORTS, REVISIONS):
        op.execute(change)


def downgrade() -> None:
    """Remove them, and what they hold: a body that was given up stays empty, and a revision is one more article."""
    for change in (ONE_VERSION_EACH, "DROP TABLE imports", KEPT_WHOLE):
        op.execute(change)
