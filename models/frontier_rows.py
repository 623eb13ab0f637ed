"""Addresses, rhythms, robots.txt files and hosts at rest as rows and back."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row
from sqlalchemy.dialects.postgresql import insert

from analysis import urls
from analysis.records import (
    Address,
    AddressState,
    Entry,
    HostRest,
    Rhythm,
    RobotsFile,
    Validators,
    VisitState,
    Way,
)
from models.frontier import HostRow, RobotsRow
from models.page_rows import NAME_BYTES, name_hash, storable


def row_of_address(address: Address, run_id: int, page_id: int | None) -> dict[str, Any]:
    """Return the columns of an address; `page_id` is the page it brought, if there is one."""
    entry = address.entry
    return {
        "url_hash": name_hash(urls.canonical(entry.url)),
        "source_id": address.source_id,
        "run_id": run_id,
        "url": storable(entry.url),
        "title": None if entry.title is None else storable(entry.title),
        "published_at": entry.published_at,
        "updated_at": entry.updated_at,
        "way": address.way,
        "found_at": address.found_at,
        "state": address.state,
        "failed": address.failed,
        "looks": address.looks,
        "asked_at": address.asked_at,
        "next_at": address.next_at,
        "page_id": page_id,
        **_columns_of_validators(address.validators),
    }


def address_of_row(row: Row[Any]) -> Address:
    """Return the address that was kept."""
    return Address(
        source_id=row.source_id,
        entry=Entry(url=row.url, title=row.title, published_at=row.published_at, updated_at=row.updated_at),
        way=None if row.way is None else Way(row.way),
        found_at=row.found_at,
        state=AddressState(row.state),
        failed=row.failed,
        looks=row.looks,
        asked_at=row.asked_at,
        next_at=row.next_at,
        validators=Validators(etag=row.etag, last_modified=row.last_modified),
    )


def row_of_rhythm(rhythm: Rhythm) -> dict[str, Any]:
    """Return the columns of a rhythm."""
    return {
        "source_id": rhythm.source_id,
        "url_hash": hashlib.blake2b(rhythm.url.encode(errors="replace"), digest_size=NAME_BYTES).digest(),
        "url": storable(rhythm.url),
        "way": rhythm.way,
        "is_child": rhythm.is_child,
        "state": rhythm.state,
        "failures": rhythm.failures,
        "interval_minutes": rhythm.interval_minutes,
        "asked_at": rhythm.asked_at,
        "read_at": rhythm.read_at,
        "news_at": rhythm.news_at,
        "newest_at": rhythm.newest_at,
        "oldest_at": rhythm.oldest_at,
        "entries": rhythm.entries,
        "next_at": rhythm.next_at,
        **_columns_of_validators(rhythm.validators),
    }


def rhythm_of_row(row: Row[Any]) -> Rhythm:
    """Return the rhythm that was kept."""
    return Rhythm(
        source_id=row.source_id,
        url=row.url,
        way=Way(row.way),
        interval_minutes=row.interval_minutes,
        is_child=row.is_child,
        validators=Validators(etag=row.etag, last_modified=row.last_modified),
        state=None if row.state is None else VisitState(row.state),
        failures=row.failures,
        asked_at=row.asked_at,
        read_at=row.read_at,
        news_at=row.news_at,
        newest_at=row.newest_at,
        oldest_at=row.oldest_at,
        entries=row.entries,
        next_at=row.next_at,
    )


def robots_of_row(row: Row[Any]) -> RobotsFile:
    """Return the robots.txt that was kept."""
    return RobotsFile(
        origin=row.origin,
        state=VisitState(row.state),
        asked_at=row.asked_at,
        until=row.until,
        body=row.body,
        detail=row.detail,
    )


def rest_of_row(row: Row[Any]) -> HostRest:
    """Return the rest that was kept."""
    return HostRest(host=row.host, until=row.until, refusals=row.refusals, detail=row.detail)


def write_robots(connection: Connection, read: RobotsFile) -> None:
    """Write a robots.txt over the one that was read before."""
    columns = {**asdict(read), "detail": storable(read.detail)}
    written = insert(RobotsRow).values(columns)
    connection.execute(written.on_conflict_do_update(index_elements=["origin"], set_=columns))


def write_rest(connection: Connection, rest: HostRest) -> None:
    """Write that a host asked us to come back later, over what it asked before."""
    columns = asdict(rest)
    written = insert(HostRow).values(columns)
    connection.execute(written.on_conflict_do_update(index_elements=["host"], set_=columns))


def _columns_of_validators(validators: Validators) -> dict[str, Any]:
    stated = {"etag": validators.etag, "last_modified": validators.last_modified}
    return {name: None if value is None else storable(value) for name, value in stated.items()}
