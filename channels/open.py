"""An address to the channel behind it; addresses hold secrets, so no error and no `repr` tells one."""

from __future__ import annotations

import logging
import re
from email.headerregistry import Address
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

from standardwebhooks.webhooks import EmptyWebhookSecretError
from standardwebhooks.webhooks import Webhook as Signer

from channels.channel import Channel, ChannelError
from channels.chat import open_chat
from channels.files import File, StandardOutput
from channels.mail import LOOPBACK, Mail
from channels.webhook import Webhook

_TALKATIVE = ("httpx", "httpcore", "urllib3", "requests")  # their logs tell addresses

_MAILBOX = re.compile(r"([^@\s<>,;]+)@([^@\s<>,;]+)")  # letters of all scripts: RFC 6531


def open_channel(address: str) -> Channel:
    """Open a channel by its address; raises ChannelError where it is none.

    `smtp://` and `smtps://user:password@host:port/?from=…&to=…`, `webhook+https://…?secret=whsec_…` (plain `http` for
    loopback only), `file:/path`, `stdout:`, and whatever else Apprise knows.
    """
    _hush()
    scheme = address.split(":", 1)[0].lower()
    if scheme == "stdout":
        return StandardOutput()
    if scheme == "file":
        return _file(_split(address))
    if scheme in ("smtp", "smtps"):
        return _mail(_split(address))
    if scheme in ("webhook+https", "webhook+http"):
        return _webhook(_split(address.split("+", 1)[1]))
    return open_chat(address)


def _hush() -> None:
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    apprise = logging.getLogger("apprise")  # its own capture of its warnings tells us the status of a refusal
    apprise.setLevel(logging.WARNING)
    apprise.propagate = False
    if not apprise.handlers:
        apprise.addHandler(logging.NullHandler())


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _ = parts.port  # is read only now
    except ValueError:
        raise ChannelError("the address of the channel is no URL") from None
    return parts


def _file(parts: SplitResult) -> File:
    if parts.netloc or not parts.path.startswith("/"):
        raise ChannelError("the address of a file is file:/path, with the whole path")
    return File(Path(unquote(parts.path)))


def _mail(parts: SplitResult) -> Mail:
    asked = dict(parse_qsl(parts.query))
    if not parts.hostname or not asked.get("from") or not asked.get("to"):
        raise ChannelError("the address of a mailbox is smtp://host:port/?from=…&to=…")
    is_tls = parts.scheme.lower() == "smtps"
    return Mail(
        host=parts.hostname,
        port=parts.port or (465 if is_tls else 587),
        is_tls=is_tls,
        sender=_mailbox(asked["from"], "marsad"),
        receiver=_mailbox(asked["to"]),
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
    )


def _mailbox(address: str, name: str = "") -> Address:
    written = _MAILBOX.fullmatch(address)
    if written is None:
        raise ChannelError(f"'{address}' is no mail address")
    return Address(display_name=name, username=written[1], domain=written[2])


def _webhook(parts: SplitResult) -> Webhook:
    if not parts.hostname or (parts.scheme == "http" and parts.hostname not in LOOPBACK):
        raise ChannelError("a webhook is asked by https, by plain http on this machine only")
    asked = parse_qsl(parts.query, keep_blank_values=True)
    secret = next((value for name, value in asked if name == "secret"), "")
    rest = urlencode([pair for pair in asked if pair[0] != "secret"])
    try:
        signer = Signer(secret)
    except (ValueError, EmptyWebhookSecretError):
        raise ChannelError("a webhook needs ?secret=whsec_ and the base64 of its secret") from None
    return Webhook(url=parts._replace(query=rest, fragment="").geturl(), signer=signer)
