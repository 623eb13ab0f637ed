"""People, bodies and countries: lists of them, and a page for each with its events over time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Response

from models.desk import Desk
from models.questions import names as asks
from models.questions.articles import newest_articles
from models.questions.events import list_events
from models.questions.filters import EventFilters, NameFilters, Slug
from web.filters import NamePage
from web.house import AskDesk, AskView, View
from web.twins import Entry, Listing, add_twins

router = APIRouter(tags=["names"])
EVENTS_SHOWN, ARTICLES_SHOWN = 30, 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A kind of name: as the register calls it, where its pages are, and which field of events it fills."""

    name: str
    path: str
    field: str


KINDS = (
    Kind(name="person", path="/people", field="person"),
    Kind(name="body", path="/bodies", field="body"),
    Kind(name="country", path="/countries", field="country"),
)


def _asker(kind: Kind) -> Callable[[Desk, NameFilters], Sequence[asks.NameFacts]]:
    return lambda desk, wanted: asks.list_names(desk, kind.name, wanted)


def _teller(kind: Kind) -> Callable[[View, asks.NameFacts], Entry]:
    def entry_of(view: View, named: asks.NameFacts) -> Entry:
        return Entry(
            path=f"{kind.path}/{named.id}",
            title=view.speech.name(named, named.id),
            updated_on=view.house.day(),
            summary=named.role or "",
        )

    return entry_of


def _add_pages(kind: Kind) -> None:
    @router.get(kind.path, include_in_schema=False, name=f"{kind.name}_list")
    def listed(view: AskView, desk: AskDesk, wanted: Annotated[NamePage, Query()]) -> Response:
        found = asks.list_names(desk, kind.name, wanted)
        return view.paint("names.html", kind=kind, wanted=wanted, found=found)

    @router.get(kind.path + "/{name}", include_in_schema=False, name=f"{kind.name}_page")
    def one(view: AskView, desk: AskDesk, name: Annotated[Slug, Path()]) -> Response:
        named = asks.read_name(desk, kind.name, name)
        if named is None:
            raise HTTPException(404)
        wanted = {kind.field: name}
        return view.paint(
            "name.html",
            kind=kind,
            named=named,
            wanted=wanted,
            events=list_events(desk, EventFilters.model_validate({**wanted, "most": EVENTS_SHOWN})),
            articles=newest_articles(desk, ARTICLES_SHOWN, kind.name, name),
        )


for _each in KINDS:
    add_twins(
        router,
        Listing(path=_each.path, filters=NamePage, record=asks.NameFacts, ask=_asker(_each), entry=_teller(_each)),
    )
    _add_pages(_each)
