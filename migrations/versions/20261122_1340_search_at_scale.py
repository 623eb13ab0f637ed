"""What is searched lies in one table for each month, so that a question can walk from the newest back, and stop."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "20261122_1340"
down_revision = "20261122_1330"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parent.parent / "sql"

PARTED = """
CREATE SCHEMA months;
COMMENT ON SCHEMA months IS 'The months of the table searches, each made when its first article comes';
DROP INDEX ix_searches_told_on, ix_searches_words;
ALTER TABLE searches SET SCHEMA months;  -- aside, with the names of its constraints
CREATE TABLE searches (
    article_id bigint NOT NULL,
    told_on date NOT NULL,
    words tsvector NOT NULL,
    CONSTRAINT pk_searches PRIMARY KEY (told_on, article_id)
) PARTITION BY RANGE (told_on);
COMMENT ON TABLE searches IS 'What articles are searched by, a table for each month: words, stemmed, and names found';
COMMENT ON COLUMN searches.told_on IS 'day of publication, else of the fetch';
COMMENT ON COLUMN searches.words IS 'words of title (A) and text (D), tags as kind:id, and search_marks';

CREATE FUNCTION make_search_month(day date) RETURNS void
LANGUAGE plpgsql AS $function$
DECLARE
    first constant date := date_trunc('month', day);
    month constant text := 'searches_' || to_char(day, 'YYYY_MM');
    known constant text := 'SELECT EXISTS (SELECT FROM pg_class
        WHERE relname = $1 AND relnamespace = ''months''::regnamespace)';
    is_known boolean;
BEGIN
    EXECUTE known INTO is_known USING month;
    IF NOT is_known THEN
        PERFORM pg_advisory_xact_lock(7300012);  -- another worker may be making it
        EXECUTE known INTO is_known USING month;
    END IF;
    IF NOT is_known THEN
        -- attached, because CREATE … PARTITION OF would wait for everybody who reads, and make others wait
        EXECUTE format('CREATE TABLE months.%I (LIKE public.searches)', month);
        EXECUTE format('ALTER TABLE public.searches ATTACH PARTITION months.%I FOR VALUES FROM (%L) TO (%L)',
            month, first, first + interval '1 month');
    END IF;
END
$function$;
COMMENT ON FUNCTION make_search_month(date) IS 'make the part of searches that has a day, if it is not there';
"""
MOVED = """
SELECT make_search_month(month) FROM (
    SELECT DISTINCT date_trunc('month', told_on)::date AS month FROM months.searches
) AS months ORDER BY month;
INSERT INTO searches (article_id, told_on, words)
    SELECT article_id, told_on, ts_delete(words,
        ARRAY['week:' || to_char(told_on, 'IYYY-IW'), 'year:' || to_char(told_on, 'YYYY')])
    FROM months.searches ORDER BY told_on, article_id;
CREATE INDEX ix_searches_words ON searches USING gin (words);
CREATE OR REPLACE VIEW analyst.searches AS SELECT article_id AS article, told_on, words FROM searches;
COMMENT ON COLUMN analyst.searches.words IS
    'title (A) and text (D), and person:, body:, country:, place:, theme:, language:, source:';
DROP TABLE months.searches;
ANALYZE searches;
"""
MARKS = """
DROP FUNCTION search_marks(text, text, date);
CREATE FUNCTION search_marks(language text, source text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
    SELECT ARRAY['language:' || language, 'source:' || source]
$function$;
COMMENT ON FUNCTION search_marks(text, text) IS 'what an article is searched by beside its words and tags';
"""

WHOLE = """
DROP INDEX ix_searches_words;
ALTER TABLE searches SET SCHEMA months;
CREATE TABLE searches (
    article_id bigint NOT NULL,
    told_on date NOT NULL,
    words tsvector NOT NULL,
    CONSTRAINT pk_searches PRIMARY KEY (article_id)
);
COMMENT ON TABLE searches IS 'What articles are searched by: their words, stemmed, and the names found in them';
COMMENT ON COLUMN searches.told_on IS 'day of publication, else of the fetch';
COMMENT ON COLUMN searches.words IS 'words of title (A) and text (D), tags as kind:id, and search_marks';
INSERT INTO searches (article_id, told_on, words)
    SELECT article_id, told_on, parted.words || array_to_tsvector(
        ARRAY['week:' || to_char(told_on, 'IYYY-IW'), 'year:' || to_char(told_on, 'YYYY')])
    FROM months.searches AS parted JOIN articles ON articles.id = article_id;
ALTER TABLE searches ADD CONSTRAINT fk_searches_article_id
    FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE;
CREATE INDEX ix_searches_words ON searches USING gin (words);
CREATE INDEX ix_searches_told_on ON searches (told_on);
CREATE OR REPLACE VIEW analyst.searches AS SELECT article_id AS article, told_on, words FROM searches;
COMMENT ON COLUMN analyst.searches.words IS
    'title (A) and text (D), and person:, body:, country:, place:, theme:, language:, source:, week:, year:';
DROP TABLE months.searches;
DROP FUNCTION make_search_month(date);
DROP SCHEMA months;
DROP FUNCTION search_marks(text, text);
CREATE FUNCTION search_marks(language text, source text, told_on date) RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE AS $function$
    SELECT ARRAY['language:' || language, 'source:' || source, 'week:' || to_char(told_on, 'IYYY-IW'),
        'year:' || to_char(told_on, 'YYYY')]
$function$;
COMMENT ON FUNCTION search_marks(text, text, date) IS 'what an article is searched by beside its words and tags';
"""
# a table made anew has nobody's rights
RIGHTS = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'marsad_corrector') THEN
        GRANT SELECT, INSERT, UPDATE ON searches TO marsad_corrector;
    END IF;
END
$$;
"""


def upgrade() -> None:
    """Part the table, move what it holds, and let `find` walk over the months; all or nothing."""
    op.execute("SET LOCAL maintenance_work_mem = '256MB'")
    op.execute(PARTED)
    op.execute(MOVED)
    op.execute(RIGHTS)
    op.execute(MARKS)
    op.execute("DROP FUNCTION analyst.within(date, text, integer)")
    op.execute((SQL / f"{revision}_find.sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """Put the months together again, with the marks of week and year that `find` looked for."""
    op.execute(WHOLE)
    op.execute(RIGHTS)
    op.execute((SQL / f"{revision}_find_before.sql").read_text(encoding="utf-8"))
