"""A signed webhook against a real receiver: what it gets, how it knows it again, and which answers end it."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from receivers import Web, web_receiver
from standardwebhooks.webhooks import Webhook as Standard
from standardwebhooks.webhooks import WebhookVerificationError
from written import LANGUAGES, written

from builders import message, recipient
from channels.channel import ChannelError
from channels.open import open_channel
from channels.webhook import Webhook

SECRET = "whsec_" + base64.b64encode(b"a secret of this test alone").decode()
LETTER = written(message(recipient=recipient(language=LANGUAGES[0])))


def channel(receiver: Web, path: str = "/hook?team=7") -> Webhook:
    mark = "&" if "?" in path else "?"
    secret = SECRET.replace("=", "%3D").replace("+", "%2B")
    opened = open_channel(f"webhook+http://127.0.0.1:{receiver.port}{path}{mark}secret={secret}")
    assert isinstance(opened, Webhook)
    return opened


def test_a_receiver_can_prove_who_sent_it_and_that_it_is_whole() -> None:
    with web_receiver() as receiver:
        assert channel(receiver).send(LETTER) == "HTTP 200"
    [asked] = receiver.asked
    assert asked.path == "/hook?team=7"
    assert asked.headers["webhook-id"] == LETTER.key
    assert Standard(SECRET).verify(asked.body, dict(asked.headers)) == LETTER.body
    assert json.loads(asked.body)["data"]["headline"] == LETTER.subject
    with pytest.raises(WebhookVerificationError):
        Standard(SECRET).verify(asked.body.replace(b"ES", b"FR"), dict(asked.headers))


def test_an_old_request_is_no_longer_believed() -> None:
    with web_receiver() as receiver:
        channel(receiver).send(LETTER)
    [asked] = receiver.asked
    headers = {**dict(asked.headers), "webhook-timestamp": str(int(asked.headers["webhook-timestamp"]) - 3600)}
    with pytest.raises(WebhookVerificationError):
        Standard(SECRET).verify(asked.body, headers)


def test_what_is_sent_again_has_the_same_id_and_the_same_body() -> None:
    with web_receiver((500, {}), (409, {})) as receiver:
        with pytest.raises(ChannelError, match="HTTP 500"):
            channel(receiver).send(LETTER)
        assert channel(receiver).send(LETTER) == "HTTP 409"
    assert len({(each.headers["webhook-id"], each.body) for each in receiver.asked}) == 1


@pytest.mark.parametrize(
    ("status", "headers", "told", "is_final", "wait"),
    [
        (503, {"Retry-After": "120"}, "HTTP 503", False, 120),
        (429, {"Retry-After": "soon"}, "HTTP 429", False, None),
        (400, {}, "HTTP 400", False, None),
        (410, {}, "HTTP 410", True, None),
        (302, {"Location": "http://127.0.0.1:1/"}, "HTTP 302, and a redirect is not followed", False, None),
    ],
)
def test_each_answer_but_yes_is_tried_again_only_gone_is_final(status, headers, told, is_final, wait) -> None:
    with web_receiver((status, headers)) as receiver, pytest.raises(ChannelError, match=told) as refused:
        channel(receiver).send(LETTER)
    assert (refused.value.is_final, refused.value.retry_after_seconds) == (is_final, wait)
    assert len(receiver.asked) == 1


def test_a_date_may_say_when_to_come_again() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(minutes=10), usegmt=True)
    with web_receiver((503, {"Retry-After": later})) as receiver, pytest.raises(ChannelError) as refused:
        channel(receiver).send(LETTER)
    assert refused.value.retry_after_seconds == pytest.approx(600, abs=60)


def test_a_line_that_is_closed_or_nobody_at_all_is_tried_again() -> None:
    with web_receiver((0, {})) as receiver, pytest.raises(ChannelError, match="cannot be reached") as closed:
        channel(receiver).send(LETTER)
    with pytest.raises(ChannelError, match=r"cannot be reached \(ConnectError\)"):
        channel(receiver).send(LETTER)
    assert not closed.value.is_final


def test_a_yes_counts_though_the_rest_of_the_answer_never_comes() -> None:
    with web_receiver((200, {"X-Long": "1"})) as receiver:
        receiver.body = b"x" * 100_000
        assert replace(channel(receiver), timeout_seconds=5.0).send(LETTER) == "HTTP 200"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("webhook+http://paper.example/hook?secret=whsec_YQ==", "plain http on this machine only"),
        ("webhook+https://paper.example/hook", r"needs \?secret=whsec_"),
        ("webhook+https://paper.example/hook?secret=whsec_a", r"needs \?secret=whsec_"),
        ("webhook+https:///hook?secret=whsec_YQ==", "asked by https"),
    ],
)
def test_an_address_that_would_not_be_safe_is_refused(address, told) -> None:
    with pytest.raises(ChannelError, match=told):
        open_channel(address)
