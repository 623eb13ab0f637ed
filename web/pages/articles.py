"""Search, and one article as it was read: its text with what was found in it, never the HTML of its page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Response

from analysis.records import Language
from models.questions import articles as asks
from models.questions.filters import GREATEST, Number
from models.questions.names import name_choices
from models.questions.sources import list_sources
from web.filters import SearchPage
from web.house import AskDesk, AskView, View
from web.names import name_in, outlet_in
from web.pages.entries import tell_article
from web.reading import marked_text, marked_title
from web.twins import Entry, Listing, Single, add_single_twins, add_twins

router = APIRouter(tags=["articles"])
MORE, MOST = 40, 200


def _entry(_: View, found: asks.FoundArticle) -> Entry:
    return tell_article(found, found.headline)


add_twins(router, Listing(path="/search", filters=SearchPage, record=asks.FoundArticle, ask=asks.search, entry=_entry))


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
        most=MOST if len(found) == MOST else None,
        themes=named["theme"],
        countries=named["country"],
        sources=[(each.source, outlet_in(language, each)) for each in list_sources(desk)],
        press=[each for each in Language if each is not Language.OTHER],
    )


add_single_twins(
    router,
    Single(
        path="/articles/{article:int}",
        named="article",
        key=Number,
        whole=asks.WholeArticle,
        ask=lambda _, desk, article: asks.read_article(desk, article),
        record=asks.Said,
        rows=lambda whole: whole.reports,
        entries=lambda _, whole: [tell_article(whole.article)],
    ),
)


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
        can_write=view.house.writers is not None,
    )
