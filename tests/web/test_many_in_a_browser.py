"""The page over 100,000 generated articles in a real Chromium: each sort of page, lists to their end, the tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from browsing import IN_A_BROWSER, served, wrong_with
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine, text

from many_findings import IN_STORY, LONG_STORY, NOON, TODAY, fill_all
from models.database import make_engine
from models.server import Server
from postgres import create_database, drop_database
from web.house import House
from web.painter import Painter

ARTICLES = 100_000
LONG = ARTICLES // 16 * 8 + 1  # the story of many articles
# what weighs: lists of many, numbers of four figures, charts of ten years, the days of a hundred sources
HEAVY = ("/events", "/countries/ES", f"/stories/{LONG}", "/sources", "/search?q=Hammouchi&most=200", "/alerts")
OTHERS = (
    *("/", "/events?kind=visit&country=ES&since=2024-01-01", "/events/1990", "/sources?days=31", "/search"),
    *(f"/articles/{ARTICLES - 3}", "/search?theme=migration", "/stories?least=2", f"/stories/{LONG}?begin=350"),
    *(f"/copies/{LONG + 3}", "/people", "/people/abdellatif-hammouchi", "/bodies", "/bodies/dgsn", "/countries"),
    *("/sources/s7", "/alerts?state=given_up", "/alerts/5000", "/about", f"/articles/{ARTICLES // 2}"),
)

LAST_FIRST = "ORDER BY happened_on DESC, event DESC) FROM analyst.events"

pytestmark = [*IN_A_BROWSER, pytest.mark.timeout(600), pytest.mark.many]


@pytest.fixture(scope="module")
def many(server: Server, template: str) -> Iterator[Engine]:
    """Fill a database with the generated press."""
    engine = make_engine(create_database(server, "many", template))
    fill_all(engine, ARTICLES)
    yield engine
    engine.dispose()
    drop_database(server, "many")


@pytest.fixture(scope="module")
def address(many: Engine, painter: Painter) -> Iterator[str]:
    """Serve the page over it, on the day of its last article."""
    with served(House(engine=many, painter=painter, today=TODAY, clock=lambda: NOON)) as address:
        yield address


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Page]:
    """Open the page as a reader of Arabic without JavaScript."""
    context = browser.new_context(base_url=address, locale="ar", java_script_enabled=False)
    yield context.new_page()
    context.close()


def one(engine: Engine, asked: str) -> object:
    with engine.connect() as connection:
        return connection.scalar(text(asked))


def go_to(reader: Page, section: str) -> None:
    reader.goto("/")
    reader.get_by_role("navigation", name="الأقسام").get_by_role("link", name=section).click()


def links_to_the_end(reader: Page, links: str) -> list[str]:
    """Follow a list by its last link until there is none, and return what it links to."""
    found: list[str] = []
    while True:
        found += reader.eval_on_selector_all(links, "all => all.map(each => each.getAttribute('href'))")
        further = reader.locator("a[rel=next]")
        if not further.count():
            return found
        further.click()


@pytest.mark.parametrize(("language", "theme"), [("ar", "light"), ("fr", "dark")])
def test_every_sort_of_page_is_there_and_nothing_goes_wrong_in_the_browser(
    browser: Browser, address: str, language: str, theme: str
):
    context = browser.new_context(base_url=address, locale=language, color_scheme=theme)
    page, told = context.new_page(), []
    page.on("console", lambda message: told.append((page.url, message.text)))  # what the policy reports stands here
    page.on("pageerror", lambda error: told.append((page.url, str(error))))
    page.on("requestfailed", lambda request: told.append((page.url, request.url)))
    for path in (*HEAVY, *OTHERS):
        answer = page.goto(path, wait_until="networkidle")
        if answer is None or answer.status != 200:
            told.append((path, answer and answer.status))
    context.close()
    assert told == []


@pytest.mark.parametrize(("language", "theme"), [("ar", "dark"), ("en", "light")])
def test_axe_finds_nothing_on_heavy_pages_and_none_is_too_wide(
    browser: Browser, address: str, language: str, theme: str
):
    context = browser.new_context(base_url=address, locale=language, color_scheme=theme, bypass_csp=True)
    page, found = context.new_page(), {}
    for path in HEAVY:
        page.goto(path)
        if told := wrong_with(page):
            found[path] = told
    context.close()
    assert found == {}


def test_a_list_of_visits_goes_on_to_its_end_each_once(reader: Page, many: Engine):
    asked = "kind = 'visit' AND countries @> '{ES}'"
    reader.goto("/events?kind=visit&country=ES&most=20")
    found = links_to_the_end(reader, "td:nth-child(2) .line a:first-child")
    ordered = (
        f"SELECT array_agg('/events/' || event ORDER BY happened_on DESC, event DESC) FROM analyst.events WHERE {asked}"  # noqa: S608 of the test
    )
    assert found == one(many, ordered)
    assert len(found) > 100


def test_a_long_story_goes_on_to_its_last_article(reader: Page):
    reader.goto(f"/stories/{LONG}")
    found = links_to_the_end(reader, "section[aria-labelledby=carried] .line a")
    assert sorted(found) == sorted(f"/articles/{LONG + after}" for after in range(LONG_STORY))


def test_visits_to_spain_since_september_are_found_with_their_sentences(reader: Page, many: Engine):
    go_to(reader, "الأحداث")
    reader.get_by_label("النوع").select_option("زيارة")
    reader.get_by_label("الدولة").select_option("إسبانيا")
    reader.get_by_label("منذ").fill("2025-09-01")
    reader.get_by_role("button", name="عرض").click()
    visits = reader.locator("tbody tr:has(td.when)")
    asked = "kind = 'visit' AND countries @> '{ES}' AND coalesce(last_on, told_to) >= '2025-09-01'"
    meant = one(many, f"SELECT array_agg(evidence {LAST_FIRST} WHERE {asked}")
    assert visits.locator("blockquote").all_inner_texts() == [each.strip() for each in meant]
    visits.first.get_by_role("link").first.click()
    marked = reader.locator("ol.reports mark.sentence")
    assert marked.first.inner_text() in reader.locator("blockquote.press").nth(1).inner_text()
    assert marked.count() == 5


def test_who_carried_a_text_first_is_found(reader: Page):
    go_to(reader, "القصص")
    reader.get_by_label("عدد المقالات على الأقل").fill(str(IN_STORY + 1))
    reader.get_by_role("button", name="عرض").click()
    reader.locator(".lines li .line a").first.click()
    expect(reader).to_have_url(re.compile(rf"/stories/{LONG}$"))
    carried = reader.get_by_role("table").last.get_by_role("row")
    assert carried.nth(1).locator("td").first.inner_text() == "1"
    assert carried.nth(1).locator(".outlet").inner_text() in reader.locator("p:has(strong)").inner_text()
    reader.get_by_role("link", name="نسخة محررة").first.click()
    assert reader.locator("#theirs").is_visible()
    assert reader.locator("mark.other").count() >= 1


def test_why_an_alert_came_is_found(reader: Page, many: Engine):
    event = one(many, "SELECT max(event) FROM analyst.alerts_sent WHERE state = 'sent'")
    reader.goto(f"/events/{event}")
    reader.get_by_role("link", name="التنبيهات عنه").click()
    reader.locator("tbody tr").filter(has_text="desk-2").get_by_role("link").first.click()
    why = reader.locator("section[aria-labelledby=why]").inner_text()
    assert "الدولة: إسبانيا، فرنسا" in why
    assert "المنابر على الأقل: 2، أو واحد من الصف الأول" in why
    assert reader.get_by_role("table").get_by_role("link").first.get_attribute("href") == f"/events/{event}"


def test_what_is_broken_is_found(reader: Page):
    reader.goto("/")
    reader.get_by_role("link", name="مصادر معطلة: 2").click()
    trouble = reader.get_by_role("region", name="مصادر معطلة: 2")
    assert trouble.get_by_role("listitem").count() == 2
    assert reader.locator("table.grid tbody tr").count() == 100
    assert reader.locator("table.grid td.day.silent").count() == 6  # two sources of three days
    trouble.get_by_role("link", name="منبر 31").click()
    assert "لا يجيب" in reader.locator("main").inner_text()
