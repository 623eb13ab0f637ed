"""Digests are made here: what waits for one is taken into it, with the stories that grew and how the sources answered.

One transaction for each, under the lock of events: a digest that was begun is whole or not there at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, Row, func, insert, text, update

from analysis.alerts import is_muted
from analysis.digests import Period, last_period
from analysis.pacing import due_at
from analysis.plain import plain_of, record_of
from analysis.records import Alert, Coverage, Digest, GrownStory, Occasion, Pace, Recipient
from models.alerts import AlertRow, AlertState
from models.audiences import read_audience
from models.database import told_when_gone
from models.resolving import lock_resolving

MOST_STORIES = 5
LEAST_GROWTH = 2
"""A story that one article tells did not grow."""

# Who is in a rule that is not at once, and since when; a digest of a time before that is nobody's.
ASKED_FOR = text("""
    SELECT recipients.entry, rules.entry ->> 'pace' AS pace, min(rules.loaded_at) AS asked_since
    FROM alert_rules AS rules
    CROSS JOIN LATERAL jsonb_array_elements_text(rules.entry -> 'recipients') AS named (recipient)
    JOIN recipients ON recipients.id = named.recipient
    WHERE rules.entry ->> 'pace' IN ('daily', 'weekly')
    GROUP BY recipients.id, 2 ORDER BY recipients.id, 2
""")
MADE = text("SELECT EXISTS (SELECT FROM alerts WHERE recipient = :recipient AND thread = :thread)")
WAITING = text("""
    SELECT id, facts FROM alerts
    WHERE recipient = :recipient AND pace = :pace AND state = 'waiting' AND due_at <= :now ORDER BY id FOR UPDATE
""")

# Old articles that an import or a backfill brought make no story grow.
GROWN = text("""
    SELECT stories.id AS story_id, first.title AS headline, first.url, count(*) AS came,
        count(DISTINCT articles.source_id) AS outlets
    FROM articles
    JOIN stories ON stories.id = articles.story_id
    JOIN articles AS first ON first.id = stories.first_article_id
    WHERE articles.is_current AND articles.filed_at > :since AND articles.filed_at <= :until
        AND (articles.published_on IS NULL OR articles.published_on >= CAST(:since AS timestamptz)::date - 2)
    GROUP BY stories.id, first.id HAVING count(*) >= :least
    ORDER BY count(DISTINCT articles.source_id) DESC, count(*) DESC, stories.id LIMIT :most
""")

ANSWERS = text("""
    SELECT sources.name, asked.source_id IS NOT NULL AS is_asked, coalesce(asked.answered, false) AS has_answered,
        (
            SELECT max(standings.answered_at) FROM standings WHERE standings.source_id = sources.id
        ) AS answered_at
    FROM sources LEFT JOIN (
        SELECT source_id, bool_or(state IN ('fetched', 'not_modified')) AS answered FROM visits
        WHERE way IS NOT NULL AND visited_at > :since AND visited_at <= :until GROUP BY source_id
    ) AS asked ON asked.source_id = sources.id
    WHERE sources.retired_at IS NULL AND sources.entry ->> 'closed' IS NULL AND sources.entry -> 'discovery' <> '[]'
    ORDER BY sources.tier, sources.name
""")
FILED = text("SELECT count(*) FROM articles WHERE is_current AND filed_at > :since AND filed_at <= :until")


@dataclass(frozen=True, kw_only=True, slots=True)
class DueDigest:
    """A digest that somebody is to get."""

    recipient: Recipient
    period: Period


class DigestBook:
    """Makes digests, each once however often it is asked."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def due(self, now: datetime) -> tuple[DueDigest, ...]:
        """Return the digests that are due and not made yet."""
        with told_when_gone(self._engine), self._engine.connect() as connection:
            found = [(row, _due(row, now)) for row in connection.execute(ASKED_FOR)]
            return tuple(
                each
                for row, each in found
                if row.asked_since < each.period.until and not connection.scalar(MADE, _name(each))
            )

    def make(self, due: DueDigest, now: datetime) -> int | None:
        """Make a digest of what waits for it, and return how many alerts it tells.

        None where it is made already, or is empty and its recipient wants none of these.
        """
        with told_when_gone(self._engine), self._engine.begin() as connection:
            lock_resolving(connection)
            if connection.scalar(MADE, _name(due)):
                return None
            alerts = _take(connection, due, now)
            digest = _digest(connection, due.period, alerts)
            if not (alerts or digest.stories or due.recipient.wants_empty_digests):
                return None
            _write(connection, due, digest, now)
        return len(alerts)


def _due(row: Row[Any], now: datetime) -> DueDigest:
    recipient = record_of(row.entry, Recipient)
    return DueDigest(recipient=recipient, period=last_period(Pace(row.pace), now, ZoneInfo(recipient.zone)))


def _name(due: DueDigest) -> dict[str, str]:
    return {"recipient": due.recipient.id, "thread": due.period.thread}


def _take(connection: Connection, due: DueDigest, now: datetime) -> tuple[Alert, ...]:
    """Take the alerts that wait for the digest out of the outbox; of what is muted meanwhile it does not tell."""
    asked = {"recipient": due.recipient.id, "pace": due.period.pace, "now": now}
    rows, mutes = connection.execute(WAITING, asked).all(), read_audience(connection).mutes
    alerts = {row.id: record_of(row.facts, Alert) for row in rows}
    muted = {number for number, alert in alerts.items() if is_muted(alert, mutes, now)}
    _settle(connection, sorted(muted), AlertState.MUTED)
    _settle(connection, sorted(alerts.keys() - muted), AlertState.DIGESTED)
    return tuple(alert for number, alert in alerts.items() if number not in muted)


def _settle(connection: Connection, numbers: Sequence[int], state: AlertState) -> None:
    settled = update(AlertRow).where(AlertRow.id.in_(numbers)).values(state=state, settled_at=func.now())
    connection.execute(settled)


def _digest(connection: Connection, period: Period, alerts: tuple[Alert, ...]) -> Digest:
    window = {"since": period.since, "until": period.until}
    grown = connection.execute(GROWN, {**window, "least": LEAST_GROWTH, "most": MOST_STORIES})
    return Digest(
        pace=period.pace,
        first=period.first,
        last=period.last,
        alerts=alerts,
        stories=tuple(GrownStory(**row._mapping) for row in grown),  # noqa: SLF001 public by its documentation
        coverage=_coverage(connection, window),
    )


def _coverage(connection: Connection, window: Mapping[str, datetime]) -> Coverage:
    """Say how the sources that are followed answered in this time, and which were silent since when."""
    rows = connection.execute(ANSWERS, window).all()
    silent = (row for row in rows if not row.has_answered)
    return Coverage(
        asked=sum(row.is_asked for row in rows),
        answered=sum(row.has_answered for row in rows),
        silent=tuple((row.name, row.answered_at and row.answered_at.astimezone(UTC).date()) for row in silent),
        articles=connection.execute(FILED, window).scalar_one(),
    )


def _write(connection: Connection, due: DueDigest, digest: Digest, now: datetime) -> None:
    values = {
        **_name(due),
        "position": 0,
        "occasion": Occasion.DIGEST,
        "facts": plain_of(digest),
        "due_at": due_at(due.recipient, Pace.AT_ONCE, now),
    }
    connection.execute(insert(AlertRow).values(values))
