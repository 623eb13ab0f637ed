"""Texts known in memory: found again as Postgres finds them."""

from __future__ import annotations

from alterations import made_up

from analysis.dedupe import fingerprint, place
from analysis.recall import COMMON, KnownTexts
from analysis.records import CopyKind, KnownText, Placement
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
