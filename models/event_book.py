"""The only writer of events: reports meet them, the seeds know some from the start, and people correct them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from analysis.errors import UnknownNameError
from analysis.events import Resolver
from analysis.history import KnownEvent
from analysis.records import FactChange
from models.announcing import Announcement, announce, utc_now
from models.database import told_when_gone
from models.event_rows import row_of_when
from models.findings import EventAction, EventRow, ReportRow, SeedEventRow
from models.resolving import (
    Met,
    lock_resolving,
    meet_next,
    merge_rows,
    place,
    refresh,
    write_log,
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

    def merge(self, kept: int, gone: int, done_by: str) -> None:
        """Let two events be one, which keeps the first one's number; raises UnknownNameError if they are not two."""
        with self._changing() as connection:
            one, other = _standing(connection, kept), _standing(connection, gone)
            if one == other:
                raise UnknownNameError(f"events {kept} and {gone} are one already")
            merge_rows(connection, one, [other], done_by)
            refresh(connection, [one])
            announce(connection, [one], Announcement(now=self._clock()))

    def split(self, event_id: int, article_ids: Collection[int], done_by: str) -> int:
        """Move what some articles tell of an event to a new one, and return its number; the two are never merged again.

        Raises UnknownNameError where these articles tell nothing of it, or nobody else does.
        """
        with self._changing() as connection:
            old = _standing(connection, event_id)
            told = select(ReportRow.article_id).where(ReportRow.event_id == old)
            tellers = set(connection.scalars(told))
            moved = tellers & {*article_ids}
            if not moved or moved == tellers:
                raise UnknownNameError(f"some of the articles that tell of event {old} must go, and some must stay")
            new = _copy_of_row(connection, old)
            going = (ReportRow.event_id == old) & ReportRow.article_id.in_(moved)
            connection.execute(update(ReportRow).where(going).values(event_id=new))
            refresh(connection, [old, new])
            facts = {"from": old, "moved": sorted(moved), "stayed": sorted(tellers - moved)}
            write_log(connection, new, EventAction.SPLIT, done_by, facts)
            apart = FactChange(fact="split", before=None, after=str(new))
            announce(connection, [old], Announcement(now=self._clock(), corrections=(apart,)))
            announce(connection, [new], Announcement(now=self._clock()))
        return new

    def retract(self, event_id: int, done_by: str, because: str) -> None:
        """Mark an event as one that did not happen; its reports stay. Raises UnknownNameError where there is none."""
        with self._changing() as connection:
            standing = _standing(connection, event_id)
            connection.execute(update(EventRow).where(EventRow.id == standing).values(retracted_at=func.now()))
            write_log(connection, standing, EventAction.RETRACT, done_by, {"because": because})
            announce(connection, [standing], Announcement(now=self._clock()))

    @contextmanager
    def _changing(self) -> Iterator[Connection]:
        with told_when_gone(self._engine), self._engine.begin() as connection:
            lock_resolving(connection)
            yield connection


def _standing(connection: Connection, event_id: int) -> int:
    """Return the number an event stands under today; raises UnknownNameError where there never was one."""
    asked = select(func.coalesce(EventRow.merged_into_id, EventRow.id)).where(EventRow.id == event_id)
    found = connection.scalar(asked)
    if found is None:
        raise UnknownNameError(f"there is no event {event_id}: `marsad events` lists them")
    return found


def _copy_of_row(connection: Connection, event_id: int) -> int:
    """Make an event with the facts of another, which `refresh` then puts right."""
    columns = [column.name for column in EventRow.__table__.c if column.name not in {"id", "made_at", "retracted_at"}]
    chosen = select(*(EventRow.__table__.c[name] for name in columns)).where(EventRow.id == event_id)
    return connection.execute(insert(EventRow).from_select(columns, chosen).returning(EventRow.id)).scalar_one()


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
