"""Texts known in memory: found again as Postgres finds them."""

from __future__ import annotations

from alterations import made_up, rewritten
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.dedupe import fingerprint, keys_of, new_keys, place
from analysis.recall import COMMON, KnownTexts
from analysis.records import CopyKind, KnownText, Placement
from builders import fingerprint as fingerprint_record
from builders import seed_document

FRAME = "وقعت الاتفاقية يوم الأحد في العاصمة بحضور عدد كبير من المسؤولين الأمنيين من البلدين الصديقين."


def learn(known: KnownTexts, number: int, text: str) -> Placement:
    kept = fingerprint(text)
    placement = place(kept, known.lookalikes(kept))
    known.add(number, kept, placement)
    return placement


def test_a_copy_of_a_copy_is_a_copy_of_the_original():
    known, text = KnownTexts(), made_up(300, seed=1)
    assert learn(known, 0, text) == Placement()
    assert learn(known, 1, f"{text} {made_up(30, seed=2)}").copy_of == KnownText.article(0)
    assert learn(known, 2, f"{text} {made_up(30, seed=2)}") == Placement(
        copy_of=KnownText.article(0), kind=CopyKind.SAME, share=1.0
    )


def test_a_seed_document_is_known_from_the_start():
    text = made_up(300, seed=1)
    known = KnownTexts([seed_document(id="portrait", fingerprint=fingerprint(text))])
    assert learn(known, 0, text).copy_of == KnownText.seed("portrait")


def test_what_shares_nothing_is_no_lookalike():
    known = KnownTexts()
    learn(known, 0, made_up(300, seed=1))
    assert known.lookalikes(fingerprint(made_up(300, seed=2))) == ()


def test_a_formula_of_the_press_finds_nobody():
    known = KnownTexts()
    for number in range(COMMON + 1):
        learn(known, number, f"{FRAME} {made_up(60, seed=number)}")
    assert known.lookalikes(fingerprint(f"{FRAME} {made_up(60, seed=999)}")) == ()


def test_the_same_text_a_thousand_times_is_kept_once():
    known, text = KnownTexts(), made_up(200, seed=1)
    for number in range(1000):
        learn(known, number, text)
    assert [each.text for each in known.lookalikes(fingerprint(text))] == [KnownText.article(0)]


def test_a_communique_is_found_however_many_edited_copies_of_it_there_are():
    known, text = KnownTexts(), made_up(400, seed=1)
    learn(known, 0, text)
    for number in range(1, 201):
        assert learn(known, number, rewritten(text, 0.05, seed=number)).copy_of == KnownText.article(0)
    assert learn(known, 201, rewritten(text, 0.12, seed=201)).copy_of == KnownText.article(0)


def test_the_part_a_copy_has_of_its_own_finds_it():
    known, text, own = KnownTexts(), made_up(300, seed=1), made_up(300, seed=2)
    learn(known, 0, text)
    assert learn(known, 1, f"{text} {own}").kind is CopyKind.CONTAINS
    assert [each.text for each in known.lookalikes(fingerprint(own))] == [KnownText.article(1)]


@settings(deadline=None)
@given(st.lists(st.integers(0, 2**64 - 1), unique=True, max_size=60).map(sorted), st.integers(0, 60))
def test_keys_are_the_lowest_hashes_and_those_of_a_copy_are_its_own(hashes, common):
    one = fingerprint_record(exact="01" * 16, hashes=tuple(hashes))
    other = fingerprint_record(exact="02" * 16, hashes=tuple(hashes[:common]))
    assert keys_of(one) == one.hashes[: len(keys_of(one))]
    assert len(keys_of(one)) >= min(24, len(hashes))
    assert {*new_keys(one, other)} == {*keys_of(one)} - {*keys_of(other)}
    assert new_keys(one, one) == ()
