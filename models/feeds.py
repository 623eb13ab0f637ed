"""The events that feeds and calendars tell: what is or was news or announced, with the moment of its last change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, text

from analysis.records import FeedEvent
from models.database import told_when_gone
from models.happenings import read_happenings

# of a text that was read again the articles are new ones, and what people did stands in the log
CHANGED = text("""
    SELECT events.id, greatest(
        events.made_at, events.retracted_at,
        (
            SELECT max(articles.filed_at) FROM reports JOIN articles ON articles.id = reports.article_id
            WHERE reports.event_id = events.id
        ),
        (SELECT max(event_log.done_at) FROM event_log WHERE event_log.event_id = events.id)
    ) AS changed_at
    FROM events
    WHERE merged_into_id IS NULL AND (told IN ('news', 'announced') OR retracted_at IS NOT NULL OR told = 'denied')
        AND coalesce(last_on, told_to) >= CAST(:since AS timestamptz)::date
        AND NOT EXISTS (SELECT FROM seed_events WHERE seed_events.event_id = events.id)
    ORDER BY changed_at DESC, id DESC LIMIT :most
""")


def read_feed_events(engine: Engine, since: datetime, most: int = 2_000) -> tuple[FeedEvent, ...]:
    """Read the events that were not over before a moment, the last changed first."""
    with told_when_gone(engine), engine.connect() as connection:
        changed = {row.id: row.changed_at for row in connection.execute(CHANGED, {"since": since, "most": most})}
        happenings = {each.event_id: each for each in read_happenings(connection, list(changed))}
    return tuple(FeedEvent(happening=happenings[number], changed_at=moment) for number, moment in changed.items())
