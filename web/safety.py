"""What keeps the page harmless: strict headers on every answer, a password where others could reach it."""

from __future__ import annotations

import base64
import binascii
import hmac
import ipaddress

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from analysis.errors import SettingsError

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


class SafeHeaders:
    """Sets the headers on every answer, and asks for the password where one is set."""

    def __init__(self, app: ASGIApp, password: str | None = None) -> None:
        """Stand before an application."""
        self._app, self._password = app, password

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse who does not know the password."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers.setdefault("Cache-Control", PRIVATE)
            await send(message)

        if scope["type"] == "http" and self._password is not None and not _knows(Headers(scope=scope), self._password):
            refusal = PlainTextResponse(
                "The password, please.", 401, {"WWW-Authenticate": 'Basic realm="marsad", charset="UTF-8"'}
            )
            await refusal(scope, receive, with_headers)
            return
        await self._app(scope, receive, with_headers)


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


def _knows(headers: Headers, password: str) -> bool:
    """Tell whether the password was given, in a time that does not say how much of it; any name will do."""
    scheme, _, written = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return False
    try:
        _, _, given = base64.b64decode(written, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return False
    return hmac.compare_digest(given.encode(), password.encode())
