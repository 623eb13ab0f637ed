"""How a reader sees the page: the language of its own words, light or dark; chosen by plain links, kept in cookies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from babel import negotiate_locale
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from analysis.records import Language

LANGUAGES = tuple(str(each) for each in Language if each is not Language.OTHER)
THEMES = ("auto", "light", "dark")
CHOICES = {"lang": LANGUAGES, "look": THEMES}
YEAR_SECONDS = 365 * 24 * 3600
Pairs = list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """What a reader chose: a language of the page's own words and a theme (auto, light, dark)."""

    language: Language
    theme: str

    @property
    def direction(self) -> str:
        """The direction of the page, as HTML says it."""
        return direction_of(self.language)


def direction_of(language: str | None) -> str:
    """Return the direction of a text in a language; `auto` where that is not known."""
    if language in (None, "", Language.OTHER):
        return "auto"
    return "rtl" if language == Language.ARABIC else "ltr"


class LookTaker:
    """Takes `lang` and `look` out of the address into cookies, and makes addresses short: no empty fields."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the look that was asked for."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if _is_of_a_form(scope, pairs):
            await _shortened(scope["path"], pairs)(scope, receive, send)
            return
        chosen = {name: value for name, value in pairs if value in CHOICES.get(name, ())}
        rest = [(name, value) for name, value in pairs if chosen.get(name) != value]
        scope["query_string"] = urlencode(rest).encode("ascii")
        scope.setdefault("state", {})["look"] = _look(Headers(scope=scope), chosen)

        async def keep(message: Message) -> None:
            if message["type"] == "http.response.start":
                _keep(MutableHeaders(scope=message), chosen)
            await send(message)

        await self._app(scope, receive, keep)


def _is_of_a_form(scope: Scope, pairs: Pairs) -> bool:
    """Tell whether a form sent fields that nobody filled; a twin is asked as it is documented."""
    return (
        scope["method"] == "GET"
        and "." not in scope["path"].rpartition("/")[2]
        and any(not value for _, value in pairs)
    )


def _shortened(path: str, pairs: Pairs) -> RedirectResponse:
    kept = urlencode([(name, value) for name, value in pairs if value])
    # one slash before the path: two would name another host
    return RedirectResponse(f"/{path.lstrip('/')}" + (f"?{kept}" if kept else ""), status_code=303)


def _look(headers: Headers, chosen: dict[str, str]) -> Look:
    cookies = cookie_parser(headers.get("cookie", ""))
    kept = {name: cookies.get(f"marsad_{name}") for name in CHOICES}
    language = chosen.get("lang") or kept["lang"]
    if language not in LANGUAGES:
        language = _preferred(headers.get("accept-language", ""))
    theme = chosen.get("look") or kept["look"]
    return Look(language=Language(language), theme=theme if theme in THEMES else "auto")


def _preferred(accepted: str) -> str:
    """Choose the reader's first language that the page has, else English; weights are in the order they are written."""
    wanted: Sequence[str] = [part.partition(";")[0].strip().replace("-", "_") for part in accepted.split(",")]
    found = negotiate_locale([each for each in wanted if each], LANGUAGES)
    return found or str(Language.ENGLISH)


def _keep(headers: MutableHeaders, chosen: dict[str, str]) -> None:
    headers.add_vary_header("Cookie")
    headers.add_vary_header("Accept-Language")
    for name, value in chosen.items():
        headers.append("Set-Cookie", f"marsad_{name}={value}; Path=/; Max-Age={YEAR_SECONDS}; HttpOnly; SameSite=Lax")
