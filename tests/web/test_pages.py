"""Each page over the sample press: what stands on it, in four languages and two directions."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text

from analysis.records import Language, TroubleKind
from analysis.vocabulary import BodyKind
from desk_visitor import Visitor, links, said
from web.look import LANGUAGES, Look
from web.painter import Painter

PATHS = (
    *(
        "/",
        "/events",
        "/events?kind=visit&country=ES",
        "/search",
        "/search?q=Hammouchi",
        "/stories",
        "/stories?least=2",
    ),
    *("/people", "/people/abdellatif-hammouchi", "/bodies", "/bodies/dgsn", "/countries", "/countries/ES"),
    *("/sources", "/sources/sample-courier", "/alerts", "/about"),
)


def first(engine: Engine, sql: str) -> int:
    with engine.connect() as connection:
        return connection.scalar(text(sql))


@pytest.fixture
def spanish_visit(press_engine: Engine) -> int:
    """Return the visit to Madrid of February 2026, which six outlets announced or told."""
    return first(press_engine, "SELECT event FROM analyst.visits WHERE countries = '{ES}' AND first_on = '2026-02-19'")


@pytest.mark.parametrize("path", PATHS)
def test_a_page_says_which_language_and_direction_it_is_in(visitor: Visitor, path: str):
    for language in LANGUAGES:
        page = visitor.page(path, language)
        assert (page.get("lang"), page.get("dir")) == (language, "rtl" if language == "ar" else "ltr")
        assert len(page.xpath("//h1")) == 1
        assert page.xpath("//main[@id='content']")
        assert page.xpath("//a[@class='skip'][@href='#content']")


def test_every_link_of_a_page_to_marsad_itself_leads_somewhere(visitor: Visitor):
    ours = {each for path in PATHS for each in links(visitor.page(path)) if each.startswith("/")}
    assert len(ours) > 100
    assert {each: code for each in ours if (code := visitor.get(each).status_code) not in {200, 301}} == {}


def test_texts_of_the_press_stand_in_their_own_direction_whatever_the_page_is(visitor: Visitor, spanish_visit: int):
    for language in ("ar", "fr"):
        page = visitor.page(f"/events/{spanish_visit}", language)
        sides = {(each.get("lang"), each.get("dir")) for each in page.xpath("//*[contains(@class, 'press')]")}
        assert sides == {("ar", "rtl"), ("es", "ltr")}


def test_all_visits_to_spain_since_a_day_come_with_their_sentences(visitor: Visitor):
    asked = "kind=visit&country=ES&since=2025-09-01"
    visits = visitor.get(f"/events.json?{asked}").json()
    assert {(each["kind"], "ES" in each["countries"], each["happened_on"] > "2025") for each in visits} == {
        ("visit", True, True)
    }
    rows = visitor.page(f"/events?{asked}").xpath("//tbody/tr[td[@class='when']]")
    assert [row.xpath(".//blockquote")[0].text_content() for row in rows] == [each["evidence"] for each in visits]
    assert {"2026-02-04", "2026-02-19"} <= {each["first_on"] for each in visits}


def test_an_event_shows_each_report_with_its_sentence_marked_and_where_it_stands(visitor: Visitor, spanish_visit: int):
    page = visitor.page(f"/events/{spanish_visit}")
    reports = page.xpath("//ol[@class='reports']/li")
    told = visitor.get(f"/events/{spanish_visit}.json").json()["reports"]
    marked = [" ".join(each.xpath(".//mark")[0].text_content().split()) for each in reports if each.xpath(".//mark")]
    assert marked == [" ".join(each["evidence"].split()) for each in told]
    kept = page.xpath("//a[contains(@href, '#report-')]/@href")
    assert len(kept) == len(told)
    article, _, anchor = kept[0].partition("#")
    assert visitor.page(article).xpath(f"//mark[@id='{anchor}'][contains(@class, 'sentence')]")


def test_an_event_says_what_its_sources_print_differently(visitor: Visitor, spanish_visit: int):
    told = said(visitor.page(f"/events/{spanish_visit}"), "//section[@aria-labelledby='facts']")
    assert "What outlets print differently Told as Announced — Crónica de la Orilla" in told


def test_an_event_goes_with_what_was_signed_on_it(visitor: Visitor, spanish_visit: int):
    assert "Agreement with Spain" in said(
        visitor.page(f"/events/{spanish_visit}"), "//section[@aria-labelledby='linked']"
    )


def test_a_name_is_found_in_every_script(visitor: Visitor):
    latin, arabic = (visitor.get(f"/search.json?q={name}").json() for name in ("Hammouchi", "الحموشي"))
    assert latin == arabic
    assert {each["language"] for each in latin} == {"ar", "fr", "es", "en"}
    assert visitor.page("/search?q=Hammouchi").xpath("//mark[contains(@class, 'answer')]")


def test_a_story_says_who_carried_it_first(visitor: Visitor, press_engine: Engine):
    story = first(press_engine, "SELECT story FROM analyst.stories ORDER BY copies DESC, articles DESC, story LIMIT 1")
    told = visitor.get(f"/stories/{story}.json").json()
    page = visitor.page(f"/stories/{story}")
    rows = page.xpath("//section[@aria-labelledby='carried']//tbody/tr")
    assert [row.xpath(".//a[contains(@href, '/articles/')]/@href")[0] for row in rows] == [
        f"/articles/{each['article']}" for each in told["articles"]
    ]
    assert said(page, "//main/p[strong]").startswith(f"First told by: {told['story']['outlet']}")


def test_a_copy_stands_beside_its_original_with_what_differs_marked(visitor: Visitor, press_engine: Engine):
    asked = "SELECT article FROM analyst.copies WHERE original IS NOT NULL AND kind = '{}' ORDER BY article LIMIT 1"
    same = visitor.page(f"/copies/{first(press_engine, asked.format('same'))}")
    assert len(same.xpath("//article")) == 2
    assert not same.xpath("//article//mark")
    cut = visitor.page(f"/copies/{first(press_engine, asked.format('excerpt'))}")
    mine, theirs = ("".join(each.xpath(".//mark//text()")) for each in cut.xpath("//article"))
    assert len(theirs) > len(mine)


def test_a_copy_of_a_seed_text_says_that_only_its_fingerprint_is_kept(visitor: Visitor, press_engine: Engine):
    copy = first(press_engine, "SELECT article FROM analyst.copies WHERE original IS NULL LIMIT 1")
    assert "Of this text only the fingerprint is kept." in said(visitor.page(f"/copies/{copy}"))


def test_what_is_broken_stands_first_among_the_sources(visitor: Visitor):
    page = visitor.page("/sources")
    assert said(page, "//main/p[@class='lead']") == "failing: 1 · healthy: 5"
    assert "it does not answer" in said(page, "//section[@aria-labelledby='trouble']")
    rows = page.xpath("//table[@class='grid']/tbody/tr")
    marks = {row.xpath("string(th)").strip(): [td.get("class") for td in row.xpath("td")[1:3]] for row in rows}
    assert marks["The Tingis Courier"] == ["day silent", "day quiet"]
    assert "Sources in trouble: 1" in said(visitor.page("/"))


def test_why_an_alert_was_due_stands_on_its_page(visitor: Visitor, press_engine: Engine):
    alert = first(press_engine, "SELECT min(alert) FROM analyst.alerts_sent WHERE because <> '{}'")
    facts = next(each for each in visitor.get("/alerts.json?most=200").json() if each["alert"] == alert)
    page = visitor.page(f"/alerts/{alert}")
    assert page.xpath("//section[@aria-labelledby='why']//code/text()") == facts["because"]
    assert page.xpath(f"//section[@aria-labelledby='event']//a[@href='/events/{facts['event']}']")


def test_what_a_rule_asks_for_is_said_in_the_reader_s_words_and_whom_it_tells_is_not(
    visitor: Visitor, press_engine: Engine
):
    asked = "SELECT min(alert) FROM analyst.alerts_sent WHERE 'new-visits' = ANY (because)"
    path = f"/alerts/{first(press_engine, asked)}"
    why = "//section[@aria-labelledby='why']"
    assert "Kind: Visit Told as: News · Outlets at least: 2, or a single one of tier 1 · at once" in said(
        visitor.page(path), why
    )
    assert "النوع: زيارة" in said(visitor.page(path, "ar"), why)
    assert "Kind: Visit new-visits" in said(visitor.page("/alerts"), "//tbody")
    rules = visitor.get(f"{path}.json").json()["rules"]
    assert [(each["rule"], each["kinds"], "recipients" in each) for each in rules] == [("new-visits", ["visit"], False)]


@pytest.mark.parametrize(
    ("filters", "chosen"),
    [
        ("theme=migration", "article IN (SELECT article FROM analyst.tags WHERE kind = 'theme' AND tag = 'migration')"),
        (
            "country=ES&language=fr",
            "language = 'fr' AND article IN (SELECT article FROM analyst.tags WHERE tag = 'ES')",
        ),
        ("since=2026-02-01&until=2026-02-10", "told_on BETWEEN '2026-02-01' AND '2026-02-10'"),
        ("source=sample-courier&since=2026-02-01", "source = 'sample-courier' AND told_on >= '2026-02-01'"),
    ],
)
def test_articles_are_chosen_without_a_question_too(visitor: Visitor, press_engine: Engine, filters: str, chosen: str):
    with press_engine.connect() as connection:
        meant = connection.scalars(
            text(f"SELECT article FROM analyst.articles WHERE {chosen} ORDER BY told_on DESC, article DESC LIMIT 200")  # noqa: S608 of the test
        ).all()
    found = visitor.get(f"/search.json?most=200&{filters}").json()
    assert [each["article"] for each in found] == meant != []


@pytest.mark.parametrize("path", ["/people", "/bodies", "/countries"])
def test_names_go_on_where_they_ended(visitor: Visitor, path: str):
    whole = [each["id"] for each in visitor.get(f"{path}.json?most=200").json()]
    pieces, at = [], f"{path}?most=20"
    while at and len(pieces) < len(whole):
        page = visitor.page(at)
        pieces += [each.rpartition("/")[2] for each in page.xpath("//tbody//td[1]/a/@href")]
        at = next(iter(page.xpath("//a[@rel='next']/@href")), None)
    assert pieces[: len(whole)] == whole


def test_a_long_story_is_shown_part_by_part(visitor: Visitor, press_engine: Engine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("web.pages.stories.PART", 2)
    monkeypatch.setattr("web.pages.stories.DAYS_SHOWN", 1)
    story = first(press_engine, "SELECT story FROM analyst.stories ORDER BY articles DESC, story LIMIT 1")
    told = [each["article"] for each in visitor.get(f"/stories/{story}.json").json()["articles"]]
    pieces, at = [], f"/stories/{story}"
    while at:
        page = visitor.page(at)
        rows = page.xpath("//section[@aria-labelledby='carried']//tbody/tr")
        pieces += [int(row.xpath(".//a[contains(@href, '/articles/')]/@href")[0].rpartition("/")[2]) for row in rows]
        at = next(iter(page.xpath("//a[@rel='next']/@href")), None)
    assert pieces == told
    assert "Month Articles" in said(visitor.page(f"/stories/{story}"))


def test_a_story_that_became_part_of_another_leads_there(visitor: Visitor, press_engine: Engine):
    with press_engine.connect() as connection:
        merged = connection.execute(text("SELECT story, kept FROM analyst.merged_stories ORDER BY story")).all()
    for story, kept in merged:
        answer = visitor.get(f"/stories/{story}")
        assert (answer.status_code, answer.headers["location"]) == (301, f"/stories/{kept}")


def test_lists_go_on_where_they_ended(visitor: Visitor):
    whole = [each["event"] for each in visitor.get("/events.json?most=200").json()]
    pieces, path = [], "/events?most=7"
    while path:
        page = visitor.page(path)
        pieces += [
            int(each.rpartition("/")[2]) for each in page.xpath("//td/p/a[starts-with(@href, '/events/')]/@href")
        ]
        path = next(iter(page.xpath("//a[@rel='next']/@href")), None)
    assert pieces == whole


def test_charts_are_drawn_for_either_direction(visitor: Visitor):
    for path in ("/events/months.svg", "/events/countries.svg?kind=visit&ink=dark&narrow=true"):
        drawn = {language: visitor.get(path, language) for language in ("ar", "en")}
        assert {each.headers["content-type"] for each in drawn.values()} == {"image/svg+xml"}
        assert all(each.text.startswith("<svg") for each in drawn.values())
        assert drawn["ar"].text != drawn["en"].text


@pytest.mark.parametrize("kind", TroubleKind)
def test_what_is_wrong_with_a_source_is_said_in_every_language(painter: Painter, kind: TroubleKind):
    speech = painter.speech(Look(language=Language.ARABIC, theme="auto"))
    assert speech.one_of("trouble", kind)
    assert speech.one_of("advice", kind)


def test_bodies_and_people_have_their_office_in_the_reader_s_language(visitor: Visitor):
    assert "شرطة" in said(visitor.page("/bodies/dgsn", "ar"), "//dl[@class='facts'][1]")
    chief = visitor.page("/people/abdellatif-hammouchi", "fr")
    assert chief.xpath("//dl[1]/dd[@lang='fr']/text()")[0].startswith("directeur général de la Sûreté nationale")


def test_every_kind_of_body_has_a_name(painter: Painter):
    speech = painter.speech(Look(language=Language.FRENCH, theme="auto"))
    assert [each for each in BodyKind if f"bodykind_{each}" not in speech.texts] == []


def test_what_is_wrong_with_a_source_is_told_in_french(visitor: Visitor):
    trouble = said(visitor.page("/sources", "fr"), "//section[@aria-labelledby='trouble']")
    assert "ne répond pas" in trouble
    assert "Ouvrez sa page d'accueil" in trouble
    assert "it does not answer" in trouble
