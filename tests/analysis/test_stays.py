"""Visits told by where somebody is, by the end of a stay, without a verb, or with a guest who stands by office only."""

from __future__ import annotations

import pytest
from readers import reader

from analysis.records import Language
from analysis.reports import find_reports
from analysis.tags import find_tags
from builders import article

READER = reader()
AR, FR, ES, EN = Language.ARABIC, Language.FRENCH, Language.SPANISH, Language.ENGLISH


def news(title, text, language):
    """Name direction and countries of each visit that is told as news."""
    one = article(title=title, text=text, language=language)
    reports = find_reports(one, find_tags(one, READER.vocabulary), READER)
    return [(each.direction, each.countries) for each in reports if (each.kind, each.told) == ("visit", "news")]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Abdellatif Hammouchi est depuis hier à Vienne.", FR),
        ("Abdellatif Hammouchi a passé la journée de lundi à Vienne.", FR),
        ("Abdellatif Hammouchi a quitté lundi la capitale autrichienne.", FR),
        ("Abdellatif Hammouchi estuvo ayer en Viena.", ES),
        ("Abdellatif Hammouchi visitó el lunes 9 de febrero Viena.", ES),
        ("Abdellatif Hammouchi was on Monday in Vienna.", EN),
        ("Abdellatif Hammouchi visited the Austrian capital on Monday.", EN),
        ("عاد عبد اللطيف حموشي مساء أمس من النمسا بعد زيارة عمل.", AR),
        ("وقع عبد اللطيف حموشي بالعاصمة النمساوية، التي زارها أمس، كتابا ذهبيا.", AR),
    ],
)
def test_to_be_somewhere_or_to_leave_it_is_a_visit(text, language):
    assert news("", text, language) == [("outbound", ("AT",))]


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        ("Hammouchi à Vienne", "Abdellatif Hammouchi était lundi en Autriche.", FR),
        ("حموشي بفيينا", "تباحث عبد اللطيف حموشي أمس بفيينا مع مدير الشرطة النمساوية.", AR),
    ],
)
def test_a_headline_without_a_verb_and_its_lead_tell_one_visit(title, text, language):
    assert news(title, text, language) == [("outbound", ("AT",))]


def test_a_headline_of_a_medal_tells_no_visit():
    assert news("توشيح حموشي بالنمسا", "", AR) == []


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        (
            "Policía ecuatoriana en la capital marroquí",
            "El comandante general fue recibido ayer en Rabat por Abdellatif Hammouchi.",
            ES,
        ),
        ("", "استقبل عبد اللطيف حموشي، أمس بالرباط، القائد العام لسلك الحراسة بالإكوادور.", AR),
    ],
)
def test_a_guest_may_stand_by_office_only(title, text, language):
    assert news(title, text, language) == [("inbound", ("EC",))]


def test_several_legs_may_each_have_their_day():
    text = "Abdellatif Hammouchi visitó el lunes Roma, el miércoles Viena y, el jueves, Berna."

    assert {countries for _, countries in news("", text, ES)} == {("IT",), ("AT",), ("CH",)}


def test_his_moroccan_counterpart_is_ours_only_where_ours_is_known():
    text = "Le directeur de la police autrichienne a reçu à Vienne son homologue marocain"

    assert news("Hammouchi et la police autrichienne", f"{text}.", FR) == [("outbound", ("AT",))]
    assert news("Une rencontre sur le climat", f"{text}.", FR) == []


def test_an_invitation_is_no_visit():
    text = "Le chef de la police autrichienne a adressé à Abdellatif Hammouchi une invitation à visiter Vienne."

    assert news("", text, FR) == []
