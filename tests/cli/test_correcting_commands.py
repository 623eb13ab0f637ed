"""What a person puts right on the command line: an event, tags, and the labelled data that come of it."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import Engine

from analysis.events import Resolver
from builders import NOON, article, filed, filing, page, report, source, visit
from command import Command
from models.archive import Archive
from models.event_book import EventBook

pytestmark = pytest.mark.timeout(300)  # each starts many processes


@pytest.fixture
def told(engine: Engine) -> None:
    """File an article that tells of a visit."""
    archive = Archive(engine)
    archive.load_sources([source()])
    archive.save_page(page(), visit(), archive.start_run("crawl", {}))
    with archive.claim(archive.start_run("process", {})) as claim:
        claim.settle(filed(), filing(article=article(), reports=(report(city="madrid"),)))
    assert EventBook(engine, lambda: NOON).meet_next(Resolver({"abdellatif-hammouchi"})) is not None


@pytest.mark.usefixtures("told")
def test_an_event_is_fixed_confirmed_and_retracted_with_name_and_reason(marsad: Command) -> None:
    fixed = ("--when", "2026-03-01 to 2026-03-02", "--city", "none", "--country", "pt", "--by", "amina")
    assert marsad("events", "fix", 1, *fixed, "--because", "the ministry").stdout == "event 1 is fixed\n"
    event = json.loads(marsad("event", 1, "--json").stdout)["event"]
    assert (event["first_on"], event["last_on"], event["city"]) == ("2026-03-01", "2026-03-02", None)
    assert event["countries"] == ["PT"]
    assert marsad("events", "confirm", 1, "--by", "karim").stdout == "event 1 is confirmed\n"
    assert "say why" in marsad("events", "retract", 1, code=1).stderr
    assert marsad("events", "retract", 1, "--because", "put off").stdout == "event 1 is retracted\n"
    assert marsad("events", "retract", 1, "--undo").stdout == "event 1 stands again\n"
    assert "is as its reports tell it" in marsad("events", "fix", 1, "--as-told").stdout
    lines = [json.loads(line) for line in marsad("events", "corrections", "--jsonl").stdout.splitlines()]
    assert [each["action"] for each in lines] == ["correct", "confirm", "retract", "restore", "correct"]
    assert (lines[0]["done_by"], lines[0]["because"]) == ("amina", "the ministry")
    assert lines[0]["is_now"]["countries"] == ["PT"]
    assert lines[0]["rules"]["countries"] == ["ES"]
    assert lines[0]["reports"][0]["evidence"] == report().evidence
    assert "5 corrections" in marsad("events", "corrections").stdout


@pytest.mark.usefixtures("told")
def test_what_cannot_be_is_one_sentence(marsad: Command) -> None:
    assert "name the facts to fix" in marsad("events", "fix", 1, code=1).stderr
    assert "--when soon" in marsad("events", "fix", 1, "--when", "soon", code=1).stderr
    assert "a tag is written as kind:id" in marsad("tag", 1, "--add", "drugs", code=1).stderr
    assert "the register has no theme:none" in marsad("tag", 1, "--add", "theme:none", code=1).stderr
    assert "there is no event 7" in marsad("events", "confirm", 7, code=1).stderr


@pytest.mark.usefixtures("told")
def test_an_article_that_is_none_of_ours_is_set_aside_by_a_command(marsad: Command) -> None:
    assert marsad("tag", 1, "--irrelevant", "--because", "football").stdout == "article 1 is put right\n"
    assert "by hand" in marsad("articles", "--rejected").stdout
    assert "`marsad replay` reads it again" in marsad("tag", 1, "--relevant").stdout
