"""Who may write on the page: a name and the writer's password open a visit, and every form carries its token."""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from fastapi import Request

from models.corrections import CorrectionBook
from web.passwords import Password

COOKIE = "marsad_writer"
LASTS = timedelta(hours=12)
OWN_SITES = frozenset({None, "same-origin", "none"})


@dataclass(frozen=True, kw_only=True, slots=True)
class WriterVisit:
    """One writer who gave the password: the name he or she gave, and what the tokens of this visit are made of."""

    name: str
    nonce: str
    until: float


class Writers:
    """Opens and knows visits of writers, who know the password; what is written goes through the book."""

    def __init__(self, password: str, book: CorrectionBook) -> None:
        """Sign with a key of this process: visits end with it."""
        self.book, self.password = book, Password(password)
        self._key = secrets.token_bytes(32)

    def open(self, name: str, now: datetime) -> str:
        """Return the cookie of a new visit."""
        visit = {"name": name, "nonce": secrets.token_urlsafe(12), "until": (now + LASTS).timestamp()}
        said = base64.urlsafe_b64encode(json.dumps(visit).encode()).decode()
        return f"{said}.{self._sign('visit', said)}"

    def visit(self, cookie: str | None, now: datetime) -> WriterVisit | None:
        """Return the visit of a cookie, None for one that is over or none of ours."""
        said, _, seal = (cookie or "").partition(".")
        if not hmac.compare_digest(seal.encode(), self._sign("visit", said).encode()):
            return None
        try:
            found = WriterVisit(**json.loads(base64.urlsafe_b64decode(said)))
        except (binascii.Error, ValueError, TypeError):
            return None
        return found if found.until > now.timestamp() else None

    def token(self, visit: WriterVisit) -> str:
        """Return what a form of this visit carries."""
        return self._sign("form", visit.nonce)

    def accepts(self, visit: WriterVisit, form: Mapping[str, str]) -> bool:
        """Tell whether a form is of this visit."""
        return hmac.compare_digest(form.get("token", "").encode(), self.token(visit).encode())

    def _sign(self, what: str, said: str) -> str:
        return hmac.digest(self._key, f"{what}:{said}".encode(), "sha256").hex()


def is_from_elsewhere(request: Request) -> bool:
    """Tell whether a browser says that another site sends this; a page without referrer has the origin `null`."""
    origin = request.headers.get("origin", "null")
    is_other = origin != "null" and urlsplit(origin).netloc != request.headers.get("host")
    return is_other or request.headers.get("sec-fetch-site") not in OWN_SITES
