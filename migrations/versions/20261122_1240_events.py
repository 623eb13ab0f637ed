"""How events are told and when, which reports have met them, the events known from the seeds, articles set aside."""

from __future__ import annotations

from alembic import op

revision = "20261122_1240"
down_revision = "20261122_1230"
branch_labels = None
depends_on = None

EVENTS = """
ALTER TABLE events
    ADD COLUMN told text NOT NULL,
    ADD COLUMN told_from date NOT NULL,
    ADD COLUMN told_to date NOT NULL,
    ADD COLUMN sources text[] DEFAULT '{}' NOT NULL,
    ADD CONSTRAINT ck_events_told CHECK (told IN ('news', 'recalled', 'announced', 'denied')),
    ADD CONSTRAINT ck_events_order_of_telling CHECK (told_from <= told_to);
CREATE INDEX ix_events_countries ON events USING gin (countries);
CREATE INDEX ix_events_bodies ON events USING gin (bodies);
COMMENT ON COLUMN events.told IS 'the most that any account makes of it: news, announced, recalled; denied by all';
COMMENT ON COLUMN events.told_from IS 'day of the first account';
COMMENT ON COLUMN events.told_to IS 'day of the last account';
COMMENT ON COLUMN events.sources IS 'who gave an account, the first first; seeds for one known from the start';
"""

REPORTS = """
ALTER TABLE reports ADD COLUMN met_at timestamptz;
ALTER TABLE reports ADD CONSTRAINT ck_reports_met_at CHECK (event_id IS NULL OR met_at IS NOT NULL);
CREATE INDEX ix_reports_unmet ON reports (article_id) WHERE met_at IS NULL;
CREATE INDEX ix_event_log_by_hand ON event_log (action) WHERE done_by <> 'rule';
COMMENT ON COLUMN reports.event_id IS 'null: not met yet, or it recalls what cannot be told apart';
COMMENT ON COLUMN reports.met_at IS 'when it was held against the events; null: not yet';
"""

SEED_EVENTS = """
CREATE TABLE seed_events (
    id text NOT NULL,
    event_id bigint NOT NULL,
    kind text NOT NULL,
    direction text,
    people text[] DEFAULT '{}' NOT NULL,
    bodies text[] DEFAULT '{}' NOT NULL,
    countries text[] DEFAULT '{}' NOT NULL,
    city text,
    first_on date NOT NULL,
    last_on date NOT NULL,
    precision text NOT NULL,
    CONSTRAINT pk_seed_events PRIMARY KEY (id),
    CONSTRAINT ck_seed_events_kind
        CHECK (kind IN ('visit', 'agreement', 'meeting', 'decoration', 'election', 'conference', 'operation',
            'extradition')),
    CONSTRAINT ck_seed_events_direction CHECK (direction IN ('outbound', 'inbound')),
    CONSTRAINT ck_seed_events_precision CHECK (precision IN ('day', 'month', 'year')),
    CONSTRAINT ck_seed_events_order_of_days CHECK (first_on <= last_on),
    CONSTRAINT fk_seed_events_event_id FOREIGN KEY(event_id) REFERENCES events (id)
);
CREATE INDEX ix_seed_events_event_id ON seed_events (event_id);
COMMENT ON TABLE seed_events IS 'Events known from the start, from seeds/history.yml: who tells of one tells no news';
COMMENT ON COLUMN seed_events.id IS 'short name, as in seeds/history.yml';
COMMENT ON COLUMN seed_events.direction IS 'of a visit, seen from Morocco';
COMMENT ON COLUMN seed_events.people IS 'ids of the seeds';
COMMENT ON COLUMN seed_events.bodies IS 'ids of the seeds';
COMMENT ON COLUMN seed_events.countries IS 'ISO 3166-1 alpha-2, without MA';
COMMENT ON COLUMN seed_events.precision IS 'how exact the days are';
"""


REPLAY = """
ALTER TABLE articles
    ADD COLUMN set_aside_at timestamptz,
    ADD CONSTRAINT ck_articles_set_aside_at
        CHECK (set_aside_at IS NULL OR NOT is_current AND revises_id IS NULL);
COMMENT ON COLUMN articles.set_aside_at IS 'when later rules rejected its page; null: it stands';
COMMENT ON COLUMN articles.is_current IS 'false once another revises it, or it is set aside';
"""


def upgrade() -> None:
    """Give events what makes them; nothing wrote any before."""
    for change in (EVENTS, REPORTS, SEED_EVENTS, REPLAY):
        op.execute(change)


def downgrade() -> None:
    """Forget all events, and what was set aside."""
    op.execute("ALTER TABLE articles DROP CONSTRAINT ck_articles_set_aside_at, DROP COLUMN set_aside_at")
    op.execute("COMMENT ON COLUMN articles.is_current IS 'false once another revises it'")
    op.execute("DROP INDEX ix_event_log_by_hand")
    op.execute("DROP TABLE seed_events")
    op.execute("ALTER TABLE reports DROP CONSTRAINT ck_reports_met_at, DROP COLUMN met_at")
    op.execute("COMMENT ON COLUMN reports.event_id IS 'null: not met with events yet'")
    op.execute("DROP INDEX ix_events_countries, ix_events_bodies")
    op.execute("ALTER TABLE events DROP COLUMN told, DROP COLUMN told_from, DROP COLUMN told_to, DROP COLUMN sources")
