"""What a crawl asks of the tables before it asks the press: what is known, what is due, what is to be left alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, text

from analysis.frontier import YOUNG
from analysis.records import Address, AddressState, Due, Entry, HostRest, Rhythm, RobotsFile
from models.frontier import AddressRow, HostRow, RobotsRow, WayRow
from models.frontier_rows import address_of_row, rest_of_row, rhythm_of_row, robots_of_row
from models.page_rows import name_hash
from models.pages import PageRow
from models.seeds import SourceRow, is_followed

IS_YOUNG = "least(coalesce(addresses.published_at, addresses.found_at), addresses.found_at) > :oldest"
IS_DUE = f"""
    addresses.next_at <= :now AND (addresses.state = 'waiting' OR (addresses.state = 'kept' AND {IS_YOUNG} AND (
        addresses.updated_at > addresses.asked_at OR EXISTS (
            SELECT FROM pages AS last JOIN pages AS version ON version.url_hash = last.url_hash
            WHERE last.id = addresses.page_id AND version.outcome IN ('filed', 'copy')
        )
    )))
"""
"""Waits, or is to be looked at again while it is young: articles of ours, and what is said to have changed."""

DUE = text(f"""
    SELECT addresses.*, count(*) OVER () AS all_due FROM addresses
    WHERE addresses.source_id = :source_id AND {IS_DUE}
    ORDER BY addresses.way IS NULL, addresses.state = 'kept',
        coalesce(addresses.published_at, addresses.updated_at, addresses.found_at) DESC
    LIMIT :most
""")  # noqa: S608 our own words
RESTING = text("""
    SELECT count(*) FROM addresses
    WHERE source_id = :source_id AND state = 'waiting' AND failed > 0 AND next_at > :now
""")
PASSED = text(f"""
    UPDATE addresses SET next_at = NULL
    WHERE source_id = ANY(:source_ids) AND next_at <= :now AND state = 'kept' AND NOT ({IS_YOUNG})
""")  # noqa: S608 our own words
WITH_DUE_NEWS = text(f"""
    SELECT DISTINCT source_id FROM addresses WHERE addresses.way IS NOT NULL AND {IS_DUE}
""")  # noqa: S608 our own words


def find_known(connection: Connection, canonical_urls: Collection[str]) -> dict[str, Address]:
    """Return the addresses that are known among those named; a page that was imported has one that is kept.

    One that waits with a source that is no longer followed, which nobody would ask for, is told as refused.
    """
    names = {name_hash(url): url for url in canonical_urls}
    owned = select(AddressRow.__table__, is_followed().label("is_followed")).join(SourceRow)
    asked = owned.where(AddressRow.url_hash == func.any(list(names)))
    known = {names[bytes(row.url_hash)]: _owned_address(row) for row in connection.execute(asked)}
    return {**_find_imported(connection, names.keys() - {name_hash(url) for url in known}, names), **known}


def _owned_address(row: Row[Any]) -> Address:
    address = replace(address_of_row(row), is_orphan=not row.is_followed)
    is_unasked = address.is_orphan and address.state is AddressState.WAITING
    return replace(address, state=AddressState.REFUSED) if is_unasked else address


def _find_imported(connection: Connection, unknown: Iterable[bytes], names: dict[bytes, str]) -> dict[str, Address]:
    columns = (PageRow.url_hash, PageRow.source_id, PageRow.url, PageRow.fetched_at)
    asked = select(*columns).where(PageRow.url_hash == func.any(list(unknown)))
    return {
        names[bytes(name)]: Address(
            source_id=source_id,
            entry=Entry(url=url),
            way=None,
            found_at=fetched_at,
            state=AddressState.KEPT,
            asked_at=fetched_at,
        )
        for name, source_id, url, fetched_at in connection.execute(asked)
    }


def find_due(connection: Connection, source_id: str, now: datetime, most: int) -> Due:
    """Return the addresses of a source to ask for now, at most so many, and count the others."""
    named = {"source_id": source_id, "now": now}
    rows = connection.execute(DUE, {**named, "oldest": now - YOUNG, "most": most}).all()
    return Due(
        addresses=tuple(address_of_row(row) for row in rows),
        left=rows[0].all_due - len(rows) if rows else 0,
        resting=connection.scalar(RESTING, named) or 0,
    )


def pass_over(connection: Connection, source_ids: Collection[str], now: datetime) -> None:
    """Give up looks at pages of some sources that were not made while the page was young."""
    connection.execute(PASSED, {"source_ids": list(source_ids), "now": now, "oldest": now - YOUNG})


def find_sources_with_news(connection: Connection, now: datetime) -> frozenset[str]:
    """Return the ids of the sources that have an address to ask for now, those of backfills apart."""
    return frozenset(connection.scalars(WITH_DUE_NEWS, {"now": now, "oldest": now - YOUNG}))


def find_rhythms(connection: Connection, source_ids: Collection[str] | None = None) -> tuple[Rhythm, ...]:
    """Return how the ways of some sources, or of all, are asked."""
    asked = select(WayRow.__table__)
    if source_ids is not None:
        asked = asked.where(WayRow.source_id.in_(source_ids))
    return tuple(rhythm_of_row(row) for row in connection.execute(asked))


def find_robots(connection: Connection, origin: str) -> RobotsFile | None:
    """Return the robots.txt of an origin as it was last read."""
    row = connection.execute(select(RobotsRow.__table__).where(RobotsRow.origin == origin)).first()
    return None if row is None else robots_of_row(row)


def find_rests(connection: Connection, hosts: Collection[str] | None = None) -> tuple[HostRest, ...]:
    """Return what some hosts, or all, said when they asked us to come back later."""
    asked = select(HostRow.__table__)
    if hosts is not None:
        asked = asked.where(HostRow.host.in_(hosts))
    return tuple(rest_of_row(row) for row in connection.execute(asked))
