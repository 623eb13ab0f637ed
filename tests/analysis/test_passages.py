"""The passages two texts share: found wherever they stand, in whatever spelling, and shown as they were printed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alterations import made_up
from hypothesis import given
from hypothesis import strategies as st

from analysis.arabic import canonical, words
from analysis.passages import LEAST_WORDS, Comparison, compare
from analysis.records import CopyKind

FIRST, SECOND = made_up(60, seed=1), made_up(60, seed=2)


def shown(one: str, other: str) -> list[tuple[str, str]]:
    return [(one[p.start : p.end], other[p.other_start : p.other_end]) for p in compare(one, other).passages]


def test_a_text_is_one_passage_of_itself():
    found = compare(FIRST, FIRST)
    assert (found.kind, found.share, found.covered, found.other_covered) == (CopyKind.SAME, 1.0, 1.0, 1.0)
    assert shown(FIRST, FIRST) == [(FIRST.rstrip("."), FIRST.rstrip("."))]


def test_two_texts_share_nothing():
    assert compare(FIRST, SECOND) == Comparison(kind=None, share=None, covered=0.0, other_covered=0.0, passages=())


def test_paragraphs_in_another_order_are_found_on_both_sides():
    one, other = f"{FIRST}\n{SECOND}", f"{SECOND}\n{FIRST}"
    assert [words(canonical(mine)) for mine, _ in shown(one, other)] == [
        words(canonical(each)) for each in (FIRST, SECOND)
    ]
    assert [mine for mine, _ in shown(one, other)] == [theirs for _, theirs in shown(one, other)]


def test_a_passage_is_shown_as_each_side_spells_it():
    one, other = "قال: أعلنت المديريّة العامّة للأمن الوطنيّ اليوم أمرا", "اعلنت المديرية العامة للامن الوطني اليوم"
    assert shown(one, other) == [("أعلنت المديريّة العامّة للأمن الوطنيّ اليوم", other)]


def test_a_word_that_was_changed_stays_within_the_passage():
    one = "a b c d e f CHANGED g h i j k l"
    other = "a b c d e f g h i j k l"
    [found] = compare(one, other).passages
    assert (one[found.start : found.end], other[found.other_start : found.other_end], found.words) == (one, other, 12)


def test_an_excerpt_says_how_much_of_each_it_is():
    found = compare(FIRST, f"{FIRST}\n{SECOND}")
    assert (found.kind, found.covered, found.other_covered) == (CopyKind.EXCERPT, 1.0, pytest.approx(0.5))


def test_a_text_that_repeats_one_sentence_a_thousand_times_is_compared_all_the_same():
    one = "the same five words again. " * 1000
    assert compare(one, one).covered == 1.0


@given(st.text(alphabet="abأا ـً\n", max_size=60), st.text(alphabet="abأا ـً\n", max_size=60))
def test_passages_are_the_same_words_within_both_texts(one: str, other: str):
    for found in compare(one, other).passages:
        assert 0 <= found.start < found.end <= len(one)
        assert 0 <= found.other_start < found.other_end <= len(other)
        assert found.words >= LEAST_WORDS


def test_a_recast_text_without_five_words_in_a_row_is_shown_sentence_by_sentence():
    told = [_distinct(f"{letter}{other}", 20) for letter in "بتث" for other in "جح"]
    recast = [[*_changed(each)] for each in reversed(told)]
    one, other = (" ".join(f"{' '.join(each)}." for each in text) for text in (told, recast))
    found = compare(one, other)
    assert (found.kind, found.covered) == (CopyKind.EDITED, 0.0)
    assert shown(one, other) == [
        (f"{' '.join(mine)}.", f"{' '.join(theirs)}.") for mine, theirs in zip(told, reversed(recast), strict=True)
    ]
    assert {each.words for each in found.passages} == {16}


def _distinct(stem: str, count: int) -> list[str]:
    """Write words that all differ."""
    return [f"{stem}{one}{other}" for one in "دذرزس" for other in "شصضط"][:count]


def _changed(said: list[str]) -> Iterator[str]:
    """Put another word for every fifth: four in a row are left."""
    return (f"{word}نن" if at % 5 == 4 else word for at, word in enumerate(said))
