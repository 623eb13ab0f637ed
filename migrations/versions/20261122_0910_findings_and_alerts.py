"""What is found in articles, the events they tell of, and who is told."""

from __future__ import annotations

from alembic import op

revision = "20261122_0910"
down_revision = "20261122_0905"
branch_labels = None
depends_on = None

TAGS = """
CREATE TABLE tags (
    article_id bigint NOT NULL,
    field text NOT NULL,
    span_start integer NOT NULL,
    span_end integer NOT NULL,
    kind text NOT NULL,
    tag_id text NOT NULL,
    surface text NOT NULL,
    CONSTRAINT pk_tags PRIMARY KEY (article_id, field, span_start, span_end, kind, tag_id),
    CONSTRAINT ck_tags_kind CHECK (kind IN ('theme', 'person', 'body', 'country', 'place')),
    CONSTRAINT ck_tags_field CHECK (field IN ('title', 'text')),
    CONSTRAINT ck_tags_span CHECK (0 <= span_start AND span_start < span_end),
    CONSTRAINT fk_tags_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);
CREATE INDEX ix_tags_kind_tag_id_article_id ON tags (kind, tag_id, article_id);
COMMENT ON TABLE tags IS 'Terms of the vocabulary found in articles, each with where it stands';
COMMENT ON COLUMN tags.field IS 'title or text';
COMMENT ON COLUMN tags.span_start IS 'character of the field, from 0';
COMMENT ON COLUMN tags.span_end IS 'the character after the last';
COMMENT ON COLUMN tags.tag_id IS 'id of the seeds, such as migration, dgsn, ES';
COMMENT ON COLUMN tags.surface IS 'the words that stand there';
"""

EVENTS = """
CREATE TABLE events (
    id bigint GENERATED ALWAYS AS IDENTITY,
    kind text NOT NULL,
    direction text,
    people text[] DEFAULT '{}' NOT NULL,
    bodies text[] DEFAULT '{}' NOT NULL,
    countries text[] DEFAULT '{}' NOT NULL,
    city text,
    first_on date,
    last_on date,
    precision text,
    made_at timestamptz DEFAULT now() NOT NULL,
    merged_into_id bigint,
    retracted_at timestamptz,
    CONSTRAINT pk_events PRIMARY KEY (id),
    CONSTRAINT ck_events_kind
        CHECK (kind IN ('visit', 'agreement', 'meeting', 'decoration', 'election', 'conference', 'operation',
            'extradition')),
    CONSTRAINT ck_events_direction CHECK (direction IN ('outbound', 'inbound')),
    CONSTRAINT ck_events_precision CHECK (precision IN ('day', 'month', 'year')),
    CONSTRAINT ck_events_days CHECK (num_nulls(first_on, last_on, precision) IN (0, 3)),
    CONSTRAINT ck_events_order_of_days CHECK (first_on <= last_on),
    CONSTRAINT fk_events_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES events (id)
);
CREATE INDEX ix_events_kind_first_on ON events (kind, first_on);
CREATE INDEX ix_events_merged_into_id ON events (merged_into_id);
COMMENT ON TABLE events IS 'Things that happened, each once; its facts are the best supported of its reports';
COMMENT ON COLUMN events.direction IS 'of a visit, seen from Morocco';
COMMENT ON COLUMN events.people IS 'ids of the seeds, or names as printed';
COMMENT ON COLUMN events.bodies IS 'ids of the seeds, or names as printed';
COMMENT ON COLUMN events.countries IS 'ISO 3166-1 alpha-2, without MA';
COMMENT ON COLUMN events.first_on IS 'first day it can have been';
COMMENT ON COLUMN events.last_on IS 'last day it can have been, included';
COMMENT ON COLUMN events.precision IS 'how exact the days are';
COMMENT ON COLUMN events.merged_into_id IS 'the same event, kept there';
COMMENT ON COLUMN events.retracted_at IS 'when it was found not to have happened';
"""

EVENT_LOG = """
CREATE TABLE event_log (
    id bigint GENERATED ALWAYS AS IDENTITY,
    event_id bigint NOT NULL,
    action text NOT NULL,
    done_by text NOT NULL,
    facts jsonb DEFAULT '{}' NOT NULL,
    done_at timestamptz DEFAULT now() NOT NULL,
    CONSTRAINT pk_event_log PRIMARY KEY (id),
    CONSTRAINT ck_event_log_action CHECK (action IN ('merge', 'split', 'retract', 'correct', 'confirm')),
    CONSTRAINT fk_event_log_event_id FOREIGN KEY(event_id) REFERENCES events (id)
);
CREATE INDEX ix_event_log_event_id ON event_log (event_id);
COMMENT ON TABLE event_log IS 'Acts on events by rules and people, in their order';
COMMENT ON COLUMN event_log.done_by IS 'a rule, or the name of a person';
COMMENT ON COLUMN event_log.facts IS 'what it needs to be redone';
"""

REPORTS = """
CREATE TABLE reports (
    id bigint GENERATED ALWAYS AS IDENTITY,
    article_id bigint NOT NULL,
    position integer NOT NULL,
    event_id bigint,
    kind text NOT NULL,
    direction text,
    told text NOT NULL,
    people text[] DEFAULT '{}' NOT NULL,
    bodies text[] DEFAULT '{}' NOT NULL,
    countries text[] DEFAULT '{}' NOT NULL,
    city text,
    first_on date,
    last_on date,
    precision text,
    evidence text NOT NULL,
    field text NOT NULL,
    span_start integer NOT NULL,
    span_end integer NOT NULL,
    rule text NOT NULL,
    CONSTRAINT pk_reports PRIMARY KEY (id),
    CONSTRAINT uq_reports_article_id_position UNIQUE (article_id, position),
    CONSTRAINT ck_reports_kind
        CHECK (kind IN ('visit', 'agreement', 'meeting', 'decoration', 'election', 'conference', 'operation',
            'extradition')),
    CONSTRAINT ck_reports_direction CHECK (direction IN ('outbound', 'inbound')),
    CONSTRAINT ck_reports_told CHECK (told IN ('news', 'recalled', 'announced', 'denied')),
    CONSTRAINT ck_reports_precision CHECK (precision IN ('day', 'month', 'year')),
    CONSTRAINT ck_reports_field CHECK (field IN ('title', 'text')),
    CONSTRAINT ck_reports_days CHECK (num_nulls(first_on, last_on, precision) IN (0, 3)),
    CONSTRAINT ck_reports_order_of_days CHECK (first_on <= last_on),
    CONSTRAINT ck_reports_span CHECK (0 <= span_start AND span_start < span_end),
    CONSTRAINT fk_reports_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE,
    CONSTRAINT fk_reports_event_id FOREIGN KEY(event_id) REFERENCES events (id)
);
CREATE INDEX ix_reports_event_id ON reports (event_id);
CREATE INDEX ix_reports_kind_first_on ON reports (kind, first_on);
COMMENT ON TABLE reports IS 'What each article says happened, with the sentence that says so';
COMMENT ON COLUMN reports.position IS 'place among the reports of its article, from 0';
COMMENT ON COLUMN reports.event_id IS 'null: not met with events yet';
COMMENT ON COLUMN reports.direction IS 'of a visit, seen from Morocco';
COMMENT ON COLUMN reports.told IS 'as news, recalled, announced or denied';
COMMENT ON COLUMN reports.people IS 'ids of the seeds, or names as printed';
COMMENT ON COLUMN reports.bodies IS 'ids of the seeds, or names as printed';
COMMENT ON COLUMN reports.countries IS 'ISO 3166-1 alpha-2, without MA';
COMMENT ON COLUMN reports.first_on IS 'first day, as printed';
COMMENT ON COLUMN reports.last_on IS 'last day, included, as printed';
COMMENT ON COLUMN reports.precision IS 'how exact the days are';
COMMENT ON COLUMN reports.evidence IS 'the sentence that says so, in its own language';
COMMENT ON COLUMN reports.field IS 'title or text, where the sentence stands';
COMMENT ON COLUMN reports.span_start IS 'character of the field, from 0';
COMMENT ON COLUMN reports.span_end IS 'the character after the last';
COMMENT ON COLUMN reports.rule IS 'the rule that read it';
"""

ALERTS = """
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
    """Make the tables, those that others point at first."""
    for table in (TAGS, EVENTS, EVENT_LOG, REPORTS, ALERTS, DELIVERIES):
        op.execute(table)


def downgrade() -> None:
    """Remove them, and what they hold."""
    op.execute("DROP TABLE deliveries, alerts, reports, event_log, events, tags")
