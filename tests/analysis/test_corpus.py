"""A saved text is parted from what its page put around it, and written down as facts and a fingerprint."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from alterations import made_up
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus import Parts, describe, line, split
from analysis.dedupe import fingerprint
from analysis.seeds import read_corpus

BODY = made_up(200)
FORM = "إرسال تعليق\n\nأحدث أقدم\n"


@pytest.mark.parametrize(
    ("before", "title"),
    [
        ("", None),
        ("عنوان المقال\n\n", "عنوان المقال"),
        ("عنوان المقال\nعنوان المقال\n", "عنوان المقال"),
        ("أخبار\n\nعنوان هذا المقال\n\n🔴||▪︎ عنوان هذا المقال\n\n", "عنوان هذا المقال"),
        ("عنوان ينتهي بفاصلة،\n\n \n\nعنوان ينتهي بفاصلة،\n", "عنوان ينتهي بفاصلة"),
    ],
)
def test_the_head_of_a_page_is_no_part_of_its_text(before, title):
    assert split(before + BODY) == Parts(title=title, body=BODY)


@pytest.mark.parametrize(
    "after", [FORM, "\n\nRelated Articles\n\nأضف تعليقاً\n\nBack to top button\n", "\nLeave a Reply"]
)
def test_the_comment_form_of_a_theme_is_no_part_of_its_text(after):
    assert split(f"{BODY}\n{after}").body == BODY


def test_the_words_of_a_comment_form_stay_where_they_are_in_the_text():
    assert split(f"{BODY}\nRelated Articles\n{BODY}").body == f"{BODY}\nRelated Articles\n{BODY}"


def test_what_is_said_of_a_text_is_said_of_its_body():
    described = describe("a", f"عنوان\n\n{BODY}\n{FORM}")
    assert (described.title, described.characters, described.fingerprint) == (
        "عنوان",
        len(BODY),
        replace(fingerprint(BODY), wording=()),
    )


def test_a_page_without_text_cannot_be_described():
    with pytest.raises(ValueError, match="there is no text"):
        describe("a", FORM)


def test_a_line_says_all_that_is_known_and_is_read_back_as_it_was():
    document = replace(
        describe("a_1", BODY), outlet="Atlas", published_on=date(2026, 2, 1), tags=("interpol",), events=("One thing",)
    )
    assert read_corpus(line(document), file="corpus.jsonl") == (document,)
    assert json.loads(line(document))["published_on"] == "2026-02-01"


@given(st.text(max_size=300))
def test_parting_a_body_again_changes_nothing_when_it_begins_with_a_paragraph(text):
    body = split(f"{BODY}\n{text}").body
    assert split(body) == Parts(title=None, body=body)
