"""Chat services through Apprise, each asked at a receiver of ours: what they are sent, and what a refusal says."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
import requests
from apprise.plugins.discord import NotifyDiscord
from apprise.plugins.google_chat import NotifyGoogleChat
from apprise.plugins.slack import NotifySlack
from apprise.plugins.telegram import NotifyTelegram
from receivers import Web, web_receiver
from written import LANGUAGES, written

from analysis.records import Occasion
from builders import alert, happening, message, recipient, telling
from channels.channel import ChannelError
from channels.open import open_channel

LETTER = written(message(recipient=recipient(language=LANGUAGES[0])))
LINES = LETTER.short.split("\n")


def strings(value: Any) -> list[str]:
    """Return every string that JSON holds."""
    if isinstance(value, dict):
        return [found for each in value.values() for found in strings(each)]
    if isinstance(value, list):
        return [found for each in value for found in strings(each)]
    return [value] if isinstance(value, str) else []


def is_whole(said: list[str]) -> bool:
    """Tell whether one string holds every line of the letter, in their order."""
    return any(all(line in each for line in LINES) for each in said)


@pytest.mark.parametrize(
    ("service", "address", "path", "says"),
    [
        (
            NotifySlack,
            "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/",
            "/T1JJ3T3L2/A1BRTD4JD/",
            b"ok",
        ),
        (
            NotifyTelegram,
            "tgram://123456789:abcdefg_hijklmnop/12315544/",
            "/bot123456789:abcdefg_hij",
            b"{}",
        ),
        (
            NotifyDiscord,
            "discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js",
            "/4174216298/JHMHI8qBe",
            b"",
        ),
    ],
)
def test_a_service_gets_the_whole_of_the_short_form(monkeypatch, service, address, path, says) -> None:
    with web_receiver() as receiver:
        receiver.body = says
        where = "webhook_url" if service is NotifySlack else "notify_url"
        monkeypatch.setattr(service, where, f"http://127.0.0.1:{receiver.port}/bot")
        assert open_channel(address).send(LETTER) == f"{service.service_name} took it"
    [asked] = receiver.asked
    assert path in asked.path
    assert is_whole(strings(json.loads(asked.body)))
    assert b"github" not in asked.body


def test_matrix_gets_it_in_its_room() -> None:
    with web_receiver() as receiver:
        receiver.body = json.dumps({"room_id": "!r:127.0.0.1", "event_id": "$1", "user_id": "@u:127.0.0.1"}).encode()
        address = f"matrix://token@127.0.0.1:{receiver.port}/!r:127.0.0.1?e2ee=no"
        assert open_channel(address).send(LETTER) == "Matrix took it"
    said = [strings(json.loads(each.body or b"{}")) for each in receiver.asked]
    assert any(is_whole(each) for each in said)


def test_matrix_is_sent_the_same_transaction_again() -> None:
    with web_receiver() as receiver:
        receiver.body = json.dumps({"room_id": "!r:127.0.0.1", "event_id": "$1", "user_id": "@u:127.0.0.1"}).encode()
        address = f"matrix://token@127.0.0.1:{receiver.port}/!r:127.0.0.1?e2ee=no"
        for _ in range(2):  # as before and after a death
            open_channel(address).send(LETTER)
    sent = {each.path for each in receiver.asked if "/send/m.room.message/" in each.path}
    assert [path.rpartition("/")[2] for path in sent] == [str(UUID(LETTER.key).int)]


def test_google_chat_is_asked_for_the_same_again(monkeypatch) -> None:
    with web_receiver() as receiver:
        address = f"http://127.0.0.1:{receiver.port}/v1/spaces/{{workspace}}/messages"
        monkeypatch.setattr(NotifyGoogleChat, "notify_url", address)
        for _ in range(2):  # as before and after a death
            assert open_channel("gchat://room/a-key/a-token").send(LETTER) == "Google Chat took it"
    first, again = receiver.asked
    assert f"requestId={LETTER.key}&" in first.path
    assert (first.path, first.body) == (again.path, again.body)
    assert is_whole(strings(json.loads(first.body)))


def test_teams_gets_it_as_a_card(monkeypatch) -> None:
    built = []

    def post(url: str, **request: Any) -> SimpleNamespace:
        built.append((url, json.loads(request["data"])))
        return SimpleNamespace(status_code=requests.codes.accepted, content=b"")

    monkeypatch.setattr(requests, "post", post)
    assert open_channel("workflows://flows.example:443/643e69f83c8944438d68119179a10a64/a-signature").send(LETTER)
    [(url, card)] = built
    assert url.startswith("https://flows.example:443/workflows/643e69f83c8944438d68119179a10a64/")
    assert is_whole([each.replace("\\", "") for each in strings(card)])  # its signs of markup are escaped


def test_what_is_printed_is_no_markup_of_a_service() -> None:
    evil = happening(people=("<!channel> *bold* _x_",), tellings=(telling(outlet="<@U1>"),))
    facts = alert(happening=evil, occasion=Occasion.RETRACTION)
    letter = written(message(occasion=Occasion.RETRACTION, facts=facts))
    with web_receiver() as receiver:
        open_channel(f"json://127.0.0.1:{receiver.port}/").send(letter)
    [asked] = receiver.asked
    assert json.loads(asked.body)["message"] == letter.short


@pytest.mark.parametrize(
    ("answer", "told"),
    [(404, "JSON did not take it: HTTP 404"), (503, "JSON did not take it: HTTP 503"), (0, "JSON did not take it")],
)
def test_a_refusal_says_its_status_and_is_tried_again(answer, told) -> None:
    with web_receiver((answer, {})) as receiver, pytest.raises(ChannelError, match=told) as refused:
        json_channel(receiver).send(LETTER)
    assert not refused.value.is_final


def json_channel(receiver: Web) -> Any:
    return open_channel(f"json://127.0.0.1:{receiver.port}/")


def test_an_address_nobody_knows_is_refused_without_telling_it() -> None:
    with pytest.raises(ChannelError, match="none that Apprise or marsad knows") as refused:
        open_channel("carrier-pigeon://user:secret@loft/")
    assert "secret" not in str(refused.value)
