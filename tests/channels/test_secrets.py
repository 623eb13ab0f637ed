"""No secret of a channel is told: by no error and its traceback, no repr, no log at any level, no word on success."""

from __future__ import annotations

import traceback

import pytest
from receivers import mail_receiver, web_receiver
from written import LANGUAGES, written

from builders import message, recipient
from channels.channel import ChannelError
from channels.open import open_channel

LETTER = written(message(recipient=recipient(language=LANGUAGES[1])))
SECRET = "b3BlbiBzZXNhbWUgbm93"  # noqa: S105 of no one; base64, as a webhook wants it
ADDRESSES = (
    "smtp://desk:{secret}@127.0.0.1:{mail}/?from=marsad@desk.example&to=editor@paper.example",
    "webhook+http://127.0.0.1:{web}/{secret}?secret=whsec_{secret}",
    "json://desk:{secret}@127.0.0.1:{web}/{secret}",
    "matrix://{secret}@127.0.0.1:{web}/!r:127.0.0.1?e2ee=no",
    "ntfy://{secret}@127.0.0.1:{web}/{secret}",
)
MISTAKEN = (
    "smtp://desk:{secret}@127.0.0.1:port/?from=marsad@desk.example&to=editor@paper.example",
    "smtp://desk:{secret}@127.0.0.1/",
    "webhook+http://paper.example/{secret}?secret=whsec_{secret}",
    "webhook+https://paper.example/{secret}?secret={secret}!",
    "slack://{secret}",
    "nobody://{secret}",
)


def everything_told(address: str, capfd, caplog) -> str:
    """Open a channel and send, whatever comes of it, and return all that was said, logged or raised."""
    told = []
    with caplog.at_level(1):
        try:
            channel = open_channel(address)
            told.append(repr(channel))
            told.append(channel.send(LETTER))
        except ChannelError as error:
            told += [str(error), repr(error), "".join(traceback.format_exception(error))]
    ours = (record.getMessage() for record in caplog.records if record.name != "mail.log")  # which is the server's
    told += [*capfd.readouterr(), *ours]
    return "\n".join(told)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("answer", [(200, {}), (403, {}), (0, {})])
def test_whatever_a_receiver_answers_no_secret_is_told(address, answer, capfd, caplog) -> None:
    with web_receiver(*[answer] * 4) as web, mail_receiver(takes_login=lambda _: answer[0] == 200) as mailbox:
        web.body = f'{{"error": "{SECRET}", "user_id": "@u:127.0.0.1"}}'.encode()
        told = everything_told(address.format(secret=SECRET, web=web.port, mail=mailbox.port), capfd, caplog)
    assert SECRET not in told
    assert SECRET.lower() not in told.lower()


@pytest.mark.parametrize("address", ADDRESSES)
def test_nor_is_it_where_nobody_listens(address, capfd, caplog) -> None:
    with web_receiver() as web:
        pass
    assert SECRET not in everything_told(address.format(secret=SECRET, web=web.port, mail=web.port), capfd, caplog)


@pytest.mark.parametrize("address", MISTAKEN)
def test_nor_in_an_address_that_is_none(address, capfd, caplog) -> None:
    told = everything_told(address.format(secret=SECRET), capfd, caplog)
    assert "ChannelError" in told
    assert SECRET not in told


def test_a_server_that_repeats_a_password_is_not_quoted(capfd, caplog) -> None:
    says = f"550 5.7.1 desk {SECRET} may not send"
    with mail_receiver(takes_login=lambda _: True, says_to_recipient=says) as mailbox:
        told = everything_told(ADDRESSES[0].format(secret=SECRET, mail=mailbox.port, web=0), capfd, caplog)
    assert "said 550 5.7.1 … … may not send" in told
    assert SECRET not in told
