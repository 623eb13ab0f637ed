"""The writer of events as they are told: reports meet them, and the seeds know some from the start."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, select
from sqlalchemy.dialects.postgresql import insert

from analysis.events import Resolver
from analysis.history import KnownEvent
from models.announcing import Announcement, announce, utc_now
from models.database import told_when_gone
from models.event_rows import row_of_when
from models.findings import SeedEventRow
from models.resolving import (
    Met,
    lock_resolving,
    meet_next,
    place,
    refresh,
)
from models.seed_rows import Loaded


class EventBook:
    """Makes and changes events, one transaction for each act; safe to use from many processes at once.

    What is due to whom about them is written in the same transaction; `clock` tells what is news.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = utc_now) -> None:
        self._engine, self._clock = engine, clock

    def meet_next(self, resolver: Resolver) -> Met | None:
        """Let the reports of the first article that waits meet the known events; None where none waits."""
        with self._changing() as connection:
            met = meet_next(connection, resolver)
            if met is not None:
                announce(connection, met.events, Announcement(now=self._clock(), ours=resolver.ours))
        return met

    def load(self, known: Collection[KnownEvent], resolver: Resolver) -> Loaded:
        """Write the events of the seeds that are new or changed, and forget those that left the seeds.

        An event that nobody tells of any more is retracted.
        """
        with self._changing() as connection:
            written = {row.id: row for row in connection.execute(select(SeedEventRow.__table__))}
            facts = {each.id: _facts(each) for each in known}
            gone = {name: row for name, row in written.items() if not _says(row, facts.get(name))}
            _forget(connection, gone)
            fresh = [each for each in known if each.id not in written or each.id in gone]
            added = [_add(connection, resolver, each) for each in fresh]
            touched = [*(row.event_id for row in gone.values()), *filter(None, added)]
            announce(connection, touched, Announcement(now=self._clock(), ours=resolver.ours))
        changed = sum(each.id in gone for each in fresh)
        return Loaded(
            added=len(fresh) - changed,
            changed=changed,
            unchanged=len(known) - len(fresh),
            retired=len(gone) - changed,
        )

    @contextmanager
    def _changing(self) -> Iterator[Connection]:
        with told_when_gone(self._engine), self._engine.begin() as connection:
            lock_resolving(connection)
            yield connection


# ---------------------------------------------------------------- events of the seeds


def _facts(known: KnownEvent) -> dict[str, Any]:
    report = known.account.report
    return {
        "kind": report.kind.value,
        "direction": report.direction and report.direction.value,
        "people": list(report.people),
        "bodies": list(report.bodies),
        "countries": list(report.countries),
        "city": report.city,
        **row_of_when(report.when),
    }


def _says(row: Row[Any], facts: Mapping[str, Any] | None) -> bool:
    return facts is not None and all(getattr(row, name) == value for name, value in facts.items())


def _add(connection: Connection, resolver: Resolver, known: KnownEvent) -> int | None:
    event_id = place(connection, resolver, known.account).event_id
    connection.execute(insert(SeedEventRow).values(id=known.id, event_id=event_id, **_facts(known)))
    refresh(connection, [event_id] if event_id else [])
    return event_id


def _forget(connection: Connection, gone: Mapping[str, Row[Any]]) -> None:
    connection.execute(delete(SeedEventRow).where(SeedEventRow.id.in_(gone)))
    touched = {row.event_id for row in gone.values()}
    refresh(connection, touched)
