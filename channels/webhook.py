"""A webhook signed as Standard Webhooks asks: the id is the letter's key, so a receiver that saw it knows it again."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx
from standardwebhooks.webhooks import Webhook as Signer

from analysis.records import Letter
from analysis.settings import PRODUCT
from channels.channel import ChannelError
from channels.tls import trusted

TIMEOUT_SECONDS = 20.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Webhook:
    """One address to post to, which may itself be secret, and the secret that signs."""

    url: str = field(repr=False)
    signer: Signer = field(repr=False)
    timeout_seconds: float = TIMEOUT_SECONDS

    def send(self, letter: Letter) -> str:
        """Post the letter's JSON; done is 2xx, and 409 from a receiver that has it already."""
        status, retry_after = self._ask(letter)
        if 200 <= status < 300 or status == HTTPStatus.CONFLICT:  # noqa: PLR2004 the answers that mean yes
            return f"HTTP {status}"
        told = f"the webhook answered HTTP {status}"
        if 300 <= status < 400:  # noqa: PLR2004 what leads elsewhere
            told += ", and a redirect is not followed"
        is_final = status == HTTPStatus.GONE
        raise ChannelError(told, is_final=is_final, retry_after_seconds=_seconds(retry_after, datetime.now(UTC)))

    def knows(self, letter: Letter) -> bool | None:  # noqa: ARG002 the standard has no such question
        """A receiver cannot be asked; it answers 409 to what it has."""
        return None

    def _ask(self, letter: Letter) -> tuple[int, str | None]:
        """Return the status and Retry-After; the rest of the answer is not read."""
        body = json.dumps(letter.body, ensure_ascii=False, sort_keys=True)
        headers = self._signed(letter.key, body) | {"content-type": "application/json", "user-agent": PRODUCT}
        try:
            with (
                httpx.Client(timeout=self.timeout_seconds, follow_redirects=False, verify=trusted()) as client,
                client.stream("POST", self.url, content=body.encode(), headers=headers) as answer,
            ):
                return answer.status_code, answer.headers.get("retry-after")
        except (httpx.HTTPError, httpx.InvalidURL) as error:  # what they say may hold the address
            raise ChannelError(f"the webhook cannot be reached ({type(error).__name__})") from None

    def _signed(self, key: str, body: str) -> dict[str, str]:
        now = datetime.now(UTC)  # of this attempt: a receiver refuses an old one as a replay
        return {
            "webhook-id": key,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": self.signer.sign(key, now, body),
        }


def _seconds(retry_after: str | None, now: datetime) -> float | None:
    """Read Retry-After, seconds or a date (RFC 9110, 10.2.3); None where it is neither."""
    if retry_after is None:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        return max(0.0, (parsedate_to_datetime(retry_after) - now).total_seconds())
    except (ValueError, TypeError):  # no date, or one without a zone
        return None
