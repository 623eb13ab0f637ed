"""Sentences are found with their place: nothing is lost between them, and no dot of an initial ends one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.records import Field
from analysis.sentences import split, split_article
from builders import article


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il est venu. Il est parti.", ["Il est venu.", "Il est parti."]),
        ("حل بمدريد. ثم عاد.", ["حل بمدريد.", "ثم عاد."]),
        ("هل حل بمدريد؟ نعم", ["هل حل بمدريد؟", "نعم"]),
        ("أعلن ذلك «اليوم.» ثم عاد", ["أعلن ذلك «اليوم.»", "ثم عاد"]),
        ("Le préfet M. Alami et J. B. Roux sont là.", ["Le préfet M. Alami et J. B. Roux sont là."]),
        ("Some 2.500 men, e.g. guards.", ["Some 2.500 men, e.g. guards."]),
        ("Une ligne\nune autre\n\nla fin", ["Une ligne", "une autre", "la fin"]),
        ("Fin... et suite", ["Fin... et suite"]),
        ("   ", []),
    ],
)
def test_a_sentence_ends_at_its_stop_and_at_the_end_of_its_line(text, expected):
    assert sentences(text) == expected


def test_the_title_is_sentence_zero():
    found = split_article(article(title="عنوان. من جملتين", text="جملة."))

    assert [(each.field, each.number) for each in found] == [(Field.TITLE, 0), (Field.TEXT, 1)]


@given(st.text(alphabet=st.characters(codec="utf-8")) | st.text(alphabet="ab .!؟\n«»م1"))
def test_sentences_follow_one_another_and_only_white_space_lies_between(text):
    places = list(split(text))

    assert places == sorted(places)
    assert "".join("".join(text[start:end].split()) for start, end in places) == "".join(text.split())


def test_a_text_without_a_full_stop_is_cut_at_its_blanks():
    text = "Abdellatif Hammouchi à Madrid, " * 100
    pieces = [text[start:end] for start, end in split(text)]

    assert " ".join(pieces) == text.strip()
    assert max(map(len, pieces)) <= 1000
