"""Stories: who told the news first, how it grew; and a copy beside its original."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Response
from starlette.responses import RedirectResponse

from models.questions import stories as asks
from models.questions.filters import GREATEST
from models.questions.filters import Number as Digits
from web.filters import StoryPage
from web.house import AskDesk, AskView, View
from web.pages.entries import tell_article
from web.reading import shown_pair
from web.twins import Entry, Listing, Single, add_single_twins, add_twins

router = APIRouter(tags=["stories"])
Number = Annotated[int, Path(ge=1, le=GREATEST)]
PART, DAYS_SHOWN = 50, 31


def entry_of(_: View, story: asks.StoryFacts) -> Entry:
    """Tell of a story in a feed."""
    return Entry(path=f"/stories/{story.story}", title=story.title, updated_on=story.last_on, summary=story.outlet)


add_twins(
    router,
    Listing(path="/stories", filters=StoryPage, record=asks.StoryFacts, ask=asks.list_stories, entry=entry_of),
)


@router.get("/stories", include_in_schema=False)
def stories(view: AskView, desk: AskDesk, wanted: Annotated[StoryPage, Query()]) -> Response:
    """List stories."""
    found = asks.list_stories(desk, wanted)
    last = found[-1] if len(found) == wanted.most else None
    return view.paint(
        "stories.html",
        wanted=wanted,
        stories=found,
        after={"after": last.last_on, "number": last.story} if last else None,
    )


add_single_twins(
    router,
    Single(
        path="/stories/{story:int}",
        named="story",
        key=Digits,
        whole=asks.WholeStory,
        ask=lambda _, desk, story: asks.read_story(desk, story),
        record=asks.Teller,
        rows=lambda whole: whole.articles,
        entries=lambda _, whole: map(tell_article, whole.articles),
    ),
)
add_single_twins(
    router,
    Single(
        path="/copies/{article:int}",
        named="article",
        key=Digits,
        whole=asks.Pair,
        ask=lambda _, desk, article: asks.read_pair(desk, article),
        record=asks.Pair,
        rows=lambda pair: [pair],
        entries=lambda view, pair: [tell_article(pair, view.speech.one_of("copy", pair.kind))],
    ),
)


@router.get("/stories/{story:int}", include_in_schema=False)
def story(view: AskView, desk: AskDesk, story: Number, begin: Annotated[int, Query(ge=0, le=GREATEST)] = 0) -> Response:
    """Show a story, a long one part by part; one that proved to be part of another leads there."""
    whole = asks.read_story(desk, story, begin, PART)
    if whole is None:
        kept = asks.story_merged_into(desk, story)
        if kept is None:
            raise HTTPException(404)
        return RedirectResponse(f"/stories/{kept}", 301)
    last = begin + len(whole.articles)
    rest = last if last < whole.story.articles else None
    growth, is_by_month = grown(whole.growth)
    shown = {"growth": growth, "is_by_month": is_by_month, "begin": begin, "last": last, "rest": rest}
    return view.paint("story.html", whole=whole, story=whole.story, **shown)


def grown(growth: Sequence[asks.GrowthDay]) -> tuple[list[tuple[date, int]], bool]:
    """Return how many articles came by day, or by month for many days, and whether it is by month."""
    is_by_month, sums = len(growth) > DAYS_SHOWN, Counter[date]()
    for each in growth:
        sums[each.day.replace(day=1) if is_by_month else each.day] += each.articles
    return sorted(sums.items()), is_by_month


@router.get("/copies/{article:int}", include_in_schema=False)
def copies(view: AskView, desk: AskDesk, article: Number) -> Response:
    """Show a copy beside its original."""
    pair = asks.read_pair(desk, article)
    if pair is None:
        raise HTTPException(404)
    return view.paint("copy.html", shown=shown_pair(pair), pair=pair)
