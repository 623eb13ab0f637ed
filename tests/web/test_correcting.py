"""Corrections on the page: only for whoever gave a name and the password, from a form of his or her own, each once."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from conftest import NOW, TODAY
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Cookies, Response
from lxml import html
from sqlalchemy import Engine, text

from desk_visitor import said
from models.corrections import CorrectionBook
from models.hands import CORRECTOR
from postgres import create_database, drop_database
from web.app import make_app
from web.house import House
from web.painter import Painter
from web.writers import Writers

PASSWORD = "a long writer's password"  # noqa: S105 of these tests
MADRID = "SELECT event FROM analyst.visits WHERE countries = '{ES}' AND first_on = '2026-02-19'"


class Browser:
    """Asks the application, and keeps its cookies as a browser does."""

    def __init__(self, app: FastAPI) -> None:
        self._app, self.cookies = app, Cookies()

    def get(self, path: str, **how: Any) -> Response:
        return self._ask("GET", path, how)

    def post(self, path: str, **how: Any) -> Response:
        return self._ask("POST", path, how)

    def _ask(self, method: str, path: str, how: dict[str, Any]) -> Response:
        async def ask() -> Response:
            transport = ASGITransport(self._app)
            async with AsyncClient(transport=transport, base_url="http://desk.example", cookies=self.cookies) as client:
                headers = {"Accept-Language": "en", **how.pop("headers", {})}
                answer = await client.request(method, path, headers=headers, **how)
                self.cookies = client.cookies
                return answer

        return asyncio.run(ask())


class Desk:
    """The page over a copy of the sample press that can be written, and one writer's browser."""

    def __init__(self, engine: Engine, painter: Painter) -> None:
        book = CorrectionBook(engine, lambda: NOW, role=CORRECTOR)
        writers = Writers(PASSWORD, book)
        house = House(engine=engine, painter=painter, today=TODAY, clock=lambda: NOW, writers=writers)
        self.engine, self.app = engine, make_app(house)
        self.browser = self.another()

    def another(self) -> Browser:
        return Browser(self.app)

    def enter(self, name: str = "amina", browser: Browser | None = None) -> None:
        answer = (browser or self.browser).post("/writer", data={"name": name, "password": PASSWORD})
        assert answer.status_code == 303, answer.text

    def form(self, path: str, act: str, browser: Browser | None = None) -> dict[str, Any]:
        """Read a form as it is shown: what a browser would send unless somebody writes in it."""
        page = html.document_fromstring((browser or self.browser).get(path).content)
        [form] = page.xpath(f"//form[substring(@action, string-length(@action) - {len(act) - 1}) = '{act}']")
        fields: dict[str, Any] = {}
        for name, value in form.form_values():
            fields.setdefault(name, []).append(value)
        return fields

    def send(self, path: str, fields: Mapping[str, Any], browser: Browser | None = None, **how: Any) -> Response:
        return (browser or self.browser).post(path, data=fields, **how)

    def one(self, query: str, **facts: Any) -> Any:
        with self.engine.connect() as connection:
            return connection.scalar(text(query), facts)


@pytest.fixture
def desk(server, press_engine: Engine, painter: Painter) -> Iterator[Desk]:
    press_engine.dispose()  # a database is copied while nobody uses it
    from models.database import make_engine  # noqa: PLC0415

    engine = make_engine(create_database(server, "corrected", "desk"))
    yield Desk(engine, painter)
    engine.dispose()
    drop_database(server, "corrected")


@pytest.fixture
def madrid(desk: Desk) -> int:
    return desk.one(MADRID)


def test_without_a_writers_password_there_is_no_form_and_nothing_to_send_one_to(press_engine: Engine, painter: Painter):
    page = Browser(make_app(House(engine=press_engine, painter=painter, today=TODAY)))
    number = 1
    for path in ("/writer", f"/events/{number}/correct", "/articles/1/correct"):
        assert page.get(path).status_code == 404
        assert page.post(path, data={}).status_code in {404, 405}
    assert page.post(f"/events/{number}/correct/confirm", data={}).status_code == 404
    assert "correct" not in page.get(f"/events/{number}").text.split("<main")[1]


def test_who_gave_no_password_is_led_to_the_door_and_from_there_back(desk: Desk, madrid: int):
    for answer in (desk.browser.get(f"/events/{madrid}/correct"), desk.send(f"/events/{madrid}/correct/retract", {})):
        assert (answer.status_code, answer.headers["location"]) == (303, f"/writer?to=/events/{madrid}/correct")
    refused = desk.browser.post("/writer", data={"name": "amina", "password": "guess", "to": "/events/1"})
    assert (refused.status_code, "set-cookie" in refused.headers) == (403, False)
    fields = {"name": "amina", "password": PASSWORD, "to": f"/events/{madrid}/correct"}
    entered = desk.browser.post("/writer", data=fields)
    assert entered.headers["location"] == f"/events/{madrid}/correct"
    assert {"HttpOnly", "SameSite=strict", "Max-Age=43200"} <= set(entered.headers["set-cookie"].split("; "))
    assert desk.one("SELECT count(*) FROM analyst.corrections") == 0


@pytest.mark.parametrize("to", ["https://evil.example", "//evil.example", "/alerts", "/events/1/correct/confirm?x"])
def test_the_door_leads_to_pages_of_corrections_only(desk: Desk, to: str):
    answer = desk.browser.post("/writer", data={"name": "amina", "password": PASSWORD, "to": to})
    assert answer.headers["location"] in {"/", "/events/1/correct"}


@pytest.mark.parametrize("name", ["", "rule", "a\nb"])
def test_nobody_comes_in_without_a_name(desk: Desk, name: str):
    assert desk.browser.post("/writer", data={"name": name, "password": PASSWORD}).status_code == 403


def test_a_date_is_fixed_shown_and_told_by_the_twins_and_stands_beside_what_the_press_prints(desk: Desk, madrid: int):
    desk.enter()
    fields = desk.form(f"/events/{madrid}/correct", "/fix") | {"first": "2026-02-20", "because": "the embassy says so"}
    answer = desk.send(f"/events/{madrid}/correct/fix", fields)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/events/{madrid}#corrections")
    shown = said(html.document_fromstring(desk.browser.get(f"/events/{madrid}").content))
    assert "Corrected · amina" in shown
    assert "Now: 20 February 2026 Was: 19 and 20 February 2026 Why: the embassy says so" in shown
    assert "What outlets print differently" in shown
    twin = desk.browser.get(f"/events/{madrid}.json").json()
    assert twin["event"]["first_on"] == "2026-02-20"
    assert [(each["done_by"], list(each["is_now"])) for each in twin["corrections"]] == [("amina", ["when"])]
    assert desk.one("SELECT count(*) FROM analyst.corrections") == 1


def test_a_form_that_is_sent_as_it_was_shown_changes_nothing(desk: Desk):
    desk.enter()
    for number in desk.one("SELECT array_agg(event) FROM analyst.events"):
        fields = desk.form(f"/events/{number}/correct", "/fix")
        assert desk.send(f"/events/{number}/correct/fix", fields).status_code == 303
    assert desk.one("SELECT count(*) FROM analyst.corrections") == 0


def test_everything_that_a_form_offers_is_done(desk: Desk, madrid: int):
    desk.enter()
    path = f"/events/{madrid}/correct"

    def do(act: str, **fields: Any) -> None:
        sent = desk.form(path, f"/{act}") | fields
        answer = desk.send(f"{path}/{act}", sent)
        assert answer.status_code == 303, (act, said(html.document_fromstring(answer.content)))

    do("confirm")
    do("retract", because="it was put off")
    assert "Let it stand again" in desk.browser.get(path).text
    do("restore")
    do("fix", city="طنجة", country=["PT"], person_more="A Guest", kind="meeting", direction="")
    facts = (
        "SELECT ARRAY[kind, direction, city, countries::text, people[cardinality(people)]] FROM events WHERE id = {}"
    )
    assert desk.one(facts.format(madrid)) == ["meeting", None, "tangier", "{PT}", "A Guest"]
    do("release")
    articles = desk.form(path, "/split")
    assert "article" not in articles
    told = desk.one("SELECT min(article_id) FROM reports WHERE event_id = :id", id=madrid)
    do("split", article=[str(told)])
    other = desk.one("SELECT max(id) FROM events")
    do("merge", other=str(other))
    done = "SELECT array_agg(action ORDER BY correction) FROM analyst.corrections"
    assert desk.one(done) == ["confirm", "retract", "restore", "correct", "correct", "split", "merge"]


def test_tags_of_an_article_are_put_right_and_one_that_is_none_of_ours_is_gone(desk: Desk):
    desk.enter()
    number = desk.one("SELECT max(article) FROM analyst.event_reports")
    path = f"/articles/{number}/correct"
    page = html.document_fromstring(desk.browser.get(path).content)
    token, one = (page.xpath(f"(//input[@name='{name}'])[2]/@value")[0] for name in ("token", "number"))
    fields = {"token": token, "number": one, "seen": "0", "add": ["theme:sahel", ""]}
    assert desk.send(path, fields).headers["location"] == f"/articles/{number}"
    assert desk.one("SELECT count(*) FROM analyst.tags WHERE article = :id AND tag = 'sahel'", id=number) == 1
    assert "Added: sahel" in said(html.document_fromstring(desk.browser.get(path).content))
    seen = desk.one("SELECT max(correction) FROM analyst.corrections")
    gone = {"token": token, "number": "x", "seen": str(seen), "relevant": "no"}
    assert desk.send(path, gone).status_code == 422
    assert desk.send(path, gone | {"because": "football"}).headers["location"] == path
    assert desk.browser.get(f"/articles/{number}").status_code == 404
    assert "set aside as off the topic" in said(html.document_fromstring(desk.browser.get(path).content))
    assert desk.send(path, desk.form(path, path)).headers["location"] == path
    aside = said(html.document_fromstring(desk.browser.get(path).content))
    assert "The rules judge it again when it is next read" in aside
    assert "off the topic" in aside
    with desk.engine.connect() as connection:
        rules = text("SELECT rules FROM pages JOIN articles ON page_id = pages.id WHERE articles.id = :id")
        assert connection.scalar(rules, {"id": number}) == "by hand"


def test_a_person_or_body_is_put_to_an_article_by_any_spelling_and_any_tag_is_taken_away(desk: Desk):
    desk.enter()
    asked = "SELECT max(article) FROM analyst.tags WHERE kind = 'person' AND tag = 'abdellatif-hammouchi'"
    path = f"/articles/{desk.one(asked)}/correct"
    page = html.document_fromstring(desk.browser.get(path).content)
    [form] = [each for each in page.forms if "person_more" in each.fields]
    fields = {name: each for name, each in form.form_values() if each}
    fields |= {"remove": "person:abdellatif-hammouchi", "body_more": "الإنتربول"}
    assert desk.send(path, fields).status_code == 303
    told = said(html.document_fromstring(desk.browser.get(path).content), "//section[@aria-labelledby='corrections']")
    assert "Taken away: Abdellatif Hammouchi" in told
    assert "Added: Interpol" in told


def test_an_article_that_never_was_has_no_form(desk: Desk):
    desk.enter()
    assert desk.browser.get("/articles/999999/correct").status_code == 404


# ---------------------------------------------------------------- once, and by nobody else


def test_a_form_that_is_sent_twice_is_done_once_and_the_former_form_is_told_of_it(desk: Desk, madrid: int):
    desk.enter()
    path = f"/events/{madrid}/correct"
    fields = desk.form(path, "/fix") | {"first": "2026-02-20"}
    answers = [desk.send(f"{path}/fix", fields) for _ in range(3)]
    assert [each.status_code for each in answers] == [303] * 3
    back = desk.send(f"{path}/fix", fields | {"first": "2026-02-18"})
    assert back.status_code == 409
    assert "amina corrected it meanwhile" in said(html.document_fromstring(back.content))
    assert desk.one("SELECT count(*) FROM analyst.corrections") == 1


def test_of_two_writers_the_second_sees_what_the_first_did(desk: Desk, madrid: int):
    other = desk.another()
    desk.enter()
    desk.enter("karim", other)
    path = f"/events/{madrid}/correct"
    mine, theirs = desk.form(path, "/fix"), desk.form(path, "/confirm", other)
    assert desk.send(f"{path}/fix", mine | {"first": "2026-02-20"}).status_code == 303
    refused = desk.send(f"{path}/confirm", theirs, other)
    assert refused.status_code == 409
    assert "Was: 19 and 20 February 2026" in said(html.document_fromstring(refused.content))
    assert desk.send(f"{path}/confirm", desk.form(path, "/confirm", other), other).status_code == 303


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}]
)
def test_a_form_from_another_site_is_refused(desk: Desk, madrid: int, headers: Mapping[str, str]):
    desk.enter()
    fields = desk.form(f"/events/{madrid}/correct", "/confirm")
    assert desk.send(f"/events/{madrid}/correct/confirm", fields, headers=headers).status_code == 403
    assert desk.browser.post("/writer", data={"name": "x", "password": PASSWORD}, headers=headers).status_code == 403
    assert desk.one("SELECT count(*) FROM analyst.corrections") == 0


def test_the_token_of_another_visit_and_a_cookie_that_was_changed_or_is_old_open_nothing(desk: Desk, madrid: int):
    other = desk.another()
    desk.enter()
    desk.enter("karim", other)
    path = f"/events/{madrid}/correct"
    assert desk.send(f"{path}/confirm", desk.form(path, "/confirm", other)).status_code == 403
    cookie = desk.browser.cookies["marsad_writer"]
    for wrong in (cookie[:-1] + ("0" if cookie[-1] != "0" else "1"), "." + cookie, "x", ""):
        stranger = desk.another()
        stranger.cookies.set("marsad_writer", wrong)
        assert stranger.get(path).status_code == 303
    assert desk.one("SELECT count(*) FROM analyst.corrections") == 0


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"first": "2026-02-30"}, "A value cannot be"),
        ({"first": "2026-02-21", "last": "2026-02-20"}, "first day is after the last"),
        ({"country": ["MA"]}, "Morocco is not named"),
        ({"country": [], "body": []}, "foreign side"),
        ({"kind": "<script>"}, "A value cannot be"),
        ({"seen": "x"}, "A value cannot be"),
    ],
)
def test_what_cannot_be_is_refused_in_words(desk: Desk, madrid: int, fields: Mapping[str, Any], why: str):
    desk.enter()
    path = f"/events/{madrid}/correct"
    answer = desk.send(f"{path}/fix", desk.form(path, "/fix") | dict(fields))
    assert (answer.status_code, why in said(html.document_fromstring(answer.content))) == (422, True)
    assert desk.one("SELECT count(*) FROM analyst.corrections") == 0


def test_what_a_writer_writes_is_text(desk: Desk, madrid: int):
    desk.enter("<b>amina</b>")
    path = f"/events/{madrid}/correct"
    evil = "<script>alert(1)</script>\u202e"
    fields = desk.form(path, "/fix") | {"city": evil, "city_shown": "", "person_more": evil, "because": evil}
    assert desk.send(f"{path}/fix", fields).status_code == 303
    for shown in (desk.browser.get(f"/events/{madrid}").text, desk.browser.get(path).text):
        assert not re.search(r"<script|<b>amina|\u202e", shown)


def test_a_form_too_long_or_with_nothing_readable_is_refused(desk: Desk, madrid: int):
    desk.enter()
    for body, status in ((b"x=" + b"y" * 300_000, 413), (b"x=%00", 400), (b"x=\xff", 400)):
        how = {"content": body, "headers": {"Content-Type": "application/x-www-form-urlencoded"}}
        assert desk.browser.post(f"/events/{madrid}/correct/fix", **how).status_code == status


@pytest.mark.parametrize("language", ["ar", "fr", "es", "en"])
def test_the_forms_are_in_every_language(desk: Desk, madrid: int, language: str):
    desk.enter()
    number = desk.one("SELECT max(article) FROM analyst.event_reports")
    for path in ("/writer", f"/events/{madrid}/correct", f"/articles/{number}/correct"):
        answer = desk.browser.get(path, headers={"Accept-Language": language})
        assert (answer.status_code, f'<html lang="{language}"' in answer.text) == (200, True)
