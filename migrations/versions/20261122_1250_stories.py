"""Stories that several articles tell: when they were told, which proved to be one, and by what articles find theirs."""

from __future__ import annotations

from alembic import op

revision = "20261122_1250"
down_revision = "20261122_1240"
branch_labels = None
depends_on = None

STORIES = """
ALTER TABLE stories
    ADD COLUMN last_on date,
    ADD COLUMN merged_into_id bigint,
    ADD COLUMN placed_at timestamptz;
UPDATE stories SET last_on = greatest(started_on, (
    SELECT max(coalesce(published_on, pages.fetched_at::date))
    FROM articles JOIN pages ON pages.id = articles.page_id WHERE story_id = stories.id
));
ALTER TABLE stories ALTER COLUMN last_on SET NOT NULL;
ALTER TABLE stories
    ADD CONSTRAINT fk_stories_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES stories (id),
    ADD CONSTRAINT ck_stories_merged_into_itself CHECK (merged_into_id <> id);
CREATE INDEX ix_stories_merged_into_id ON stories (merged_into_id);
CREATE INDEX ix_stories_unplaced ON stories (id) WHERE placed_at IS NULL;
COMMENT ON COLUMN stories.first_article_id IS 'its earliest article; null only until that is written';
COMMENT ON COLUMN stories.last_on IS 'day of its last article: published, else fetched';
COMMENT ON COLUMN stories.merged_into_id IS 'the story it proved to be, which has its articles';
COMMENT ON COLUMN stories.placed_at IS 'when it was held against the other stories; null: not yet';
"""

GISTS = """
CREATE TABLE gists (
    article_id bigint NOT NULL,
    told_on date NOT NULL,
    terms text[] DEFAULT '{}' NOT NULL,
    CONSTRAINT pk_gists PRIMARY KEY (article_id),
    CONSTRAINT fk_gists_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);
CREATE INDEX ix_gists_terms ON gists USING gin (terms);
COMMENT ON TABLE gists IS 'What the article a story began with says in its lead, to find the others that tell it';
COMMENT ON COLUMN gists.told_on IS 'day of publication, else of the fetch';
COMMENT ON COLUMN gists.terms IS 'names and days, as ids with a colon, and the words of the lead';
"""

TERMS = """
CREATE TABLE gist_terms (
    term text NOT NULL,
    articles bigint NOT NULL,
    CONSTRAINT pk_gist_terms PRIMARY KEY (term)
);
COMMENT ON TABLE gist_terms IS 'In how many gists a term stands: what many say tells little; the empty term counts all';
"""


def upgrade() -> None:
    """Let all stories there are meet one another."""
    for change in (STORIES, GISTS, TERMS):
        op.execute(change)


def downgrade() -> None:
    """Keep the stories as they are, and forget how they were found."""
    op.execute("DROP TABLE gist_terms, gists")
    op.execute("ALTER TABLE stories DROP COLUMN last_on, DROP COLUMN merged_into_id, DROP COLUMN placed_at")
    op.execute(
        "COMMENT ON COLUMN stories.first_article_id IS 'the article it began with; null only until that is written'"
    )
