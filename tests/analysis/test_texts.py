"""Texts handed in as lines of JSON: what a line may say, and the article in it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.records import Article, Basis, Field, Language, Published, Span
from analysis.texts import GivenText, UnreadableTextError, frame, read_text

BODY = (
    "استقبل المدير العام للأمن الوطني، أمس بالرباط، مدير الشرطة الوطنية في بلد صديق، وتباحث معه في سبل التعاون."
    "\nوحضر اللقاء مسؤولون من الجانبين."
)


def line(**keys: object) -> bytes:
    return json.dumps({"id": "t1", "text": BODY, **keys}, ensure_ascii=False).encode()


def framed(text: str, title: str | None = None) -> tuple[str, str]:
    article = frame(GivenText(id=1, text=text, title=title)).article
    return article.title, article.text


def test_all_keys_of_a_line_are_read():
    written = line(url="https://atlas.example/1", title="عنوان", published="2026-02-11", language="fr-MA")
    assert read_text(written) == GivenText(
        id="t1",
        url="https://atlas.example/1",
        title="عنوان",
        text=BODY,
        published=date(2026, 2, 11),
        language=Language.FRENCH,
    )


@pytest.mark.parametrize(
    "written",
    [line(), line(url=None, title=None, published=None, language=None), b"\xef\xbb\xbf" + line(language="de")],
    ids=["left out", "null", "a byte order mark, and a language that is none of ours"],
)
def test_what_is_not_known_may_be_left_out_or_null(written):
    assert read_text(written) == GivenText(id="t1", text=BODY)


def test_a_moment_of_publication_counts_as_its_day():
    assert read_text(line(published="2026-02-11T23:30:00+01:00")).published == date(2026, 2, 11)


@pytest.mark.parametrize(
    ("written", "text_id", "sentence"),
    [
        (b"{", None, "expected a JSON object, but Expecting property name enclosed in double quotes"),
        (b'"text"', None, "expected a JSON object with the keys id, url, title, text and published"),
        (b"\xff\xfe", None, "expected UTF-8"),
        (b"[" * 100_000, None, "expected a JSON object, but maximum recursion depth exceeded"),
        (line(id=None), None, "expected the key 'id', text or a whole number"),
        (line(id=True), None, "expected the key 'id', text or a whole number"),
        (line(text=" \n"), "t1", "expected the key 'text' with words in it"),
        (line(id=7, text=["a"]), 7, "expected text or null under 'text'"),
        (line(published="hier"), "t1", "expected a date such as 2026-02-11 under 'published', found 'hier'"),
        (
            line(published="2026-02-30"),
            "t1",
            "expected a date such as 2026-02-11 under 'published', found '2026-02-30'",
        ),
    ],
)
def test_a_line_that_hands_in_no_text_says_what_was_expected(written, text_id, sentence):
    with pytest.raises(UnreadableTextError) as caught:
        read_text(written)
    assert (caught.value.text_id, str(caught.value).partition(" while ")[0]) == (text_id, sentence)


def test_half_a_character_does_not_break_the_answer():
    written = b'{"id": "\\ud800", "text": "abc \\udfff def"}'
    assert read_text(written) == GivenText(id="\ufffd", text="abc \ufffd def")


def test_a_text_becomes_an_article_with_its_date_and_language():
    assert frame(GivenText(id=1, text=BODY, title="عنوان", published=date(2026, 2, 11))).article == Article(
        source_id="",
        url="",
        title="عنوان",
        text=BODY,
        language=Language.ARABIC,
        author=None,
        published=Published(on=date(2026, 2, 11), at=None, basis=Basis.ENTRY),
    )


@pytest.mark.parametrize(
    "text",
    [BODY, f"عنوان الخبر\n{BODY}", f"سياسة\nعُنوان الخبر\n■\nعنوان الخبر\n\n{BODY}\nإرسال تعليق\n"],
    ids=["not there", "once", "under a section's name, twice, and a comment form below"],
)
def test_a_title_that_stands_in_the_text_again_is_no_part_of_it(text):
    assert framed(text, "عنوان الخبر") == ("عنوان الخبر", BODY)


@pytest.mark.parametrize(
    ("text", "title"),
    [(f"سياسة\nعنوان الخبر هنا\n{BODY}", "عنوان الخبر هنا"), (BODY, "")],
    ids=["over it", "none"],
)
def test_without_a_title_the_headline_over_the_text_is_it(text, title):
    assert framed(text) == (title, BODY)


@pytest.mark.parametrize("text", ["حموشي في مدريد", "بيت أول\nبيت ثان\nبيت ثالث\nبيت رابع", "سطر\nسطر آخر"])
def test_a_text_that_is_all_short_lines_has_no_headline(text):
    assert framed(text) == ("", text)


def test_a_span_is_told_in_characters_of_what_was_handed_in():
    text = f"قسم\nعنوان الخبر\n{BODY}"
    in_text = frame(GivenText(id=1, text=text, title="عنوان الخبر"))
    assert in_text.place(Span(field=Field.TEXT, start=0, end=6)) == (Field.TEXT, 16, 22)
    assert in_text.place(Span(field=Field.TITLE, start=0, end=5)) == (Field.TEXT, 4, 9)
    apart = frame(GivenText(id=1, text=BODY, title="عنوان الخبر"))
    assert apart.place(Span(field=Field.TITLE, start=0, end=5)) == (Field.TITLE, 0, 5)


@given(st.text(alphabet="ab .\n\r\u2028■", max_size=60), st.one_of(st.none(), st.text(alphabet="ab .", max_size=9)))
def test_the_article_is_always_a_stretch_of_the_text_handed_in(text, title):
    found = frame(GivenText(id=1, text=text, title=title, language=Language.ENGLISH))
    assert text[found.start :].startswith(found.article.text)
    if title is None and found.article.title:
        assert text[found.title_start :].startswith(found.article.title)
