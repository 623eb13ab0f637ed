"""Corrections in a real Chromium: a date is fixed by clicking, axe finds nothing on the forms, none is too wide."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
import uvicorn
from conftest import NOW, TODAY
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import Engine, text

from models.corrections import CorrectionBook
from models.database import make_engine
from models.hands import CORRECTOR
from postgres import create_database, drop_database
from web.app import make_app
from web.house import House
from web.painter import Painter
from web.writers import Writers

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text("utf-8")
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"
FOUND = f"axe.run({RULES}).then(all => all.violations.map(each => [each.id, each.nodes[0].html]))"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PASSWORD = "a long writer's password"  # noqa: S105 of these tests

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine: apt-get install chromium"),
]


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
    app = make_app(House(engine=written, painter=painter, today=TODAY, clock=lambda: NOW, writers=writers))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        yield started
        started.close()


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
    assert page.url.endswith(f"/events/{madrid}#corrections")
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
        page.evaluate(AXE)
        if told := page.evaluate(FOUND):
            found[path] = told
        for width in (360, 820, 1400):
            page.set_viewport_size({"width": width, "height": 900})
            if over := page.evaluate(TOO_WIDE):
                found[path, width] = over
        if path == "/writer":
            enter(page, "أمينة", PASSWORD)
    context.close()
    assert found == {}
