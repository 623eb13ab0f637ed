"""The door of writers: a visit with a name and a password, and who may send a form."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response
from starlette.responses import RedirectResponse

from analysis.errors import CorrectionError, MarsadError
from models.hands import Hand
from web.forms import AskForm, Form
from web.house import AskHouse, AskView, View
from web.passwords import address_of
from web.writers import COOKIE, LASTS, Writers, WriterVisit, is_from_elsewhere

router = APIRouter(include_in_schema=False)
OURS = re.compile(r"/(?:events|articles)/\d{1,19}(?:/correct)?")


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


def add_door(app: FastAPI) -> None:
    """Let writers come into an application."""
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
