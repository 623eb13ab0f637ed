"""What pages say, the stories they tell, and by what a text is known again."""

from __future__ import annotations

from alembic import op

revision = "20261122_0905"
down_revision = "20261122_0900"
branch_labels = None
depends_on = None

STORIES = """
CREATE TABLE stories (
    id bigint GENERATED ALWAYS AS IDENTITY,
    first_article_id bigint,
    started_on date NOT NULL,
    CONSTRAINT pk_stories PRIMARY KEY (id)
);
CREATE INDEX ix_stories_first_article_id ON stories (first_article_id);
COMMENT ON TABLE stories IS 'Articles that tell the same news; a copy is in the story of its original';
COMMENT ON COLUMN stories.first_article_id IS 'the article it began with; null only until that is written';
COMMENT ON COLUMN stories.started_on IS 'day of its first article: published, else fetched';
"""

ARTICLES = """
CREATE TABLE articles (
    id bigint GENERATED ALWAYS AS IDENTITY,
    page_id bigint NOT NULL,
    source_id text NOT NULL,
    story_id bigint NOT NULL,
    url text NOT NULL,
    title text NOT NULL,
    text text NOT NULL,
    language text NOT NULL,
    author text,
    published_on date,
    published_at timestamptz,
    published_basis text,
    undated_because text,
    words integer NOT NULL,
    score double precision NOT NULL,
    because text[] DEFAULT '{}' NOT NULL,
    copy_of_article_id bigint,
    copy_of_seed_id text,
    copy_kind text,
    copy_share double precision,
    filed_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT pk_articles PRIMARY KEY (id),
    CONSTRAINT ck_articles_language CHECK (language IN ('ar', 'fr', 'es', 'en', 'und')),
    CONSTRAINT ck_articles_published_basis
        CHECK (published_basis IN ('json-ld', 'meta', 'time-element', 'url', 'visible-text', 'entry')),
    CONSTRAINT ck_articles_copy_kind CHECK (copy_kind IN ('same', 'edited', 'excerpt', 'contains')),
    CONSTRAINT ck_articles_published CHECK (num_nulls(published_on, published_basis) IN (0, 2)),
    CONSTRAINT ck_articles_undated_because CHECK (published_on IS NOT NULL OR undated_because IS NOT NULL),
    CONSTRAINT ck_articles_published_at CHECK (published_at IS NULL OR published_on IS NOT NULL),
    CONSTRAINT ck_articles_score CHECK (score BETWEEN 0 AND 1),
    CONSTRAINT ck_articles_copy_share CHECK (copy_share BETWEEN 0 AND 1),
    CONSTRAINT ck_articles_copy
        CHECK (num_nonnulls(copy_of_article_id,
            copy_of_seed_id) = num_nonnulls(copy_kind) AND num_nulls(copy_kind, copy_share) IN (0, 2)),
    CONSTRAINT ck_articles_copy_of_itself CHECK (copy_of_article_id <> id),
    CONSTRAINT uq_articles_page_id UNIQUE (page_id),
    CONSTRAINT fk_articles_page_id FOREIGN KEY(page_id) REFERENCES pages (id),
    CONSTRAINT fk_articles_source_id FOREIGN KEY(source_id) REFERENCES sources (id),
    CONSTRAINT fk_articles_story_id FOREIGN KEY(story_id) REFERENCES stories (id),
    CONSTRAINT fk_articles_copy_of_article_id FOREIGN KEY(copy_of_article_id) REFERENCES articles (id),
    CONSTRAINT fk_articles_copy_of_seed_id FOREIGN KEY(copy_of_seed_id) REFERENCES seed_documents (id)
);
CREATE INDEX ix_articles_copy_of_article_id ON articles (copy_of_article_id);
CREATE INDEX ix_articles_copy_of_seed_id ON articles (copy_of_seed_id);
CREATE INDEX ix_articles_published_on_id ON articles (published_on, id);
CREATE INDEX ix_articles_source_id_published_on ON articles (source_id, published_on);
CREATE INDEX ix_articles_story_id ON articles (story_id);
COMMENT ON TABLE articles IS 'What a page says once the page around it is gone, and of what it is a copy';
COMMENT ON COLUMN articles.text IS 'paragraphs parted by one line feed, without the title; spans count here';
COMMENT ON COLUMN articles.language IS 'ISO 639-1, or und';
COMMENT ON COLUMN articles.published_on IS 'day of publication as the page proves it';
COMMENT ON COLUMN articles.published_at IS 'the moment, where the page gives it with its zone';
COMMENT ON COLUMN articles.published_basis IS 'where the date was found';
COMMENT ON COLUMN articles.undated_because IS 'why there is no date';
COMMENT ON COLUMN articles.words IS 'words of the canonical text';
COMMENT ON COLUMN articles.score IS 'how much it is about security diplomacy, 0 to 1';
COMMENT ON COLUMN articles.because IS 'the phrases that made the score';
COMMENT ON COLUMN articles.copy_of_article_id IS 'its original';
COMMENT ON COLUMN articles.copy_of_seed_id IS 'its original';
COMMENT ON COLUMN articles.copy_kind IS 'how it relates to its original';
COMMENT ON COLUMN articles.copy_share IS 'share of the shorter text that stands in the longer';
"""

FINGERPRINTS = """
CREATE TABLE fingerprints (
    id bigint GENERATED ALWAYS AS IDENTITY,
    seed_id text,
    article_id bigint,
    exact bytea NOT NULL,
    hashes bigint[] NOT NULL,
    hash_limit numeric(20, 0) NOT NULL,
    words integer NOT NULL,
    numbers bigint[] NOT NULL,
    CONSTRAINT pk_fingerprints PRIMARY KEY (id),
    CONSTRAINT ck_fingerprints_one_text CHECK (num_nonnulls(seed_id, article_id) = 1),
    CONSTRAINT uq_fingerprints_seed_id UNIQUE (seed_id),
    CONSTRAINT fk_fingerprints_seed_id FOREIGN KEY(seed_id) REFERENCES seed_documents (id) ON DELETE CASCADE,
    CONSTRAINT uq_fingerprints_article_id UNIQUE (article_id),
    CONSTRAINT fk_fingerprints_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);
CREATE INDEX ix_fingerprints_exact ON fingerprints (exact);
COMMENT ON TABLE fingerprints IS 'Enough of each known text, seed documents and articles alike, to know it again';
COMMENT ON COLUMN fingerprints.exact IS 'digest of the canonical text';
COMMENT ON COLUMN fingerprints.hashes IS 'sampled shingle hashes, unsigned 64-bit numbers kept as signed ones';
COMMENT ON COLUMN fingerprints.hash_limit IS 'hashes below this were sampled: of 2^64, which no bigint holds';
COMMENT ON COLUMN fingerprints.words IS 'words of the canonical text';
COMMENT ON COLUMN fingerprints.numbers IS 'hashes of the numbers in the text: bulletins of one frame differ in them';
"""

SHINGLES = """
CREATE TABLE shingles (
    hash bigint NOT NULL,
    fingerprint_id bigint NOT NULL,
    CONSTRAINT pk_shingles PRIMARY KEY (hash, fingerprint_id)
);
COMMENT ON TABLE shingles IS 'The hashes of fingerprints turned round, to find the texts that share some';
"""

STORIES_AND_ARTICLES = """
ALTER TABLE stories ADD CONSTRAINT fk_stories_first_article_id
    FOREIGN KEY(first_article_id) REFERENCES articles (id) ON DELETE SET NULL;
"""


def upgrade() -> None:
    """Make the tables, those that others point at first."""
    for table in (STORIES, ARTICLES, FINGERPRINTS, SHINGLES, STORIES_AND_ARTICLES):
        op.execute(table)


def downgrade() -> None:
    """Remove them, and what they hold."""
    op.execute("DROP TABLE shingles, fingerprints, articles, stories")
