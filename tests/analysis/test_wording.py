"""The words of a text are known in whatever order, and its figures apart from them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.wording import figures, wording, wording_share

WORDS = st.lists(st.text(alphabet="ابتثجabc12", min_size=1, max_size=8), max_size=60)


@given(WORDS, st.randoms())
def test_the_order_of_words_and_how_often_they_come_are_nothing(found, chance):
    shuffled = found * 2
    chance.shuffle(shuffled)
    assert wording(shuffled) == wording(found)


@given(WORDS)
def test_hashes_are_sorted_and_of_16_bits(found):
    kept = wording(found)
    assert list(kept) == sorted(set(kept))
    assert all(0 <= each < 2**16 for each in kept)


def test_short_words_say_nothing_and_figures_are_those_that_arabic_writes_a_letter_onto():
    assert wording(["من", "الي"]) == ()
    assert figures(wording(["و18360", "طلقه"])) == figures(wording(["18360"])) != frozenset()
    assert figures(wording(["الاحد", "دجنبر"])) != frozenset()


def test_the_share_is_of_the_words_of_the_text_with_fewer_without_figures():
    one, other = wording(["وزير", "الداخليه", "استقبل", "12"]), wording(["الداخليه", "وزير", "13"])
    assert (wording_share(one, other), wording_share(other, one)) == (1.0, 1.0)
    assert wording_share(one, wording(["استقبل", "الرياضه"])) == 0.5
    assert wording_share(one, ()) == 0.0
