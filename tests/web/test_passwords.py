"""Passwords can be guessed only so often: by one address, and by all that have not given the right one before."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import count

import pytest
from httpx import ASGITransport, AsyncClient, Response
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from models.corrections import CorrectionBook
from web.app import make_app
from web.house import House
from web.painter import Painter
from web.passwords import ADDRESSES, OF_ALL, OF_ONE, Password, Verdict, address_of
from web.writers import Writers

RIGHT, WRONG = Verdict(is_right=True), Verdict(is_right=False)
SECRET = "ملح"  # noqa: S105 of these tests


class Clock:
    """A clock that stands until it is set."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def password(clock: Clock) -> Password:
    return Password(SECRET, clock)


def guess_until_it_waits(password: Password, addresses: Iterator[str]) -> int:
    """Guess wrong until a guess has to wait, and return how many were looked at."""
    return next(n for n, address in enumerate(addresses) if password.judge("a guess", address).wait_seconds)


def test_an_address_guesses_a_few_times_and_then_waits_even_with_the_right_password(password: Password, clock: Clock):
    assert guess_until_it_waits(password, iter(lambda: "10.0.0.1", None)) == OF_ONE.at_once
    assert password.judge(SECRET, "10.0.0.1") == Verdict(is_right=False, wait_seconds=OF_ONE.seconds)
    clock.now += OF_ONE.seconds
    assert password.judge("a guess", "10.0.0.1") == WRONG
    assert password.judge("a guess", "10.0.0.1").wait_seconds == OF_ONE.seconds
    clock.now += OF_ONE.seconds
    assert password.judge(SECRET, "10.0.0.1") == RIGHT


def test_others_are_not_held_up_by_one_who_guesses(password: Password):
    guess_until_it_waits(password, iter(lambda: "10.0.0.1", None))
    assert password.judge(SECRET, "10.0.0.2") == RIGHT


def test_who_mistypes_and_then_knows_begins_anew(password: Password):
    for _ in range(3):
        assert [password.judge("a guess", "10.0.0.1") for _ in range(OF_ONE.at_once - 1)] == [WRONG] * 9
        assert password.judge(SECRET, "10.0.0.1") == RIGHT


def test_many_addresses_together_wait_and_who_gave_it_right_before_does_not(password: Password, clock: Clock):
    assert password.judge(SECRET, "desk") == RIGHT
    assert guess_until_it_waits(password, (f"10.0.0.{n}" for n in count())) == OF_ALL.at_once
    assert password.judge(SECRET, "a stranger") == Verdict(is_right=False, wait_seconds=OF_ALL.seconds)
    assert password.judge(SECRET, "desk") == RIGHT
    clock.now += OF_ALL.seconds
    assert password.judge(SECRET, "a stranger") == RIGHT


def test_what_is_remembered_is_bounded(clock: Clock):
    password = Password(SECRET, clock)
    for number in range(ADDRESSES + 50):
        clock.now += OF_ALL.seconds
        password.judge("a guess", f"wrong {number}")
        password.judge(SECRET, f"right {number}")
    assert (len(password._paid_until), len(password._knew)) == (ADDRESSES, ADDRESSES)  # noqa: SLF001 nothing else tells


@given(given=st.text())
def test_only_the_password_is_the_password(given: str):
    assert Password(SECRET).judge(given, "here").is_right is (given == SECRET)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        *(("10.0.0.1", "10.0.0.1"), ("2001:db8::1", "2001:db8::/64"), ("2001:db8::ffff:1", "2001:db8::/64")),
        *(("::ffff:10.0.0.1", "10.0.0.1"), ("/run/marsad.sock", "/run/marsad.sock")),
    ],
)
def test_a_network_of_ipv6_is_one_address(host: str, address: str):
    assert address_of({"client": (host, 1)}) == address


def test_a_socket_has_no_address():
    assert address_of({"client": None}) == ""


# ---------------------------------------------------------------- as the page answers


def answers(house: House, requests: list[tuple[str, str, dict[str, object]]], password: str | None = None):
    async def ask() -> list[Response]:
        transport = ASGITransport(make_app(house, password), client=("10.0.0.1", 1))
        async with AsyncClient(transport=transport, base_url="http://desk.example") as client:
            headers = {"Accept-Language": "en"}
            return [await client.request(method, path, headers=headers, **how) for method, path, how in requests]

    return asyncio.run(ask())


def test_a_reader_who_guesses_is_told_to_wait(press_engine: Engine, painter: Painter):
    asked = [("GET", "/about", {"auth": ("ana", "a guess")})] * (OF_ONE.at_once + 1)
    asked += [("GET", "/about", {"auth": ("ana", SECRET)}), ("GET", "/about", {})]
    *guesses, late, right, first_look = answers(House(engine=press_engine, painter=painter), asked, SECRET)
    assert {each.status_code for each in guesses} == {401}
    assert [(each.status_code, each.headers["retry-after"]) for each in (late, right)] == [(429, "30")] * 2
    assert late.headers["content-security-policy"]
    assert first_look.status_code == 401  # who gives none is asked, as ever


def test_a_writer_who_guesses_is_told_to_wait_in_words(press_engine: Engine, painter: Painter):
    writers = Writers(SECRET, CorrectionBook(press_engine, lambda: None))
    wrong, right = ({"data": {"name": "amina", "password": said}} for said in ("a guess", SECRET))
    asked = [("POST", "/writer", wrong)] * OF_ONE.at_once + [("POST", "/writer", right)]
    *guesses, late = answers(House(engine=press_engine, painter=painter, writers=writers), asked)
    assert {each.status_code for each in guesses} == {403}
    assert (late.status_code, late.headers["retry-after"]) == (429, "30")
    assert "Too many wrong passwords" in late.text
    assert "set-cookie" not in late.headers
