"""The lists as programs read them: JSON that keeps its description, CSV without formulas, Atom feeds that parse."""

from __future__ import annotations

import csv
import io

import feedparser
import pytest
import schemathesis
from desk_visitor import Visitor
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.questions.alerts import StateCount
from web.twins import csv_of

LISTS = ("/events", "/search", "/stories", "/people", "/bodies", "/countries", "/sources", "/alerts")


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
    assert set(paths) == {f"{path}.{form}" for path in LISTS for form in ("json", "csv", "atom")} | {
        "/events/{event}.json",
        "/articles/{article}.json",
        "/stories/{story}.json",
    }
