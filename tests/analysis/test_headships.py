"""An office names who held it on the day of publication, and nobody where that cannot be told."""

from __future__ import annotations

from datetime import date

import pytest
from readers import vocabulary

from analysis.records import Basis, Language, Published, TagKind
from analysis.tags import find_tags
from analysis.tenures import Tenure
from builders import article


def led_by(text, day=date(2025, 6, 1)):
    published = Published(on=day, at=None, basis=Basis.META) if day else None
    tags = find_tags(article(title="", text=text, published=published, language=Language.FRENCH), vocabulary())
    return [tag.id for tag in tags if tag.kind is TagKind.PERSON]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("استقبل مدير الديستي ضيفه", "abdellatif-hammouchi"),
        ("زار رئيس مكتب التحقيقات الفيدرالي الرباط", "kash-patel"),
        ("la patronne de la DGSI est venue", "celine-berthon"),
        ("la directora del CNI viajó a Rabat", "esperanza-casteleiro"),
        ("the BKA's president was there", "holger-munch"),
        ("talks with the DGSE chief", "nicolas-lerner"),
        ("el secretario general de Interpol", "valdecy-urquiza"),
    ],
)
def test_the_head_of_a_body_is_known_by_the_office_in_four_languages(text, person):
    assert led_by(text) == [person]


@pytest.mark.parametrize(
    "text",
    [
        "l'ancien patron de la DGSI est venu",
        "the former FBI director",
        "نائب مدير الديستي",
        "مدير الديستي السابق",
        "le directeur a parlé de la DGSI",
        "Le chef de cuisine. La DGSI a répondu.",
    ],
)
def test_a_former_head_a_deputy_and_a_head_of_something_else_are_nobody_known(text):
    assert led_by(text) == []


def test_who_is_named_beside_the_office_holds_it():
    assert led_by("le directeur de la DGSI, Nicolas Lerner, était là") == ["nicolas-lerner"]


@pytest.mark.parametrize(
    ("day", "people"),
    [
        (date(2023, 2, 1), ["christopher-wray"]),
        (date(2025, 1, 25), []),
        (date(2025, 2, 21), ["kash-patel"]),
        (None, []),
    ],
)
def test_an_office_means_who_held_it_on_the_day_of_publication(day, people):
    assert led_by("le directeur du FBI à Rabat", day) == people


def test_an_office_in_a_sentence_of_another_year_is_nobody_unless_the_same_held_it_then():
    assert led_by("En 2023, le directeur du FBI est venu") == []
    assert led_by("En 2023, le patron de la DGST est venu") == ["abdellatif-hammouchi"]


def test_no_body_has_two_heads_on_one_day():
    starts = {tenure.since for holders in vocabulary().headships.bodies.values() for _, tenure in holders}
    twice = [
        (body, day)
        for body, holders in vocabulary().headships.bodies.items()
        for day in starts
        for secretary in (False, True)
        if sum(each.covers(day) for _, each in holders if each.secretary == secretary) > 1
    ]
    assert twice == []


def test_a_tenure_begins_on_its_first_day_and_ends_before_that_of_the_next():
    tenure = Tenure(body="x", since=date(2024, 1, 9), until=date(2025, 1, 9))
    days = (date(2024, 1, 8), date(2024, 1, 9), date(2025, 1, 8), date(2025, 1, 9), None)
    assert [tenure.covers(day) for day in days] == [False, True, True, False, False]
    assert Tenure(body="x").covers(None)
