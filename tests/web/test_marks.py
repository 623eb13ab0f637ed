"""Texts cut at their marks: nothing is lost, whatever overlaps; and what an address may be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.marks import Mark, Piece, answered, cut, harmless, isolated, paragraphs
from web.painter import outside
from web.reading import differing

places = st.integers(-5, 40)
marks = st.lists(st.builds(Mark, start=places, end=places, what=st.sampled_from(["sentence", "person"])), max_size=6)


@given(text=st.text(max_size=30), found=marks)
def test_the_pieces_of_a_text_are_the_text(text: str, found: list[Mark]):
    pieces = list(cut(text, found))
    assert "".join(piece.text for piece in pieces) == text
    assert "\n".join("".join(piece.text for piece in each) for each in paragraphs(pieces)) == text


@given(text=st.text(max_size=30), found=marks)
def test_a_character_has_the_marks_that_cover_it(text: str, found: list[Mark]):
    at = 0
    for piece in cut(text, found):
        for _ in piece.text:
            assert set(piece.marks) == {mark for mark in found if mark.start <= at < mark.end}
            at += 1


def test_a_mark_can_be_linked_to_where_it_begins():
    found = [Mark(start=2, end=6, what="sentence", id="report-1"), Mark(start=4, end=5, what="person")]
    assert [(piece.text, piece.id) for piece in cut("abcdefgh", found)] == [
        ("ab", ""),
        ("cd", "report-1"),
        ("e", ""),
        ("f", ""),
        ("gh", ""),
    ]


def test_controls_that_turn_a_line_around_are_not_shown():
    assert harmless("a\u202eb\u202c\u2067c\u2069\x1bd\u200fe\n") == "abcd\u200fe\n"


def test_isolates_become_elements_and_unclosed_ones_nothing():
    assert isolated("with \u2068<b>\u2069 and \u2067c") == "with <bdi>&lt;b&gt;</bdi> and c"


def test_a_headline_marks_what_answers():
    mark = Mark(start=0, end=5, what="answer")
    assert answered("… the ⟦chief⟧ «said»") == (Piece("… the "), Piece("chief", (mark,)), Piece(" «said»"))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "file:///etc", "http://[", None, ""]
)
def test_a_reader_is_sent_to_the_web_only(url: str | None):
    assert outside(url) is None
    assert outside("https://atlas.example/1") == "https://atlas.example/1"


def test_what_stands_between_shared_places_differs_unless_it_is_only_stops():
    assert differing("He came. She went, then", [(0, 7), (9, 17)]) == [Mark(start=17, end=23, what="other")]
    assert differing("all of it", []) == [Mark(start=0, end=9, what="other")]
