"""Stories, copies, events, tags, alerts and visits of many generated articles, written by set.

For the page, whose lists, charts and long stories this fills over what many_articles.py made.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, text

from analysis.register import list_names
from analysis.settings import Settings
from many_articles import COUNTRIES, DAYS, FIRST_DAY, THEMES, fill, make_words
from models.archive import Archive
from pipeline.seeds import read_seeds, seeds_directory

TODAY = FIRST_DAY + timedelta(days=DAYS)
"""The day of the last article."""
NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
IN_STORY, LONG_STORY = 8, 400
DAYS_ASKED, TIMES_A_DAY = 60, 24

OUTLETS = """
    UPDATE sources SET name = 'Outlet ' || substr(id, 2), name_ar = 'منبر ' || substr(id, 2);
    INSERT INTO health_changes (source_id, health, since, changed_at, detail)
        SELECT id, CASE WHEN id IN ('s7', 's31') THEN 'failing' WHEN id = 's12' THEN 'wavering' ELSE 'healthy' END,
            :today - interval '3 days', :today - interval '3 days', '' FROM sources;
    INSERT INTO troubles (source_id, kind, address, hard, since, raised_at, seen_at, seen, tried, advice)
        SELECT id, 'unreachable', '', true, :today - interval '3 days', :today - interval '3 days', :today,
            'it does not answer', 'its feed, ten times', 'look whether it is still there'
        FROM sources WHERE id IN ('s7', 's31');
    INSERT INTO visits (run_id, source_id, url, way, state, status, detail, visited_at)
        SELECT 1, sources.id, home, 'feed', CASE WHEN is_down THEN 'unreachable' ELSE 'fetched' END,
            CASE WHEN NOT is_down THEN 200 END, '', :today - back * interval '1 hour'
        FROM sources, generate_series(0, :hours) AS back,
            LATERAL (SELECT sources.id IN ('s7', 's31') AND back < 72) AS stands (is_down);
    INSERT INTO visits (run_id, source_id, url, url_hash, state, status, detail, visited_at, page_id)
        SELECT 1, pages.source_id, pages.url, url_hash, 'fetched', 200, '', published_on + interval '9 hours', pages.id
        FROM articles JOIN pages ON pages.id = page_id WHERE published_on > :today - interval '60 days'
"""
COPIES = """
    UPDATE articles SET copy_of_article_id = first.id, copy_kind = 'edited', copy_share = 0.93,
        text = first.text || E'\n' || left(articles.text, 60)
        FROM articles AS first
        WHERE articles.id % 8 = 4 AND first.id = articles.id - 3;
    UPDATE articles SET story_id = :total / 16 * 8 + 1
        WHERE id > :total / 16 * 8 AND id <= :total / 16 * 8 + :long;
    DELETE FROM stories WHERE id > :total / 16 * 8 + 1 AND id <= :total / 16 * 8 + :long;
    UPDATE stories SET last_on = (SELECT max(published_on) FROM articles WHERE story_id = stories.id)
        WHERE id = :total / 16 * 8 + 1
"""
TAGS = """
    INSERT INTO tags (article_id, field, span_start, span_end, kind, tag_id, surface)
        SELECT id, 'text', 10 * place, 10 * place + 6, kind, tag_id, substr(text, 10 * place + 1, 6)
        FROM articles, LATERAL (VALUES
            (0, 'country', (CAST(:countries AS text[]))[1 + id % cardinality(CAST(:countries AS text[]))]),
            (1, 'theme', (CAST(:themes AS text[]))[1 + id % cardinality(CAST(:themes AS text[]))]),
            (2, 'body', CASE id % 3 WHEN 0 THEN 'dgsn' WHEN 1 THEN 'dgst' ELSE 'interpol' END),
            (3, 'person', CASE id % 5 WHEN 0 THEN 'abdellatif-hammouchi' END)
        ) AS found (place, kind, tag_id) WHERE tag_id IS NOT NULL
"""
EVENTS = """
    CREATE TEMPORARY TABLE known ON COMMIT DROP AS
        SELECT kind, array_agg(id ORDER BY array_position(CAST(:countries AS text[]), id) NULLS LAST, id) AS ids
        FROM names WHERE id <> 'MA' GROUP BY kind;
    UPDATE events SET
        direction = CASE events.kind WHEN 'visit' THEN CASE events.id % 3 WHEN 0 THEN 'inbound' ELSE 'outbound' END END,
        countries = CASE WHEN events.id % 9 = 0 THEN ARRAY[one, other] ELSE ARRAY[one] END,
        people = CASE WHEN events.id % 4 = 0 THEN events.people || person ELSE events.people END,
        bodies = CASE WHEN events.id % 2 = 0 THEN ARRAY['dgsn', body] ELSE ARRAY['dgsn'] END,
        told = CASE events.id % 10 WHEN 7 THEN 'announced' WHEN 8 THEN 'recalled' WHEN 9 THEN 'denied' ELSE 'news' END,
        retracted_at = CASE WHEN events.id % 50 = 0 THEN told_to + interval '2 days' END,
        first_on = CASE WHEN events.id % 20 <> 3 THEN first_on END,
        last_on = CASE WHEN events.id % 20 <> 3 THEN last_on + events.id::integer % 3 END,
        precision = CASE WHEN events.id % 20 <> 3 THEN 'day' END,
        sources = told_by, made_at = told_from + interval '10 hours'
        FROM (
            SELECT events.id, countries.ids[1 + floor(power((events.id * 7919 % 1000) / 1000.0, 3)
                    * cardinality(countries.ids))] AS one,
                countries.ids[1 + events.id % 12] AS other,
                people.ids[1 + events.id % cardinality(people.ids)] AS person,
                bodies.ids[1 + events.id % cardinality(bodies.ids)] AS body,
                ARRAY(SELECT DISTINCT source_id FROM reports JOIN articles ON articles.id = article_id
                    WHERE event_id = events.id ORDER BY 1) AS told_by
            FROM events, known AS countries, known AS people, known AS bodies
            WHERE countries.kind = 'country' AND people.kind = 'person' AND bodies.kind = 'body'
        ) AS made WHERE made.id = events.id;
    UPDATE reports SET told = events.told, direction = events.direction, countries = events.countries,
        people = events.people, bodies = events.bodies, first_on = events.first_on, last_on = events.last_on,
        precision = events.precision, span_end = 150, evidence = left(articles.text, 150)
        FROM events, articles WHERE events.id = reports.event_id AND articles.id = reports.article_id;
    INSERT INTO event_log (event_id, action, done_by, facts, done_at)
        SELECT id, 'retract', 'rule', '{"because": "nobody tells of it any more"}', retracted_at
        FROM events WHERE retracted_at IS NOT NULL
"""
ALERTS = """
    INSERT INTO recipients (id, entry, origin)
        SELECT 'desk-' || n, '{"channel": "mail"}', 'seeds' FROM generate_series(1, 8) AS n;
    INSERT INTO alert_rules (id, entry, origin)
        SELECT kind || '-' || n, jsonb_build_object('id', kind || '-' || n, 'recipients', ARRAY['desk-' || n],
            'kinds', ARRAY[kind], 'countries', CASE n % 2 WHEN 0 THEN ARRAY['ES', 'FR'] ELSE '{}' END), 'seeds'
        FROM generate_series(1, 8) AS n, unnest(ARRAY['visit', 'agreement']) AS kind;
    INSERT INTO alerts (recipient, thread, position, event_id, occasion, because, facts, state, due_at, made_at,
            settled_at, attempts)
        SELECT recipients.id, 'event/' || events.id, 0, events.id, 'first',
            ARRAY[kind || substr(recipients.id, 5)], '{}',
            state, made_at, made_at, CASE WHEN state <> 'waiting' THEN made_at + interval '1 minute' END,
            CASE state WHEN 'sent' THEN 1 WHEN 'given_up' THEN 8 ELSE 0 END
        FROM events, recipients,
            LATERAL (SELECT (CAST(:states AS text[]))[1 + events.id % 6]) AS stood (one),
            LATERAL (SELECT CASE WHEN made_at > :today - interval '1 day' THEN 'waiting' ELSE one END) AS now (state)
        WHERE told = 'news' AND kind IN ('visit', 'agreement')
        ORDER BY made_at, events.id, recipients.id;
    INSERT INTO deliveries (alert_id, channel, attempt, state, detail, started_at, ended_at)
        SELECT id, 'mail', attempts, CASE state WHEN 'sent' THEN 'sent' ELSE 'failed' END,
            CASE state WHEN 'sent' THEN '250 accepted' ELSE '550 no such mailbox' END, settled_at, settled_at
        FROM alerts WHERE attempts > 0
"""


def fill_all(engine: Engine, total: int) -> None:
    """Fill a migrated database with a press, and with all that is found in it."""
    fill(engine, make_words(random.Random(8)), total, IN_STORY)  # noqa: S311 the same press each time
    Archive(engine).load_names([*list_names(read_seeds(seeds_directory(Settings())))])
    facts = {
        "countries": COUNTRIES,
        "themes": list(THEMES),
        "total": total,
        "long": LONG_STORY,
        "today": TODAY,
        "states": ["sent", "sent", "digested", "given_up", "sent", "muted"],
        "hours": DAYS_ASKED * TIMES_A_DAY,
    }
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # no look at each key: they are right
        for each in (OUTLETS, COPIES, TAGS, EVENTS, ALERTS):
            connection.execute(text(each), facts)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
