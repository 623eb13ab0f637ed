"""`marsad feeds` on Postgres: which files there are, what changes an event in them, and that none is ever half."""

from __future__ import annotations

import json
from datetime import date

import feedparser
import pytest
from icalendar import Calendar
from sqlalchemy import text

from analysis.alert_seeds import AlertSeeds
from analysis.events import Resolver
from analysis.records import EventKind, Precision, When
from builders import article, filed, filing, page, recipient, report, rule, source, visit
from models.archive import Archive
from models.audiences import AudienceBook
from models.event_book import EventBook

RULES = (rule(), rule(id="france", kinds=(), countries=("FR",)))
DAYS = When(first=date(2026, 2, 9), last=date(2026, 2, 10), precision=Precision.DAY)


@pytest.fixture
def told(engine) -> None:
    """Let one article tell of a visit to Spain, and of what was signed there."""
    archive = Archive(engine)
    archive.load_sources([source()])
    archive.save_page(page(), visit(), archive.start_run("crawl", {}))
    reports = (report(when=DAYS), report(kind=EventKind.AGREEMENT, direction=None, when=DAYS))
    with archive.claim(archive.start_run("process", {})) as claim:
        claim.settle(filed(), filing(article=article(), reports=reports, tags=()))
    EventBook(engine).meet_next(Resolver({"abdellatif-hammouchi", "dgsn"}))
    AudienceBook(engine).load(AlertSeeds(recipients=(recipient(),), rules=RULES))


def titles(path) -> list[str]:
    return [entry.title for entry in feedparser.parse(path.read_bytes()).entries]


@pytest.mark.usefixtures("told")
def test_there_is_a_feed_of_everything_and_of_each_kind_country_and_rule(marsad, tmp_path) -> None:
    said = marsad("feeds", "--out", tmp_path / "feeds", "--days", 36500, "--language", "en", "--json").stdout
    facts = json.loads(said)
    kinds = [f"kind-{kind}.atom" for kind in EventKind]
    calendars = ["country-ES.ics", "events.ics", "kind-visit.ics", "rule-france.ics", "rule-new-visits.ics"]
    feeds = ["country-ES.atom", "events.atom", *kinds, "rule-france.atom", "rule-new-visits.atom"]
    assert (facts["events"], sorted(facts["files"])) == (2, sorted([*feeds, *calendars]))
    assert sorted(facts["files"]) == sorted(each.name for each in (tmp_path / "feeds").iterdir())
    folder = tmp_path / "feeds"
    assert {name: len(titles(folder / f"{name}.atom")) for name in ("events", "country-ES", "rule-new-visits")} == {
        "events": 2,
        "country-ES": 2,
        "rule-new-visits": 1,
    }
    assert titles(folder / "kind-agreement.atom") == ["Agreement with Spain (DGSN), 9 and 10 February 2026"]
    assert titles(folder / "rule-france.atom") == titles(folder / "kind-extradition.atom") == []
    [days] = Calendar.from_ical((folder / "rule-new-visits.ics").read_bytes()).walk("VEVENT")
    assert (days.start, days["STATUS"]) == (date(2026, 2, 9), "CONFIRMED")


@pytest.mark.usefixtures("told")
def test_a_retracted_visit_is_cancelled_when_the_files_are_written_again(marsad, engine, tmp_path) -> None:
    marsad("feeds", "--out", tmp_path, "--days", 36500)
    [before] = Calendar.from_ical((tmp_path / "events.ics").read_bytes()).walk("VEVENT")
    with engine.begin() as connection:
        connection.execute(text("UPDATE events SET made_at = made_at - interval '1 minute'"))
    marsad("events", "retract", 1, "--because", "another year's")
    marsad("feeds", "--out", tmp_path, "--days", 36500)
    [after] = Calendar.from_ical((tmp_path / "events.ics").read_bytes()).walk("VEVENT")
    assert (after["UID"], after["STATUS"]) == (before["UID"], "CANCELLED")
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(marsad, tmp_path) -> None:
    (tmp_path / "file").touch()
    told = marsad("feeds", "--out", tmp_path / "file", code=1).stderr
    assert told == f"marsad: cannot write {tmp_path / 'file'}: File exists\n"
