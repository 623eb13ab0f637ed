"""Corrections in a real Chromium: a date is fixed by clicking, axe finds nothing on the forms, none is too wide."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from browsing import IN_A_BROWSER, served, wrong_with
from conftest import NOW, TODAY
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine, text

from models.corrections import CorrectionBook
from models.database import make_engine
from models.hands import CORRECTOR
from postgres import create_database, drop_database
from web.house import House
from web.painter import Painter
from web.writers import Writers

PASSWORD = "a long writer's password"  # noqa: S105 of these tests

pytestmark = IN_A_BROWSER


@pytest.fixture(scope="module")
def written(server, press_engine: Engine) -> Iterator[Engine]:
    """Copy the sample press to a database that can be written."""
    press_engine.dispose()
    engine = make_engine(create_database(server, "clicked", "desk"))
    yield engine
    engine.dispose()
    drop_database(server, "clicked")


@pytest.fixture(scope="module")
def address(written: Engine, painter: Painter) -> Iterator[str]:
    """Serve the page with a writer's password."""
    writers = Writers(PASSWORD, CorrectionBook(written, lambda: NOW, role=CORRECTOR))
    house = House(engine=written, painter=painter, today=TODAY, clock=lambda: NOW, writers=writers)
    with served(house) as address:
        yield address


def one(engine: Engine, query: str) -> int:
    with engine.connect() as connection:
        return connection.scalar(text(query))


@pytest.fixture(scope="module")
def madrid(written: Engine) -> int:
    return one(written, "SELECT event FROM analyst.visits WHERE countries = '{ES}' AND first_on = '2026-02-19'")


def enter(page: Page, name: str, password: str) -> None:
    """Fill in the door, whichever language it speaks."""
    page.locator("input[name=name]").fill(name)
    page.locator("input[name=password]").fill(password)
    page.locator("main form button").click()


def test_a_date_is_fixed_by_clicking_and_the_way_back_does_nothing_twice(
    browser: Browser, address: str, written: Engine, madrid: int
):
    context = browser.new_context(base_url=address, locale="en-GB", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/events/{madrid}")
    page.get_by_role("link", name="Correct this event").click()
    page.get_by_label("Your name").fill("Amina")
    page.get_by_label("The writers' password").fill(PASSWORD)
    page.get_by_role("button", name="Enter").click()
    page.get_by_label("First day").fill("2026-02-20")
    facts = page.get_by_role("region", name="The facts")
    facts.get_by_label("Why").fill("the ministry corrected it")
    facts.get_by_role("button", name="Fix the facts").click()
    expect(page).to_have_url(re.compile(f"/events/{madrid}#corrections$"))
    shown = page.get_by_role("region", name="Corrections").inner_text()
    assert "Amina" in shown
    assert "Was: 19 and 20 February 2026" in shown
    assert "20 February 2026" in page.locator("dl.facts").first.inner_text()
    page.go_back()
    page.get_by_role("region", name="The facts").get_by_role("button", name="Fix the facts").click()
    page.reload()
    assert one(written, "SELECT count(*) FROM analyst.corrections") == 1
    context.close()


@pytest.mark.parametrize(("language", "theme"), [("ar", "light"), ("ar", "dark"), ("fr", "light")])
def test_axe_finds_nothing_on_the_forms_and_none_is_too_wide(  # noqa: PLR0913, PLR0917 what is looked at, and how
    browser: Browser, address: str, written: Engine, madrid: int, language: str, theme: str
):
    context = browser.new_context(base_url=address, locale=language, color_scheme=theme, bypass_csp=True)
    page, found = context.new_page(), {}
    article = one(written, "SELECT max(article) FROM analyst.event_reports")
    page.goto(f"/events/{madrid}/correct")
    enter(page, "أمينة", "a guess")
    paths = ["/writer", f"/events/{madrid}/correct", f"/articles/{article}/correct", f"/events/{madrid}"]
    for path in paths:
        if path != "/writer":  # there the refusal stands
            page.goto(path)
        if told := wrong_with(page):
            found[path] = told
        if path == "/writer":
            enter(page, "أمينة", PASSWORD)
    context.close()
    assert found == {}
