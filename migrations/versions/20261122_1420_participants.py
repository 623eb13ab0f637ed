"""Events and reports hold which part their people had; what a crawl brings is read before imports and backfills."""

from __future__ import annotations

from alembic import op

revision = "20261122_1420"
down_revision = "20261122_1360"
branch_labels = None
depends_on = None

COLUMNS = """
ALTER TABLE reports ADD COLUMN participants jsonb NOT NULL DEFAULT '[]';
COMMENT ON COLUMN reports.participants IS 'who had which part: a person (id of the seeds, or as printed) and the part';
ALTER TABLE events ADD COLUMN participants jsonb NOT NULL DEFAULT '[]';
COMMENT ON COLUMN events.participants IS 'who had which part, as most sources say it: person, part, sources';
"""

VIEW = """
CREATE VIEW analyst.event_people AS
SELECT events.id AS event, events.kind, coalesce(events.first_on, events.told_from) AS happened_on, named.person,
    named.part, named.sources, names.name_ar, names.name_fr, names.name_es, names.name_en, names.country, names.role,
    events.retracted_at
FROM events
CROSS JOIN LATERAL (
    SELECT said ->> 'person' AS person, said ->> 'part' AS part,
        ARRAY(SELECT jsonb_array_elements_text(said -> 'sources')) AS sources
    FROM jsonb_array_elements(events.participants) AS said
    UNION ALL
    SELECT person, NULL, '{}' FROM unnest(events.people) AS person
    WHERE NOT events.participants @> jsonb_build_array(jsonb_build_object('person', person))
) AS named
LEFT JOIN names ON names.kind = 'person' AND names.id = named.person
WHERE events.merged_into_id IS NULL;
COMMENT ON VIEW analyst.event_people IS 'Who took part in what happened, a row for each person of each event';
COMMENT ON COLUMN analyst.event_people.event IS 'the event';
COMMENT ON COLUMN analyst.event_people.kind IS 'its kind, as in events';
COMMENT ON COLUMN analyst.event_people.happened_on IS 'its first day, as in events';
COMMENT ON COLUMN analyst.event_people.person IS 'id of a name, or as printed';
COMMENT ON COLUMN analyst.event_people.part IS
    'head (of a delegation), visitor, host, decorated, decorating, elected, signer, extradited; null: nobody says';
COMMENT ON COLUMN analyst.event_people.sources IS 'outlets that say so, the first first';
COMMENT ON COLUMN analyst.event_people.name_ar IS 'name to show, in Arabic; null: of nobody whom marsad knows';
COMMENT ON COLUMN analyst.event_people.name_fr IS 'name to show, in French';
COMMENT ON COLUMN analyst.event_people.name_es IS 'name to show, in Spanish';
COMMENT ON COLUMN analyst.event_people.name_en IS 'name to show, in English';
COMMENT ON COLUMN analyst.event_people.country IS 'ISO 3166-1 alpha-2';
COMMENT ON COLUMN analyst.event_people.role IS 'the office';
COMMENT ON COLUMN analyst.event_people.retracted_at IS 'when the event was found not to have happened';
"""

NEWS_FIRST = """
ALTER TABLE pages ADD COLUMN is_late boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN pages.is_late IS 'brought by an import or a backfill: what a crawl brings is read before it';
CREATE INDEX ix_pages_waiting_in_turn ON pages (is_late, id) WHERE outcome IS NULL;
UPDATE pages SET is_late = true FROM runs
WHERE pages.outcome IS NULL AND runs.id = pages.run_id AND runs.command IN
    ('backfill', 'import-pages', 'import-warc');
"""

SEEN = """
UPDATE articles SET withdrawn_page_id = NULL FROM pages
WHERE pages.id = articles.withdrawn_page_id AND pages.reason IN
    ('challenge', 'consent', 'login', 'paywall', 'parked', 'not_html', 'too_large', 'undecodable');
"""

DOWN = """
DROP INDEX ix_pages_waiting_in_turn;
ALTER TABLE pages DROP COLUMN is_late;
DROP VIEW analyst.event_people;
ALTER TABLE reports DROP COLUMN participants;
ALTER TABLE events DROP COLUMN participants;
"""


def upgrade() -> None:
    """Make the columns; what was read before says no parts until it is read again (`marsad replay`).

    A page that only hides what it says took its article back until now: that mark goes.
    """
    op.execute(COLUMNS)
    op.execute(VIEW)
    op.execute(NEWS_FIRST)
    op.execute(SEEN)


def downgrade() -> None:
    """Remove them."""
    op.execute(DOWN)
