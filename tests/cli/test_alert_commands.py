"""What a person sees of alerts: who hears about what, what was said to whom and why, and how it gets out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from analysis.alert_seeds import AlertSeeds
from analysis.events import Resolver
from builders import NOON, article, filed, filing, page, recipient, report, rule, source, visit
from command import Command
from models.archive import Archive
from models.audiences import AudienceBook
from models.event_book import EventBook

CHIEF = "abdellatif-hammouchi"

pytestmark = pytest.mark.timeout(300)  # each starts many processes


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Let the desk's channel be a file."""
    file = tmp_path / "letters.txt"
    monkeypatch.setenv("MARSAD_CHANNEL_DESK", f"file:{file}")
    return file


@pytest.fixture
def desk(engine: Engine) -> Engine:
    """Let the desk hear of visits."""
    AudienceBook(engine).load(AlertSeeds(recipients=(recipient(),), rules=(rule(),)))
    return engine


@pytest.fixture
def told(desk: Engine) -> Engine:
    """File an article that tells of a visit on the day it is told."""
    engine = desk
    archive = Archive(engine)
    archive.load_sources([source()])
    archive.save_page(page(), visit(), archive.start_run("crawl", {}))
    with archive.claim(archive.start_run("process", {})) as claim:
        assert claim is not None
        claim.settle(filed(), filing(article=article(), reports=(report(city="madrid"),)))
    assert EventBook(engine, lambda: NOON).meet_next(Resolver({CHIEF})) is not None
    return engine


@pytest.mark.usefixtures("told")
def test_an_alert_is_listed_delivered_and_explained(marsad: Command, letters: Path) -> None:
    assert "first" in marsad("alerts", "--state", "waiting").stdout
    assert marsad("deliver").stdout == "1 message sent\n"
    assert json.loads(letters.read_text("utf-8"))["occasion"] == "first"
    assert marsad("deliver", "--skip-if-nothing-is-due", code=99).stdout == ""
    [kept] = json.loads(marsad("alerts", "--recipient", "desk", "--json").stdout)
    assert (kept["state"], kept["because"], kept["attempts"]) == ("sent", ["new-visits"], 1)
    said = marsad("alerts", "why", kept["id"]).stdout
    for part in (
        "first to desk: event",
        "visit to Spain, madrid",
        "new-visits: kinds visit",
        "Atlas (tier 1)",
        "1 attempt",
    ):
        assert part in said
    assert "there is no message 77" in marsad("alerts", "why", 77, code=1).stderr


@pytest.mark.usefixtures("told")
def test_a_channel_without_an_address_is_named_and_nothing_is_lost(marsad: Command) -> None:
    expected = "1 message to desk cannot go out: set MARSAD_CHANNEL_DESK\n"
    assert marsad("deliver", "--skip-if-nothing-is-due", code=99).stdout == expected
    assert marsad("deliver").stdout == f"0 messages sent\n{expected}"
    assert json.loads(marsad("deliver", "--json").stdout) == {
        "sent": 0,
        "failed": 0,
        "given_up": 0,
        "without_address": {"desk": 1},
    }


def test_a_message_that_is_given_up_ends_with_a_word(told: Engine, marsad: Command, letters: Path) -> None:
    with told.begin() as connection:
        connection.execute(text("UPDATE alerts SET facts = '{}'"))  # as no marsad wrote it
    ended = marsad("deliver", code=1)
    assert ended.stderr == "marsad: 1 message given up: `marsad alerts --state given_up` lists them\n"
    assert not letters.exists()


@pytest.mark.usefixtures("told")
def test_an_address_that_is_none_is_a_failed_attempt_and_is_not_shown(
    marsad: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARSAD_CHANNEL_DESK", "nonsense://nowhere?secret=hunter2")
    assert marsad("deliver").stdout == "0 messages sent, 1 attempt failed and comes again\n"
    said = marsad("alerts", "why", 1).stdout
    assert ("failed: " in said, "hunter2" in said) == (True, False)


@pytest.mark.usefixtures("desk")
def test_rules_and_recipients_are_added_listed_and_removed(marsad: Command) -> None:
    marsad("alerts", "recipient", "night", "--channel", "night", "--language", "fr", "--quiet", "22:30-06:30")
    marsad("alerts", "add", "spain", "--to", "night", "--country", "es", "--kind", "visit", "--pace", "daily")
    listed = json.loads(marsad("alerts", "list", "--json").stdout)
    assert [each["id"] for each in listed["recipients"]] == ["desk", "night"]
    assert {each["id"]: each["countries"] for each in listed["rules"]}["spain"] == ["ES"]
    said = marsad("alerts", "list").stdout
    assert "22:30 to 06:30" in said
    assert "kinds visit; countries ES; told as news by 2 outlets or one of tier 1; daily" in said
    assert marsad("alerts", "remove", "spain").stdout == "the rule spain is forgotten\n"
    assert "no rule or recipient `spain`" in marsad("alerts", "remove", "spain", code=1).stderr


@pytest.mark.usefixtures("desk")
def test_what_cannot_be_meant_is_told_in_one_sentence(marsad: Command) -> None:
    assert "no recipient `nobody`" in marsad("alerts", "add", "x", "--to", "nobody", code=1).stderr
    assert "no country `xx`" in marsad("alerts", "add", "x", "--to", "desk", "--country", "xx", code=1).stderr
    wrong = ("alerts", "recipient", "night", "--channel", "smtp://x", "--language", "fr")
    assert "expected small letters, digits and _" in marsad(*wrong, code=1).stderr
    quiet = ("alerts", "recipient", "night", "--channel", "night", "--language", "fr", "--quiet", "late")
    assert "expected a time of day" in marsad(*quiet, code=1).stderr


@pytest.mark.usefixtures("desk")
def test_a_mute_is_made_listed_and_taken_back(marsad: Command) -> None:
    said = marsad("alerts", "mute", "desk", "--country", "ES", "--until", "2030-01-01").stdout
    assert said == "muted; `marsad alerts unmute 1` takes it back\n"
    assert "country ES" in marsad("alerts", "list").stdout
    marsad("alerts", "unmute", 1)
    assert "Mutes" not in marsad("alerts", "list").stdout
    assert "there is no event 999" in marsad("alerts", "mute", "desk", "--event", 999, code=1).stderr


@pytest.mark.usefixtures("desk")
def test_a_trial_says_what_the_receiver_answered(marsad: Command, letters: Path) -> None:
    assert marsad("alerts", "test", "desk").stdout.startswith("sent to desk: ")
    assert "desk" in letters.read_text("utf-8")
    assert "no recipient or channel `nobody`" in marsad("alerts", "test", "nobody", code=1).stderr
