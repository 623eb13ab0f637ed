"""The questions about messages: which there are, how each stands, and what became of every attempt to send one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, text

from analysis.errors import UnknownNameError
from analysis.records import Alert, Digest, Notice
from models.alerts import AlertState
from models.database import told_when_gone
from models.outbox import facts_of

ALERTS = text("""
    SELECT alerts.*, coalesce(last.detail, '') AS detail
    FROM alerts
    LEFT JOIN LATERAL (
        SELECT detail FROM deliveries WHERE alert_id = alerts.id ORDER BY attempt DESC LIMIT 1
    ) AS last ON true
    WHERE (CAST(:id AS bigint) IS NULL OR alerts.id = :id)
        AND (CAST(:recipient AS text) IS NULL OR recipient = :recipient)
        AND (CAST(:state AS text) IS NULL OR state = :state)
        AND (CAST(:event_id AS bigint) IS NULL OR event_id = :event_id)
    ORDER BY alerts.id DESC LIMIT :limit
""")

DELIVERIES = text("SELECT * FROM deliveries WHERE alert_id = :id ORDER BY attempt")


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertFilter:
    """Which messages to list, the newest first; None means any."""

    recipient: str | None = None
    state: AlertState | None = None
    event_id: int | None = None
    id: int | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertSummary:
    """A message as it stands, and what the receiver said last."""

    id: int
    key: str
    recipient: str
    thread: str
    position: int
    occasion: str
    because: tuple[str, ...]
    facts: Alert | Digest | Notice
    pace: str
    state: str
    due_at: datetime
    attempts: int
    next_attempt_at: datetime | None
    made_at: datetime
    settled_at: datetime | None
    detail: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """One attempt to send a message; one that is `started` and has no end was cut off."""

    attempt: int
    channel: str
    state: str
    detail: str
    started_at: datetime
    ended_at: datetime | None


def list_alerts(engine: Engine, wanted: AlertFilter) -> tuple[AlertSummary, ...]:
    """List messages, the newest first."""
    with told_when_gone(engine), engine.connect() as connection:
        asked = {name: getattr(wanted, name) for name in AlertFilter.__dataclass_fields__}
        return tuple(_summary(row) for row in connection.execute(ALERTS, asked))


def read_alert(engine: Engine, alert_id: int) -> tuple[AlertSummary, tuple[Attempt, ...]]:
    """Read a message and every attempt to send it; raises UnknownNameError where there is none."""
    found = list_alerts(engine, AlertFilter(id=alert_id))
    if not found:
        raise UnknownNameError(f"there is no message {alert_id}: `marsad alerts` lists them")
    with told_when_gone(engine), engine.connect() as connection:
        rows = connection.execute(DELIVERIES, {"id": alert_id}).mappings()
        attempts = tuple(Attempt(**_only(Attempt, row)) for row in rows)
    return found[0], attempts


def count_states(engine: Engine) -> Mapping[str, int]:
    """Count messages by how they stand."""
    with told_when_gone(engine), engine.connect() as connection:
        rows = connection.execute(text("SELECT state, count(*) FROM alerts GROUP BY state"))
        return {state: count for state, count in rows.all()}  # noqa: C416 a row is no pair to a type checker


def _summary(row: Row[Any]) -> AlertSummary:
    told = {"key": str(row.key), "because": tuple(row.because), "facts": facts_of(row)}
    return AlertSummary(**{**_only(AlertSummary, row._mapping), **told})  # noqa: SLF001 public by its documentation


def _only(shape: type[AlertSummary | Attempt], row: Mapping[Any, Any]) -> dict[str, Any]:
    return {name: row[name] for name in shape.__dataclass_fields__}
