"""Events: the list with its charts, and one event with everything that was reported of it."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Response
from starlette.responses import RedirectResponse

from analysis.records import Direction, EventKind, Language, Told, When
from models.questions import events as asks
from models.questions.corrections import fixed_by
from models.questions.filters import GREATEST, NameFilters
from models.questions.filters import Number as Digits
from models.questions.names import list_names
from models.questions.reports import ReportFacts, differing, when_of
from web.calendars import ICS, calendar
from web.charts import draw_months, draw_ranks
from web.corrected import shown_corrections
from web.filters import EventPage
from web.house import AskDesk, AskView, View
from web.names import name_in
from web.pages.drawing import ChartFilters, drawing, paper_of
from web.pages.entries import tell_event, tell_report
from web.reading import shown_report
from web.twins import REFUSALS, Listing, Single, add_single_twins, add_twins, written_as

router = APIRouter(tags=["events"])
Number = Annotated[int, Path(ge=1, le=GREATEST)]


class EventChart(ChartFilters, EventPage):
    """Which events a chart is of."""


add_twins(
    router, Listing(path="/events", filters=EventPage, record=asks.EventFacts, ask=asks.list_events, entry=tell_event)
)


@router.get("/events.ics", response_class=Response, responses={**REFUSALS, **written_as(ICS)})
def visits(view: AskView, desk: AskDesk, wanted: Annotated[EventPage, Query()]) -> Response:
    """Give the chosen visits as a calendar."""
    fields = "&".join(f"{name}={value}" for name, value in wanted.said().items())
    return calendar(view, desk, wanted, f"events?{fields}" if fields else "events", view.speech.t("events"))


@router.get("/events", include_in_schema=False)
def events(view: AskView, desk: AskDesk, wanted: Annotated[EventPage, Query()]) -> Response:
    """List events."""
    found = asks.list_events(desk, wanted)
    last = found[-1] if len(found) == wanted.most else None
    language = view.speech.look.language
    told_of = list_names(desk, "country", NameFilters(most=200))
    countries = [
        (each.id, name_in(language, each, each.id)) for each in told_of if each.events or each.id == wanted.country
    ]
    people = [
        each for each in list_names(desk, "person", NameFilters(most=200)) if each.events or each.id == wanted.person
    ]
    months = Counter[str]()
    for each in asks.count_by_month(desk, wanted):
        months[f"{each.month:%Y-%m}"] += each.events
    return view.paint(
        "events.html",
        wanted=wanted,
        events=found,
        after={"after": last.happened_on, "number": last.event} if last else None,
        months=sorted(months.items()),
        by_country=asks.count_by_country(desk, wanted),
        countries=sorted(countries, key=lambda pair: pair[1]),
        people=[(each.id, name_in(language, each, each.id)) for each in people],
        kinds=list(EventKind),
        directions=list(Direction),
        tellings=list(Told),
        press=[each for each in Language if each is not Language.OTHER],
    )


@router.get("/events/months.svg", include_in_schema=False)
def months(view: AskView, desk: AskDesk, wanted: Annotated[EventChart, Query()]) -> Response:
    """Draw events by month."""
    speech = view.speech
    counts = asks.count_by_month(desk, wanted)
    named = [(each.month, speech.one_of("kind", each.kind), each.events) for each in counts]
    return drawing(draw_months(named, paper_of(speech, wanted)) if named else "")


@router.get("/events/countries.svg", include_in_schema=False)
def countries(view: AskView, desk: AskDesk, wanted: Annotated[EventChart, Query()]) -> Response:
    """Draw events by country."""
    speech = view.speech
    counts = asks.count_by_country(desk, wanted)
    named = [(str(speech.country(each.country).striptags()), each.events) for each in counts]
    return drawing(draw_ranks(named, paper_of(speech, wanted)) if named else "")


add_single_twins(
    router,
    Single(
        path="/events/{event:int}",
        named="event",
        key=Digits,
        whole=asks.WholeEvent,
        ask=lambda _, desk, event: asks.read_event(desk, event),
        record=ReportFacts,
        rows=lambda whole: whole.reports,
        entries=lambda _, whole: map(tell_report, whole.reports),
    ),
)


@router.get("/events/{event:int}", include_in_schema=False)
def event(view: AskView, desk: AskDesk, event: Number) -> Response:
    """Show an event; one that proved to be another leads there."""
    whole = asks.read_event(desk, event)
    if whole is None:
        kept = asks.merged_into(desk, event)
        if kept is None:
            raise HTTPException(404)
        return RedirectResponse(f"/events/{kept}", 301)
    outlets = {each.source: each for each in whole.reports}
    return view.paint(
        "event.html",
        whole=whole,
        event=whole.event,
        reports=[shown_report(each) for each in whole.reports],
        differing=[
            (fact, [(_said(view, fact, value), [outlets[each] for each in sources]) for value, sources in said.items()])
            for fact, said in differing(whole.reports, {"days": when_of(whole.event), "city": whole.event.city}).items()
        ],
        corrections=shown_corrections(whole.corrections, view.speech),
        fixed=fixed_by(whole.corrections),
        can_write=view.house.writers is not None,
    )


def _said(view: View, fact: str, value: object) -> str:
    if isinstance(value, When):
        return view.speech.days(value)
    return str(view.speech.city(str(value)).striptags()) if fact == "city" else view.speech.one_of("told", str(value))
