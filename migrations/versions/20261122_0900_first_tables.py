"""The fetch: what is followed, what was asked for, and what came of it; and the seed corpus."""

from __future__ import annotations

from alembic import op

revision = "20261122_0900"
down_revision = None
branch_labels = None
depends_on = None

SOURCES = """
CREATE TABLE sources (
    id text NOT NULL,
    name text NOT NULL,
    name_ar text,
    country text NOT NULL,
    home text NOT NULL,
    hosts text[] NOT NULL,
    languages text[] NOT NULL,
    kind text NOT NULL,
    tier smallint NOT NULL,
    entry jsonb NOT NULL,
    loaded_at timestamptz DEFAULT now() NOT NULL,
    retired_at timestamptz,
    CONSTRAINT pk_sources PRIMARY KEY (id),
    CONSTRAINT ck_sources_tier CHECK (tier BETWEEN 1 AND 4)
);
COMMENT ON TABLE sources IS 'Outlets, or sections of them, that we follow; loaded from seeds/sources';
COMMENT ON COLUMN sources.id IS 'short name, as in seeds/sources';
COMMENT ON COLUMN sources.name_ar IS 'name in Arabic script';
COMMENT ON COLUMN sources.country IS 'ISO 3166-1 alpha-2';
COMMENT ON COLUMN sources.home IS 'address of its first page';
COMMENT ON COLUMN sources.hosts IS 'host names that are the same outlet';
COMMENT ON COLUMN sources.languages IS 'ISO 639-1';
COMMENT ON COLUMN sources.tier IS '1 core of the topic … 4 context only';
COMMENT ON COLUMN sources.entry IS 'the whole entry of the seeds: discovery, promise, pace';
COMMENT ON COLUMN sources.loaded_at IS 'when this entry was first loaded or last changed';
COMMENT ON COLUMN sources.retired_at IS 'when it left the seeds; its pages stay';
"""

SEED_DOCUMENTS = """
CREATE TABLE seed_documents (
    id text NOT NULL,
    outlet text,
    title text,
    language text NOT NULL,
    published_on date,
    characters integer NOT NULL,
    tags text[] DEFAULT '{}' NOT NULL,
    events text[] DEFAULT '{}' NOT NULL,
    text text,
    loaded_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT pk_seed_documents PRIMARY KEY (id),
    CONSTRAINT ck_seed_documents_language CHECK (language IN ('ar', 'fr', 'es', 'en', 'und'))
);
COMMENT ON TABLE seed_documents IS 'Texts known from the start, so that a page that prints one is filed as its copy';
COMMENT ON COLUMN seed_documents.id IS 'short name, as in seeds/corpus.jsonl';
COMMENT ON COLUMN seed_documents.language IS 'ISO 639-1, or und';
COMMENT ON COLUMN seed_documents.characters IS 'length of the text';
COMMENT ON COLUMN seed_documents.tags IS 'ids of seeds/tags.yml';
COMMENT ON COLUMN seed_documents.events IS 'what the text recalls, in our words';
COMMENT ON COLUMN seed_documents.text IS 'only where the user loaded it from files of their own';
"""

RUNS = """
CREATE TABLE runs (
    id bigint GENERATED ALWAYS AS IDENTITY,
    command text NOT NULL,
    arguments jsonb NOT NULL,
    state text NOT NULL,
    started_at timestamptz DEFAULT now() NOT NULL,
    ended_at timestamptz,
    counts jsonb DEFAULT '{}' NOT NULL,
    error text DEFAULT '' NOT NULL,
    host text NOT NULL,
    pid integer NOT NULL,
    CONSTRAINT pk_runs PRIMARY KEY (id),
    CONSTRAINT ck_runs_state CHECK (state IN ('running', 'done', 'failed', 'broken')),
    CONSTRAINT ck_runs_ended_at CHECK ((state = 'running') = (ended_at IS NULL))
);
CREATE INDEX ix_runs_command_started_at ON runs (command, started_at);
COMMENT ON TABLE runs IS 'One execution of one command; while it lives it holds an advisory lock on its id';
COMMENT ON COLUMN runs.command IS 'subcommand of marsad';
COMMENT ON COLUMN runs.arguments IS 'what it was called with';
COMMENT ON COLUMN runs.state IS 'running, done, failed; broken is killed, as a later run found out';
COMMENT ON COLUMN runs.counts IS 'what it did, by name';
COMMENT ON COLUMN runs.error IS 'why it failed, in one sentence';
COMMENT ON COLUMN runs.host IS 'machine it runs on';
COMMENT ON COLUMN runs.pid IS 'process number there';
"""

PAGES = """
CREATE TABLE pages (
    id bigint GENERATED ALWAYS AS IDENTITY,
    source_id text NOT NULL,
    run_id bigint NOT NULL,
    url text NOT NULL,
    canonical_url text NOT NULL,
    url_hash bytea NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    fetched_at timestamptz NOT NULL,
    content_type text,
    body bytea NOT NULL,
    body_sha256 bytea NOT NULL,
    size_bytes bigint NOT NULL,
    entry_url text,
    entry_title text,
    entry_published_at timestamptz,
    tries integer DEFAULT 0 NOT NULL,
    outcome text,
    reason text DEFAULT '' NOT NULL,
    detail text DEFAULT '' NOT NULL,
    rules text,
    outcome_at timestamptz,
    outcome_run_id bigint,
    CONSTRAINT pk_pages PRIMARY KEY (id),
    CONSTRAINT uq_pages_url_hash_version UNIQUE (url_hash, version),
    CONSTRAINT ck_pages_outcome CHECK (outcome IN ('filed', 'copy', 'rejected', 'failed')),
    CONSTRAINT ck_pages_outcome_at CHECK (num_nulls(outcome, rules, outcome_at, outcome_run_id) IN (0, 4)),
    CONSTRAINT ck_pages_reason CHECK (outcome IS NULL OR (outcome = 'filed') = (reason = '')),
    CONSTRAINT ck_pages_url_hash CHECK (octet_length(url_hash) = 16),
    CONSTRAINT fk_pages_source_id FOREIGN KEY(source_id) REFERENCES sources (id),
    CONSTRAINT fk_pages_run_id FOREIGN KEY(run_id) REFERENCES runs (id),
    CONSTRAINT fk_pages_outcome_run_id FOREIGN KEY(outcome_run_id) REFERENCES runs (id)
);
CREATE INDEX ix_pages_failed ON pages (id) WHERE outcome = 'failed';
CREATE INDEX ix_pages_outcome_run_id ON pages (outcome_run_id);
CREATE INDEX ix_pages_run_id ON pages (run_id);
CREATE INDEX ix_pages_source_id_fetched_at ON pages (source_id, fetched_at);
CREATE INDEX ix_pages_waiting ON pages (id) WHERE outcome IS NULL;
COMMENT ON TABLE pages IS 'What was fetched, untouched, so that all else can be made again; and what became of it';
COMMENT ON COLUMN pages.run_id IS 'the run that fetched it';
COMMENT ON COLUMN pages.url IS 'where it was found, after redirects';
COMMENT ON COLUMN pages.canonical_url IS 'its name: one form for all addresses of the page';
COMMENT ON COLUMN pages.url_hash IS 'BLAKE2b, 16 bytes, of canonical_url, which may be long';
COMMENT ON COLUMN pages.version IS '1 is the first; more if it changed';
COMMENT ON COLUMN pages.content_type IS 'as the server said';
COMMENT ON COLUMN pages.body IS 'the bytes as served, Zstandard frame';
COMMENT ON COLUMN pages.body_sha256 IS 'of the bytes as served';
COMMENT ON COLUMN pages.size_bytes IS 'of the bytes as served';
COMMENT ON COLUMN pages.entry_url IS 'address in the feed, sitemap or listing; null: imported';
COMMENT ON COLUMN pages.entry_title IS 'title there';
COMMENT ON COLUMN pages.entry_published_at IS 'date there';
COMMENT ON COLUMN pages.tries IS 'readings begun since its last outcome, if any: one that ends is an outcome';
COMMENT ON COLUMN pages.outcome IS 'filed, copy, rejected or failed; null: waiting';
COMMENT ON COLUMN pages.reason IS 'why, to count by; empty for a filed one';
COMMENT ON COLUMN pages.detail IS 'why, as a sentence';
COMMENT ON COLUMN pages.rules IS 'version of the rules that decided';
COMMENT ON COLUMN pages.outcome_run_id IS 'the run that decided';
"""

VISITS = """
CREATE TABLE visits (
    id bigint GENERATED ALWAYS AS IDENTITY,
    run_id bigint NOT NULL,
    source_id text NOT NULL,
    url text NOT NULL,
    url_hash bytea,
    way text,
    state text NOT NULL,
    status smallint,
    elapsed_ms integer,
    size_bytes bigint,
    detail text DEFAULT '' NOT NULL,
    etag text,
    last_modified text,
    visited_at timestamptz NOT NULL,
    page_id bigint,
    CONSTRAINT pk_visits PRIMARY KEY (id),
    CONSTRAINT ck_visits_way CHECK (way IN ('feed', 'sitemap', 'listing')),
    CONSTRAINT ck_visits_state
        CHECK (state IN ('fetched', 'not_modified', 'robots_forbid', 'http_error', 'timed_out',
            'unreachable', 'redirect_loop', 'off_host', 'too_large', 'unreadable')),
    CONSTRAINT ck_visits_url_hash CHECK ((way IS NULL) = (url_hash IS NOT NULL)),
    CONSTRAINT fk_visits_run_id FOREIGN KEY(run_id) REFERENCES runs (id),
    CONSTRAINT fk_visits_source_id FOREIGN KEY(source_id) REFERENCES sources (id),
    CONSTRAINT fk_visits_page_id FOREIGN KEY(page_id) REFERENCES pages (id)
);
CREATE INDEX ix_visits_page_id ON visits (page_id);
CREATE INDEX ix_visits_run_id ON visits (run_id);
CREATE INDEX ix_visits_source_id_visited_at ON visits (source_id, visited_at);
CREATE INDEX ix_visits_url_hash ON visits (url_hash) WHERE url_hash IS NOT NULL;
COMMENT ON TABLE visits IS 'One request and how it ended';
COMMENT ON COLUMN visits.url_hash IS
    'of the page''s canonical_url, as in pages, to tell how often it was asked for; null: a way of discovery';
COMMENT ON COLUMN visits.way IS 'way of discovery that asked; null: a page was asked for';
COMMENT ON COLUMN visits.status IS 'HTTP status, if there was an answer';
COMMENT ON COLUMN visits.etag IS 'to ask again only for news';
COMMENT ON COLUMN visits.last_modified IS 'to ask again only for news, as the server wrote it';
COMMENT ON COLUMN visits.page_id IS 'the page it brought, if new';
"""


def upgrade() -> None:
    """Make the tables, those that others point at first."""
    for table in (SOURCES, SEED_DOCUMENTS, RUNS, PAGES, VISITS):
        op.execute(table)


def downgrade() -> None:
    """Remove them, and what they hold."""
    op.execute("DROP TABLE visits, pages, runs, seed_documents, sources")
