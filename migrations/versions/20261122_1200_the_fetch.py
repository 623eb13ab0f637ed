"""The frontier: addresses waiting to be asked for, how each way of discovery stands, and robots.txt files."""

from __future__ import annotations

from alembic import op

revision = "20261122_1200"
down_revision = "20261122_0910"
branch_labels = None
depends_on = None

WAYS = """
ALTER TABLE visits DROP CONSTRAINT ck_visits_way;
ALTER TABLE visits ADD CONSTRAINT ck_visits_way CHECK (way IN ('feed', 'sitemap', 'listing', 'wordpress'));
"""

NO_WAYS = """
DELETE FROM visits WHERE way = 'wordpress';
ALTER TABLE visits DROP CONSTRAINT ck_visits_way;
ALTER TABLE visits ADD CONSTRAINT ck_visits_way CHECK (way IN ('feed', 'sitemap', 'listing'));
"""

STATES = """
ALTER TABLE visits DROP CONSTRAINT ck_visits_state;
ALTER TABLE visits ADD CONSTRAINT ck_visits_state CHECK (state IN ('fetched', 'not_modified', 'robots_forbid',
    'robots_unreachable', 'http_error', 'timed_out', 'unreachable', 'bad_certificate', 'private_address', 'known',
    'redirect_loop', 'off_host', 'too_large', 'unreadable'));
"""

NO_STATES = """
UPDATE visits SET state = 'unreachable'
    WHERE state IN ('bad_certificate', 'private_address', 'robots_unreachable', 'known');
ALTER TABLE visits DROP CONSTRAINT ck_visits_state;
ALTER TABLE visits ADD CONSTRAINT ck_visits_state CHECK (state IN ('fetched', 'not_modified', 'robots_forbid',
    'http_error', 'timed_out', 'unreachable', 'redirect_loop', 'off_host', 'too_large', 'unreadable'));
"""

ADDRESSES = """
CREATE TABLE addresses (
    url_hash bytea NOT NULL,
    source_id text NOT NULL,
    run_id bigint NOT NULL,
    url text NOT NULL,
    title text,
    published_at timestamptz,
    updated_at timestamptz,
    way text,
    found_at timestamptz NOT NULL,
    state text NOT NULL,
    failed integer DEFAULT 0 NOT NULL,
    looks integer DEFAULT 0 NOT NULL,
    asked_at timestamptz,
    next_at timestamptz,
    etag text,
    last_modified text,
    page_id bigint,
    CONSTRAINT pk_addresses PRIMARY KEY (url_hash),
    CONSTRAINT ck_addresses_way CHECK (way IN ('feed', 'sitemap', 'listing', 'wordpress')),
    CONSTRAINT ck_addresses_state CHECK (state IN ('waiting', 'kept', 'given_up', 'refused')),
    CONSTRAINT ck_addresses_url_hash CHECK (octet_length(url_hash) = 16),
    CONSTRAINT ck_addresses_next_at CHECK (state <> 'waiting' OR next_at IS NOT NULL),
    CONSTRAINT fk_addresses_source_id FOREIGN KEY(source_id) REFERENCES sources (id),
    CONSTRAINT fk_addresses_run_id FOREIGN KEY(run_id) REFERENCES runs (id),
    CONSTRAINT fk_addresses_page_id FOREIGN KEY(page_id) REFERENCES pages (id)
);
CREATE INDEX ix_addresses_due ON addresses (source_id, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX ix_addresses_page_id ON addresses (page_id);
CREATE INDEX ix_addresses_run_id ON addresses (run_id);
COMMENT ON TABLE addresses IS 'Addresses of pages that discovery named: each is asked for until it is kept or given up';
COMMENT ON COLUMN addresses.url_hash IS 'of the canonical form of url, as in pages';
COMMENT ON COLUMN addresses.run_id IS 'the run that found it';
COMMENT ON COLUMN addresses.url IS 'as it was listed, and is asked for';
COMMENT ON COLUMN addresses.title IS 'title there';
COMMENT ON COLUMN addresses.published_at IS 'date there';
COMMENT ON COLUMN addresses.updated_at IS 'date of the last change there';
COMMENT ON COLUMN addresses.way IS 'way of discovery that named it; null: a backfill, asked for last';
COMMENT ON COLUMN addresses.state IS 'waiting, kept, given_up (failed too often), refused (of another host)';
COMMENT ON COLUMN addresses.failed IS 'failures since it was found';
COMMENT ON COLUMN addresses.looks IS 'how often a kept one was asked for again';
COMMENT ON COLUMN addresses.asked_at IS 'when it was last asked for';
COMMENT ON COLUMN addresses.next_at IS 'when it is due; null: never again';
COMMENT ON COLUMN addresses.etag IS 'of the version kept last, to ask again only for news';
COMMENT ON COLUMN addresses.last_modified IS 'the same, as the server wrote it';
COMMENT ON COLUMN addresses.page_id IS 'the page it last brought';
"""

HOW_WAYS_ARE_ASKED = """
CREATE TABLE ways (
    source_id text NOT NULL,
    url_hash bytea NOT NULL,
    url text NOT NULL,
    way text NOT NULL,
    is_child boolean DEFAULT false NOT NULL,
    state text,
    failures integer DEFAULT 0 NOT NULL,
    interval_minutes integer NOT NULL,
    asked_at timestamptz,
    read_at timestamptz,
    news_at timestamptz,
    newest_at timestamptz,
    next_at timestamptz,
    etag text,
    last_modified text,
    CONSTRAINT pk_ways PRIMARY KEY (source_id, url_hash),
    CONSTRAINT ck_ways_way CHECK (way IN ('feed', 'sitemap', 'listing', 'wordpress')),
    CONSTRAINT ck_ways_state CHECK (state IN ('fetched', 'not_modified', 'robots_forbid',
        'robots_unreachable', 'http_error', 'timed_out', 'unreachable', 'bad_certificate', 'private_address', 'known',
        'redirect_loop', 'off_host', 'too_large', 'unreadable')),
    CONSTRAINT ck_ways_url_hash CHECK (octet_length(url_hash) = 16),
    CONSTRAINT fk_ways_source_id FOREIGN KEY(source_id) REFERENCES sources (id)
);
COMMENT ON TABLE ways IS 'How each address of discovery is asked, and what came of it';
COMMENT ON COLUMN ways.url_hash IS 'BLAKE2b, 16 bytes, of url';
COMMENT ON COLUMN ways.url IS 'as in the seeds, the phrase of a search filled in, or as an index has it';
COMMENT ON COLUMN ways.is_child IS 'a sitemap that an index named';
COMMENT ON COLUMN ways.state IS 'how the last visit to it ended';
COMMENT ON COLUMN ways.failures IS 'in a row; 0: it works';
COMMENT ON COLUMN ways.interval_minutes IS 'it is asked so seldom now';
COMMENT ON COLUMN ways.asked_at IS 'when it was last asked';
COMMENT ON COLUMN ways.read_at IS 'when its answer could last be read, changed or not';
COMMENT ON COLUMN ways.news_at IS 'when it last named an address that was not known';
COMMENT ON COLUMN ways.newest_at IS 'the latest date of an entry in its last answer';
COMMENT ON COLUMN ways.next_at IS 'when it is due';
COMMENT ON COLUMN ways.etag IS 'of the last answer that could be read';
COMMENT ON COLUMN ways.last_modified IS 'the same, as the server wrote it';
"""

MANNERS = """
CREATE TABLE robots (
    origin text NOT NULL,
    state text NOT NULL,
    body bytea,
    detail text DEFAULT '' NOT NULL,
    asked_at timestamptz DEFAULT now() NOT NULL,
    until timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT pk_robots PRIMARY KEY (origin),
    CONSTRAINT ck_robots_state CHECK (state IN ('fetched', 'not_modified', 'robots_forbid',
        'robots_unreachable', 'http_error', 'timed_out', 'unreachable', 'bad_certificate', 'private_address', 'known',
        'redirect_loop', 'off_host', 'too_large', 'unreadable'))
);
COMMENT ON TABLE robots IS 'robots.txt files, each asked for once a day (RFC 9309)';
COMMENT ON COLUMN robots.origin IS 'scheme, host and port';
COMMENT ON COLUMN robots.body IS 'empty: it forbids nothing; null: none was ever read';
COMMENT ON COLUMN robots.state IS 'how asking for it ended';
COMMENT ON COLUMN robots.until IS 'when it is asked for again';

CREATE TABLE hosts (
    host text NOT NULL,
    until timestamptz DEFAULT now() NOT NULL,
    refusals integer NOT NULL,
    detail text DEFAULT '' NOT NULL,
    CONSTRAINT pk_hosts PRIMARY KEY (host)
);
COMMENT ON TABLE hosts IS 'Hosts that answered 429, or 503 with Retry-After, and when they may be asked again';
COMMENT ON COLUMN hosts.host IS 'in lower case and ASCII, without www., m. or amp.';
COMMENT ON COLUMN hosts.until IS 'it is left alone until then, by every source on it';
COMMENT ON COLUMN hosts.refusals IS 'how often in a row it asked; 0: it answers again';
COMMENT ON COLUMN hosts.detail IS 'what it said';
"""


def upgrade() -> None:
    """Make the tables of the fetch."""
    for change in (STATES, WAYS, ADDRESSES, HOW_WAYS_ARE_ASKED, MANNERS):
        op.execute(change)


def downgrade() -> None:
    """Remove them, and what they hold."""
    op.execute("DROP TABLE addresses, ways, robots, hosts")
    op.execute(NO_STATES)
    op.execute(NO_WAYS)
