"""Logins of analysts: they read what the role reads, with its limits, and can be given a password anew or go."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from analysis.errors import UnknownNameError
from models.database import make_engine
from models.logins import LoginError, make_login, remove_login

SHOWN = ("default_transaction_read_only", "statement_timeout", "search_path")


@pytest.fixture
def amal(engine: Engine) -> Iterator[Engine]:
    """Make a login, and connect as it does."""
    password = make_login(engine, "amal")
    theirs = make_engine(engine.url.set(username="amal", password=password).render_as_string(hide_password=False))
    yield theirs
    theirs.dispose()
    remove_login(engine, "amal")


def test_a_login_begins_with_the_limits_of_analysts(amal: Engine):
    with amal.connect() as connection:
        shown = {name: connection.scalar(text(f"SHOW {name}")) for name in SHOWN}
        assert connection.scalar(text("SELECT count(*) FROM events")) == 0  # of the schema analyst
    assert shown == dict(zip(SHOWN, ("on", "30s", "analyst, public"), strict=True))


@pytest.mark.parametrize(
    "forbidden",
    [
        "SELECT body FROM public.pages",
        "SELECT entry FROM public.recipients",
        "CREATE TABLE public.mine (a int)",
        "CREATE TEMPORARY TABLE mine (a int)",
        "SELECT pg_sleep(1)",
    ],
)
def test_what_an_analyst_may_not_a_login_may_not(amal: Engine, forbidden: str):
    with amal.connect() as connection:
        connection.execute(text("SET statement_timeout = '50ms'"))
        with pytest.raises(DBAPIError, match=r"permission denied|read-only|statement timeout"):
            connection.execute(text(forbidden))


def test_a_login_is_given_another_password_and_stays_one(amal: Engine, engine: Engine):
    assert make_login(engine, "amal") != make_login(engine, "amal")
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM pg_roles WHERE rolname = 'amal'")) == 1
    assert amal.url.username == "amal"


@pytest.mark.parametrize(
    "name", ["", "Amal", "amal; DROP TABLE pages", "marsad_analyst", "pg_monitor", "1st", "a" * 60]
)
def test_what_is_no_name_of_a_login_is_refused(engine: Engine, name: str):
    with pytest.raises(LoginError, match="no name for a login"):
        make_login(engine, name)


def test_a_role_that_is_no_analyst_s_is_left_alone(engine: Engine):
    with engine.begin() as connection:
        connection.execute(text("CREATE ROLE tester"))
    for act in (make_login, remove_login):
        with pytest.raises(LoginError, match="no analyst's"):
            act(engine, "tester")
    with engine.begin() as connection:
        connection.execute(text("DROP ROLE tester"))


def test_a_login_that_is_not_there_cannot_be_taken_away(engine: Engine):
    with pytest.raises(UnknownNameError, match="there is no login nobody"):
        remove_login(engine, "nobody")
