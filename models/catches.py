"""What a crawl brings home, written many at once: visits, pages, and how addresses and ways stand after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select
from sqlalchemy.dialects.postgresql import Insert, distinct_on, insert

from analysis.records import AddressState, Catch
from models.frontier import AddressRow, WayRow
from models.frontier_rows import row_of_address, row_of_rhythm
from models.page_rows import name_hash, row_of_page, row_of_visit
from models.pages import PageRow, RunRow, VisitRow
from models.seeds import SourceRow, is_followed

ONE_VERSION = "uq_pages_url_hash_version"
LATE = ("backfill", "import-pages", "import-warc")
"""Commands that bring what was published long ago: it is read after what a crawl brings."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Version:
    """The last version of a page that is kept."""

    page_id: int
    number: int
    sha256: bytes


def write_catches(connection: Connection, catches: Sequence[Catch], run_id: int) -> tuple[int | None, ...]:
    """Write what requests came to, and return for each the number of the page that is new or changed, or None.

    Rows are written in the order of their names: two crawls that meet wait for each other, and never in a circle.
    """
    names = [None if catch.page is None else name_hash(catch.page.canonical_url) for catch in catches]
    kept = _last_versions(connection, {name for name in names if name is not None})
    new = _write_pages(connection, catches, kept, run_id)
    numbers = tuple(new.get(position) for position in range(len(catches)))
    visits = [
        row_of_visit(catch.visit, run_id, number)
        for catch, number in zip(catches, numbers, strict=True)
        if catch.visit is not None
    ]
    if visits:
        connection.execute(insert(VisitRow), visits)
    brought = {name: version.page_id for name, version in kept.items()}
    brought |= {name: number for name, number in zip(names, numbers, strict=True) if name and number}
    _write_standing(connection, catches, brought, run_id)
    return numbers


def _write_standing(
    connection: Connection, catches: Sequence[Catch], brought: Mapping[bytes, int], run_id: int
) -> None:
    """Write how addresses and ways stand; `brought` has the numbers of pages by their names."""
    found = (row_of_address(address, run_id, None) for catch in catches for address in catch.found)
    _upsert(connection, FOUND, found, "url_hash")
    asked = (
        row_of_address(address, run_id, brought.get(name_hash(catch.page.canonical_url)) if catch.page else None)
        for catch in catches
        for address in catch.addresses
    )
    _upsert(connection, ASKED, asked, "url_hash")
    rhythms = (row_of_rhythm(catch.rhythm) for catch in catches if catch.rhythm)
    _upsert(connection, RHYTHM, rhythms, "source_id", "url_hash")


def _last_versions(connection: Connection, names: set[bytes]) -> dict[bytes, _Version]:
    if not names:
        return {}
    asked = (
        select(PageRow.url_hash, PageRow.id, PageRow.version, PageRow.body_sha256)
        .where(PageRow.url_hash == func.any(list(names)))
        .order_by(PageRow.url_hash, PageRow.version.desc())
        .ext(distinct_on(PageRow.url_hash))
    )
    return {
        bytes(name): _Version(page_id=page_id, number=number, sha256=bytes(sha256))
        for name, page_id, number, sha256 in connection.execute(asked)
    }


def _write_pages(
    connection: Connection, catches: Sequence[Catch], kept: Mapping[bytes, _Version], run_id: int
) -> dict[int, int]:
    """Write the pages that are new or changed, and return their numbers by the positions of their catches.

    The first of one name in a batch stands for the others.
    """
    rows: dict[bytes, tuple[int, dict[str, Any]]] = {}
    for position, catch in enumerate(catches):
        row = _row_of_version(catch, kept, run_id)
        if row is not None:
            rows.setdefault(row["url_hash"], (position, row))
    if not rows:
        return {}
    written = insert(PageRow).on_conflict_do_nothing(constraint=ONE_VERSION).returning(PageRow.url_hash, PageRow.id)
    is_late = connection.scalar(select(RunRow.command.in_(LATE)).where(RunRow.id == run_id))
    ordered = [{**row, "is_late": is_late} for _, (_, row) in sorted(rows.items())]
    return {rows[bytes(name)][0]: page_id for name, page_id in connection.execute(written, ordered)}


def _row_of_version(catch: Catch, kept: Mapping[bytes, _Version], run_id: int) -> dict[str, Any] | None:
    """Return the row of a page that is new, or that changed since it was last kept and was asked for to see that."""
    if catch.page is None:
        return None
    last = kept.get(name_hash(catch.page.canonical_url))
    if last is None:
        return {**row_of_page(catch.page, run_id), "version": 1}
    if not catch.is_look:  # to compress a body only for a conflict costs more than to look first
        return None
    row = row_of_page(catch.page, run_id)
    return None if row["body_sha256"] == last.sha256 else {**row, "version": last.number + 1}


def _upserting(
    table: type[AddressRow | WayRow], *key: str, only: ColumnElement[bool] | None = None, **merged: ColumnElement[Any]
) -> Insert:
    """Write rows over those of the same key, or over some of them `only`, but for the columns that are `merged`."""
    written = insert(table)
    names = [column.name for column in table.__table__.columns if column.name not in key]
    columns = {name: merged.get(name, written.excluded[name]) for name in names}
    return written.on_conflict_do_update(index_elements=key, set_=columns, where=only)


# excluded is the row that was to be written
_GIVEN = insert(AddressRow).excluded
_IS_CHANGE = (AddressRow.state == AddressState.KEPT) & (_GIVEN.state == AddressState.KEPT)
_PAGE_ID = func.coalesce(_GIVEN.page_id, AddressRow.page_id)
_IS_ORPHAN = (AddressRow.state == AddressState.WAITING) & AddressRow.source_id.not_in(
    select(SourceRow.id).where(is_followed())
)
# of the addresses that a list names, only those known are written over that were refused, that nobody would ask for,
# or are said to have changed: another crawl may have found an address, and asked for it, since it was looked up here
FOUND = _upserting(
    AddressRow,
    "url_hash",
    only=(AddressRow.state == AddressState.REFUSED) | _IS_ORPHAN | _IS_CHANGE,
    page_id=_PAGE_ID,
)
ASKED = _upserting(AddressRow, "url_hash", page_id=_PAGE_ID)
RHYTHM = _upserting(WayRow, "source_id", "url_hash")


def _upsert(connection: Connection, statement: Insert, rows: Iterable[dict[str, Any]], *key: str) -> None:
    """Write rows, the last of each key, in the order of their keys."""
    named = {tuple(row[name] for name in key): row for row in rows}
    if named:
        connection.execute(statement, [row for _, row in sorted(named.items())])
