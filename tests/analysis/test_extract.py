"""Page to article or rejection, on pages as outlets make them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import ExtractionError
from analysis.extract import extract
from analysis.opening import MOST_BYTES
from analysis.records import Article, Basis, Entry, Language, Published, Rejection, RejectionReason, Sureness
from builders import page

PARAGRAPHS = (
    "استقبل المدير العام، في مقر المديرية بالرباط، وفدا رفيع المستوى من بلد صديق، وبحث معه سبل التعاون في مجال الأمن.",
    "وتناول اللقاء تبادل المعلومات حول الشبكات العابرة للحدود، والتكوين المشترك لفائدة الأطر، وتأمين التظاهرات الكبرى.",
    "وفي ختام الزيارة اتفق الجانبان على عقد اجتماع ثان في الخريف المقبل، من أجل تقييم ما تحقق من البرنامج السنوي.",
)
TITLE = "وفد أجنبي رفيع في زيارة عمل إلى الرباط"
FETCHED = datetime(2026, 2, 12, 9, tzinfo=UTC)


def body(head: str = "", above: str = "", below: str = "", paragraphs: tuple[str, ...] = PARAGRAPHS) -> bytes:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html><head><title>{TITLE} - أطلس</title>{head}</head><body><nav><a href='/'>أطلس</a></nav>"
        f"<main><article><h1>{TITLE}</h1>{above}<div class='content'>{text}</div>{below}</article></main></body></html>"
    ).encode()


def read(**changes) -> Article | Rejection:
    return extract(page(**{"fetched_at": FETCHED, "body": body(), **changes}))


def test_a_page_becomes_an_article_with_all_it_states():
    head = (
        '<meta property="og:site_name" content="أطلس"><script type="application/ld+json">{"@graph": [{"@type": '
        f'"NewsArticle", "headline": "{TITLE}", "datePublished": "2026-02-10T13:05:00+01:00", '
        '"author": {"@type": "Person", "name": "ليلى بنعلي"}}]}</script>'
    )
    at = datetime.fromisoformat("2026-02-10T13:05:00+01:00")
    assert read(body=body(head)) == Article(
        source_id="atlas",
        url="https://atlas.example/1",
        title=TITLE,
        text="\n".join(PARAGRAPHS),
        language=Language.ARABIC,
        author="ليلى بنعلي",
        published=Published(on=date(2026, 2, 10), at=at, basis=Basis.JSON_LD),
    )


@pytest.mark.parametrize(
    ("changes", "on", "basis"),
    [
        ({"body": body('<meta property="article:published_time" content="2026-02-09">')}, "2026-02-09", Basis.META),
        ({"body": body(above='<time datetime="2026-02-08">قبل أيام</time>')}, "2026-02-08", Basis.TIME_ELEMENT),
        ({"url": "https://atlas.example/2026/02/07/visite"}, "2026-02-07", Basis.URL),
        ({"body": body(above="<span>الجمعة 6 فبراير 2026 - 10:00</span>")}, "2026-02-06", Basis.VISIBLE_TEXT),
        (
            {"entry": Entry(url="https://atlas.example/1", published_at=datetime(2026, 2, 5, 8, tzinfo=UTC))},
            "2026-02-05",
            Basis.ENTRY,
        ),
    ],
)
def test_the_date_says_where_it_stands(changes, on, basis):
    article = read(**changes)
    assert isinstance(article, Article)
    assert article.published is not None
    assert (article.published.on.isoformat(), article.published.basis) == (on, basis)


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({}, "neither the page nor its entry states a complete date"),
        (
            {"body": body(above="<span>10 رمضان 1447</span>")},
            "only 10 رمضان 1447 is printed: 2026-02-27 or 2026-02-28",
        ),
        (
            {"body": body('<meta name="date" content="2031-01-01">')},
            "the only date stated lies after the fetch: 2031-01-01 (meta)",
        ),
    ],
)
def test_a_date_that_cannot_be_proved_is_none_with_its_reason(changes, because):
    article = read(**changes)
    assert isinstance(article, Article)
    assert (article.published, article.undated_because) == (None, because)


@pytest.mark.parametrize(
    ("url", "country", "clock"),
    [
        ("https://atlas.example/1", None, "Africa/Casablanca"),
        ("https://atlas.ma/1", None, "Africa/Casablanca"),
        ("https://atlas.ae/1", None, "Asia/Dubai"),
        ("https://atlas.example/1", "AE", "Asia/Dubai"),
        ("https://atlas.ae/1", "MA", "Africa/Casablanca"),
        ("https://atlas.example/1", "US", None),
    ],
)
def test_a_time_without_a_zone_is_by_the_clock_of_the_country_where_it_keeps_one(url, country, clock):
    printed = page(url=url, fetched_at=FETCHED, body=body(above="<span>6 février 2026 à 10h30</span>"))
    article = extract(printed, country)
    assert isinstance(article, Article)
    at = datetime(2026, 2, 6, 10, 30, tzinfo=ZoneInfo(clock)) if clock else None
    assert article.published == Published(on=date(2026, 2, 6), at=at, basis=Basis.VISIBLE_TEXT)


def test_the_surer_of_two_contradicting_dates_counts():
    head = '<meta property="article:published_time" content="2026-02-09">'
    article = read(body=body(head), url="https://atlas.example/2025/01/01/visite")
    assert isinstance(article, Article)
    doubt = "2025-01-01 by url"
    assert article.published == Published(
        on=date(2026, 2, 9), at=None, basis=Basis.META, sure=Sureness.WEAK, doubt=doubt
    )


def test_a_numeric_date_in_metadata_that_can_be_read_both_ways_gives_way_to_the_printed_one():
    head = '<meta name="date" content="02/10/2026">'
    article = read(body=body(head, "<p class='info'>10 فبراير 2026</p>"))
    assert isinstance(article, Article)
    assert article.published == Published(on=date(2026, 2, 10), at=None, basis=Basis.VISIBLE_TEXT)


def test_the_title_and_the_remains_of_the_theme_are_no_text():
    article = read(body=body(paragraphs=(TITLE, *PARAGRAPHS, "إرسال تعليق")))
    assert isinstance(article, Article)
    assert article.text == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "line",
    [
        "إرسال تعليق",
        "لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها",
        "اقرأ أيضا: السدود تمتلئ بعد الأمطار",
        "شاهد أيضا",
        "Related Articles",
        "Back to top",
        "À lire aussi : le port s'agrandit au printemps",
        "Lea también",
        "Photo : DR",
        "Suivez-nous sur WhatsApp",
        "© 2026 Atlas. Tous droits réservés",
    ],
)
def test_lines_of_the_theme_are_no_text_wherever_they_stand(line):
    for lines in ((line, *PARAGRAPHS), (*PARAGRAPHS[:1], line, *PARAGRAPHS[1:]), (*PARAGRAPHS, line)):
        article = read(body=body(paragraphs=lines))
        assert isinstance(article, Article)
        assert article.text == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"body": b""}, RejectionReason.EMPTY),
        ({"body": b" \n "}, RejectionReason.EMPTY),
        ({"body": b"%PDF-1.7 ..."}, RejectionReason.NOT_HTML),
        ({"body": b"\x89PNG\r\n\x1a\n", "content_type": "text/html"}, RejectionReason.NOT_HTML),
        ({"body": b'{"html": "<p>no</p>"}'}, RejectionReason.NOT_HTML),
        ({"body": b"<?xml version='1.0'?><!-- x --><rss><title>no</title></rss>"}, RejectionReason.NOT_HTML),
        ({"body": b"plain words"}, RejectionReason.NOT_HTML),
        ({"body": b"<p>" + b"a" * MOST_BYTES}, RejectionReason.TOO_LARGE),
        ({"body": b"<p>" + bytes(range(128, 256)) * 40}, RejectionReason.UNDECODABLE),
        ({"body": body(paragraphs=())}, RejectionReason.NO_TEXT),
        ({"body": b"<html><body><p>" + PARAGRAPHS[0].encode() + b"</p></body></html>"}, RejectionReason.NO_TITLE),
    ],
)
def test_a_page_that_is_no_article_is_rejected_with_its_reason(changes, reason):
    rejection = read(**changes)
    assert isinstance(rejection, Rejection)
    assert rejection.reason is reason


def test_a_text_in_another_language_is_rejected():
    german = "Der Leiter der Polizei hat heute eine Abordnung aus dem Ausland empfangen und mit ihr lange gesprochen. "
    markup = f"<html><head><title>Besuch in der Hauptstadt</title></head><body><p>{german * 4}</p></body></html>"
    rejection = read(body=markup.encode())
    assert isinstance(rejection, Rejection)
    assert rejection.reason is RejectionReason.OTHER_LANGUAGE


def test_a_page_in_windows_1256_that_declares_latin_1_is_read():
    markup = body().decode().encode("windows-1256")
    article = read(body=markup, content_type="text/html; charset=iso-8859-1")
    assert isinstance(article, Article)
    assert (article.title, article.text) == (TITLE, "\n".join(PARAGRAPHS))


@given(
    st.binary()
    | st.text(alphabet="<>/!-[]{}\"'=&;# \nhtmlbodypitescrx\x00م").map(lambda text: f"<html>{text}".encode())
)
def test_any_bytes_are_an_article_a_rejection_or_an_extraction_error(markup):
    try:
        read(body=markup)
    except ExtractionError:
        return


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 5_000,
        "<!--" * 50_000,
        "<script>é" * 20_000,
        "<h1>" + " - a" * 20_000 + "</h1>",
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        '<meta name="date" content="' + "1 " * 20_000 + '">',
        "<p>" + "12/" * 50_000,
    ],
)
@pytest.mark.parametrize("charset", ["utf-8", "latin-1"])
def test_hostile_markup_takes_no_longer_than_a_page_may(markup, charset):
    try:
        read(body=f"<html><title>Un titre</title>{markup}</html>".encode(charset))
    except ExtractionError:
        return
