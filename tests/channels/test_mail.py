"""Mail through a real SMTP server: what arrives, how a thread holds together, and which refusals are final."""

from __future__ import annotations

import socket
import threading
from dataclasses import replace
from email.message import EmailMessage

import pytest
from receivers import mail_receiver
from written import LANGUAGES, written

from analysis.records import Letter
from builders import NOON, message, recipient
from channels.channel import ChannelError
from channels.mail import Mail
from channels.open import open_channel

ARABIC, FRENCH, *_ = LANGUAGES
FROM_TO = "from=marsad@desk.example&to=editor@paper.example"


def letter(**changes) -> Letter:
    return replace(written(message(recipient=recipient(language=ARABIC))), **changes)


def channel(port: int, login: str = "", route: str = FROM_TO) -> Mail:
    opened = open_channel(f"smtp://{login}127.0.0.1:{port}/?{route}")
    assert isinstance(opened, Mail)
    return opened


def without_trace(mail: EmailMessage) -> bytes:
    """Return a message as it was sent, without what the server wrote over it."""
    for name in ("X-Peer", "X-MailFrom", "X-RcptTo"):
        del mail[name]
    return mail.as_bytes()


def close_one(listening: socket.socket) -> None:
    listening.accept()[0].close()


def test_a_letter_arrives_as_plain_text_and_as_html() -> None:
    with mail_receiver() as mailbox:
        said = channel(mailbox.port).send(letter())
    assert said == "250 2.0.0 queued as 7F"
    [mail] = mailbox.taken
    plain, page = mail.iter_parts()
    assert plain.get_content().splitlines() == letter().text.splitlines()
    assert page.get_content().splitlines() == letter().html.splitlines()
    assert {name: mail[name] for name in ("Subject", "From", "To", "Auto-Submitted", "Content-Language")} == {
        "Subject": letter().subject,
        "From": "marsad <marsad@desk.example>",
        "To": "editor@paper.example",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "ar",
    }
    assert mail["Date"].datetime == NOON
    assert mail["List-Unsubscribe"] == "<mailto:marsad@desk.example?subject=unsubscribe>"
    assert mailbox.options == [["BODY=8BITMIME"]]


def test_a_thread_holds_together_by_the_keys() -> None:
    keys = [f"0b0c6c4e-5d1f-4a53-9d55-{number:012}" for number in range(30)]
    with mail_receiver() as mailbox:
        channel(mailbox.port).send(letter(key=keys[0]))
        channel(mailbox.port).send(letter(key=keys[-1], thread=tuple(keys[:-1])))
    first, last = mailbox.taken
    assert first["Message-ID"] == f"<{keys[0]}@desk.example>"
    assert (first["In-Reply-To"], first["References"]) == (None, None)
    assert last["In-Reply-To"] == f"<{keys[-2]}@desk.example>"
    references = last["References"].split()
    assert (references[0], references[-1]) == (first["Message-ID"], last["In-Reply-To"])
    assert len(references) == 21


def test_a_letter_sent_again_is_the_same_message() -> None:
    with mail_receiver() as mailbox:
        for _ in range(2):
            channel(mailbox.port).send(letter())
    once, again = (without_trace(mail) for mail in mailbox.taken)
    assert once == again


def test_addresses_beyond_ascii_are_sent_as_they_are() -> None:
    with mail_receiver() as mailbox:
        channel(mailbox.port, route="from=marsad@desk.example&to=محرر@paper.example").send(letter())
    assert mailbox.options == [["BODY=8BITMIME", "SMTPUTF8"]]
    assert mailbox.taken[0]["To"] == "محرر@paper.example"


def test_a_subject_is_one_line() -> None:
    with mail_receiver() as mailbox:
        channel(mailbox.port).send(letter(subject="Visite\r\nBcc: all@paper.example"))
    assert mailbox.taken[0]["Subject"] == "Visite Bcc: all@paper.example"
    assert mailbox.taken[0]["Bcc"] is None


@pytest.mark.parametrize(
    ("says", "told", "is_final"),
    [
        ({"says_to_recipient": "451 4.7.1 greylisted"}, "said 451 4.7.1 greylisted", False),
        ({"says_to_recipient": "550 5.1.1 no such user"}, "said 550 5.1.1 no such user", True),
        ({"says_to_message": "452 4.2.2 mailbox full"}, "said 452 4.2.2 mailbox full", False),
        ({"says_to_message": "554 5.7.1 not wanted"}, "said 554 5.7.1 not wanted", True),
    ],
)
def test_a_refusal_for_now_is_tried_again_and_one_for_good_is_not(says, told, is_final) -> None:
    with mail_receiver(**says) as mailbox, pytest.raises(ChannelError, match=told) as refused:
        channel(mailbox.port).send(letter())
    assert refused.value.is_final is is_final
    assert mailbox.taken == []


def test_it_logs_in_and_a_wrong_password_is_no_reason_to_give_a_letter_up() -> None:
    with mail_receiver(takes_login=lambda given: given.password == b"p@ss word") as mailbox:
        channel(mailbox.port, "desk:p%40ss%20word@").send(letter())
        with pytest.raises(ChannelError, match=r"refuses the login \(535\)") as refused:
            channel(mailbox.port, "desk:wrong@").send(letter())
    assert len(mailbox.taken) == 1
    assert not refused.value.is_final


def test_a_server_that_is_down_closes_at_once_or_says_nothing_is_tried_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        closing = threading.Thread(target=close_one, args=(listening,))
        closing.start()
        with pytest.raises(ChannelError, match="broke off"):
            channel(port).send(letter())
        closing.join()
        with pytest.raises(ChannelError, match=r"cannot be reached|broke off") as silent:
            replace(channel(port), timeout_seconds=0.2).send(letter())
    with pytest.raises(ChannelError, match="cannot be reached: Connection refused"):
        channel(port).send(letter())
    assert not silent.value.is_final


def test_a_password_is_never_sent_in_the_open_to_another_machine() -> None:
    with mail_receiver(host="127.0.0.2") as mailbox:  # stands for one: no name of our own
        elsewhere = replace(channel(mailbox.port, "desk:secret@"), host="127.0.0.2")
        with pytest.raises(ChannelError, match="offers no TLS"):
            elsewhere.send(letter())
    assert mailbox.logins == []


def test_a_mail_server_cannot_be_asked_what_it_knows() -> None:
    assert channel(25).knows(letter()) is None
