"""The page in a real Chromium: axe finds nothing, no page is too wide, an analyst's tasks are done by clicking."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from browsing import IN_A_BROWSER, TOO_WIDE, WIDTHS, served, wrong_with
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine, text

from web.house import House
from web.painter import Painter

pytestmark = IN_A_BROWSER


@dataclass(frozen=True, slots=True)
class Looked:
    """One way to look at the page."""

    language: str
    theme: str


LOOKS = (Looked("ar", "light"), Looked("ar", "dark"), Looked("fr", "dark"), Looked("en", "light"))


@pytest.fixture(scope="module")
def address(press_engine: Engine, painter: Painter) -> Iterator[str]:
    """Serve the page over the sample press."""
    from conftest import NOW, TODAY  # noqa: PLC0415 of this folder

    with served(House(engine=press_engine, painter=painter, today=TODAY, clock=lambda: NOW)) as address:
        yield address


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Page]:
    """Open the page as a reader of English without JavaScript."""
    context = browser.new_context(base_url=address, locale="en-GB", java_script_enabled=False)
    page = context.new_page()
    yield page
    context.close()


@pytest.fixture(scope="module")
def paths(press_engine: Engine) -> list[str]:
    """Name one page of each sort, by what the sample press has."""
    with press_engine.connect() as connection:
        ones = connection.execute(
            text("""
                SELECT (SELECT event FROM analyst.events ORDER BY reports DESC, event LIMIT 1) AS event,
                    (SELECT max(article) FROM analyst.event_reports) AS article,
                    (SELECT story FROM analyst.stories ORDER BY copies DESC, story LIMIT 1) AS story,
                    (SELECT min(article) FROM analyst.copies WHERE original IS NOT NULL) AS copy,
                    (SELECT max(alert) FROM analyst.alerts_sent) AS alert
            """)
        ).one()
    numbered = [f"/events/{ones.event}", f"/articles/{ones.article}", f"/stories/{ones.story}"]
    others = [
        "/",
        "/events",
        "/search?q=police",
        "/stories",
        "/people",
        "/people/abdellatif-hammouchi",
        "/countries/ES",
    ]
    return [
        *others,
        *numbered,
        f"/copies/{ones.copy}",
        "/sources",
        "/sources/sample-courier",
        "/alerts",
        f"/alerts/{ones.alert}",
        "/about",
        "/nothing",
    ]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.language}-{look.theme}")
def test_axe_finds_nothing_and_no_page_is_wider_than_its_window(
    browser: Browser, address: str, paths: list[str], look: Looked
):
    context = browser.new_context(base_url=address, locale=look.language, color_scheme=look.theme, bypass_csp=True)
    page, found = context.new_page(), {}
    for number, path in enumerate(paths):
        page.set_viewport_size({"width": WIDTHS[number % 3], "height": 900})
        page.goto(path)
        if told := wrong_with(page):
            found[path] = told
    context.close()
    assert found == {}


def test_the_policy_blocks_nothing_that_the_page_needs(browser: Browser, address: str, paths: list[str]):
    context = browser.new_context(base_url=address, locale="ar")
    page, told = context.new_page(), []
    page.on("console", lambda message: told.append(message.text))
    page.on("requestfailed", lambda request: told.append(request.url))
    for path in paths[:-1]:
        page.goto(path, wait_until="networkidle")
    context.close()
    assert told == []


def test_visits_to_spain_since_september_are_found_with_their_sentences(reader: Page):
    reader.goto("/")
    reader.get_by_role("navigation", name="Sections").get_by_role("link", name="Events").click()
    reader.get_by_label("Kind").select_option("Visit")
    reader.get_by_label("Country").select_option("Spain")
    reader.get_by_label("Since").fill("2025-09-01")
    reader.get_by_role("button", name="Show").click()
    expect(reader).to_have_url(re.compile(r"/events\?kind=visit&country=ES&since=2025-09-01$"))
    madrid = reader.get_by_role("row").filter(has_text="19 and 20 February 2026")
    assert "حل عبد اللطيف حموشي" in madrid.locator("blockquote").inner_text()


def test_who_carried_the_communique_first_is_found(reader: Page):
    reader.goto("/")
    reader.get_by_role("navigation", name="Sections").get_by_role("link", name="Stories").click()
    reader.get_by_label("Articles at least").fill("4")
    reader.get_by_role("button", name="Show").click()
    reader.locator(".lines li").filter(has_text="Copies: 2").locator(".line a").first.click()
    carried = reader.get_by_role("table").last.get_by_role("row")
    expect(carried.nth(4)).to_be_visible()
    first = carried.nth(1).inner_text()
    assert first.split()[0] == "1"
    assert carried.nth(1).locator(".outlet").inner_text() in reader.locator("p:has(strong)").inner_text()


def test_why_an_alert_came_is_found(reader: Page):
    reader.goto("/")
    reader.get_by_role("navigation", name="Sections").get_by_role("link", name="Alerts").click()
    reader.locator("tbody tr").filter(has_text="first word").first.get_by_role("link").first.click()
    expect(reader.get_by_role("heading", name="Why")).to_be_visible()
    expect(reader.get_by_text("Because it meets these rules:")).to_be_visible()
    assert reader.locator("section[aria-labelledby=why] code").count() >= 1


def test_what_is_broken_is_found(reader: Page):
    reader.goto("/")
    reader.get_by_role("link", name="Sources in trouble: 1").click()
    expect(reader.get_by_role("heading", name="Is anything broken?")).to_be_visible()
    trouble = reader.get_by_role("region", name="Sources in trouble: 1")
    assert "it does not answer" in trouble.inner_text()
    trouble.get_by_role("link", name="The Tingis Courier").click()
    expect(reader.locator("main")).to_contain_text("look whether the outlet is still there")


def test_the_language_is_switched_by_a_link_and_stays(reader: Page):
    reader.goto("/events?kind=visit")
    reader.get_by_role("link", name="العربية").click()
    reader.locator(".cards .line a").first.click()
    assert reader.locator("html").get_attribute("dir") == "rtl"
    reader.get_by_role("link", name="داكن").click()
    assert reader.locator("html").get_attribute("data-theme") == "dark"


def test_the_keyboard_reaches_the_content_first(reader: Page):
    reader.goto("/")
    reader.keyboard.press("Tab")
    assert reader.evaluate("document.activeElement.className") == "skip"
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(re.compile("#content$"))


# ---------------------------------------------------------------- hostile articles


@pytest.fixture(scope="module")
def hostile_address(hostile_engine: Engine, painter: Painter) -> Iterator[str]:
    """Serve the page over articles that would do harm."""
    with served(House(engine=hostile_engine, painter=painter)) as address:
        yield address


@pytest.fixture
def hostile_paths(hostile_engine: Engine) -> list[str]:
    """Name every page that shows a hostile article."""
    asked = """
        SELECT '/articles/' || article FROM analyst.articles UNION ALL
        SELECT '/events/' || event FROM analyst.events UNION ALL SELECT '/stories/' || story FROM analyst.stories
    """
    with hostile_engine.connect() as connection:
        ones = connection.scalars(text(asked)).all()
    return ["/", "/events", "/search", "/search?q=script", "/stories", "/sources", "/sources/atlas", *ones]


USABLE = """
    ['.top nav a', '.find input', 'h1', '.foot a'].every(
        each => document.querySelector(each).checkVisibility() && document.querySelector(each).clientHeight >= 0)
    && document.querySelector('.foot').getBoundingClientRect().height > 0
    && document.querySelectorAll('main script, main style, main svg, main [onerror], main [onload]').length === 0
"""


@pytest.mark.parametrize("width", [360, 1280])
def test_hostile_articles_run_nothing_and_swallow_no_page(
    browser: Browser, hostile_address: str, hostile_paths: list[str], width: int
):
    context = browser.new_context(base_url=hostile_address, locale="ar", viewport={"width": width, "height": 900})
    page, told = context.new_page(), []
    page.on("console", lambda message: told.append((page.url, message.text)))  # what the policy reports stands here
    page.on("pageerror", lambda error: told.append((page.url, str(error))))
    page.on("dialog", lambda dialog: (told.append((page.url, dialog.message)), dialog.dismiss()))
    page.on("request", lambda request: None if request.url.startswith(hostile_address) else told.append(request.url))
    for path in hostile_paths:
        page.goto(path, wait_until="networkidle")
        if not page.evaluate(USABLE):
            told.append((path, "cannot be used"))
        if over := page.evaluate(TOO_WIDE):
            told.append((path, over))
        hrefs = page.eval_on_selector_all("a", "all => all.map(each => each.protocol)")
        if not set(hrefs) <= {"http:", "https:"}:
            told.append((path, hrefs))
    context.close()
    assert told == []


def test_a_hostile_article_is_left_by_the_menu_as_any(browser: Browser, hostile_address: str, hostile_paths: list[str]):
    page = browser.new_page(base_url=hostile_address, locale="en-GB", viewport={"width": 360, "height": 740})
    for path in hostile_paths:
        page.goto(path)
        page.get_by_role("navigation", name="Sections").get_by_role("link", name="Stories").click()
        expect(page).to_have_url(f"{hostile_address}/stories")
    page.close()
