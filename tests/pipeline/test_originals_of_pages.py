"""From pages to groups of copies on Postgres: who is the original, whoever comes to light when, and what is no copy."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, text

from builders import page, source, visit
from cli.sample_press import FOLDER
from models.archive import Archive
from models.event_book import EventBook
from models.story_book import StoryBook
from pipeline.library import Library, open_library
from pipeline.meet import compile_resolver, meet_all
from pipeline.runs import run
from pipeline.tell import tell_all
from pipeline.work import Worker

HTML = (
    "<html lang='ar'><head><title>{title}</title><meta property='article:published_time' content='{told}'></head>"
    "<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
)
LEAD = (
    "{sign}استقبل المدير العام للأمن الوطني ولمراقبة التراب الوطني، عبد اللطيف حموشي، يوم الثلاثاء 10 فبراير 2026"
    " بمكتبه بالرباط، {guest}، مرفوقا بوفد من كبار المسؤولين الأمنيين."
)
TALKS = (
    "واستعرض الطرفان حصيلة التعاون القائم بين المصالح الأمنية للبلدين في مواجهة الإرهاب وشبكات الجريمة المنظمة، وسبل"
    " توسيعه إلى تكوين الأطر وتبادل المعلومات في الآن نفسه."
)
FRAME = (
    "ويأتي اللقاء في إطار حرص المديرية على تنويع شراكاتها مع الأجهزة النظيرة، وعلى تقاسم ما راكمته من تجارب في تأمين"
    " التظاهرات الكبرى ومحاربة التطرف."
)
BODY = (TALKS, FRAME)
MORE = "وخلص اللقاء إلى الاتفاق على عقد اجتماعات دورية بين الفرق المختصة."
SPANIARD, GERMAN = "المدير العام للشرطة الوطنية الإسبانية", "رئيس الشرطة الاتحادية الألمانية"
SIGN = "الرباط (ومع) - "


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library(FOLDER.parent)


@pytest.fixture
def press(archive: Archive) -> Archive:
    agency = source(id="agency", hosts=("agency.example",), kind="agency")
    archive.load_sources([agency, *(source(id=name, hosts=(f"{name}.example",)) for name in ("atlas", "rif", "souss"))])
    return archive


def keep(press: Archive, outlet: str, told: str, *paragraphs: str, guest: str = SPANIARD, sign: str = "") -> None:
    """Keep a page of an outlet that tells of a guest, in paragraphs after its lead."""
    number = press.start_run("crawl", {})
    said = "".join(f"<p>{each}</p>" for each in (LEAD.format(guest=guest, sign=sign), *paragraphs))
    body = HTML.format(title=f"حموشي يستقبل {guest}", told=told, paragraphs=said)
    url = f"https://{outlet}.example/{number}"
    fetched_at = datetime(2026, 3, 1, tzinfo=UTC)
    kept = page(source_id=outlet, url=url, canonical_url=url, body=body.encode(), fetched_at=fetched_at)
    press.save_page(kept, visit(source_id=outlet, url=url), number)


def read_all(press: Archive, engine: Engine, library: Library) -> list[tuple[Any, ...]]:
    """Read what waits, and return the articles: outlet, original, kind, and the outcome of the page."""
    with run(press, "process", {}) as current:
        list(Worker(archive=press, library=library).settle_all(current))
        list(meet_all(EventBook(engine), compile_resolver(library.vocabulary.seeds), current))
        list(tell_all(StoryBook(engine), current))
    asked = """
        SELECT articles.id, articles.source_id, copy_of_article_id, copy_kind, outcome
        FROM articles JOIN pages ON pages.id = articles.page_id ORDER BY articles.id
    """
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(asked))]


def stories(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        return list(connection.scalars(text("SELECT DISTINCT story_id FROM articles")))


def test_an_earlier_page_that_is_found_late_turns_the_group_round_and_it_stays_one(
    press: Archive, engine: Engine, library: Library
):
    keep(press, "atlas", "2026-02-12", *BODY)
    keep(press, "rif", "2026-02-13", *BODY, MORE)
    assert read_all(press, engine, library) == [
        (1, "atlas", None, None, "filed"),
        (2, "rif", 1, "edited", "copy"),
    ]
    keep(press, "souss", "2026-02-11", *BODY)
    assert read_all(press, engine, library) == [
        (1, "atlas", 3, "same", "copy"),
        (2, "rif", 3, "edited", "copy"),
        (3, "souss", None, None, "filed"),
    ]
    assert stories(engine) == [1]


def test_on_one_day_who_names_the_agency_is_the_original(press: Archive, engine: Engine, library: Library):
    keep(press, "atlas", "2026-02-11", *BODY)
    keep(press, "rif", "2026-02-11", *BODY, sign=SIGN)
    assert read_all(press, engine, library) == [
        (1, "atlas", 2, "edited", "copy"),
        (2, "rif", None, None, "filed"),
    ]


def test_on_one_day_who_prints_more_of_it_is_the_original(press: Archive, engine: Engine, library: Library):
    keep(press, "atlas", "2026-02-11", *BODY)
    keep(press, "rif", "2026-02-11", *BODY, MORE)
    assert read_all(press, engine, library) == [
        (1, "atlas", 2, "edited", "copy"),
        (2, "rif", None, None, "filed"),
    ]


def test_a_part_of_it_is_never_the_original_however_early(press: Archive, engine: Engine, library: Library):
    keep(press, "atlas", "2026-02-12", *BODY, MORE)
    keep(press, "rif", "2026-02-11", TALKS)
    assert read_all(press, engine, library) == [
        (1, "atlas", None, None, "filed"),
        (2, "rif", 1, "excerpt", "copy"),
    ]


def test_the_agency_s_own_page_is_the_original_of_what_others_had_by_wire(
    press: Archive, engine: Engine, library: Library
):
    keep(press, "atlas", "2026-02-10", *BODY, sign=SIGN)
    keep(press, "agency", "2026-02-11", *BODY)
    assert [row[2] for row in read_all(press, engine, library)] == [2, None]


def test_guests_of_two_countries_received_in_one_frame_are_two_articles_two_events_and_two_stories(
    press: Archive, engine: Engine, library: Library
):
    keep(press, "atlas", "2026-02-11", *BODY)
    keep(press, "rif", "2026-02-11", *BODY, guest=GERMAN)
    keep(press, "souss", "2026-02-11", *BODY, guest=GERMAN)
    assert read_all(press, engine, library) == [
        (1, "atlas", None, None, "filed"),
        (2, "rif", None, None, "filed"),
        (3, "souss", 2, "same", "copy"),
    ]
    with engine.connect() as connection:
        told = connection.execute(text("SELECT countries FROM events WHERE countries && '{ES,DE}' ORDER BY id")).all()
    assert [row.countries for row in told] == [["ES"], ["DE"]]
    assert len(stories(engine)) == 2
