"""Chat services (Slack, Telegram, Teams, Discord, Matrix and many more) through Apprise, which gets the short form."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from apprise import Apprise, AppriseAsset, NotifyFormat
from apprise.plugins import NotifyBase

from analysis.records import Letter
from channels.channel import ChannelError

_STATUS = re.compile(r"\berror=(\d{3})\b|\bHTTP (\d{3})\b")


@dataclass(frozen=True, slots=True)
class Chat:
    """One conversation of one service."""

    service: NotifyBase = field(repr=False)

    def send(self, letter: Letter) -> str:
        """Send the short form, with the subject as its title where the service has titles."""
        sender = Apprise()
        sender.add(self.service)
        outcome = sender.notify(title=letter.subject, body=letter.short, body_format=NotifyFormat.TEXT)
        if not outcome:
            raise ChannelError(f"{self.service.service_name} did not take it")
        return f"{self.service.service_name} took it"

    def knows(self, letter: Letter) -> bool | None:  # noqa: ARG002 no service has such a question
        """No service can be asked."""
        return None


def open_chat(address: str) -> Chat:
    """Open the service of an Apprise address; raises ChannelError, without the address, where it is none."""
    service = Apprise.instantiate(address, asset=AppriseAsset(secure_logging=True))
    if service is None:
        raise ChannelError("the address of the channel is none that Apprise or marsad knows")
    return Chat(service)
