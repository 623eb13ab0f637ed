"""The canonical form of text, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.arabic import canonical, canonical_with_map, words

TEXTS = st.text() | st.text(alphabet=" \n\tأإآبةىيئؤءکھـًَُّﻻﷲ٢۵«»’–\u200f\u200bÉœßaB\u0301\u00ad\ud800") | st.characters()


@pytest.mark.parametrize(
    ("spellings", "form"),
    [
        (("الأمن", "الامن", "الأَمْن", "الأمـــن", "ﺍﻷﻣﻦ", "الا\u0654من", "\u200fالأمن\u200f"), "الامن"),
        (("إدارة", "ادارة", "إداره", "إدارھ"), "اداره"),
        (("على", "علي", "علی"), "علي"),
        (("مسؤول", "مسوول"), "مسوول"),
        (("هيئة", "هيية"), "هييه"),
        (("أكادير", "أگادير", "أڭادير", "اکادیر"), "اكادير"),
        (("١٢ ۳٤", "12 34"), "12 34"),
        (("Été", "ÉTÉ", "ete", "E\u0301te\u0301"), "ete"),
        (("cœur", "Coeur", "CŒUR"), "coeur"),
        (("«لقاء»", "“لقاء”", "„لقاء‟", '"لقاء"'), '"لقاء"'),
        (("l’OTAN", "l'Otan", "l`otan"), "l'otan"),
        (("2025–2026", "2025-2026", "2025—2026", "٢٠٢٥‑٢٠٢٦"), "2025-2026"),
        (("  وفد \n\t أمني ", "وفد\u00a0أمني", "وفد \u200f أمني"), "وفد امني"),
    ],
)
def test_spellings_of_one_thing_have_one_form(spellings, form):
    assert {canonical(spelling) for spelling in spellings} == {form}


@pytest.mark.parametrize(("one", "other"), [("ماء", "ما"), ("سماء", "سما"), ("ش", "س")])
def test_different_words_stay_different(one, other):
    assert canonical(one) != canonical(other)


def test_words_are_the_letters_and_digits():
    assert words(canonical("قال «المدير»: 3,5% من l’Été-là.")) == ["قال", "المدير", "3", "5", "من", "l", "ete", "la"]


def test_a_span_leads_back_to_the_printed_letters():
    text = "  زار الـمُديـرُ  العامّ\nمدريد"
    found = canonical_with_map(text)
    start = found.text.index("المدير العام")
    first, last = found.original(start, start + len("المدير العام"))
    assert text[first:last] == "الـمُديـرُ  العامّ"


def test_part_of_a_ligature_leads_back_to_the_whole_ligature():
    found = canonical_with_map("œuf ﻻ")
    assert found.text == "oeuf لا"
    assert [found.original(0, 1), found.original(1, 2), found.original(5, 6), found.original(6, 7)] == [
        (0, 1),
        (0, 1),
        (4, 5),
        (4, 5),
    ]


def test_a_span_outside_the_text_is_refused():
    with pytest.raises(ValueError, match="no span of a text of 3 characters"):
        canonical_with_map("abc").original(1, 4)


@given(TEXTS)
def test_twice_is_as_good_as_once(text):
    assert canonical(canonical(text)) == canonical(text)


@given(TEXTS)
def test_the_form_with_a_map_is_the_same_form(text):
    assert canonical_with_map(text).text == canonical(text)


@given(TEXTS, st.data())
def test_every_span_leads_into_the_text_and_is_spelt_the_same_there(text, data):
    found = canonical_with_map(text)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(found.text))] * 2)))
    first, last = found.original(start, end)
    assert 0 <= first <= last <= len(text)
    assert found.text[start:end].strip() in canonical(text[first:last])


@given(TEXTS)
def test_the_map_never_steps_back(text):
    found = canonical_with_map(text)
    spans = [found.original(index, index + 1) for index in range(len(found.text))]
    assert spans == sorted(spans)
    assert all(first < last for first, last in spans)


@given(TEXTS)
def test_the_form_holds_no_surrogate_and_no_control_character(text):
    assert not any(ord(char) < 32 for char in canonical(text).encode().decode())
