"""A database that cannot serve is told in one sentence that says which, and what to do, never the password."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text

from analysis.errors import DatabaseUnavailableError, SettingsError
from analysis.settings import Settings
from models.database import SCHEMA_VERSION, open_database
from models.migrate import downgrade
from models.server import Server


def test_a_database_with_its_tables_opens(database_url: str):
    with open_database(Settings(database_url=database_url)) as database, database.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM pages")) == 0
        assert database.url == database_url
        assert not database.is_embedded


def test_the_short_form_of_an_address_will_do(database_url: str):
    short = database_url.replace("postgresql://", "postgres://")
    with open_database(Settings(database_url=short)) as database:
        assert database.url == database_url


@pytest.mark.parametrize(
    "address", ["mysql://u:secret@h/d", "postgresql://u:secret@h:port/d", "secret", "postgresql://u:secret@h"]
)
def test_what_is_no_address_of_a_postgres_is_refused_without_repeating_it(address: str):
    with pytest.raises(SettingsError, match=r"must look like postgresql://user:password@host:5432/database$") as caught:
        open_database(Settings(database_url=address))
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    ["postgresql://me:secret@127.0.0.1:1/press", "postgresql://me@127.0.0.1:1/press?password=secret"],
)
def test_a_database_that_is_not_there_is_named(address: str):
    with pytest.raises(
        DatabaseUnavailableError, match=r"^the database `press` at 127.0.0.1:1 does not answer: "
    ) as caught:
        open_database(Settings(database_url=address))
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_name_that_is_no_database_is_told(server: Server):
    with pytest.raises(DatabaseUnavailableError, match='database "nowhere" does not exist'):
        open_database(Settings(database_url=server.url("nowhere")))


def test_a_database_without_tables_says_how_to_make_them(empty_database_url: str):
    with pytest.raises(DatabaseUnavailableError, match="has no tables yet: run `marsad db upgrade`"):
        open_database(Settings(database_url=empty_database_url))
    open_database(Settings(database_url=empty_database_url), needs_tables=False).close()


def test_older_tables_say_how_to_bring_them_up(database_url: str, engine: Engine):
    downgrade(engine, "-1")
    with pytest.raises(DatabaseUnavailableError, match=r"are older \(\d+_\d+\) than .*: run `marsad db upgrade`"):
        open_database(Settings(database_url=database_url))


def test_newer_tables_ask_for_a_newer_marsad(database_url: str, engine: Engine):
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '29991231_2359'"))
    with pytest.raises(DatabaseUnavailableError, match=rf"are newer \(29991231_2359\) than .*\({SCHEMA_VERSION}\)"):
        open_database(Settings(database_url=database_url))


def test_moments_come_back_in_utc_whatever_the_zone_of_the_server(database_url: str, engine: Engine):
    with engine.connect() as connection:
        name = connection.scalar(text("SELECT current_database()"))
        connection.execute(text(f"ALTER DATABASE \"{name}\" SET timezone TO 'Africa/Casablanca'"))
        connection.commit()
    with open_database(Settings(database_url=database_url)) as database, database.engine.connect() as connection:
        found = connection.scalar(text("SELECT timestamptz '2026-02-10 12:00+01'"))
    assert (found, found.tzinfo.utcoffset(found)) == (datetime(2026, 2, 10, 11, tzinfo=UTC), UTC.utcoffset(None))
