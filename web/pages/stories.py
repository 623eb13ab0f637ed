"""Stories: who told the news first, how it grew; and a copy beside its original."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Response

from models.questions import stories as asks
from models.questions.filters import GREATEST
from web.filters import StoryPage
from web.house import AskDesk, AskView, View
from web.reading import shown_pair
from web.twins import REFUSALS, Entry, Listing, add_twins

router = APIRouter(tags=["stories"])
Number = Annotated[int, Path(ge=1, le=GREATEST)]


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


@router.get("/stories/{story:int}.json", responses={404: {"description": "There is no such story"}, **REFUSALS})
def story_as_json(desk: AskDesk, story: Number) -> asks.WholeStory:
    """Tell all about a story."""
    whole = asks.read_story(desk, story)
    if whole is None:
        raise HTTPException(404)
    return whole


@router.get("/stories/{story:int}", include_in_schema=False)
def story(view: AskView, desk: AskDesk, story: Number) -> Response:
    """Show a story."""
    whole = asks.read_story(desk, story)
    if whole is None:
        raise HTTPException(404)
    grown = sorted(Counter(each.told_on for each in whole.articles).items())
    return view.paint("story.html", whole=whole, story=whole.story, grown=grown)


@router.get("/copies/{article:int}", include_in_schema=False)
def copies(view: AskView, desk: AskDesk, article: Number) -> Response:
    """Show a copy beside its original."""
    pair = asks.read_pair(desk, article)
    if pair is None:
        raise HTTPException(404)
    return view.paint("copy.html", shown=shown_pair(pair), pair=pair)
