"""`marsad process --while-crawling --deliver`, as its DAG runs it: it reads and tells while a crawl goes on."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from analysis.alert_seeds import AlertSeeds
from analysis.records import RunState
from builders import page, recipient, rule, source, visit
from command import Command
from models.archive import Archive
from models.audiences import AudienceBook
from models.live_runs import is_under_way

HTML = (
    "<html lang='fr'><head><title>{0}</title><meta property='article:published_time' content='2026-02-10'></head>"
    "<body><h1>{0}</h1><p>{1}</p><p>{2}</p></body></html>"
)
TITLE = "Hammouchi en visite de travail à Madrid"
LEAD = (
    "Le directeur général de la Sûreté nationale, Abdellatif Hammouchi, a effectué lundi 9 février 2026 une visite de "
    "travail à Madrid, où il s'est entretenu avec le chef de la Police nationale espagnole."
)
MORE = "Tous deux ont parlé de la lutte contre le terrorisme et des réseaux qui recrutent au sud du détroit."
OUTCOMES = text("SELECT outcome FROM pages")


def test_a_run_is_under_way_until_it_ends(engine: Engine) -> None:
    archive = Archive(engine)
    run_id = archive.start_run("crawl", {})
    assert (is_under_way(engine, "crawl"), is_under_way(engine, "process")) == (True, False)
    archive.end_run(run_id, RunState.DONE, {})
    assert not is_under_way(engine, "crawl")


def wait_for(engine: Engine, letters: Path) -> dict[str, object]:
    """Return the first letter, once it is there."""
    while not (letters.exists() and letters.read_text("utf-8").endswith("\n")):
        time.sleep(0.2)
    with engine.connect() as connection:
        assert connection.scalars(OUTCOMES).all() == ["filed"]
    return json.loads(letters.read_text("utf-8").splitlines()[0])


@pytest.mark.timeout(120)
def test_a_page_is_told_while_the_crawl_that_brought_it_goes_on(
    engine: Engine, marsad: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARSAD_TODAY", "2026-02-10")
    monkeypatch.setenv("MARSAD_CHANNEL_DESK", f"file:{tmp_path / 'letters.jsonl'}")
    AudienceBook(engine).load(AlertSeeds(recipients=(recipient(),), rules=(rule(),)))
    archive = Archive(engine)
    archive.load_sources([source()])
    crawl = archive.start_run("crawl", {})
    with ThreadPoolExecutor(1) as beside:
        reading = beside.submit(marsad, "process", "--while-crawling", "--deliver", "--skip-if-nothing-waits")
        archive.save_page(page(body=HTML.format(TITLE, LEAD, MORE).encode()), visit(), crawl)
        letter = wait_for(engine, tmp_path / "letters.jsonl")
        assert (letter["occasion"], reading.done()) == ("first", False)
        archive.end_run(crawl, RunState.DONE, {})
        assert reading.result().stdout == "1 page read: 1 filed; 1 new event, 1 new story\n"
