"""The lists as programs read them: JSON that keeps its description, CSV without formulas, Atom feeds that parse."""

from __future__ import annotations

import csv
import io
import re

import feedparser
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from sqlalchemy import Engine, text

from desk_visitor import Visitor, links
from models.questions.alerts import StateCount
from web.twins import csv_of

LISTS = ("/events", "/search", "/stories", "/people", "/bodies", "/countries", "/sources", "/alerts")

ONES = {
    "/events/{event}": "SELECT min(event) FROM analyst.event_reports",
    "/articles/{article}": "SELECT min(article) FROM analyst.event_reports",
    "/stories/{story}": "SELECT min(story) FROM analyst.stories",
    "/copies/{article}": "SELECT min(article) FROM analyst.copies WHERE original IS NOT NULL",
    "/people/{name}": "SELECT 'abdellatif-hammouchi'",
    "/bodies/{name}": "SELECT 'dgsn'",
    "/countries/{name}": "SELECT 'ES'",
    "/sources/{source}": "SELECT 'sample-courier'",
    "/alerts/{alert}": "SELECT min(alert) FROM analyst.alerts_sent",
}
SINGLES = tuple(ONES)


@pytest.mark.parametrize("path", LISTS)
def test_a_list_says_the_same_in_three_forms(visitor: Visitor, path: str):
    facts = visitor.get(f"{path}.json").json()
    assert facts
    rows = list(csv.DictReader(io.StringIO(visitor.get(f"{path}.csv").text)))
    feed = feedparser.parse(visitor.get(f"{path}.atom").content)
    assert [list(each) for each in rows] == [list(each) for each in facts]
    assert not feed.bozo
    assert len(feed.entries) == len(rows) == len(facts)
    assert {visitor.get(each.link.removeprefix("http://desk.example")).status_code for each in feed.entries[:5]} <= {
        200
    }


@given(name=st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=20))
def test_a_cell_of_csv_is_never_a_formula(name: str):
    [cell, _] = list(csv.reader(io.StringIO(csv_of(StateCount, [StateCount(state=name, alerts=1)]))))[1]
    assert not cell.startswith(("=", "+", "-", "@", "\t"))
    assert cell.removeprefix("'") == name.removeprefix("'")


def test_the_twins_keep_their_description(visitor: Visitor):
    schema = schemathesis.openapi.from_asgi("/openapi.json", visitor.app)

    @given(case=schema.as_strategy())
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    def keeps(case: schemathesis.Case):
        case.call_and_validate()

    keeps()


def test_the_description_names_the_twins_and_no_page(visitor: Visitor):
    paths = visitor.get("/openapi.json").json()["paths"]
    forms = {f"{path}.{form}" for path in (*LISTS, *SINGLES) for form in ("json", "csv", "atom")}
    calendars = {"/events.ics", "/people/{name}.ics", "/bodies/{name}.ics", "/countries/{name}.ics"}
    assert set(paths) == forms | calendars


@pytest.mark.parametrize("path", SINGLES)
def test_one_thing_is_told_in_three_forms(visitor: Visitor, press_engine: Engine, path: str):
    with press_engine.connect() as connection:
        here = re.sub(r"\{\w+\}", str(connection.scalar(text(ONES[path]))), path)
    assert visitor.get(f"{here}.json").json()
    rows = list(csv.DictReader(io.StringIO(visitor.get(f"{here}.csv").text)))
    feed = feedparser.parse(visitor.get(f"{here}.atom").content)
    assert rows
    assert not feed.bozo
    assert feed.entries
    for entry in feed.entries[:3]:
        assert visitor.get(entry.link.removeprefix("http://desk.example").partition("#")[0]).status_code == 200
    assert {f"{here}.{form}" for form in ("json", "csv", "atom")} <= set(links(visitor.page(here)))


@pytest.mark.parametrize("path", SINGLES)
def test_what_is_not_there_has_no_twin(visitor: Visitor, path: str):
    nowhere = re.sub(r"\{\w+\}", "999999", path)
    assert {visitor.get(f"{nowhere}.{form}").status_code for form in ("json", "csv", "atom")} == {404}


# ---------------------------------------------------------------- calendars


def test_visits_are_a_calendar_in_the_reader_s_language(visitor: Visitor):
    answer = visitor.get("/events.ics?country=ES", "fr")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    [calendar] = Calendar.from_ical(answer.content, multiple=True)
    visits = [each for each in calendar.walk("VEVENT") if str(each["dtstart"].dt) == "2026-02-19"]
    assert [str(each["dtend"].dt) for each in visits] == ["2026-02-21"]
    assert "Espagne" in str(visits[0]["summary"])
    assert "حل عبد اللطيف حموشي" in str(visits[0]["description"])


def test_a_calendar_keeps_the_ids_of_the_files(visitor: Visitor):
    whole = Calendar.from_ical(visitor.get("/events.ics").content)
    spain = Calendar.from_ical(visitor.get("/countries/ES.ics").content)
    ids = {str(each["uid"]) for each in whole.walk("VEVENT")}
    assert {str(each["uid"]) for each in spain.walk("VEVENT")} < ids
    assert all(each.endswith("@marsad") for each in ids)
    assert not Calendar.from_ical(visitor.get("/events.ics?kind=agreement").content).walk("VEVENT")
    assert visitor.get("/countries/XX.ics").status_code == 404
