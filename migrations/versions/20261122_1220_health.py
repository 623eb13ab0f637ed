"""How each way and source stands, what was wrong with which, and indexes to count visits and pages day by day."""

from __future__ import annotations

from alembic import op

revision = "20261122_1220"
down_revision = "20261122_1210"
branch_labels = None
depends_on = None

STANDINGS = """
CREATE TABLE standings (
    source_id text NOT NULL,
    url text NOT NULL,
    health text NOT NULL,
    since timestamptz NOT NULL,
    score integer NOT NULL,
    failures integer NOT NULL,
    asked_at timestamptz NOT NULL,
    answered_at timestamptz,
    kind text,
    detail text DEFAULT '' NOT NULL,
    CONSTRAINT pk_standings PRIMARY KEY (source_id, url),
    CONSTRAINT ck_standings_health CHECK (health IN ('healthy', 'untried', 'wavering', 'failing', 'silent')),
    CONSTRAINT ck_standings_kind CHECK (kind IN (KINDS)),
    CONSTRAINT ck_standings_failures CHECK ((failures = 0) = (health = 'healthy')),
    CONSTRAINT fk_standings_source_id FOREIGN KEY(source_id) REFERENCES sources (id)
);
COMMENT ON TABLE standings IS 'How each way of discovery stands, as marsad watch last saw it';
COMMENT ON COLUMN standings.url IS 'of the way, as in the seeds';
COMMENT ON COLUMN standings.since IS 'when it began to be so: for a failure, the first of them';
COMMENT ON COLUMN standings.score IS 'weights of its failures since it last answered: hard 4, soft 2, passing 1';
COMMENT ON COLUMN standings.failures IS 'how many they are';
COMMENT ON COLUMN standings.asked_at IS 'the last asking that was counted';
COMMENT ON COLUMN standings.answered_at IS 'null: it never worked';
COMMENT ON COLUMN standings.kind IS 'what the last failure was';
COMMENT ON COLUMN standings.detail IS 'the same in words';
"""

CHANGES = """
CREATE TABLE health_changes (
    id bigint GENERATED ALWAYS AS IDENTITY,
    source_id text NOT NULL,
    health text NOT NULL,
    since timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    kind text,
    detail text DEFAULT '' NOT NULL,
    CONSTRAINT pk_health_changes PRIMARY KEY (id),
    CONSTRAINT ck_health_changes_health CHECK (health IN ('healthy', 'untried', 'wavering', 'failing', 'silent')),
    CONSTRAINT ck_health_changes_kind CHECK (kind IN (KINDS)),
    CONSTRAINT fk_health_changes_source_id FOREIGN KEY(source_id) REFERENCES sources (id)
);
CREATE INDEX ix_health_changes_source_id_id ON health_changes (source_id, id);
COMMENT ON TABLE health_changes IS
    'Log of how each source came to stand; the last row of a source is how it stands now';
COMMENT ON COLUMN health_changes.health IS 'of the best of its ways, from then on';
COMMENT ON COLUMN health_changes.since IS 'when it began to be so';
COMMENT ON COLUMN health_changes.changed_at IS 'when it was noticed';
COMMENT ON COLUMN health_changes.kind IS 'what the failure was';
COMMENT ON COLUMN health_changes.detail IS 'the same in words';
"""

TROUBLES = """
CREATE TABLE troubles (
    id bigint GENERATED ALWAYS AS IDENTITY,
    source_id text NOT NULL,
    kind text NOT NULL,
    address text DEFAULT '' NOT NULL,
    hard boolean NOT NULL,
    since timestamptz NOT NULL,
    raised_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    cleared_at timestamptz,
    seen text NOT NULL,
    tried text NOT NULL,
    advice text NOT NULL,
    grounds text,
    CONSTRAINT pk_troubles PRIMARY KEY (id),
    CONSTRAINT ck_troubles_kind CHECK (kind IN (KINDS)),
    CONSTRAINT ck_troubles_cleared_at CHECK (cleared_at >= raised_at),
    CONSTRAINT fk_troubles_source_id FOREIGN KEY(source_id) REFERENCES sources (id)
);
CREATE UNIQUE INDEX uq_troubles_standing ON troubles (source_id, kind, address) WHERE cleared_at IS NULL;
CREATE INDEX ix_troubles_cleared_at ON troubles (cleared_at);
COMMENT ON TABLE troubles IS 'What was wrong with which source, from when to when';
COMMENT ON COLUMN troubles.address IS 'the way it is about; empty: the whole source';
COMMENT ON COLUMN troubles.hard IS 'it costs articles';
COMMENT ON COLUMN troubles.since IS 'when it began, as far as can be told';
COMMENT ON COLUMN troubles.raised_at IS 'when it was first told';
COMMENT ON COLUMN troubles.seen_at IS 'when it was last found';
COMMENT ON COLUMN troubles.cleared_at IS 'when it was found mended; null: it stands';
COMMENT ON COLUMN troubles.seen IS 'what is wrong, as last found';
COMMENT ON COLUMN troubles.tried IS 'which ways were asked, and what they answered';
COMMENT ON COLUMN troubles.advice IS 'what to do';
COMMENT ON COLUMN troubles.grounds IS 'how well the address in question is known';
"""

KINDS = """'unreachable', 'certificate', 'blocked', 'throttled', 'challenged', 'robots', 'gone', 'moved', 'parked',
        'unusable', 'stale', 'quiet', 'flooding', 'undated', 'unparseable', 'way_broken', 'not_asked'"""

INDEXES = """
CREATE INDEX ix_visits_ways ON visits (visited_at) INCLUDE (source_id, state) WHERE way IS NOT NULL;
CREATE INDEX ix_pages_fetched_at ON pages (fetched_at) INCLUDE (source_id, version, run_id, outcome, reason);
"""


def upgrade() -> None:
    """Make the tables of health, and the indexes that its counts are read from."""
    for change in (STANDINGS, CHANGES, TROUBLES, INDEXES):
        op.execute(change.replace("KINDS", KINDS))


def downgrade() -> None:
    """Remove them, and what they hold."""
    op.execute("DROP INDEX ix_visits_ways, ix_pages_fetched_at")
    op.execute("DROP TABLE standings, health_changes, troubles")
