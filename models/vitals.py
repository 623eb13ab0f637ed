"""The signs of life of marsad as Postgres has them: runs, what waits, and how large the database is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, text

from analysis.vitals import LONGEST_PAUSES, LONGEST_SENDING, Pulse, Vitals
from models.database import told_when_gone

# each is the first row of an index: by command and start, the newest first
PULSE = text("""
    SELECT
        (
            SELECT ended_at FROM runs WHERE command = :command AND state = 'done' ORDER BY started_at DESC LIMIT 1
        ) AS done_at,
        failed.ended_at AS failed_at, coalesce(failed.error, '') AS error
    FROM (VALUES (1)) AS one (row)
    LEFT JOIN LATERAL (
        SELECT ended_at, error FROM runs
        WHERE command = :command AND state IN ('failed', 'broken') ORDER BY started_at DESC LIMIT 1
    ) AS failed ON true
""")
FACTS = text("""
    SELECT
        (SELECT min(started_at) FROM runs) AS since,
        (SELECT count(*) FROM pages WHERE outcome IS NULL) AS pages_waiting,
        (
            SELECT greatest(min(pages.fetched_at), min(runs.started_at))
            FROM pages JOIN runs ON runs.id = pages.run_id WHERE outcome IS NULL AND NOT is_late
        ) AS oldest_page_at,
        (
            SELECT min(runs.started_at)
            FROM pages JOIN runs ON runs.id = pages.run_id WHERE outcome IS NULL AND is_late
        ) AS oldest_late_at,
        (SELECT max(settled_at) FROM alerts WHERE state = 'given_up') AS given_up_at,
        pg_database_size(current_database()) AS database_bytes
""")
UNSENT = text("""
    WITH unsent AS (
        SELECT alerts.id, recipient, due_at FROM alerts JOIN recipients ON recipients.id = alerts.recipient
        WHERE state = 'waiting' AND pace = 'at_once' AND due_at <= :now
    )
    SELECT count(*) AS messages_due, min(due_at) AS oldest_message_at,
        coalesce(array_agg(DISTINCT recipient) FILTER (WHERE due_at < :late), '{}') AS unsent_to,
        coalesce((
            SELECT detail FROM deliveries JOIN unsent ON unsent.id = alert_id
            WHERE state = 'failed' AND due_at < :late ORDER BY deliveries.id DESC LIMIT 1
        ), '') AS refusal
    FROM unsent
""")


def read_vitals(engine: Engine, now: datetime, room_bytes: int | None = None) -> Vitals:
    """Read the signs of life; `room_bytes` is what the database may grow to, for that only its keeper knows."""
    with told_when_gone(engine), engine.connect() as connection:
        return Vitals(
            pulses={command: _pulse(connection, command) for command in LONGEST_PAUSES},
            room_bytes=room_bytes,
            **_facts(connection.execute(FACTS).one()),
            **_unsent(connection, now),
        )


def _pulse(connection: Connection, command: str) -> Pulse:
    return Pulse(**_facts(connection.execute(PULSE, {"command": command}).one()))


def _unsent(connection: Connection, now: datetime) -> dict[str, Any]:
    facts = _facts(connection.execute(UNSENT, {"now": now, "late": now - LONGEST_SENDING}).one())
    return {**facts, "unsent_to": tuple(facts["unsent_to"])}


def _facts(row: Any) -> dict[str, Any]:  # noqa: ANN401 a row of the statements above
    return dict(row._mapping)  # noqa: SLF001 public by its documentation
