"""Who hears about what, the outbox of all messages, and each attempt to deliver one."""

from __future__ import annotations

from alembic import op

revision = "20261122_1300"
down_revision = "20261122_1250"
branch_labels = None
depends_on = None

RECIPIENTS = """
CREATE TABLE recipients (
    id text NOT NULL,
    entry jsonb NOT NULL,
    origin text NOT NULL,
    loaded_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT pk_recipients PRIMARY KEY (id),
    CONSTRAINT ck_recipients_origin CHECK (origin IN ('seeds', 'hand'))
);
COMMENT ON TABLE recipients IS 'Who is told things, each by one channel';
COMMENT ON COLUMN recipients.entry IS 'channel (a name, never an address), language, quiet hours';
COMMENT ON COLUMN recipients.origin IS 'seeds/alerts.yml, or a person by marsad alerts';
"""

RULES = """
CREATE TABLE alert_rules (
    id text NOT NULL,
    entry jsonb NOT NULL,
    origin text NOT NULL,
    loaded_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT pk_alert_rules PRIMARY KEY (id),
    CONSTRAINT ck_alert_rules_origin CHECK (origin IN ('seeds', 'hand'))
);
COMMENT ON TABLE alert_rules IS 'What some recipients want to hear of';
COMMENT ON COLUMN alert_rules.entry IS 'the whole rule, as in seeds/alerts.yml';
COMMENT ON COLUMN alert_rules.origin IS 'seeds/alerts.yml, or a person by marsad alerts';
"""

MUTES = """
CREATE TABLE mutes (
    id bigint GENERATED ALWAYS AS IDENTITY,
    recipient text NOT NULL,
    event_id bigint,
    country text,
    rule text,
    until timestamptz,
    made_by text NOT NULL,
    made_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT pk_mutes PRIMARY KEY (id),
    CONSTRAINT ck_mutes_one_thing CHECK (num_nonnulls(event_id, country, rule) <= 1),
    CONSTRAINT fk_mutes_event_id FOREIGN KEY(event_id) REFERENCES events (id)
);
COMMENT ON TABLE mutes IS
    'What a recipient does not want to hear of for a while; retractions are heard nevertheless';
COMMENT ON COLUMN mutes.country IS 'ISO 3166-1 alpha-2';
COMMENT ON COLUMN mutes.rule IS 'where no event, country or rule is named: everything';
COMMENT ON COLUMN mutes.until IS 'null: for good';
"""

ALERTS = """
CREATE TABLE alerts (
    id bigint GENERATED ALWAYS AS IDENTITY,
    key uuid DEFAULT gen_random_uuid() NOT NULL,
    recipient text NOT NULL,
    thread text NOT NULL,
    position integer NOT NULL,
    event_id bigint,
    occasion text NOT NULL,
    because text[] DEFAULT '{}' NOT NULL,
    facts jsonb NOT NULL,
    pace text DEFAULT 'at_once' NOT NULL,
    state text DEFAULT 'waiting' NOT NULL,
    due_at timestamptz DEFAULT now() NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_attempt_at timestamptz,
    made_at timestamptz DEFAULT now() NOT NULL,
    settled_at timestamptz,
    CONSTRAINT pk_alerts PRIMARY KEY (id),
    CONSTRAINT uq_alerts_key UNIQUE (key),
    CONSTRAINT uq_alerts_recipient_thread_position UNIQUE (recipient, thread, position),
    CONSTRAINT ck_alerts_occasion
        CHECK (occasion IN ('first', 'update', 'retraction', 'digest', 'trouble', 'trial')),
    CONSTRAINT ck_alerts_pace CHECK (pace IN ('at_once', 'daily', 'weekly')),
    CONSTRAINT ck_alerts_state CHECK (state IN ('waiting', 'sent', 'digested', 'muted', 'overtaken', 'given_up')),
    CONSTRAINT ck_alerts_event_of_occasion
        CHECK ((event_id IS NOT NULL) = (occasion IN ('first', 'update', 'retraction'))),
    CONSTRAINT ck_alerts_settled_at CHECK ((state = 'waiting') = (settled_at IS NULL)),
    CONSTRAINT fk_alerts_event_id FOREIGN KEY(event_id) REFERENCES events (id)
);
CREATE INDEX ix_alerts_waiting ON alerts (recipient, id) WHERE state = 'waiting';
CREATE INDEX ix_alerts_event_id ON alerts (event_id);
COMMENT ON TABLE alerts IS
    'The outbox: one message due to one recipient, with its reasons; ids are in the order of commits';
COMMENT ON COLUMN alerts.key IS 'of Message-ID and idempotency, for good';
COMMENT ON COLUMN alerts.recipient IS 'name in recipients';
COMMENT ON COLUMN alerts.thread IS 'the matter, such as event/12, digest/daily/2026-11-22, trouble/…';
COMMENT ON COLUMN alerts.position IS 'among the messages to this recipient in the thread, from 0';
COMMENT ON COLUMN alerts.event_id IS 'null: it is about no one event';
COMMENT ON COLUMN alerts.because IS 'the rules that it meets';
COMMENT ON COLUMN alerts.facts IS 'what it says, as it stood; never a secret';
COMMENT ON COLUMN alerts.pace IS 'at once, or taken up by a daily or weekly digest';
COMMENT ON COLUMN alerts.state IS 'overtaken: what it says was over before anybody began to send it';
COMMENT ON COLUMN alerts.due_at IS 'not before: quiet hours, a digest';
COMMENT ON COLUMN alerts.next_attempt_at IS 'after one that failed: not before';
COMMENT ON COLUMN alerts.settled_at IS 'when it ceased to wait';
"""

DELIVERIES = """
CREATE TABLE deliveries (
    id bigint GENERATED ALWAYS AS IDENTITY,
    alert_id bigint NOT NULL,
    channel text NOT NULL,
    attempt integer NOT NULL,
    state text NOT NULL,
    detail text DEFAULT '' NOT NULL,
    started_at timestamptz DEFAULT now() NOT NULL,
    ended_at timestamptz,
    CONSTRAINT pk_deliveries PRIMARY KEY (id),
    CONSTRAINT uq_deliveries_alert_id_attempt UNIQUE (alert_id, attempt),
    CONSTRAINT ck_deliveries_state CHECK (state IN ('started', 'sent', 'failed')),
    CONSTRAINT ck_deliveries_ended_at CHECK ((state = 'started') = (ended_at IS NULL)),
    CONSTRAINT fk_deliveries_alert_id FOREIGN KEY(alert_id) REFERENCES alerts (id)
);
COMMENT ON TABLE deliveries IS 'Each attempt to deliver a message, and how it ended';
COMMENT ON COLUMN deliveries.attempt IS 'counted from 1';
COMMENT ON COLUMN deliveries.state IS 'started and never ended: we were killed while sending';
COMMENT ON COLUMN deliveries.detail IS 'what the receiver said; never a secret';
"""

# as they were, without a writer
FIRST_ALERTS = """
CREATE TABLE alerts (
    id bigint GENERATED ALWAYS AS IDENTITY,
    event_id bigint NOT NULL,
    recipient text NOT NULL,
    position integer NOT NULL,
    occasion text NOT NULL,
    because text[] DEFAULT '{}' NOT NULL,
    state text DEFAULT 'waiting' NOT NULL,
    due_at timestamptz DEFAULT now() NOT NULL,
    made_at timestamptz DEFAULT now() NOT NULL,
    settled_at timestamptz,
    CONSTRAINT pk_alerts PRIMARY KEY (id),
    CONSTRAINT uq_alerts_event_id_recipient_position UNIQUE (event_id, recipient, position),
    CONSTRAINT ck_alerts_occasion CHECK (occasion IN ('first', 'update', 'retraction')),
    CONSTRAINT ck_alerts_state CHECK (state IN ('waiting', 'sent', 'given_up')),
    CONSTRAINT ck_alerts_position CHECK ((position = 0) = (occasion = 'first')),
    CONSTRAINT ck_alerts_settled_at CHECK ((state = 'waiting') = (settled_at IS NULL)),
    CONSTRAINT fk_alerts_event_id FOREIGN KEY(event_id) REFERENCES events (id)
);
CREATE INDEX ix_alerts_waiting ON alerts (recipient, id) WHERE state = 'waiting';
COMMENT ON TABLE alerts IS 'The outbox: one message due to one recipient about one event, with its reasons';
COMMENT ON COLUMN alerts.recipient IS 'name in seeds/alerts.yml; its address is a setting';
COMMENT ON COLUMN alerts.position IS '0 is the first to this recipient about this event, then follow-ups';
COMMENT ON COLUMN alerts.because IS 'the rules that it meets';
COMMENT ON COLUMN alerts.due_at IS 'not before: quiet hours, a digest, the next attempt';
COMMENT ON COLUMN alerts.settled_at IS 'when it was sent or given up';
"""

FIRST_DELIVERIES = """
CREATE TABLE deliveries (
    id bigint GENERATED ALWAYS AS IDENTITY,
    alert_id bigint NOT NULL,
    channel text NOT NULL,
    attempt integer NOT NULL,
    state text NOT NULL,
    detail text DEFAULT '' NOT NULL,
    started_at timestamptz DEFAULT now() NOT NULL,
    ended_at timestamptz,
    CONSTRAINT pk_deliveries PRIMARY KEY (id),
    CONSTRAINT uq_deliveries_alert_id_channel_attempt UNIQUE (alert_id, channel, attempt),
    CONSTRAINT ck_deliveries_state CHECK (state IN ('started', 'sent', 'failed')),
    CONSTRAINT ck_deliveries_ended_at CHECK ((state = 'started') = (ended_at IS NULL)),
    CONSTRAINT fk_deliveries_alert_id FOREIGN KEY(alert_id) REFERENCES alerts (id)
);
COMMENT ON TABLE deliveries IS 'Each attempt to deliver an alert, and how it ended';
COMMENT ON COLUMN deliveries.attempt IS 'counted from 1';
COMMENT ON COLUMN deliveries.state IS 'started and never ended: we were killed while sending';
COMMENT ON COLUMN deliveries.detail IS 'what the receiver said; never a secret';
"""


def upgrade() -> None:
    """Make the tables; those of before had no writer and hold nothing."""
    op.execute("DROP TABLE deliveries, alerts")
    for table in (RECIPIENTS, RULES, MUTES, ALERTS, DELIVERIES):
        op.execute(table)


def downgrade() -> None:
    """Forget who is told what, and what they were told."""
    op.execute("DROP TABLE deliveries, alerts, mutes, alert_rules, recipients")
    for table in (FIRST_ALERTS, FIRST_DELIVERIES):
        op.execute(table)
