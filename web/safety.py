"""What keeps the page harmless: strict headers on every answer, a password where others could reach it."""

from __future__ import annotations

import base64
import binascii
import ipaddress

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from analysis.errors import SettingsError
from web.passwords import Password, address_of

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
PRIVATE = "private, no-cache"
ASKS = {"WWW-Authenticate": 'Basic realm="marsad", charset="UTF-8"'}


class SafeHeaders:
    """Sets the headers on every answer, and asks for the password where one is set."""

    def __init__(self, app: ASGIApp, password: str | None = None) -> None:
        """Stand before an application."""
        self._app, self._password = app, None if password is None else Password(password)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse who does not know the password."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers.setdefault("Cache-Control", PRIVATE)
            await send(message)

        answer = self._refusal(scope) if scope["type"] == "http" else None
        await (answer or self._app)(scope, receive, with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        """Return what is answered to who does not know the password, or guessed it wrong too often; None: come in."""
        if self._password is None:
            return None
        given = _given(Headers(scope=scope))
        if given is None:
            return PlainTextResponse("The password, please.", 401, ASKS)
        verdict = self._password.judge(given, address_of(scope))
        if verdict.is_right:
            return None
        if verdict.wait_seconds:
            return PlainTextResponse("Too many wrong passwords.", 429, {"Retry-After": str(verdict.wait_seconds)})
        return PlainTextResponse("The password, please.", 401, ASKS)


def refuse_open_address(host: str, password: str | None) -> None:
    """Raise SettingsError for an address others can reach while no password is set."""
    if password is None and not _is_loopback(host):
        message = f"{host} can be reached by others: set MARSAD_WEB_PASSWORD first, or listen on 127.0.0.1"
        raise SettingsError(message)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _given(headers: Headers) -> str | None:
    """Return the password that was sent with any name, None for none."""
    scheme, _, written = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        return base64.b64decode(written, validate=True).decode("utf-8").partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return None
