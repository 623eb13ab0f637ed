"""Where analysts put right what is wrong: a visit with a name and a password, forms, and what came of each."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Path, Query, Request, Response
from starlette.responses import RedirectResponse

from analysis.errors import ConflictError, CorrectionError, MarsadError, UnknownNameError
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
from web.forms import AskForm, Form, facts_in, tags_in
from web.house import AskDesk, AskHouse, AskView, View
from web.names import name_in
from web.passwords import address_of
from web.writers import COOKIE, LASTS, Writers, WriterVisit, is_from_elsewhere

router = APIRouter(include_in_schema=False)
Number = Annotated[int, Path(ge=1, le=GREATEST)]
OURS = re.compile(r"/(?:events|articles)/\d{1,19}(?:/correct)?")


class EventAct(StrEnum):
    """What can be done to an event."""

    CONFIRM = "confirm"
    RETRACT = "retract"
    RESTORE = "restore"
    FIX = "fix"
    RELEASE = "release"
    MERGE = "merge"
    SPLIT = "split"


class NobodyWritesError(MarsadError):
    """A form or its answer was asked for by somebody who gave no password."""


class BrokenFormError(MarsadError):
    """A form is of another visit, or comes from another site."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Writing:
    """A writer at work."""

    writers: Writers
    visit: WriterVisit

    @property
    def token(self) -> str:
        """What each form of this visit carries."""
        return self.writers.token(self.visit)

    def number(self) -> str:
        """Return a number for one more form."""
        return secrets.token_urlsafe(9)


def ask_writers(house: AskHouse) -> Writers:
    """Return who knows the writers."""
    assert house.writers is not None  # noqa: S101 the routes are there only with them
    return house.writers


AskWriters = Annotated[Writers, Depends(ask_writers)]


def ask_writing(request: Request, house: AskHouse, writers: AskWriters) -> Writing:
    """Return the writer; raises NobodyWritesError for anybody else."""
    visit = writers.visit(request.cookies.get(COOKIE), house.clock())
    if visit is None:
        raise NobodyWritesError("the writer's password is needed")
    return Writing(writers=writers, visit=visit)


AskWriting = Annotated[Writing, Depends(ask_writing)]


def ask_sent(request: Request, writing: AskWriting, form: AskForm) -> Form:
    """Return a form that was sent from a page of this visit; raises BrokenFormError for any other."""
    if is_from_elsewhere(request) or not writing.writers.accepts(writing.visit, form.once):
        raise BrokenFormError("the form is none of this visit")
    return form


AskSent = Annotated[Form, Depends(ask_sent)]


def add_corrections(app: FastAPI) -> None:
    """Let an application take corrections."""
    app.include_router(router)
    app.add_exception_handler(NobodyWritesError, _to_the_door)
    app.add_exception_handler(BrokenFormError, _to_the_form)


async def _to_the_door(request: Request, _: Exception) -> Response:
    return RedirectResponse(f"/writer?to={quote(_page_of(request.url.path), safe='/')}", 303)


async def _to_the_form(request: Request, _: Exception) -> Response:
    house = request.app.state.house
    facts = {"to": _page_of(request.url.path), "name": "", "wrong": "form"}
    response: Response = house.painter.paint(request, "writer.html", facts, 403)
    return response


def _page_of(path: str) -> str:
    found = OURS.match(path)
    return found.group() if found else "/"


# ---------------------------------------------------------------- the door


@router.get("/writer")
def door(view: AskView, to: Annotated[str, Query(max_length=100)] = "/") -> Response:
    """Ask who writes."""
    return view.paint("writer.html", to=_page_of(to), name="", wrong="")


@router.post("/writer")
def enter(request: Request, view: AskView, writers: AskWriters, form: AskForm) -> Response:
    """Let a writer in who knows the password and gives a name."""
    to, name = _page_of(form.text("to")), form.text("name")
    if is_from_elsewhere(request):
        return _refused(view, to, name, "form")
    verdict = writers.password.judge(form.once.get("password", ""), address_of(request.scope))
    if verdict.wait_seconds:
        answer = _refused(view, to, name, "often", 429)
        answer.headers["Retry-After"] = str(verdict.wait_seconds)
        return answer
    if not verdict.is_right:
        return _refused(view, to, name, "password")
    try:
        Hand(name=name)
    except CorrectionError as error:
        return _refused(view, to, name, error.reason)
    answer = RedirectResponse(to, 303)
    opened, is_secure = writers.open(name, view.house.clock()), request.url.scheme == "https"
    seconds = int(LASTS.total_seconds())
    answer.set_cookie(COOKIE, opened, max_age=seconds, httponly=True, samesite="strict", secure=is_secure)
    return answer


def _refused(view: View, to: str, name: str, wrong: str, status: int = 403) -> Response:
    return view.paint_with("writer.html", {"to": to, "name": name, "wrong": wrong}, status)


@router.post("/writer/leave")
def leave(_: AskSent) -> Response:
    """Let a writer go."""
    answer = RedirectResponse("/", 303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return answer


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
    """Put the tags of an article right, and show it; one that is none of ours is shown no more."""
    try:
        fix, hand = tags_in(form), form.hand(writing.visit.name)
        if fix.relevant is False and not hand.because:
            raise CorrectionError("say why it is none of ours", "why")  # noqa: TRY301 told as any other
        writing.writers.book.fix_tags(article, replace(fix, relevant=False if fix.relevant is False else None), hand)
    except ConflictError:
        return _article_forms(view, desk, writing, article, wrong="conflict", status=409)
    except (CorrectionError, UnknownNameError) as error:
        reason = error.reason if isinstance(error, CorrectionError) else "unknown"
        return _article_forms(view, desk, writing, article, wrong=reason, status=422)
    return RedirectResponse("/search" if fix.relevant is False else f"/articles/{article}", 303)


def _article_forms(  # noqa: PLR0913 as above
    view: View,
    desk: Desk,
    writing: Writing,
    number: int,
    *,
    wrong: str = "",
    status: int = 200,
) -> Response:
    whole = read_article(desk, number)
    if whole is None:
        raise HTTPException(404)
    corrections = corrections_of_article(desk, number)
    facts = {
        "article": whole.article,
        "tags": [each for each in whole.tags if each.kind in {"theme", "country"}],
        "themes": _choices(view, desk, "theme"),
        "countries": _choices(view, desk, "country"),
        **_written(view, writing, wrong, corrections, last_seen(corrections)),
    }
    return view.paint_with("correct_article.html", facts, status)
