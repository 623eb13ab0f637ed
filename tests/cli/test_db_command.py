"""`marsad db` brings tables up and down, and says how a database stands."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from cli.db import app
from command import run_marsad
from models.database import SCHEMA_VERSION


@pytest.fixture
def marsad(empty_database_url: str, monkeypatch: pytest.MonkeyPatch):
    """Run a command of `marsad db` on an empty database: exit code and what it said."""
    monkeypatch.setenv("MARSAD_DATABASE_URL", empty_database_url)

    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, words)
        return done.exit_code, done.stdout

    return run


def test_tables_go_up_once_and_down_again(marsad):
    assert marsad("upgrade")[1].endswith(f"went from none to {SCHEMA_VERSION}\n")
    assert marsad("upgrade")[1].endswith(f"are at {SCHEMA_VERSION}: nothing to do\n")
    code, said = marsad("downgrade", "base", "--yes", "--json")
    assert code == 0
    assert json.loads(said)["before"] == SCHEMA_VERSION
    assert json.loads(said)["after"] is None


def test_tables_do_not_go_down_without_a_yes(marsad):
    marsad("upgrade")
    assert marsad("downgrade", "base")[0] == 1
    assert json.loads(marsad("status", "--json")[1])["tables"] == SCHEMA_VERSION


def test_the_status_tells_by_its_exit_code_whether_the_tables_are_right(marsad):
    code, said = marsad("status", "--json")
    assert (code, json.loads(said)["tables"], json.loads(said)["embedded"]) == (1, None, False)
    marsad("upgrade")
    assert marsad("status")[0] == 0


def test_the_address_is_the_one_that_other_programs_take(marsad, empty_database_url: str):
    assert marsad("url") == (0, f"{empty_database_url}\n")


def test_psql_asks_the_database_and_its_exit_code_is_kept(database_url):
    asked = run_marsad(database_url, "db", "shell", "-tA", "-c", "SELECT count(*) FROM pages")
    assert asked.stdout == "0\n"
    assert "does not exist" in run_marsad(database_url, "db", "shell", "-c", "SELECT * FROM nothing", code=1).stderr
