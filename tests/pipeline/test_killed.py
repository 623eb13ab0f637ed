"""`kill -9` at twenty random moments of a crawl and of the reading after it changes nothing in what comes out."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from killing import KILLS, WHAT_CAME_OUT, Killer, came_out, load, marsad
from sqlalchemy import text

from cli.sample_press import SamplePress, serve
from models.database import make_engine
from models.queries import Queries
from postgres import create_database, drop_database

PAGES = "SELECT count(*) FROM pages"
SETTLED = "SELECT count(*) FROM pages WHERE outcome IS NOT NULL"


@pytest.fixture(scope="module")
def press() -> Iterator[SamplePress]:
    with serve(port=0) as opened:
        yield opened


@pytest.fixture
def databases(server, template) -> Iterator[list[str]]:
    """Make two databases that know the same seeds: one will be left in peace, the other not."""
    names = ["in_peace", "killed"]
    yield [create_database(server, name, template) for name in names]
    for name in names:
        drop_database(server, name)


@pytest.mark.timeout(300)
def test_what_comes_out_is_what_an_undisturbed_run_gives(server, databases: list[str], press, tmp_path: Path) -> None:
    in_peace, disturbed = databases
    chance = random.Random(20260222)  # noqa: S311 moments, not secrets
    quiet, shaken = make_engine(in_peace), make_engine(disturbed)
    for url in databases:
        load(url, press, tmp_path)

    assert marsad(in_peace, "crawl").returncode == 0
    with quiet.connect() as connection:
        total = connection.scalar(text(PAGES))
    assert Killer(disturbed, chance).strike("crawl", PAGES, total) > KILLS / 2
    assert marsad(disturbed, "crawl").returncode == 0
    assert came_out(shaken, ["pages"]) == came_out(quiet, ["pages"])

    # the same pages in the same order: a copy of the database, read in peace and not
    quiet.dispose()
    shaken.dispose()
    drop_database(server, "killed")
    disturbed = create_database(server, "killed", "in_peace")
    assert marsad(in_peace, "process").returncode == 0
    assert Killer(disturbed, chance).strike("process", SETTLED, total) > KILLS / 2
    assert marsad(disturbed, "process").returncode == 0
    assert came_out(shaken, list(WHAT_CAME_OUT)) == came_out(quiet, list(WHAT_CAME_OUT))
    assert all(one.holds and not one.waiting for one in Queries(shaken).conservation())

    states = [each.state for each in Queries(shaken).runs(command="process")]
    assert (states[0], set(states[1:])) == ("done", {"broken"} | ({"done"} if "done" in states[1:] else set()))
    quiet.dispose()
    shaken.dispose()
