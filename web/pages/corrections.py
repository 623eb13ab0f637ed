"""Where analysts put right what is wrong: forms of an event or an article, and what came of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Response
from starlette.responses import RedirectResponse

from analysis.errors import ConflictError, CorrectionError, UnknownNameError
from analysis.records import Direction, EventKind, Precision
from models.corrections import CorrectionBook
from models.desk import Desk
from models.hands import Hand
from models.questions import events as asks
from models.questions.articles import read_article
from models.questions.corrections import Correction, corrections_of_article, fixed_by, last_seen
from models.questions.filters import GREATEST
from models.questions.names import name_choices
from models.questions.near import events_near, find_spelt
from web.corrected import shown_corrections
from web.forms import Form, facts_in, tags_in
from web.house import AskDesk, AskView, View
from web.names import name_in
from web.pages.door import AskSent, AskWriting, Writing

router = APIRouter(include_in_schema=False)
Number = Annotated[int, Path(ge=1, le=GREATEST)]


class EventAct(StrEnum):
    """What can be done to an event."""

    CONFIRM = "confirm"
    RETRACT = "retract"
    RESTORE = "restore"
    FIX = "fix"
    RELEASE = "release"
    MERGE = "merge"
    SPLIT = "split"


# ---------------------------------------------------------------- events


@router.get("/events/{event:int}/correct")
def event_forms(view: AskView, desk: AskDesk, writing: AskWriting, event: Number) -> Response:
    """Show what can be put right of an event."""
    return _event_forms(view, desk, writing, event)


@router.post("/events/{event:int}/correct/{act}")
def correct_event(  # noqa: PLR0913, PLR0917 each is handed in by FastAPI
    view: AskView, desk: AskDesk, writing: AskWriting, form: AskSent, event: Number, act: EventAct
) -> Response:
    """Put an event right, and show it."""
    try:
        hand = form.hand(writing.visit.name)
        number = _act(writing.writers.book, act, event, form, hand, lambda kind, said: find_spelt(desk, kind, said))
    except ConflictError:
        return _event_forms(view, desk, writing, event, wrong="conflict", status=409)
    except (CorrectionError, UnknownNameError) as error:
        reason = error.reason if isinstance(error, CorrectionError) else "unknown"
        return _event_forms(view, desk, writing, event, wrong=reason, status=422)
    return RedirectResponse(f"/events/{number}#corrections", 303)


def _act(  # noqa: PLR0913, PLR0917 what a form means
    book: CorrectionBook, act: EventAct, event: int, form: Form, hand: Hand, find: Callable[[str, str], str]
) -> int:
    match act:
        case EventAct.FIX:
            return book.fix(event, facts_in(form, find), hand)
        case EventAct.MERGE:
            return book.merge(event, form.number("other"), hand)
        case EventAct.SPLIT:
            book.split(event, form.numbers("article"), hand)
            return event
        case EventAct.RETRACT if not hand.because:
            raise CorrectionError("say why it did not happen", "why")
    plain = {"confirm": book.confirm, "retract": book.retract, "restore": book.restore, "release": book.release}
    return plain[act](event, hand)


def _event_forms(  # noqa: PLR0913 what the page is made of
    view: View,
    desk: Desk,
    writing: Writing,
    number: int,
    *,
    wrong: str = "",
    status: int = 200,
) -> Response:
    whole = asks.read_event(desk, asks.merged_into(desk, number) or number)
    if whole is None:
        raise HTTPException(404)
    seen = last_seen(whole.corrections)
    facts = {
        "whole": whole,
        "event": whole.event,
        "fixed": fixed_by(whole.corrections),
        "near": events_near(desk, whole.event),
        "articles": list({each.article: each for each in whole.reports}.values()),
        "countries": _choices(view, desk, "country"),
        "places": _choices(view, desk, "place"),
        "people": _choices(view, desk, "person"),
        "bodies": _choices(view, desk, "body"),
        "kinds": list(EventKind),
        "directions": list(Direction),
        "precisions": list(Precision),
        **_written(view, writing, wrong, whole.corrections, seen),
    }
    return view.paint_with("correct_event.html", facts, status)


def _written(view: View, writing: Writing, wrong: str, corrections: Sequence[Correction], seen: int) -> dict[str, Any]:
    return {
        "writing": writing,
        "wrong": wrong,
        "seen": seen,
        "last": corrections[-1] if corrections else None,
        "corrections": shown_corrections(corrections, view.speech),
    }


def _choices(view: View, desk: Desk, kind: str) -> list[tuple[str, str]]:
    language = view.speech.look.language
    named = ((each.id, name_in(language, each, each.id)) for each in name_choices(desk, kind))
    return sorted(named, key=lambda pair: pair[1])


# ---------------------------------------------------------------- articles


@router.get("/articles/{article:int}/correct")
def article_forms(view: AskView, desk: AskDesk, writing: AskWriting, article: Number) -> Response:
    """Show what can be put right of an article."""
    return _article_forms(view, desk, writing, article)


@router.post("/articles/{article:int}/correct")
def correct_article(view: AskView, desk: AskDesk, writing: AskWriting, form: AskSent, article: Number) -> Response:
    """Put the tags of an article right, and show it; of one that is none of ours, how that is taken back."""
    try:
        fix, hand = tags_in(form, lambda kind, said: find_spelt(desk, kind, said)), form.hand(writing.visit.name)
        if fix.relevant is False and not hand.because:
            raise CorrectionError("say why it is none of ours", "why")  # noqa: TRY301 told as any other
        writing.writers.book.fix_tags(article, fix, hand)
    except ConflictError:
        return _article_forms(view, desk, writing, article, wrong="conflict", status=409)
    except (CorrectionError, UnknownNameError) as error:
        reason = error.reason if isinstance(error, CorrectionError) else "unknown"
        return _article_forms(view, desk, writing, article, wrong=reason, status=422)
    return RedirectResponse(f"/articles/{article}" + ("" if fix.relevant is None else "/correct"), 303)


def _article_forms(  # noqa: PLR0913 as above
    view: View,
    desk: Desk,
    writing: Writing,
    number: int,
    *,
    wrong: str = "",
    status: int = 200,
) -> Response:
    whole, corrections = read_article(desk, number), corrections_of_article(desk, number)
    written = _written(view, writing, wrong, corrections, last_seen(corrections))
    if whole is None:
        judged = [each.is_now["relevant"] for each in corrections if each.is_now and "relevant" in each.is_now]
        if not judged:
            raise HTTPException(404)
        return view.paint_with("correct_gone.html", {"number": number, "is_gone": not judged[-1], **written}, status)
    choices = {kind: _choices(view, desk, kind) for kind in ("theme", "country", "person", "body")}
    facts = {"article": whole.article, "tags": whole.tags, "choices": choices, **written}
    return view.paint_with("correct_article.html", facts, status)
