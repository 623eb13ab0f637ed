"""Every page in three more forms for programs: JSON (described in /openapi.json), CSV and Atom."""

# no `from __future__ import annotations`: routes are made here for lists of any record, and FastAPI reads their types

import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time
from typing import Annotated, Any
from xml.sax.saxutils import escape, quoteattr

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response

from analysis.cells import write_csv
from models.desk import Desk
from models.questions.filters import Filters
from web.house import AskDesk, AskView, View
from web.marks import harmless

CSV = "text/csv; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
REFUSALS: Mapping[int | str, dict[str, Any]] = {
    503: {"description": "It would take longer than five seconds, or the database is away"}
}
NOT_THERE: Mapping[int | str, dict[str, Any]] = {
    404: {"description": "There is nothing of this name or number"},
    **REFUSALS,
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Single:
    """A page of one thing that has twins.

    `named` is its parameter in the address, of type `key`; `ask` reads a `whole`, which JSON tells, or None. CSV has
    its `rows`, each a `record`, and a feed its entries.
    """

    path: str
    named: str
    key: Any
    whole: type[Any]
    ask: Callable[[View, Desk, Any], Any]
    record: type[Any]
    rows: Callable[[Any], Sequence[Any]]
    entries: Callable[[View, Any], Iterable[Entry]]


def add_twins(router: APIRouter, listing: Listing) -> None:
    """Let a list be read by programs too."""
    filters, record = listing.filters, listing.record

    def as_json(desk: AskDesk, wanted: Annotated[filters, Query()]) -> Any:  # type: ignore[valid-type]  # noqa: ANN401
        return listing.ask(desk, wanted)

    def as_csv(desk: AskDesk, wanted: Annotated[filters, Query()]) -> Response:  # type: ignore[valid-type]
        return Response(csv_of(record, listing.ask(desk, wanted)), media_type=CSV)

    def as_atom(request: Request, desk: AskDesk, view: AskView, wanted: Annotated[filters, Query()]) -> Response:  # type: ignore[valid-type]
        entries = [listing.entry(view, each) for each in listing.ask(desk, wanted)]
        return Response(write_atom(request, entries), media_type=ATOM)

    listed: Any = list[record]  # type: ignore[valid-type]
    _Forms(as_json=as_json, as_csv=as_csv, as_atom=as_atom).add_to(router, listing.path, listed, REFUSALS)


def add_single_twins(router: APIRouter, single: Single) -> None:
    """Let a page of one thing be read by programs too; it is added before the page, whose address is shorter."""
    Asked = Annotated[single.key, Path(alias=single.named)]  # type: ignore[name-defined]  # noqa: N806 a type

    def read(view: View, desk: Desk, asked: Any) -> Any:  # noqa: ANN401 the whole of whatever it is
        whole = single.ask(view, desk, asked)
        if whole is None:
            raise HTTPException(404)
        return whole

    def as_json(desk: AskDesk, view: AskView, asked: Asked) -> Any:  # noqa: ANN401
        return read(view, desk, asked)

    def as_csv(desk: AskDesk, view: AskView, asked: Asked) -> Response:
        return Response(csv_of(single.record, single.rows(read(view, desk, asked))), media_type=CSV)

    def as_atom(request: Request, desk: AskDesk, view: AskView, asked: Asked) -> Response:
        return Response(write_atom(request, [*single.entries(view, read(view, desk, asked))]), media_type=ATOM)

    _Forms(as_json=as_json, as_csv=as_csv, as_atom=as_atom).add_to(router, single.path, single.whole, NOT_THERE)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Forms:
    as_json: Callable[..., Any]
    as_csv: Callable[..., Any]
    as_atom: Callable[..., Any]

    def add_to(self, router: APIRouter, path: str, model: Any, says: Mapping[int | str, dict[str, Any]]) -> None:  # noqa: ANN401 what JSON holds
        name = "_".join(re.findall("[a-z]+", path))
        router.add_api_route(
            f"{path}.json", self.as_json, name=f"{name}_json", response_model=model, responses={**says}
        )
        for ending, answer, kind in (("csv", self.as_csv, CSV), ("atom", self.as_atom, ATOM)):
            found = {**says, **written_as(kind)}
            router.add_api_route(
                f"{path}.{ending}", answer, name=f"{name}_{ending}", response_class=Response, responses=found
            )


def written_as(kind: str) -> dict[int | str, dict[str, Any]]:
    """Describe an answer that is a text of this media type."""
    return {200: {"content": {kind.partition(";")[0]: {"schema": {"type": "string"}}}}}


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
