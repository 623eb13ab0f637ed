"""People, bodies and countries: lists of them, and a page for each with its events over time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Response

from models.desk import Desk
from models.questions import names as asks
from models.questions.events import EventFacts
from models.questions.filters import EventFilters, NameFilters, Slug
from web.calendars import ICS, calendar
from web.filters import NamePage
from web.house import AskDesk, AskView, View
from web.pages.entries import tell_event
from web.twins import NOT_THERE, Entry, Listing, Single, add_single_twins, add_twins, written_as

router = APIRouter(tags=["names"])


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A kind of name, as register and filters call it, and where its pages are."""

    name: str
    path: str


KINDS = (
    Kind(name="person", path="/people"),
    Kind(name="body", path="/bodies"),
    Kind(name="country", path="/countries"),
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


def _twin(kind: Kind) -> Single:
    return Single(
        path=f"{kind.path}/{{name}}",
        named="name",
        key=Slug,
        whole=asks.WholeName,
        ask=lambda _, desk, name: asks.read_whole_name(desk, kind.name, name),
        record=EventFacts,
        rows=lambda whole: whole.events,
        entries=lambda view, whole: (tell_event(view, each) for each in whole.events),
    )


def _add_pages(kind: Kind) -> None:
    says = {**NOT_THERE, **written_as(ICS)}

    @router.get(kind.path + "/{name}.ics", responses=says, response_class=Response, name=f"{kind.name}_ics")
    def visits(view: AskView, desk: AskDesk, name: Annotated[Slug, Path()]) -> Response:
        named = asks.read_name(desk, kind.name, name)
        if named is None:
            raise HTTPException(404)
        wanted = EventFilters.model_validate({kind.name: name})
        return calendar(view, desk, wanted, f"{kind.name}-{name}", view.speech.name(named, name))

    @router.get(kind.path, include_in_schema=False, name=f"{kind.name}_list")
    def listed(view: AskView, desk: AskDesk, wanted: Annotated[NamePage, Query()]) -> Response:
        found = asks.list_names(desk, kind.name, wanted)
        last = found[-1] if len(found) == wanted.most else None
        after = {"after": last.events, "beyond": last.id} if last else None
        return view.paint("names.html", kind=kind, wanted=wanted, found=found, after=after)

    @router.get(kind.path + "/{name}", include_in_schema=False, name=f"{kind.name}_page")
    def one(view: AskView, desk: AskDesk, name: Annotated[Slug, Path()]) -> Response:
        whole = asks.read_whole_name(desk, kind.name, name)
        if whole is None:
            raise HTTPException(404)
        return view.paint("name.html", kind=kind, named=whole.name, wanted={kind.name: name}, whole=whole)


for _each in KINDS:
    add_twins(
        router,
        Listing(path=_each.path, filters=NamePage, record=asks.NameFacts, ask=_asker(_each), entry=_teller(_each)),
    )
    add_single_twins(router, _twin(_each))
    _add_pages(_each)
