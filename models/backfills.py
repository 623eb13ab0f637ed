"""How far walks back through the archives of sources came: the lists of each, written with what they named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Connection, Engine, ForeignKey, Identity, Row, delete, func, select
from sqlalchemy import update as change
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from analysis import urls
from analysis.frontier import Finder, note
from analysis.periods import Period
from analysis.records import AddressState, Catch, Discovery, Entry, Step, Visit, Way
from analysis.records.followed import PAGE
from models.base import Base, Said, one_of
from models.catches import write_catches
from models.database import told_when_gone
from models.frontier import AddressRow
from models.frontier_queries import find_known
from models.page_rows import name_hash, storable

MOST_FAILURES = 3


class ListState(StrEnum):
    """How a list of a walk stands."""

    WAITING = "waiting"
    READ = "read"
    FAILED = "failed"


class BackfillListRow(Base):
    """One list that a walk back through an archive asks for."""

    __tablename__ = "backfill_lists"

    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), primary_key=True)
    first_on: Mapped[date] = mapped_column(primary_key=True, comment="first day of the period of the walk")
    last_on: Mapped[date] = mapped_column(primary_key=True, comment="last day of it, included")
    url_hash: Mapped[bytes] = mapped_column(primary_key=True, comment="BLAKE2b, 16 bytes, of url")
    url: Mapped[str]
    way: Mapped[str]
    links: Mapped[str | None] = mapped_column(comment="CSS selector of the links of a listing")
    numbered: Mapped[str | None] = mapped_column(comment="with {page} for its number, where a list has numbered pages")
    depth: Mapped[int] = mapped_column(comment="indexes above a sitemap, pages before one of a list")
    position: Mapped[int] = mapped_column(BigInteger, Identity(always=True), comment="the order they are asked in")
    state: Mapped[str]
    failed: Mapped[int] = mapped_column(comment="how often asking for it failed")
    named: Mapped[int] = mapped_column(comment="addresses of the period that it named")
    detail: Mapped[Said] = mapped_column(comment="why it failed, or ended the list before it")
    asked_at: Mapped[datetime | None]

    __table_args__ = (
        one_of("way", Way),
        one_of("state", ListState),
        CheckConstraint("octet_length(url_hash) = 16", name="url_hash"),
        {"comment": "Lists that backfills ask for, each once; a walk is over when none of its own waits"},
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Walk:
    """A walk back through the archive of a source for the pages of a period."""

    source_id: str
    period: Period


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """What a list answered: the visit, the entries of the period at home with the source, and the lists to ask next."""

    visit: Visit
    entries: Sequence[Entry] = ()
    further: Sequence[Step] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class WalkProgress:
    """How far a backfill came: lists by state, and addresses of the source that backfills found, by state."""

    lists_read: int
    lists_waiting: int
    lists_failed: int
    pages_waiting: int
    pages_kept: int
    pages_lost: int


class Backfills:
    """Where walks are kept; what a list named is kept with it, all or nothing."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, walk: Walk, steps: Iterable[Step]) -> None:
        """Note the first lists of a walk; those of one that was begun before stay as they are."""
        with self._transaction() as connection:
            _write_steps(connection, walk, steps)

    def forget(self, walk: Walk) -> None:
        """Forget a walk, so that it begins anew; the addresses that it found stay."""
        with self._transaction() as connection:
            connection.execute(delete(BackfillListRow).where(*_of(walk)))

    def waiting(self, walk: Walk) -> tuple[Step, ...]:
        """Return the lists of a walk that wait, those that failed last."""
        asked = select(BackfillListRow.__table__).where(*_of(walk), BackfillListRow.state == ListState.WAITING)
        with self._transaction() as connection:
            rows = connection.execute(asked.order_by(BackfillListRow.failed, BackfillListRow.position)).all()
        return tuple(map(_step, rows))

    def keep(self, walk: Walk, step: Step, read: Read, run_id: int) -> int:
        """Keep what a list answered, and return how many of the addresses it named were not known."""
        with self._transaction() as connection:
            found = _find(connection, walk, read)
            write_catches(connection, [Catch(visit=read.visit, found=found)], run_id)
            _write_steps(connection, walk, read.further)
            stands = {"state": ListState.READ, "named": len(read.entries), "detail": storable(read.visit.detail)}
            _settle(connection, walk, step, {**stands, "asked_at": read.visit.visited_at})
        return len(found)

    def fail(self, walk: Walk, step: Step, visit: Visit, run_id: int) -> None:
        """Keep that a list could not be read; it is asked for again by the next runs, three times in all."""
        failed = step.failed + 1
        state = ListState.FAILED if failed >= MOST_FAILURES else ListState.WAITING
        stands = {"state": state, "failed": failed, "detail": storable(visit.detail), "asked_at": visit.visited_at}
        with self._transaction() as connection:
            write_catches(connection, [Catch(visit=visit)], run_id)
            _settle(connection, walk, step, stands)

    def progress(self, walk: Walk) -> WalkProgress:
        """Say how far a walk came, and the fetching of what backfills of its source found."""
        lists = select(BackfillListRow.state, func.count()).where(*_of(walk)).group_by(BackfillListRow.state)
        of_backfills = (AddressRow.source_id == walk.source_id) & AddressRow.way.is_(None)
        pages = select(AddressRow.state, func.count()).where(of_backfills).group_by(AddressRow.state)
        with self._transaction() as connection:
            listed: dict[str, int] = dict(connection.execute(lists).tuples().all())
            found: dict[str, int] = dict(connection.execute(pages).tuples().all())
        return WalkProgress(
            lists_read=listed.get(ListState.READ, 0),
            lists_waiting=listed.get(ListState.WAITING, 0),
            lists_failed=listed.get(ListState.FAILED, 0),
            pages_waiting=found.get(AddressState.WAITING, 0),
            pages_kept=found.get(AddressState.KEPT, 0),
            pages_lost=found.get(AddressState.GIVEN_UP, 0),
        )

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with told_when_gone(self._engine), self._engine.begin() as connection:
            yield connection


def _of(walk: Walk) -> tuple[Any, ...]:
    row, period = BackfillListRow, walk.period
    return row.source_id == walk.source_id, row.first_on == period.first, row.last_on == period.last


def _find(connection: Connection, walk: Walk, read: Read) -> tuple[Any, ...]:
    """Return the addresses of a list that nobody knew or would ask for, to be asked for after all news."""
    named = {urls.canonical(entry.url): entry for entry in reversed(read.entries)}
    known = find_known(connection, named) if named else {}
    hosts = frozenset(urls.host(name) for name in named)  # they are at home, or would not be here
    finder = Finder(source_id=walk.source_id, hosts=hosts, way=None, at=read.visit.visited_at)
    asked = {name for name, address in known.items() if address.state is not AddressState.REFUSED}
    found = (note(entry, known.get(name), finder) for name, entry in named.items() if name not in asked)
    return tuple(address for address in found if address is not None)


def _write_steps(connection: Connection, walk: Walk, steps: Iterable[Step]) -> None:
    facts = {"source_id": walk.source_id, "first_on": walk.period.first, "last_on": walk.period.last}
    waits = {"state": ListState.WAITING, "failed": 0, "named": 0}
    rows = [{**facts, **waits, **_row_of(step)} for step in steps]
    if rows:
        connection.execute(insert(BackfillListRow).on_conflict_do_nothing(), rows)


def _row_of(step: Step) -> dict[str, Any]:
    return {
        "url_hash": name_hash(step.url),
        "url": storable(step.url),
        "way": step.discovery.way,
        "links": step.discovery.links,
        "numbered": step.discovery.url if PAGE in step.discovery.url else None,
        "depth": step.depth,
    }


def _step(row: Row[Any]) -> Step:
    discovery = Discovery(way=Way(row.way), url=row.numbered or row.url, links=row.links)
    return Step(discovery=discovery, url=row.url, depth=row.depth, failed=row.failed)


def _settle(connection: Connection, walk: Walk, step: Step, stands: dict[str, Any]) -> None:
    this = BackfillListRow.url_hash == name_hash(step.url)
    connection.execute(change(BackfillListRow).where(*_of(walk), this).values(stands))
