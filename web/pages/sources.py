"""Sources: how each stands at a glance, day by day, and one with its troubles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Response

from models.desk import Desk
from models.questions import sources as asks
from models.questions.filters import Filters, Slug, SourceFilters
from web.house import AskDesk, AskView, View
from web.pages.entries import tell_article
from web.twins import Entry, Listing, Single, add_single_twins, add_twins

router = APIRouter(tags=["sources"])


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A day of a source: a mark to look at, and what it means."""

    mark: str
    said: asks.SourceDay | None


def mark_of(said: asks.SourceDay | None) -> str:
    """Say in a word how a day went: unasked, silent, quiet or so many articles."""
    if said is None or not said.asked:
        return "unasked"
    if not said.answered:
        return "silent"
    return "articles" if said.articles + said.copies else "quiet"


def entry_of(view: View, each: asks.SourceHealth) -> Entry:
    """Tell how a source stands in a feed."""
    summary = f"{view.speech.one_of('health', each.health)} {each.trouble_seen or ''}".strip()
    return Entry(
        path=f"/sources/{each.source}", title=each.outlet, updated_on=each.since or view.house.day(), summary=summary
    )


def _list(desk: Desk, _: Filters) -> tuple[asks.SourceHealth, ...]:
    return asks.list_health(desk)


add_twins(router, Listing(path="/sources", filters=Filters, record=asks.SourceHealth, ask=_list, entry=entry_of))


@router.get("/sources", include_in_schema=False)
def sources(view: AskView, desk: AskDesk, wanted: Annotated[SourceFilters, Query()]) -> Response:
    """Show how sources stand."""
    last = view.house.clock().date()
    days = [last - timedelta(days=back) for back in range(wanted.days)]
    told = {(each.source, each.day): each for each in asks.list_days(desk, days[-1], last)}
    found = asks.list_health(desk)
    return view.paint(
        "sources.html",
        wanted=wanted,
        sources=[(each, _row(each.source, days, told)) for each in found],
        days=days,
        standing=Counter(each.health for each in found),
        trouble=[each for each in found if each.trouble],
    )


def _read(view: View, desk: Desk, source: str) -> asks.WholeSource | None:
    return asks.read_whole_source(desk, source, view.house.clock().date())


add_single_twins(
    router,
    Single(
        path="/sources/{source}",
        named="source",
        key=Slug,
        whole=asks.WholeSource,
        ask=_read,
        record=asks.SourceDay,
        rows=lambda whole: whole.days,
        entries=lambda _, whole: map(tell_article, whole.articles),
    ),
)


@router.get("/sources/{source}", include_in_schema=False)
def source(view: AskView, desk: AskDesk, source: Annotated[Slug, Path()]) -> Response:
    """Show one source."""
    whole = _read(view, desk, source)
    if whole is None:
        raise HTTPException(404)
    return view.paint("source.html", source=whole.source, days=whole.days, stands=whole.stands, articles=whole.articles)


def _row(source: str, days: list[date], told: Mapping[tuple[str, date], asks.SourceDay]) -> list[Shown]:
    found = [told.get((source, day)) for day in days]
    return [Shown(mark=mark_of(each), said=each) for each in found]
