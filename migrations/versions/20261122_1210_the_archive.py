"""What is kept of pages and for how long, imports and backfills under way, and articles that revise others."""

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

BACKFILLS = """
CREATE TABLE backfill_lists (
    source_id text NOT NULL,
    first_on date NOT NULL,
    last_on date NOT NULL,
    url_hash bytea NOT NULL,
    url text NOT NULL,
    way text NOT NULL,
    links text,
    numbered text,
    depth integer NOT NULL,
    position bigint GENERATED ALWAYS AS IDENTITY,
    state text NOT NULL,
    failed integer NOT NULL,
    named integer NOT NULL,
    detail text DEFAULT '' NOT NULL,
    asked_at timestamptz,
    CONSTRAINT pk_backfill_lists PRIMARY KEY (source_id, first_on, last_on, url_hash),
    CONSTRAINT ck_backfill_lists_way CHECK (way IN ('feed', 'sitemap', 'listing', 'wordpress')),
    CONSTRAINT ck_backfill_lists_state CHECK (state IN ('waiting', 'read', 'failed')),
    CONSTRAINT ck_backfill_lists_url_hash CHECK (octet_length(url_hash) = 16),
    CONSTRAINT fk_backfill_lists_source_id FOREIGN KEY(source_id) REFERENCES sources (id)
);
COMMENT ON TABLE backfill_lists IS
    'Lists that backfills ask for, each once; a walk is over when none of its own waits';
COMMENT ON COLUMN backfill_lists.first_on IS 'first day of the period of the walk';
COMMENT ON COLUMN backfill_lists.last_on IS 'last day of it, included';
COMMENT ON COLUMN backfill_lists.url_hash IS 'BLAKE2b, 16 bytes, of url';
COMMENT ON COLUMN backfill_lists.links IS 'CSS selector of the links of a listing';
COMMENT ON COLUMN backfill_lists.numbered IS 'with {page} for its number, where a list has numbered pages';
COMMENT ON COLUMN backfill_lists.depth IS 'indexes above a sitemap, pages before one of a list';
COMMENT ON COLUMN backfill_lists.position IS 'the order they are asked in';
COMMENT ON COLUMN backfill_lists.failed IS 'how often asking for it failed';
COMMENT ON COLUMN backfill_lists.named IS 'addresses of the period that it named';
COMMENT ON COLUMN backfill_lists.detail IS 'why it failed, or ended the list before it';
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
    for change in (KEPT, IMPORTS, BACKFILLS, REVISIONS):
        op.execute(change)


def downgrade() -> None:
    """Remove them, and what they hold: a body that was given up stays empty, and a revision is one more article."""
    for change in (ONE_VERSION_EACH, "DROP TABLE backfill_lists, imports", KEPT_WHOLE):
        op.execute(change)
