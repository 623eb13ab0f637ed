"""Every list in three more forms for programs: JSON (described in /openapi.json), CSV and Atom."""

# no `from __future__ import annotations`: routes are made here for lists of any record, and FastAPI reads their types

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time
from typing import Annotated, Any
from xml.sax.saxutils import escape, quoteattr

from fastapi import APIRouter, Query, Request, Response

from analysis.cells import write_csv
from models.desk import Desk
from models.questions.filters import Filters
from web.house import AskDesk, AskView, View
from web.marks import harmless

REFUSALS: Mapping[int | str, dict[str, Any]] = {
    503: {"description": "It would take longer than five seconds, or the database is away"}
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A line of an Atom feed."""

    path: str
    title: str
    updated_on: datetime | date
    summary: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """A list that has twins: its address, what is asked of it, a record of it, and how a record is told in Atom."""

    path: str
    filters: type[Filters]
    record: type[Any]
    ask: Callable[[Desk, Any], Sequence[Any]]
    entry: Callable[[View, Any], Entry]


def add_twins(router: APIRouter, listing: Listing) -> None:
    """Let a list be read by programs too."""
    filters, record = listing.filters, listing.record
    name = listing.path.strip("/").replace("/", "_")

    def as_json(desk: AskDesk, wanted: Annotated[filters, Query()]) -> Any:  # type: ignore[valid-type]  # noqa: ANN401
        return listing.ask(desk, wanted)

    def as_csv(desk: AskDesk, wanted: Annotated[filters, Query()]) -> Response:  # type: ignore[valid-type]
        return Response(csv_of(record, listing.ask(desk, wanted)), media_type="text/csv; charset=utf-8")

    def as_atom(request: Request, desk: AskDesk, view: AskView, wanted: Annotated[filters, Query()]) -> Response:  # type: ignore[valid-type]
        entries = [listing.entry(view, each) for each in listing.ask(desk, wanted)]
        return Response(write_atom(request, entries), media_type="application/atom+xml; charset=utf-8")

    says = {**REFUSALS}
    listed: Any = list[record]  # type: ignore[valid-type]
    router.add_api_route(f"{listing.path}.json", as_json, name=f"{name}_json", response_model=listed, responses=says)
    csv_says = {**says, 200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}
    router.add_api_route(f"{listing.path}.csv", as_csv, name=f"{name}_csv", response_class=Response, responses=csv_says)
    atom_says = {**says, 200: {"content": {"application/atom+xml": {"schema": {"type": "string"}}}}}
    router.add_api_route(
        f"{listing.path}.atom", as_atom, name=f"{name}_atom", response_class=Response, responses=atom_says
    )


def csv_of(record: type[Any], rows: Iterable[Any]) -> str:
    """Write records as CSV, names in the first line."""
    written, names = io.StringIO(), [each.name for each in fields(record)]
    write_csv(written, names, ([getattr(row, name) for name in names] for row in rows))
    return written.getvalue()


def write_atom(request: Request, entries: Sequence[Entry]) -> str:
    """Write a feed (RFC 4287); the id of an entry is its address."""
    base = str(request.base_url).rstrip("/")
    here = str(request.url)
    updated = max((_moment(each.updated_on) for each in entries), default="1970-01-01T00:00:00+00:00")
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<id>{escape(here)}</id><title>marsad</title><updated>{updated}</updated><author><name>marsad</name></author>",
        f"<link rel='self' href={quoteattr(here)}/>",
        *(_entry(base, each) for each in entries),
        "</feed>",
    ]
    return "\n".join(lines)


def _entry(base: str, entry: Entry) -> str:
    address = f"{base}{entry.path}"
    return (
        f"<entry><id>{escape(address)}</id><title>{escape(harmless(entry.title))}</title>"
        f"<updated>{_moment(entry.updated_on)}</updated><link href={quoteattr(address)}/>"
        f"<summary>{escape(harmless(entry.summary))}</summary></entry>"
    )


def _moment(when: datetime | date) -> str:
    moment = when if isinstance(when, datetime) else datetime.combine(when, time(), UTC)
    return moment.isoformat(timespec="seconds")
