"""The schema `analyst`: views and functions for whoever asks, and the role that may read these and nothing else."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "20261122_1320"
down_revision = "20261122_1310"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parent.parent / "sql"

NAMES = """
CREATE TABLE names (
    kind text NOT NULL,
    id text NOT NULL,
    name_ar text,
    name_fr text,
    name_es text,
    name_en text,
    country text,
    role text,
    CONSTRAINT pk_names PRIMARY KEY (kind, id),
    CONSTRAINT ck_names_kind CHECK (kind IN ('theme', 'person', 'body', 'country', 'place'))
);
COMMENT ON TABLE names IS 'Who and what marsad knows by name, as tags call it, with a name to show in each language';
COMMENT ON COLUMN names.id IS 'id of the seeds, such as migration, dgsn, ES';
COMMENT ON COLUMN names.country IS 'ISO 3166-1 alpha-2';
COMMENT ON COLUMN names.role IS 'the office of a person, or what kind of body';

CREATE TABLE spellings (
    spelling text NOT NULL,
    kind text NOT NULL,
    id text NOT NULL,
    CONSTRAINT pk_spellings PRIMARY KEY (spelling, kind, id),
    CONSTRAINT fk_spellings_kind_id FOREIGN KEY(kind, id) REFERENCES names (kind, id) ON DELETE CASCADE
);
CREATE INDEX ix_spellings_kind_id ON spellings (kind, id);
COMMENT ON TABLE spellings IS 'Every way to write the names, in canonical form: what a search asks by name';
"""

SEARCHES = """
CREATE FUNCTION search_config(language text) RETURNS regconfig
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
    SELECT CASE language
        WHEN 'ar' THEN 'arabic'::regconfig WHEN 'fr' THEN 'french'::regconfig
        WHEN 'es' THEN 'spanish'::regconfig WHEN 'en' THEN 'english'::regconfig ELSE 'simple'::regconfig
    END
$function$;
COMMENT ON FUNCTION search_config(text) IS 'how words of a language are cut to their stems';

CREATE FUNCTION search_form(said text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
    SELECT regexp_replace(canonical(said), '\\mو(?=ال)', '', 'g')
$function$;
COMMENT ON FUNCTION search_form(text) IS 'the canonical form, without the and that Arabic writes before an article';

CREATE FUNCTION search_words(language text, said text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
    SELECT to_tsvector(search_config(language), search_form(said))
$function$;
COMMENT ON FUNCTION search_words(text, text) IS 'the words of a text as they are searched';

CREATE FUNCTION search_marks(language text, source text, told_on date) RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE AS $function$
    SELECT ARRAY['language:' || language, 'source:' || source, 'week:' || to_char(told_on, 'IYYY-IW'),
        'year:' || to_char(told_on, 'YYYY')]
$function$;
COMMENT ON FUNCTION search_marks(text, text, date) IS 'what an article is searched by beside its words and tags';

CREATE TABLE searches (
    article_id bigint NOT NULL,
    told_on date NOT NULL,
    words tsvector NOT NULL,
    CONSTRAINT pk_searches PRIMARY KEY (article_id),
    CONSTRAINT fk_searches_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);
CREATE INDEX ix_searches_words ON searches USING gin (words);
CREATE INDEX ix_searches_told_on ON searches (told_on);
COMMENT ON TABLE searches IS 'What articles are searched by: their words, stemmed, and the names found in them';
COMMENT ON COLUMN searches.told_on IS 'day of publication, else of the fetch';
COMMENT ON COLUMN searches.words IS 'words of title (A) and text (D), tags as kind:id, and search_marks';
"""

HAPPENED_ON = "CREATE INDEX ix_events_happened_on ON events ((coalesce(first_on, told_from)), id);"

FILL = """
INSERT INTO searches (article_id, told_on, words)
SELECT articles.id, told_on,
    setweight(search_words(articles.language, articles.title), 'A')
    || search_words(articles.language, articles.text)
    || array_to_tsvector(search_marks(articles.language, articles.source_id, told_on) || coalesce(
        (SELECT array_agg(DISTINCT kind || ':' || tag_id) FROM tags WHERE tags.article_id = articles.id), '{}'))
FROM articles JOIN pages ON pages.id = articles.page_id
CROSS JOIN LATERAL (SELECT coalesce(articles.published_on, pages.fetched_at::date) AS told_on) AS days;
"""

DOWN = """
DROP SCHEMA analyst CASCADE;
DROP FUNCTION best_report(bigint, text);
DROP INDEX ix_events_happened_on;
DROP TABLE searches, spellings, names;
DROP FUNCTION search_marks(text, text, date);
DROP FUNCTION search_words(text, text);
DROP FUNCTION search_form(text);
DROP FUNCTION search_config(text);
"""


def upgrade() -> None:
    """Make what is searched, then the schema, then the role, where this user may make one."""
    op.execute(NAMES)
    op.execute(SEARCHES)
    op.execute(FILL)
    op.execute(HAPPENED_ON)
    for name in ("views", "search", "comments", "role"):
        op.execute((SQL / f"{revision}_{name}.sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """Remove them; the role belongs to all databases of the server and stays, with nothing to read here."""
    op.execute(DOWN)
