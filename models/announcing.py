"""Alerts are written in the transaction that makes or changes their event, by whoever holds the lock of events.

So an event and who is told of it are there together or not at all, and nobody is told twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, text, update

from analysis.alerts import RECENT, decide, is_muted
from analysis.plain import plain_of, record_of
from analysis.records import Alert, Audience, EventKind, FactChange, Happening, Heard, Occasion
from models.alerts import AlertRow, AlertState
from models.audiences import read_audience
from models.happenings import read_happenings

# Events that anybody can be told of now, and visits somebody was told of that go with what was signed.
WORTH = text("""
    SELECT id FROM events
    WHERE id = ANY(:events) AND merged_into_id IS NULL AND (
        coalesce(last_on, told_to) >= :recent
        OR EXISTS (SELECT FROM alerts WHERE event_id = events.id)
        OR EXISTS (
            SELECT FROM events AS merged JOIN alerts ON alerts.event_id = merged.id
            WHERE merged.merged_into_id = events.id
        )
    )
    UNION
    SELECT visits.id FROM events JOIN events AS visits
        ON visits.kind = 'visit' AND visits.countries && events.countries AND visits.merged_into_id IS NULL
        AND EXISTS (SELECT FROM alerts WHERE event_id = visits.id)
    WHERE events.id = ANY(:events) AND events.kind = 'agreement'
        AND coalesce(events.last_on, events.told_to) >= :recent
    ORDER BY id
""")

HEARD = text("""
    SELECT * FROM alerts
    WHERE event_id IN (SELECT id FROM events WHERE id = :event OR merged_into_id = :event) AND state <> 'overtaken'
    ORDER BY id FOR UPDATE
""")

TOLD_OF = text("""
    SELECT DISTINCT alerts.recipient, coalesce(events.merged_into_id, events.id) AS event_id
    FROM alerts JOIN events ON events.id = alerts.event_id
    WHERE coalesce(events.merged_into_id, events.id) = ANY(:events) AND state IN ('waiting', 'sent', 'digested')
""")

HEARD_STATES = frozenset({AlertState.WAITING, AlertState.SENT, AlertState.DIGESTED})
NEXT_POSITION = text("""
    SELECT coalesce(max(position) + 1, 0) FROM alerts WHERE recipient = :recipient AND thread = :thread
""")


@dataclass(frozen=True, kw_only=True, slots=True)
class Announcement:
    """What moment it is, who is ours, what people put right, and whether nobody is to hear of anything for news."""

    now: datetime
    ours: frozenset[str] = frozenset()
    corrections: tuple[FactChange, ...] = ()
    only_retractions: bool = False


def utc_now() -> datetime:
    """Read the clock."""
    return datetime.now(UTC)


def announce(connection: Connection, event_ids: Collection[int], how: Announcement) -> None:
    """Write what is due to whom about events that were made or changed; the caller holds the lock of events."""
    asked = {"events": sorted({*event_ids}), "recent": (how.now - RECENT).date()}
    worth = list(connection.scalars(WORTH, asked)) if event_ids else []
    if not worth:
        return
    audience = read_audience(connection, how.ours)
    # visits come last: who was told of a signing needs no word that it goes with a visit
    for happening in sorted(read_happenings(connection, worth), key=lambda each: each.kind is EventKind.VISIT):
        _announce(connection, happening, audience, how)


def write_message(connection: Connection, values: Mapping[str, Any]) -> int:
    """Write a message as the next one of its thread to its recipient, and return its number."""
    position = connection.scalar(NEXT_POSITION, values)
    made = insert(AlertRow).values({**values, "position": position}).returning(AlertRow.id)
    return connection.execute(made).scalar_one()


def _announce(connection: Connection, happening: Happening, audience: Audience, how: Announcement) -> None:
    rows = _read_rows(connection, happening.event_id)
    told_of = _read_told_of(connection, happening)
    heard = {name: _heard(happening.event_id, rows[name], told_of[name]) for name in {*rows, *told_of}}
    for name, alert in decide(happening, audience, heard, how.now, how.corrections).items():
        waiting = [row for row in rows[name] if _is_untouched(row)]
        for extra in waiting[1:]:  # of two events that proved to be one
            _overtake(connection, extra)
        if waiting:
            _rewrite(connection, waiting[0], alert, rows[name])
        elif alert and (alert.occasion is Occasion.RETRACTION or not how.only_retractions):
            _write(connection, alert, rows[name], is_silent=is_muted(alert, audience.mutes, how.now))


# ---------------------------------------------------------------- what they heard


def _read_rows(connection: Connection, event_id: int) -> Mapping[str, list[Row[Any]]]:
    """Return what was written to each recipient of an event, and of those that proved to be it, in its order."""
    rows = defaultdict[str, list[Row[Any]]](list)
    for row in connection.execute(HEARD, {"event": event_id}):
        rows[row.recipient].append(row)
    return rows


def _read_told_of(connection: Connection, happening: Happening) -> Mapping[str, set[int]]:
    """Return of which events that go with one each recipient was told."""
    told_of = defaultdict[str, set[int]](set)
    if happening.linked:
        for row in connection.execute(TOLD_OF, {"events": [number for number, _ in happening.linked]}):
            told_of[row.recipient].add(row.event_id)
    return told_of


def _heard(event_id: int, rows: Sequence[Row[Any]], told_of: Collection[int]) -> Heard:
    waiting, begun = [row for row in rows if _is_untouched(row)], _begun(rows)
    told = [record_of(row.facts, Alert) for row in begun]
    said = {each.after for alert in told for each in alert.changes if each.fact == "merged"}
    apart = {row.event_id for row in begun} - {event_id} if event_id in {row.event_id for row in begun} else set[int]()
    return Heard(
        last=told[-1] if told else None,
        waiting=record_of(waiting[0].facts, Alert) if waiting else None,
        told_of=frozenset(told_of),
        told_apart=frozenset(each for each in apart if str(each) not in said),
    )


def _begun(rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    """Return what somebody was told, or is being told."""
    return [row for row in rows if row.state in HEARD_STATES and not _is_untouched(row)]


def _is_untouched(row: Row[Any]) -> bool:
    """Tell whether nobody began to send it."""
    return bool(row.state == AlertState.WAITING and row.attempts == 0)


# ---------------------------------------------------------------- what is written


def _write(connection: Connection, alert: Alert, rows: Sequence[Row[Any]], *, is_silent: bool) -> None:
    """Write what is due, in the thread of what was said before; of what is muted one line is enough."""
    if is_silent and rows and rows[-1].state == AlertState.MUTED:
        return
    values = {
        "recipient": alert.recipient,
        "thread": rows[-1].thread if rows else f"event/{alert.happening.event_id}",
        "event_id": alert.happening.event_id,
        **_said(alert),
    }
    if is_silent:
        values |= {"state": AlertState.MUTED, "settled_at": func.now()}
    write_message(connection, values)


def _rewrite(connection: Connection, row: Row[Any], alert: Alert | None, rows: Sequence[Row[Any]]) -> None:
    """Let what waits say what stands now, in the thread of what was said before.

    Where there is nothing to say any more it is overtaken.
    """
    if alert is None:
        _overtake(connection, row)
    elif row.facts != (said := _said(alert))["facts"]:
        if (begun := _begun(rows)) and begun[-1].thread != row.thread:
            place = {"recipient": row.recipient, "thread": begun[-1].thread}
            said |= {"thread": begun[-1].thread, "position": connection.scalar(NEXT_POSITION, place)}
        connection.execute(update(AlertRow).where(AlertRow.id == row.id).values(said))


def _overtake(connection: Connection, row: Row[Any]) -> None:
    settled = {"state": AlertState.OVERTAKEN, "settled_at": func.now()}
    connection.execute(update(AlertRow).where(AlertRow.id == row.id).values(settled))


def _said(alert: Alert) -> dict[str, Any]:
    return {
        "occasion": alert.occasion,
        "because": list(alert.because),
        "facts": plain_of(alert),
        "pace": alert.pace,
        "due_at": alert.due_at,
    }
