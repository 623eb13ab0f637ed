"""What every route is handed: the desk to ask, the painter of pages, and the day it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy import Engine
from starlette.responses import HTMLResponse

from models.desk import Desk, open_desk
from web.look import CHOICES
from web.painter import Painter, Speech
from web.writers import Writers


def clock() -> datetime:
    """Return the moment it is."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """What the page is made with; `today` stands in for the clock's day on a press of the past.

    Without `writers` nothing can be written.
    """

    engine: Engine
    painter: Painter
    today: date | None = None
    clock: Callable[[], datetime] = field(default=clock)
    writers: Writers | None = None

    def day(self) -> date:
        """Return the day it is."""
        return self.today or self.clock().date()


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """One reader's page: painted in his or her look."""

    request: Request
    house: House

    @property
    def speech(self) -> Speech:
        """How the page speaks to this reader."""
        return self.house.painter.speech(self.request.state.look)

    def paint(self, template: str, **facts: Any) -> HTMLResponse:  # noqa: ANN401 whatever the template shows
        """Answer with a page."""
        return self.house.painter.paint(self.request, template, facts)

    def paint_with(self, template: str, facts: Mapping[str, Any], status: int) -> HTMLResponse:
        """Answer with a page and a status of HTTP."""
        return self.house.painter.paint(self.request, template, facts, status)


def house_of(request: Request) -> House:
    """Return the house of the application."""
    house: House = request.app.state.house
    return house


def ask_desk(house: Annotated[House, Depends(house_of)]) -> Iterator[Desk]:
    """Open the desk for one answer."""
    with open_desk(house.engine) as desk:
        yield desk


def ask_view(request: Request, house: Annotated[House, Depends(house_of)]) -> View:
    """Return the reader's view; a language or theme that the page does not have is refused."""
    for name, choices in CHOICES.items():
        if name in request.query_params:
            found = {"type": "enum", "loc": ("query", name), "msg": f"one of {', '.join(choices)}"}
            raise RequestValidationError([{**found, "input": request.query_params[name]}])
    return View(request=request, house=house)


AskHouse = Annotated[House, Depends(house_of)]
AskDesk = Annotated[Desk, Depends(ask_desk)]
AskView = Annotated[View, Depends(ask_view)]
