"""`marsad crawl` as a person starts it, on the sample press and a real Postgres: exit codes, lines, what is kept."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from sqlalchemy import Engine, select
from typer.testing import CliRunner

from analysis import urls
from analysis.records import Source, VisitState
from analysis.seeds import read_sources
from cli.main import app
from cli.sample_press import SamplePress, serve
from command import Command
from models.archive import Archive
from models.pages import PageRow, RunRow, VisitRow

MARSAD = Path(sys.executable).with_name("marsad")


@pytest.fixture
def press():
    with serve(port=0) as opened:
        yield opened


def sources(press: SamplePress, delay_seconds: float) -> tuple[Source, ...]:
    """Return the sources of the press; it is ours, and need not be asked as slowly as its entries say."""
    found = read_sources(press.sources(), file="sources.yml")
    return tuple(replace(source, delay_seconds=delay_seconds) for source in found)


@pytest.fixture
def loaded(archive: Archive, press: SamplePress) -> Archive:
    archive.load_sources(sources(press, 0.01))
    return archive


def environment(engine: Engine) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("MARSAD_")}
    url = engine.url.render_as_string(hide_password=False)
    settings = {"MARSAD_CONTACT": "tests@atlas.example", "MARSAD_ALLOW_PRIVATE_ADDRESSES": "yes"}
    return {**ours, **settings, "MARSAD_DATABASE_URL": url}


def crawl(engine: Engine, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [MARSAD, "crawl", *words], env=environment(engine), capture_output=True, text=True, check=False, timeout=60
    )


def rows(engine: Engine, *columns: object) -> list:
    with engine.connect() as connection:
        return list(connection.execute(select(*columns).order_by(columns[0])))


def expected(press: SamplePress) -> dict[str, tuple[str, int | None]]:
    """How each page of the manifest is to be visited: its state, and its status if there is an answer."""
    endings = {}
    for told in yaml.safe_load(press.manifest()):
        state = told.get("visit", "fetched")
        status = told.get("status", 200) if state in ("fetched", "http_error") else None
        endings[urls.canonical(told["url"])] = (state, status)
    return endings


@pytest.mark.usefixtures("loaded")
def test_the_sample_press_is_fetched_as_its_manifest_says_and_a_second_crawl_fetches_nothing(engine, press):
    first = crawl(engine)
    assert first.returncode == 0
    visits = rows(engine, VisitRow.url, VisitRow.state, VisitRow.status, VisitRow.way)
    assert {urls.canonical(url): (state, status) for url, state, status, way in visits if way is None} == expected(
        press
    )
    kept = {page.canonical_url for page in rows(engine, PageRow.canonical_url)}
    assert kept == {name for name, (state, _) in expected(press).items() if state == "fetched"}
    assert max(press.requests().values()) == 1

    told = first.stdout.splitlines()
    assert [line.partition(":")[0] for line in told] == sorted(outlet.facts["id"] for outlet in press.outlets)

    before = press.requests()
    nothing = crawl(engine, "--skip-if-nothing-new")
    assert (nothing.returncode, nothing.stdout.partition(";")[0]) == (99, "no source is due")
    second = crawl(engine, *(outlet.facts["id"] for outlet in press.outlets), "--skip-if-nothing-new")
    assert (second.returncode, second.stderr) == (99, "")
    assert second.stdout.splitlines()[0].startswith("sample-courier: 0 new pages")
    again = Counter(press.requests()) - Counter(before)
    assert again == {source.discovery[0].url: 1 for source in sources(press, 0.01)}
    assert [run.counts.get("pages", 0) for run in rows(engine, RunRow.id, RunRow.counts)] == [len(kept), 0, 0]


def test_a_source_that_another_crawl_asks_is_left_to_it(engine, loaded, press):
    loaded.reserve_sources(loaded.start_run("crawl", {}), sources(press, 0.01))
    told = crawl(engine, "sample-courier", "--skip-if-nothing-new")
    assert (told.returncode, told.stderr) == (99, "")
    assert told.stdout == "sample-courier: left alone, another crawl is asking it now\n"
    assert press.requests() == {}


def test_a_source_that_is_not_followed_is_named_in_one_sentence(engine, monkeypatch):
    monkeypatch.setenv("MARSAD_DATABASE_URL", environment(engine)["MARSAD_DATABASE_URL"])
    told = CliRunner().invoke(app, ["crawl", "nobody"])
    assert (told.exit_code, told.stdout) == (1, "")
    assert str(told.exception) == "there is no source `nobody`: run `marsad seeds load`"
    assert rows(engine, RunRow.id) == []


def test_sources_that_do_not_answer_end_the_run_as_failed_after_the_others_were_kept(engine, loaded, press):
    elsewhere = press.sources().replace("127.0.0.15", "127.0.0.17")
    loaded.load_sources(read_sources(elsewhere, file="sources.yml"))
    told = crawl(engine, "sample-cronica", "sample-courier", "--limit", "2", "--json")
    assert told.returncode == 1
    assert told.stderr.startswith("marsad: sample-cronica: no way of discovery answered; feed http://127.0.0.17")
    facts = json.loads(told.stdout)
    courier, cronica = facts["sources"]
    assert (facts["pages"], courier["pages"], cronica["pages"]) == (2, 2, 0)
    assert courier["left"] > 0
    assert cronica["failed"] == {"unreachable": 1}
    (run,) = rows(engine, RunRow.id, RunRow.state, RunRow.error)
    assert run.state == "failed"
    assert "sample-cronica" in run.error
    assert {page.source_id for page in rows(engine, PageRow.source_id)} == {"sample-courier"}


def test_a_crawl_that_is_ended_keeps_what_it_fetched_and_the_next_one_goes_on(engine, loaded, press):
    loaded.load_sources(sources(press, 0.5))  # slow enough to be ended in the middle
    ends = {signal.SIGKILL: -9, signal.SIGINT: 130, signal.SIGTERM: 143}
    for number, code in ends.items():
        assert end_after(engine, number, pages=5) == code
    assert 15 <= len(rows(engine, PageRow.id)) < len(expected(press)) - 5

    loaded.load_sources(sources(press, 0.01))
    assert crawl(engine).returncode == 0
    fetched = {name for name, (state, _) in expected(press).items() if state == VisitState.FETCHED}
    assert {page.canonical_url for page in rows(engine, PageRow.canonical_url)} == fetched
    assert [run.state for run in rows(engine, RunRow.id, RunRow.state)] == ["broken", "failed", "failed", "done"]


def end_after(engine: Engine, number: int, *, pages: int) -> int:
    """Start a crawl, send it a signal once it has kept some more pages, and return its exit code."""
    before = len(rows(engine, PageRow.id))
    with subprocess.Popen([MARSAD, "crawl"], env=environment(engine), stdout=subprocess.DEVNULL) as process:
        until = time.monotonic() + 30
        while len(rows(engine, PageRow.id)) < before + pages and time.monotonic() < until:
            time.sleep(0.05)
        process.send_signal(number)
        try:
            return process.wait(timeout=10)
        finally:
            process.kill()


def test_a_crawl_that_names_no_contact_says_so(engine: Engine, marsad: Command) -> None:
    Archive(engine).load_sources([])
    assert "no MARSAD_CONTACT is set" in marsad("crawl").stderr


def test_a_dry_run_says_what_would_be_asked_and_why_and_asks_nobody(engine, loaded, press):
    told = crawl(engine, "sample-courier", "--dry-run")
    feed = sources(press, 0.01)[-1].discovery[0].url
    assert told.returncode == 0, told.stderr
    assert told.stdout.splitlines()[0] == "sample-courier: 1 way to ask"
    assert f"{feed}: it was never asked" in crawl(engine, "--dry-run").stdout
    assert press.requests() == {}

    loaded.load_sources(sources(press, 0.01))
    assert crawl(engine, "sample-courier", "--limit", "1").returncode == 0
    before = press.requests()
    (planned,) = json.loads(crawl(engine, "sample-courier", "--dry-run", "--json").stdout)["sources"]
    assert (len(planned["ways"]), planned["looks"]) == (1, [])
    assert planned["ways"][0]["because"].startswith("asked by name, else due at ")
    assert len(planned["pages"]) > 3
    assert press.requests() == before
    assert [run.id for run in rows(engine, RunRow.id)] == [1]
