"""The outbox: messages wait here for their recipient, each in its turn, and every attempt to send one is written down.

An attempt is begun in one transaction and ended in another, so that a death between the two is seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as insert_or_leave

from analysis.alerts import is_muted
from analysis.errors import SeedError
from analysis.pacing import due_at
from analysis.plain import plain_of, record_of
from analysis.records import Alert, Digest, Message, Notice, Occasion, Pace, Recipient
from models.alerts import AlertRow, AlertState, DeliveryRow, DeliveryState
from models.audiences import read_audience
from models.database import told_when_gone
from models.page_rows import storable

SPACE = 7_300_009
LONGEST_HOMELESS = timedelta(days=7)
"""What nobody could send for so long, for want of an address, is no news to anybody any more."""

DUE = text("""
    SELECT alerts.recipient, recipients.entry ->> 'channel' AS channel, count(*) AS due,
        bool_or(attempts = 0 AND made_at < :stale) AS is_stale
    FROM alerts JOIN recipients ON recipients.id = alerts.recipient
    WHERE state = 'waiting' AND pace = 'at_once' AND coalesce(next_attempt_at, due_at) <= :now
    GROUP BY 1, 2 ORDER BY min(alerts.id)
""")

HEAD = text("""
    SELECT alerts.*, recipients.entry,
        (
            -- of those before it too: behind a receiver that is down each would else have a time of its own
            SELECT min(started_at) FROM deliveries JOIN alerts AS tried ON tried.id = alert_id
            WHERE tried.recipient = alerts.recipient AND started_at >= alerts.due_at
                AND (tried.settled_at IS NULL OR tried.settled_at >= alerts.due_at)
        ) AS began_at,
        (SELECT state FROM deliveries WHERE alert_id = alerts.id ORDER BY attempt DESC LIMIT 1) AS last_attempt
    FROM alerts JOIN recipients ON recipients.id = alerts.recipient
    WHERE recipient = :recipient AND state = 'waiting' AND pace = 'at_once'
    ORDER BY alerts.id LIMIT 1 FOR UPDATE OF alerts
""")

TRY_LOCK = text("SELECT pg_try_advisory_lock(:space, hashtext(:recipient))")
UNLOCK = text("SELECT pg_advisory_unlock(:space, hashtext(:recipient))")
NEXT_DUE = text("""
    SELECT min(coalesce(next_attempt_at, due_at)) FROM alerts JOIN recipients ON recipients.id = alerts.recipient
    WHERE state = 'waiting' AND pace = 'at_once'
""")


@dataclass(frozen=True, kw_only=True, slots=True)
class Bulletin:
    """A message that is about no one event: to whom, in which thread and which place of it, and what it says."""

    recipient: str
    thread: str
    occasion: Occasion
    facts: Digest | Notice
    position: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """How many messages are due to a recipient, and by which channel; whether any waited too long for an address."""

    recipient: str
    channel: str
    due: int
    is_stale: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """A message that an attempt to send was begun of; where it is in doubt, whoever sent it before died doing so.

    `attempt` counts from 1, and `began_at` is when its recipient was tried first since it was due, with this message or
    one before it.
    """

    row: Row[Any]
    thread: tuple[str, ...]
    attempt: int
    began_at: datetime
    is_in_doubt: bool

    def read(self) -> Message:
        """Return the message; raises SeedError where what was kept is none."""
        return Message(
            id=self.row.id,
            key=str(self.row.key),
            thread=self.thread,
            recipient=record_of(self.row.entry, Recipient),
            occasion=Occasion(self.row.occasion),
            made_at=self.row.made_at,
            because=tuple(self.row.because),
            facts=facts_of(self.row),
        )


def facts_of(row: Row[Any]) -> Alert | Digest | Notice:
    """Return what a message says; raises SeedError where what was kept is none."""
    if row.occasion == Occasion.DIGEST:
        return record_of(row.facts, Digest)
    return record_of(row.facts, Notice) if row.event_id is None else record_of(row.facts, Alert)


class Outbox:
    """Where messages wait; safe to use from many processes at once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def due(self, now: datetime) -> tuple[Waiting, ...]:
        """Return to whom something is due; whose turn has not come among it waits for what is before it."""
        asked = {"now": now, "stale": now - LONGEST_HOMELESS}
        with told_when_gone(self._engine), self._engine.connect() as connection:
            return tuple(Waiting(**row._mapping) for row in connection.execute(DUE, asked))  # noqa: SLF001 public by its documentation

    def next_due_at(self) -> datetime | None:
        """Return when the next message that waits is due; None where none waits."""
        with told_when_gone(self._engine), self._engine.connect() as connection:
            moment: datetime | None = connection.scalar(NEXT_DUE)
        return moment

    @contextmanager
    def hold(self, recipient: str) -> Iterator[Queue | None]:
        """Take the queue of a recipient, as long as the block or this process lasts; None where another has it."""
        with told_when_gone(self._engine), self._engine.connect() as connection:
            lock = {"space": SPACE, "recipient": recipient}
            is_ours = connection.scalar(TRY_LOCK, lock)
            connection.commit()
            try:
                yield Queue(self._engine, recipient) if is_ours else None
            except BaseException:
                connection.invalidate()  # the lock goes with the connection
                raise
            if is_ours:
                connection.execute(UNLOCK, lock)
                connection.commit()

    def put(self, bulletin: Bulletin, due_at: datetime) -> int | None:
        """Write a message that is about no one event, and return its number; None where its place has one already."""
        values = {
            "recipient": bulletin.recipient,
            "thread": bulletin.thread,
            "position": bulletin.position,
            "occasion": bulletin.occasion,
            "facts": plain_of(bulletin.facts),
            "due_at": due_at,
        }
        made = insert_or_leave(AlertRow).values(values).on_conflict_do_nothing().returning(AlertRow.id)
        with told_when_gone(self._engine), self._engine.begin() as connection:
            return connection.execute(made).scalar()

    def operators(self) -> tuple[str, ...]:
        """Return who hears of troubles."""
        with told_when_gone(self._engine), self._engine.connect() as connection:
            return tuple(each.id for each in read_audience(connection).recipients if each.is_operator)

    def give_up_homeless(self, recipient: str, now: datetime) -> tuple[int, ...]:
        """Give up what waited too long for its channel to have an address, and return the numbers of these messages."""
        stale = AlertRow.made_at < now - LONGEST_HOMELESS
        mine = (AlertRow.recipient == recipient) & (AlertRow.state == AlertState.WAITING)
        given_up = update(AlertRow).where(mine, AlertRow.pace == Pace.AT_ONCE, AlertRow.attempts == 0, stale)
        with told_when_gone(self._engine), self._engine.begin() as connection:
            settled = given_up.values(_settled(AlertState.GIVEN_UP)).returning(AlertRow.id)
            return tuple(sorted(connection.scalars(settled)))


class Queue:
    """The messages of one recipient in their order, held by one deliverer."""

    def __init__(self, engine: Engine, recipient: str) -> None:
        self._engine, self._recipient = engine, recipient

    def begin(self, now: datetime) -> Due | None:
        """Begin to send the first message that waits; None where there is none, or its time has not come.

        What its recipient has muted meanwhile is settled as muted, and in quiet hours nothing begins: neither what
        another message held up, nor another attempt, nor a trouble; only a trial.
        """
        while True:
            with self._changing() as connection:
                row = connection.execute(HEAD, {"recipient": self._recipient}).first()
                if row is None or (row.next_attempt_at or row.due_at) > now:
                    return None
                if (later := _after_quiet_hours(row, now)) > now:
                    connection.execute(_change(row.id, _put_off(row, later)))
                    return None
                if not self._is_muted(connection, row, now):
                    return _begin(connection, row, now)
                connection.execute(_change(row.id, _settled(AlertState.MUTED)))

    def end(self, due: Due, said: str) -> None:
        """Write that a message was sent, and what the receiver said."""
        with self._changing() as connection:
            _end(connection, due, DeliveryState.SENT, said)
            connection.execute(_change(due.row.id, _settled(AlertState.SENT)))

    def fail(self, due: Due, why: str, again_at: datetime | None) -> None:
        """Write that an attempt failed, and when there is another one; None gives the message up."""
        change = _settled(AlertState.GIVEN_UP) if again_at is None else {"next_attempt_at": again_at}
        with self._changing() as connection:
            _end(connection, due, DeliveryState.FAILED, why)
            connection.execute(_change(due.row.id, change))

    def _is_muted(self, connection: Connection, row: Row[Any], now: datetime) -> bool:
        if row.event_id is None or row.attempts:
            return False
        try:
            alert = record_of(row.facts, Alert)
        except SeedError:  # whoever reads it to send it says so
            return False
        return is_muted(alert, read_audience(connection).mutes, now)

    @contextmanager
    def _changing(self) -> Iterator[Connection]:
        with told_when_gone(self._engine), self._engine.begin() as connection:
            yield connection


def _after_quiet_hours(row: Row[Any], now: datetime) -> datetime:
    """Return the moment from which a message may leave, by the recipient's quiet hours as they are today."""
    is_asked_for = row.occasion == Occasion.TRIAL
    return now if is_asked_for else due_at(record_of(row.entry, Recipient), Pace.AT_ONCE, now)


def _put_off(row: Row[Any], until: datetime) -> dict[str, Any]:
    return {"due_at" if row.next_attempt_at is None else "next_attempt_at": until}


def _begin(connection: Connection, row: Row[Any], now: datetime) -> Due:
    attempt = row.attempts + 1
    before = (AlertRow.recipient == row.recipient, AlertRow.thread == row.thread, AlertRow.position < row.position)
    keys = select(AlertRow.key).where(*before, AlertRow.state == AlertState.SENT).order_by(AlertRow.position)
    begun = {"alert_id": row.id, "channel": row.entry["channel"], "attempt": attempt, "started_at": now}
    connection.execute(insert(DeliveryRow).values(**begun, state=DeliveryState.STARTED))
    connection.execute(_change(row.id, {"attempts": attempt}))
    return Due(
        row=row,
        thread=tuple(str(key) for key in connection.scalars(keys)),
        attempt=attempt,
        began_at=row.began_at or now,
        is_in_doubt=row.last_attempt == DeliveryState.STARTED,
    )


def _end(connection: Connection, due: Due, state: DeliveryState, detail: str) -> None:
    ended = {"state": state, "detail": storable(detail), "ended_at": func.clock_timestamp()}
    mine = (DeliveryRow.alert_id == due.row.id) & (DeliveryRow.attempt == due.attempt)
    connection.execute(update(DeliveryRow).where(mine).values(ended))


def _change(alert_id: int, values: Mapping[str, Any]) -> Any:  # noqa: ANN401 an update has a type of many parts
    return update(AlertRow).where(AlertRow.id == alert_id).values(values)


def _settled(state: AlertState) -> dict[str, Any]:
    return {"state": state, "settled_at": func.now()}
