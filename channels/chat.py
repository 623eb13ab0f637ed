"""Chat services (Slack, Telegram, Teams, Discord, Matrix and many more) through Apprise, which gets the short form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from apprise import Apprise, AppriseAsset, NotifyFormat
from apprise.plugins import NotifyBase
from apprise.plugins.google_chat import NotifyGoogleChat
from apprise.plugins.matrix import NotifyMatrix
from apprise.result import AppriseResult

from analysis.records import Letter
from channels.channel import ChannelError

TIMEOUT_SECONDS = 20.0
_STATUS = re.compile(r"\berror=(\d{3})\b")


@dataclass(frozen=True, slots=True)
class Chat:
    """One conversation of one service."""

    service: NotifyBase = field(repr=False)

    def send(self, letter: Letter) -> str:
        """Send the short form, which begins with the subject, so that no service needs a title."""
        _mark(self.service, letter.key)
        sender = Apprise()
        sender.add(self.service)
        outcome = sender.notify(body=letter.short, body_format=NotifyFormat.TEXT)
        if not outcome:
            statuses = ", ".join(_statuses(outcome))
            why = f": HTTP {statuses}" if statuses else ", and does not say why"
            raise ChannelError(f"{self.service.service_name} did not take it{why}")
        return f"{self.service.service_name} took it"

    def knows(self, letter: Letter) -> bool | None:  # noqa: ARG002 no service has such a question
        """No service can be asked; Matrix and Google Chat know what is sent again by themselves."""
        return None


def open_chat(address: str) -> Chat:
    """Open the service of an Apprise address; raises ChannelError, without the address, where it is none."""
    service = Apprise.instantiate(address, asset=_ours())
    if service is None:
        raise ChannelError("the address of the channel is none that Apprise or marsad knows")
    service.socket_connect_timeout = service.socket_read_timeout = TIMEOUT_SECONDS
    return Chat(service)


def _mark(service: NotifyBase, key: str) -> None:
    """Give what is sent its key, where the service knows by it what it has, answers, and does not post it again.

    Matrix, asked with a token of its own, knows a transaction (Client-Server API, 1.7.1), Google Chat a `requestId`
    (spaces.messages.create). `docs/decisions/alerts.md` says why the others do not.
    """
    if isinstance(service, NotifyGoogleChat):
        service.notify_url = f"{NotifyGoogleChat.notify_url}?requestId={key}"
    if isinstance(service, NotifyMatrix) and service.password and not service.user:
        service.access_token, service.transaction_id = service.password, UUID(key).int


def _ours() -> AppriseAsset:
    """Say who sends: marsad, and not Apprise with its pictures, which every reader would fetch from its site."""
    return AppriseAsset(
        app_id="marsad", app_desc="marsad", app_url="", image_url_mask="", image_url_logo="", secure_logging=True
    )


def _statuses(outcome: AppriseResult) -> Iterator[str]:
    """Read the status out of what Apprise logs, all else of which may hold an address."""
    for entry in outcome.logs():
        yield from _STATUS.findall(entry.message)
