"""Search, and one article as it was read: its text with what was found in it, never the HTML of its page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Response

from analysis.records import Language
from models.questions import articles as asks
from models.questions.filters import GREATEST
from models.questions.names import name_choices
from models.questions.sources import list_sources
from web.filters import SearchPage
from web.house import AskDesk, AskView, View
from web.names import name_in, outlet_in
from web.reading import marked_text, marked_title
from web.twins import REFUSALS, Entry, Listing, add_twins

router = APIRouter(tags=["articles"])
MORE, MOST = 40, 200


def entry_of(_: View, found: asks.FoundArticle) -> Entry:
    """Tell of an article in a feed."""
    return Entry(
        path=f"/articles/{found.article}", title=found.title, updated_on=found.told_on, summary=found.headline or ""
    )


add_twins(
    router, Listing(path="/search", filters=SearchPage, record=asks.FoundArticle, ask=asks.search, entry=entry_of)
)


@router.get("/search", include_in_schema=False)
def search(view: AskView, desk: AskDesk, wanted: Annotated[SearchPage, Query()]) -> Response:
    """Find articles."""
    found, language = asks.search(desk, wanted), view.speech.look.language
    named = {
        kind: sorted(
            ((each.id, name_in(language, each, each.id)) for each in name_choices(desk, kind)), key=lambda pair: pair[1]
        )
        for kind in ("theme", "country")
    }
    return view.paint(
        "search.html",
        wanted=wanted,
        found=found,
        more=min(wanted.most + MORE, MOST) if len(found) == wanted.most < MOST else None,
        themes=named["theme"],
        countries=named["country"],
        sources=[(each.source, outlet_in(language, each)) for each in list_sources(desk)],
        press=[each for each in Language if each is not Language.OTHER],
    )


@router.get("/articles/{article:int}.json", responses={404: {"description": "There is no such article"}, **REFUSALS})
def article_as_json(desk: AskDesk, article: Annotated[int, Path(ge=1, le=GREATEST)]) -> asks.WholeArticle:
    """Tell all about an article; of a very long text the beginning."""
    whole = asks.read_article(desk, article)
    if whole is None:
        raise HTTPException(404)
    return whole


@router.get("/articles/{article:int}", include_in_schema=False)
def article(
    view: AskView,
    desk: AskDesk,
    article: Annotated[int, Path(ge=1, le=GREATEST)],
    begin: Annotated[int, Query(ge=0, le=10**8)] = 0,
) -> Response:
    """Show an article, a long one part by part."""
    whole = asks.read_article(desk, article, begin)
    if whole is None:
        raise HTTPException(404)
    rest = begin + asks.PART
    return view.paint(
        "article.html",
        whole=whole,
        article=whole.article,
        title=marked_title(whole),
        text=marked_text(whole, begin),
        begin=begin,
        rest=rest if rest < whole.article.length else None,
    )
