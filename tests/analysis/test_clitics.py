"""What Arabic writes onto a name belongs to it, and what only looks so does not."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.arabic import canonical
from analysis.clitics import OWN_WORDS, name_forms, phrase_forms
from analysis.terms import Spelling, TermFinder

NAMES = TermFinder(
    [
        Spelling("france", "فرنسا"),
        Spelling("jordan", "الأردن"),
        Spelling("germany", "ألمانيا"),
        Spelling("lebanon", "لبنان"),
        Spelling("jeddah", "جدة"),
        Spelling("oujda", "وجدة"),
        Spelling("nice", "نيس"),
        Spelling("accra", "أكرا"),
        Spelling("aris", "اريس"),
        Spelling("juba", "جوبا"),
        Spelling("russian", "روسية", inflected=True),
        Spelling("working-visit", "زيارة عمل", inflected=True),
        Spelling("dgsn", "DGSN"),
        Spelling("europol", "Europol"),
        Spelling("hammouchi", "حموشي"),
    ]
)


def found(text: str) -> list[tuple[str, str]]:
    return [(each.term, text[each.start : each.end]) for each in NAMES.find(text)]


@pytest.mark.parametrize(
    ("printed", "term"),
    [
        ("وفرنسا", "france"),
        ("فبفرنسا", "france"),
        ("ولفرنسا", "france"),
        ("لـفرنسا", "france"),
        ("بـ«فرنسا»", "france"),
        ("للأردن", "jordan"),
        ("وللأردن", "jordan"),
        ("فبالأردن", "jordan"),
        ("وكالأردن", "jordan"),
        ("لألمانيا", "germany"),
        ("للبنان", "lebanon"),
        ("بوجدة", "oujda"),
        ("ووجدة", "oujda"),
        ("لجدة", "jeddah"),
        ("للروسية", "russian"),
        ("وبالروسية", "russian"),
        ("بزيارة العمل", "working-visit"),
        ("وللزيارة عمل", "working-visit"),
        ("الـDGSN", "dgsn"),
        ("لـDGSN", "dgsn"),
        ("وللDGSN", "dgsn"),
        ("والحموشي", None),
    ],
)
def test_what_is_written_onto_a_name_belongs_to_it(printed, term):
    assert [each for each, _ in found(f"قبل {printed} بعد")] == ([term] if term else [])


@pytest.mark.parametrize(
    "printed",
    ["باكرا", "بنيس", "كنيس", "وجوبا", "الفروسية وفروسية", "الفرنسا", "وفرنساوي", "والأردني", "لالأردن", "الـEuropol"],
)
def test_what_only_looks_like_a_name_with_something_written_onto_it_is_none(printed):
    assert found(f"قبل {printed} بعد") == []


def test_a_word_that_is_a_name_itself_is_not_another_with_something_written_onto_it():
    assert [each for each, _ in found("وجدة ولبنان")] == ["oujda", "lebanon"]


def test_a_long_phrase_is_not_spelt_with_every_article():
    assert len(set(phrase_forms("واحد اثنان ثلاثة أربعة خمسة"))) == len(set(name_forms("واحد اثنان ثلاثة أربعة خمسة")))


LETTERS = "بتثجحخدرزسشصضطعغفقكلمنهوي"
WORDS = st.text(st.sampled_from(LETTERS), min_size=3, max_size=8)
CLITICS = ["", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "ال", "وال", "بال", "لل", "ولل", "فبال", "كال"]


@given(WORDS, st.sampled_from(CLITICS))
def test_an_inflected_word_is_found_with_all_that_is_written_onto_it(word, clitic):
    assume(f"{clitic}{word}" not in OWN_WORDS)
    text = f"قال {clitic}{word} امس"
    spans = {(each.start, each.end) for each in TermFinder([Spelling("x", word, inflected=True)]).find(text)}
    assert (4, 4 + len(clitic) + len(word)) in spans


@given(WORDS)
def test_every_form_of_a_name_ends_with_the_name_and_stands_once(name):
    forms = list(name_forms(name))
    assert forms[0] == canonical(name)
    assert len(set(forms)) == len(forms)
    assert all(form.endswith(name) for form in forms)
