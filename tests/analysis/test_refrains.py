"""What a source prints in article after article is learnt, and is no reason to take two articles for one."""

from __future__ import annotations

from datetime import date

from alterations import edited, made_up
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.dedupe import fingerprint, fingerprint_of
from analysis.paragraphs import paragraphs_of
from analysis.refrains import ARTICLES, Refrains, hash_of, leave_out, lessons, paragraph_hashes

ABOUT = made_up(40, seed=90)


def taught(*days: int, titles: int = 100, source: str = "atlas") -> Refrains:
    """Let a source print the same paragraph below articles of so many titles, on these days."""
    known = Refrains()
    for number, day in enumerate(days):
        text = f"{made_up(60, seed=number)}\n{ABOUT}"
        known.see(source, lessons(text), number % titles, date(2026, 2, day))
    return known


def test_a_paragraph_below_many_articles_of_several_days_is_a_refrain_of_their_source_alone():
    known = taught(1, 1, 2, 2, 3)
    assert known.among("atlas", paragraph_hashes(f"{made_up(60, seed=50)}\n{ABOUT}")) == {hash_of(ABOUT)}
    assert known.among("rif", paragraph_hashes(ABOUT)) == frozenset()


def test_what_stands_in_few_articles_or_on_one_matter_of_a_day_is_none():
    assert taught(*range(1, ARTICLES)).among("atlas", paragraph_hashes(ABOUT)) == frozenset()
    assert taught(1, 1, 1, 2, 2, 2, 2).among("atlas", paragraph_hashes(ABOUT)) == frozenset()


def test_an_article_that_is_printed_over_and_over_under_one_title_teaches_nothing():
    assert taught(*range(1, 20), titles=1).among("atlas", paragraph_hashes(ABOUT)) == frozenset()


def test_spelling_and_punctuation_of_a_paragraph_do_not_count():
    assert paragraph_hashes("أعلنت الإدارة، اليوم.\n \n***") == paragraph_hashes("اعلنت الادارة اليوم")


def test_a_text_is_known_without_its_refrains_unless_hardly_anything_is_left():
    own = made_up(60, seed=1)
    assert leave_out(f"{own}\n{ABOUT}", {hash_of(ABOUT)}) == paragraphs_of(own)
    short = f"{made_up(10, seed=1)}\n{ABOUT}"
    assert leave_out(short, {hash_of(ABOUT)}) == paragraphs_of(short)


def test_a_copy_teaches_what_it_adds_to_what_another_printed_and_one_of_the_same_source_all_of_it():
    dispatch = made_up(300, seed=1)
    printed, original = f"{edited(dispatch)}\n{ABOUT}", fingerprint(dispatch)
    assert lessons(printed, original) == paragraph_hashes(ABOUT)
    assert lessons(printed, original, is_own=True) == paragraph_hashes(printed)
    assert lessons(dispatch, original, is_own=True) == ()


@settings(deadline=None)
@given(st.lists(st.sampled_from([made_up(count, seed=count) for count in (3, 15, 30, 60)]), max_size=8), st.data())
def test_nothing_but_refrains_is_left_out(paragraphs, data):
    text = "\n".join(paragraphs)
    refrains = data.draw(st.frozensets(st.sampled_from(paragraph_hashes(text) or (0,))))
    left = leave_out(text, refrains)
    kept = [each for each in paragraphs if hash_of(each) not in refrains]
    assert left in (paragraphs_of("\n".join(kept)), paragraphs_of(text))


LINES = st.text(alphabet="اب أة12 é.،\u0640\u064b", max_size=12)


@given(st.lists(LINES, max_size=8), st.data())
def test_what_is_left_of_a_text_is_known_as_a_text_of_its_own_would_be(lines, data):
    are_kept = data.draw(st.lists(st.booleans(), min_size=len(lines), max_size=len(lines)))
    chosen = [each for each, is_kept in zip(lines, are_kept, strict=True) if is_kept]
    left = [each for line in chosen for each in paragraphs_of(line)]
    assert fingerprint_of(left) == fingerprint(" ".join(chosen)) == fingerprint("\n".join(chosen))
