"""`marsad watch` and `marsad coverage` as an operator meets them: what is said once, and what ends with 1."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from health_scenes import DAY, HOUR, Life

from analysis.records import Discovery, Promise, VisitState, Way
from builders import source

FORBIDDEN = {"state": VisitState.HTTP_ERROR, "status": 403, "detail": "HTTP 403"}
MANY = Promise(articles_a_day=(4, 40))


def outlet(name: str, arabic: str):
    return source(
        id=name,
        name_ar=arabic,
        hosts=(f"{name}.example",),
        home=f"https://{name}.example/",
        discovery=(Discovery(way=Way.FEED, url=f"https://{name}.example/feed"),),
        promise=MANY,
    )


ATLAS, RIF = outlet("atlas", "أطلس"), outlet("rif", "الريف")


@pytest.fixture
def life(engine) -> Life:
    """Let one source live well for ten days, and another be refused since two."""
    life = Life(engine, [ATLAS, RIF], datetime.now(UTC))
    life.days(ATLAS, 10, 20)
    life.days(RIF, 8, 20, until=2)
    life.days(RIF, 2, 0, FORBIDDEN)
    life.write()
    return life


def test_a_trouble_is_told_whole_once_and_then_in_a_line_and_ends_with_one_for_a_day(life, engine, marsad) -> None:
    first = marsad("watch", code=1)
    began, answered = life.now - DAY - 13 * HOUR, life.now - 2 * DAY - HOUR
    tried = "feed https://rif.example/feed (probed): 4 failures, the last: HTTP 403; last answer"
    assert first.stdout.splitlines()[1:] == [
        "2 sources followed: 1 healthy, 1 failing",
        "",
        "New trouble: 1",
        f"rif: blocked since {began:%Y-%m-%d} (1 day)",
        "  seen   no way of discovery answers: HTTP 403",
        f"  tried  {tried} {answered:%d %b %H:%M} UTC",
        "  do     it refuses us: set MARSAD_CONTACT, write to it, or close it with a fair way around",
    ]
    assert first.stderr == "marsad: 1 grave trouble of sources, told first within a day: rif is blocked\n"

    assert "Standing trouble: 1\n" in marsad("watch", code=1).stdout
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE troubles SET raised_at = raised_at - interval '25 hours'")
    later = marsad("watch").stdout
    assert f"rif     blocked  {began:%Y-%m-%d}  no way of discovery answers: HTTP 403\n" in later
    assert "  do     it refuses us" in marsad("watch", "--full").stdout
    [standing] = json.loads(marsad("watch", "--json").stdout)["standing"]
    assert (standing["known"]["source_id"], standing["found"]["kind"]) == ("rif", "blocked")

    life.crawl(RIF, datetime.now(UTC), new=20)
    life.write()
    assert f"mended: rif is not blocked any more, as it was since {began:%Y-%m-%d}\n" in marsad("watch").stdout


def test_a_crawler_that_stands_still_is_told_and_no_source_is_blamed(engine, marsad) -> None:
    life = Life(engine, [ATLAS], datetime.now(UTC) - timedelta(days=2))
    life.days(ATLAS, 10, 20)
    life.write()
    told = marsad("watch", code=1)
    assert told.stderr.startswith("marsad: no source was asked for 49 hours, since ")
    assert told.stdout == (
        "100 pages of 10 runs: each became exactly one thing, none is lost\n1 source followed: 1 healthy\n"
    )


@pytest.mark.usefixtures("life")
def test_coverage_shows_each_day_of_each_source_by_a_mark(marsad) -> None:
    marsad("watch", code=1)
    shown = marsad("coverage", "--days", 5)
    [row] = [line for line in shown.stdout.splitlines() if line.startswith("rif  ") and "4-40" in line]
    assert row.split()[0] == "rif"
    assert row.endswith("الريف")
    assert set(row.split()[1]) <= set("·xo=-+")
    assert row.split()[1].count("x") >= 2
    assert "Do not answer now: 1\n" in shown.stdout
    cells = json.loads(marsad("coverage", "--days", 12, "--source", "atlas", "--json").stdout)["days"]
    assert len(cells) == 12
    assert (sum(cell["asked"] for cell in cells), sum(cell["new"] for cell in cells)) == (20, 200)
    assert sum(cell["articles"] for cell in cells) == 200
    read = list(csv.DictReader(io.StringIO(marsad("coverage", "--days", 12, "--source", "atlas", "--csv").stdout)))
    assert [int(each["new"]) for each in read] == [cell["new"] for cell in cells]


def test_coverage_of_a_hundred_sources_fits_a_hundred_columns(engine, marsad, monkeypatch) -> None:
    life = Life(engine, [outlet(f"maghreb-intelligence{n}"[-20:], "المغرب العربي") for n in range(100)])
    life.write()
    monkeypatch.setenv("COLUMNS", "100")
    shown = marsad("coverage").stdout.splitlines()
    assert max(map(len, shown)) <= 100
    assert sum("·" * 14 in line for line in shown) == 100


@pytest.mark.usefixtures("life")
def test_coverage_of_a_source_that_is_none_is_one_sentence(marsad) -> None:
    assert "there is no source `nope`" in marsad("coverage", "--source", "nope", code=1).stderr
    assert "exclude each other" in marsad("coverage", "--json", "--csv", code=2).stderr
