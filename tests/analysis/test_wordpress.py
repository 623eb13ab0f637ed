"""WordPress by its REST interface: what is asked, and what an answer becomes."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import UnreadableListError
from analysis.records import Entry
from analysis.wordpress import POSTS_AT_ONCE, next_address, posts_address, read_posts

ASKED = "https://atlas.example/wp-json/wp/v2/posts"
FIELDS = "per_page=50&orderby=date&order=desc&{}_fields=link,title,date_gmt,modified_gmt"
POSTS = [
    {
        "link": "https://atlas.example/120",
        "title": {"rendered": "لقاء &#8211; <em>اتفاق</em>"},
        "date_gmt": "2026-02-10T11:00:00",
        "modified_gmt": "2026-02-11T08:30:00",
    },
    {"link": "/121", "title": "brut", "date_gmt": "0000-00-00T00:00:00"},
    {"link": "", "title": {"rendered": "nulle part"}},
]
ENTRIES = (
    Entry(
        url="https://atlas.example/120",
        title="لقاء – اتفاق",
        published_at=datetime(2026, 2, 10, 11, tzinfo=UTC),
        updated_at=datetime(2026, 2, 11, 8, 30, tzinfo=UTC),
    ),
    Entry(url="https://atlas.example/121", title="brut"),
)


@pytest.mark.parametrize(
    "before", ["", "\ufeff", "<br />\n<b>Warning</b>: Array [0] in <b>/x.php</b> on line 3<br />\n"]
)
@pytest.mark.parametrize("after", ["", "\n<!-- served from a cache -->"])
def test_posts_become_entries_in_utc_whatever_a_program_prints_around_them(before, after):
    assert read_posts(f"{before}{json.dumps(POSTS)}{after}".encode(), ASKED) == ENTRIES


def test_a_refusal_is_told_in_the_words_of_the_interface():
    refusal = {"code": "rest_forbidden", "message": "Désolé, vous n&rsquo;avez pas accès.", "data": {"status": 401}}
    with pytest.raises(UnreadableListError, match=r"posts answers: Désolé, vous n’avez pas accès. \(rest_forbidden\)"):
        read_posts(json.dumps(refusal).encode(), ASKED)


def test_no_posts_are_an_answer():
    assert read_posts(b"[]", ASKED) == ()


def test_posts_are_asked_for_from_two_days_before_the_last_answer_on():
    noon = datetime(2026, 2, 10, 12, tzinfo=UTC)
    assert posts_address(ASKED) == f"{ASKED}?{FIELDS.format('')}"
    assert posts_address(ASKED, noon) == f"{ASKED}?{FIELDS.format('after=2026-02-08T00:00:00&')}"
    between = FIELDS.format("after=2026-02-08T00:00:00&before=2026-02-12T00:00:00&")
    assert posts_address(f"{ASKED}?search=DGST&per_page=10", noon, noon) == f"{ASKED}?search=DGST&{between}"


def test_further_posts_are_asked_for_while_answers_are_full_or_the_header_counts_more():
    asked = posts_address(ASKED)
    assert next_address(asked, POSTS_AT_ONCE) == f"{asked}&page=2"
    assert next_address(f"{asked}&page=2", POSTS_AT_ONCE) == f"{asked}&page=3"
    assert next_address(asked, POSTS_AT_ONCE - 1) is None
    assert next_address(f"{asked}&page=3", POSTS_AT_ONCE, pages=3) is None
    assert next_address(asked, 3, pages=2) == f"{asked}&page=2"
    assert next_address(f"{ASKED}?page=x&per_page=²", 9) is None


@given(st.integers(0, 400), st.integers(1, 100))
def test_all_posts_are_walked_and_the_walk_ends(total, at_once):
    asked, seen = f"{ASKED}?per_page={at_once}", 0
    for _ in range(total + 2):
        came = min(at_once, total - seen)
        seen += came
        if (asked := next_address(asked, came)) is None:
            break
    assert (asked, seen) == (None, total)
