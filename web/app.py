"""The application: its routes, what stands before them, and how it says that something cannot be shown."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exception_handlers import http_exception_handler, request_validation_exception_handler
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from analysis.errors import DatabaseUnavailableError
from models.desk import TooSlowError
from web.fonts import router as fonts
from web.house import House
from web.look import LookTaker
from web.pages import about, alerts, articles, events, names, sources, stories, today
from web.pages.corrections import router as corrections
from web.pages.door import add_door
from web.safety import HEADERS, SafeHeaders

STATIC = Path(__file__).with_name("static")
ROUTERS = (today, events, articles, stories, names, sources, alerts, about)
DESCRIPTION = "What the Moroccan press says of security diplomacy: lists as JSON, CSV and Atom."


def make_app(house: House, password: str | None = None) -> FastAPI:
    """Make the application; with a password everything needs it."""
    app = FastAPI(title="marsad", description=DESCRIPTION, docs_url=None, redoc_url=None)
    app.state.house = house
    for each in ROUTERS:
        app.include_router(each.router)
    if house.writers is not None:
        add_door(app)
        app.include_router(corrections)
    app.include_router(fonts)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_exception_handler(HTTPException, _not_there)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(TooSlowError, _not_now)
    app.add_exception_handler(DatabaseUnavailableError, _not_now)
    app.add_exception_handler(Exception, _broken)
    app.add_middleware(LookTaker)
    app.add_middleware(SafeHeaders, password=password)
    return app


async def _not_there(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 as it is registered
    if _is_for_programs(request):
        return await http_exception_handler(request, error)
    return _page(request, error.status_code)


async def _not_understood(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 as it is registered
    if _is_for_programs(request):
        return await request_validation_exception_handler(request, error)
    return _page(request, 422, names=sorted({str(each["loc"][-1]) for each in error.errors()}))


async def _not_now(request: Request, error: Exception) -> Response:
    kind = "slow" if isinstance(error, TooSlowError) else "away"
    if _is_for_programs(request):
        return JSONResponse({"detail": str(error)}, 503)
    return _page(request, 503, kind=kind)


async def _broken(request: Request, _: Exception) -> Response:
    """Say so where nobody expected it; this answer passes no middleware, so it brings its headers along."""
    answer = JSONResponse({"detail": "broken"}, 500) if _is_for_programs(request) else _page(request, 500)
    answer.headers.update(HEADERS)
    return answer


def _is_for_programs(request: Request) -> bool:
    return "." in request.url.path.rpartition("/")[2]


def _page(request: Request, status: int, names: list[str] | None = None, kind: str = "") -> Response:
    house: House = request.app.state.house
    facts = {"status": status, "names": names or [], "kind": kind or str(status)}
    return house.painter.paint(request, "error.html", facts, status)
