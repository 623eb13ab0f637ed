"""What people put right: tags too, each act once, a view for analysts, and the role that may write it."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "20261122_1330"
down_revision = "20261122_1320"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parent.parent / "sql"

LOG = """
ALTER TABLE event_log
    ALTER COLUMN event_id DROP NOT NULL,
    ADD COLUMN article_id bigint,
    ADD COLUMN key uuid,
    DROP CONSTRAINT ck_event_log_action,
    ADD CONSTRAINT ck_event_log_action
        CHECK (action IN ('merge', 'split', 'retract', 'correct', 'confirm', 'restore', 'tag')),
    ADD CONSTRAINT ck_event_log_event_of_action CHECK ((action = 'tag') = (event_id IS NULL)),
    ADD CONSTRAINT ck_event_log_article_of_action CHECK ((action = 'tag') = (article_id IS NOT NULL)),
    ADD CONSTRAINT fk_event_log_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE,
    ADD CONSTRAINT uq_event_log_key UNIQUE (key);
CREATE INDEX ix_event_log_article_id ON event_log (article_id);
COMMENT ON TABLE event_log IS 'Acts on events, and on tags, by rules and people, in their order';
COMMENT ON COLUMN event_log.event_id IS 'null: the act is on an article only';
COMMENT ON COLUMN event_log.article_id IS 'whose tags were put right; null: the act is on an event';
COMMENT ON COLUMN event_log.key IS 'of the form it was sent with: what is sent twice is done once';
"""

DOWN = """
DROP VIEW analyst.corrections;
CREATE OR REPLACE VIEW analyst.event_acts AS
SELECT event_id AS event, action, done_by, facts, done_at FROM event_log;
COMMENT ON VIEW analyst.event_acts IS 'What rules and people did to events: merge, split, retract, correct, confirm';
DELETE FROM event_log WHERE action IN ('restore', 'tag');
ALTER TABLE event_log
    DROP COLUMN key,
    DROP COLUMN article_id,
    DROP CONSTRAINT ck_event_log_event_of_action,
    DROP CONSTRAINT ck_event_log_action,
    ADD CONSTRAINT ck_event_log_action CHECK (action IN ('merge', 'split', 'retract', 'correct', 'confirm')),
    ALTER COLUMN event_id SET NOT NULL;
COMMENT ON TABLE event_log IS 'Acts on events by rules and people, in their order';
COMMENT ON COLUMN event_log.event_id IS NULL;
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'marsad_corrector') THEN
        DROP OWNED BY marsad_corrector;
    END IF;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'what marsad_corrector may do could not be taken back: %', SQLERRM;
END
$$;
"""


def upgrade() -> None:
    """Let the log hold what people do, then say who may see and write it."""
    op.execute(LOG)
    for name in ("corrections", "corrector"):
        op.execute((SQL / f"{revision}_{name}.sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """Forget restorations and corrections of tags; the role stays, with nothing it may do here."""
    op.execute(DOWN)
