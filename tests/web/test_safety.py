"""Nothing from the press or from an address can harm the page: texts stay texts, questions are refused in words."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import NoReturn

import pytest
from lxml import html
from sqlalchemy import Engine, text
from sqlalchemy.exc import InternalError, ProgrammingError

from analysis.errors import SettingsError
from desk_visitor import Visitor, links, said
from models.database import make_engine
from models.desk import TooSlowError, open_desk
from web.app import make_app
from web.house import House
from web.painter import Painter
from web.safety import refuse_open_address

PASSWORD = "ملح"  # noqa: S105 of a test


@pytest.fixture(scope="module")
def harmed(hostile_engine: Engine, painter: Painter) -> Visitor:
    """Visit the page over the hostile articles."""
    return Visitor(make_app(House(engine=hostile_engine, painter=painter)))


def test_hostile_articles_are_shown_as_the_text_they_are(harmed: Visitor):
    lists = ("/", "/events", "/search", "/search?q=script", "/stories", "/sources", f"/sources/{'atlas'}")
    ones = [f"/{each['kind']}/{each['id']}" for each in _numbers(harmed)]
    for path in (*lists, *ones):
        shown = harmed.page(path)
        assert not shown.xpath("//script | //img[not(@class='chart')] | //svg | //*[@onerror or @onload]"), path
        assert "\u202e" not in shown.text_content(), path
        assert not [each for each in links(shown) if each.lower().startswith("javascript")], path
        assert "49" not in said(shown, "//h1")


def _numbers(visitor: Visitor) -> Iterator[dict[str, object]]:
    yield from ({"kind": "articles", "id": each["article"]} for each in visitor.get("/search.json").json())
    yield from ({"kind": "events", "id": each["event"]} for each in visitor.get("/events.json").json())
    yield from ({"kind": "stories", "id": each["story"]} for each in visitor.get("/stories.json").json())


def test_a_paragraph_of_ten_megabytes_is_shown_part_by_part(harmed: Visitor):
    number = next(each["article"] for each in harmed.get("/search.json").json() if each["title"] == "long")
    answer = harmed.get(f"/articles/{number}")
    assert len(answer.content) < 200_000
    [rest] = [each for each in links(html.document_fromstring(answer.content)) if "begin=" in each]
    assert "كلمة" in said(harmed.page(rest), "//article")


def test_every_answer_carries_the_strict_headers(visitor: Visitor):
    for path in (
        "/",
        "/events.json",
        "/events/months.svg",
        "/static/marsad.css",
        "/nothing",
        "/events?kind=none",
        "/?kind=",
    ):
        headers = visitor.get(path).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'self'"), path
        assert "unsafe" not in policy
        assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")


def test_no_page_needs_a_style_or_script_of_its_own(visitor: Visitor):
    for path in ("/", "/events", "/sources", "/search?q=police"):
        assert not visitor.page(path).xpath("//script | //style | //*[@style]")


@pytest.mark.parametrize(
    "path",
    [
        *("/events?kind=party", "/events?since=yesterday", "/events?country=spain", "/events?most=100000"),
        *("/events?unknown=1", "/?lang=xx", "/?look=pink", "/search?q=%00", "/articles/0", "/stories?after=x"),
    ],
)
def test_a_question_that_cannot_be_is_refused_in_words(visitor: Visitor, path: str):
    answer = visitor.get(path, "fr")
    assert answer.status_code == 422
    assert "La question n'a pas été comprise" in said(html.document_fromstring(answer.content))


@pytest.mark.parametrize("path", ["/nothing", "/events/999999", "/articles/999999", "/people/nobody", "/copies/999999"])
def test_what_is_not_there_is_said_in_words(visitor: Visitor, path: str):
    answer = visitor.get(path)
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.text


def test_fields_that_nobody_filled_leave_the_address(visitor: Visitor):
    answer = visitor.get("http://desk.example//evil.example/events?kind=&country=ES&person=")
    assert (answer.status_code, answer.headers["location"]) == (303, "/evil.example/events?country=ES")


def test_language_and_theme_are_kept_in_cookies(visitor: Visitor):
    chosen = visitor.get("/events?lang=ar&look=dark")
    kept = "; ".join(each.partition(";")[0] for each in chosen.headers.get_list("set-cookie"))
    assert kept == "marsad_lang=ar; marsad_look=dark"
    page = html.document_fromstring(visitor.get("/", Cookie=kept).content)
    assert (page.get("lang"), page.get("data-theme")) == ("ar", "dark")


def test_a_password_is_asked_for_everything(press_engine: Engine, painter: Painter):
    guarded = Visitor(make_app(House(engine=press_engine, painter=painter), PASSWORD))
    codes = {
        name: guarded.get("/about", Authorization=given).status_code
        for name, given in {
            "none": "",
            "right": f"Basic {base64.b64encode(f'ana:{PASSWORD}'.encode()).decode()}",
            "wrong": f"Basic {base64.b64encode(b'ana:salt').decode()}",
            "broken": "Basic ***",
            "other": "Bearer x",
        }.items()
    }
    assert codes == {"none": 401, "right": 200, "wrong": 401, "broken": 401, "other": 401}
    assert guarded.get("/static/marsad.css").status_code == 401


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "marsad.example"])  # noqa: S104 that it is refused
def test_an_address_others_can_reach_needs_a_password(host: str):
    with pytest.raises(SettingsError, match="MARSAD_WEB_PASSWORD"):
        refuse_open_address(host, None)
    refuse_open_address(host, "salt")


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.0.0.2"])
def test_this_machine_needs_none(host: str):
    refuse_open_address(host, None)


def test_the_desk_can_neither_write_nor_read_what_is_not_the_analysts(press_engine: Engine):
    for asked in ("SELECT body FROM pages", "SELECT entry FROM recipients", "SELECT entry FROM public.alert_rules"):
        with pytest.raises(ProgrammingError, match="permission denied"), open_desk(press_engine) as desk:
            desk.value(text(asked))
    with pytest.raises(InternalError, match="read-only"), open_desk(press_engine) as desk:
        desk.value(text("DELETE FROM public.articles RETURNING id"))


def test_a_question_that_takes_too_long_is_given_up(press_engine: Engine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("models.desk.SIT_DOWN", "SET LOCAL statement_timeout = '50ms'")
    with pytest.raises(TooSlowError), open_desk(press_engine) as desk:
        desk.value(text("SELECT pg_sleep(10)"))


def test_a_database_that_is_away_is_said_in_words(painter: Painter):
    away = Visitor(make_app(House(engine=make_engine("postgresql://nobody@127.0.0.1:1/none"), painter=painter)))
    answer = away.get("/events", "es")
    assert (answer.status_code, away.get("/events.json").status_code) == (503, 503)
    assert "La base de datos no responde ahora" in answer.text


def test_what_nobody_expected_is_said_in_words_and_told_to_the_server(painter: Painter, press_engine: Engine):
    def broken() -> NoReturn:
        raise RuntimeError("the clock fell off the wall")

    house = House(engine=press_engine, painter=painter, clock=broken)
    answer = Visitor(make_app(house), raises=False).get("/")
    assert answer.status_code == 500
    assert "Something unexpected went wrong" in answer.text
    assert "clock" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    with pytest.raises(RuntimeError, match="clock"):
        Visitor(make_app(house)).get("/")
