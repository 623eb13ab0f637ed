"""Signals: whose service, whose name, and what speaks of security."""

from __future__ import annotations

import pytest
from readers import vocabulary

from analysis.records import Language
from analysis.signals import find_signals
from analysis.tags import find_tags
from analysis.topic import Side
from builders import article


def signals(text, language=Language.ARABIC):
    written = article(title="", text=text, language=language)
    return find_signals(written, find_tags(written, vocabulary()), vocabulary())


def services(text, language=Language.ARABIC):
    """Name the sides that a service is on."""
    found = (each.term for each in signals(text, language) if each.term.security)
    return {each.side for each in found if each.side in (Side.FOREIGN, Side.MOROCCAN)}


@pytest.mark.parametrize(
    ("language", "text", "sides"),
    [
        ("ar", "قالت شرطة مدينة ألميريا", {Side.FOREIGN}),
        ("ar", "الشرطة الجنائية الاتحادية الألمانية", {Side.FOREIGN}),
        ("ar", "بين الشرطتين المغربية والبلجيكية", {Side.MOROCCAN, Side.FOREIGN}),
        ("ar", "مدير الشرطة الإسبانية بالرباط", {Side.FOREIGN}),
        ("fr", "les polices marocaine et espagnole", {Side.MOROCCAN, Side.FOREIGN}),
        ("fr", "la préfecture de police de Tanger", {Side.MOROCCAN}),
        ("fr", "les limiers de Rotterdam", {Side.FOREIGN}),
        ("es", "los mandos policiales de Portugal", {Side.FOREIGN}),
        ("en", "Irish detectives", {Side.FOREIGN}),
        ("en", "Moroccan and Spanish investigators", {Side.MOROCCAN, Side.FOREIGN}),
        ("fr", "la police a arrêté un Belge", set()),
        ("ar", "الأمن الغذائي للمغرب", set()),
        ("en", "Italian food and Moroccan wine", set()),
        ("fr", "La police. La Suisse a gagné.", set()),
    ],
)
def test_a_service_is_on_the_side_of_the_country_beside_it(language, text, sides):
    assert services(text, Language(language)) == sides


@pytest.mark.parametrize("text", ["La police et le Maroc signent un accord", "Police : le Maroc et la Suisse signent"])
def test_words_of_agreement_speak_of_security_beside_a_service(text):
    assert any(each.term.security for each in signals(text, Language.FRENCH) if each.term.side is Side.BETWEEN)


def test_a_service_in_another_sentence_says_nothing_of_an_agreement():
    found = signals("Le Maroc et la Suisse signent un accord. La police a coupé la route.", Language.FRENCH)
    assert not any(each.term.security for each in found if each.term.side is Side.BETWEEN)


def test_the_adjective_of_a_country_weighs_less_than_its_name():
    (name,) = (each.term for each in signals("إسبانيا") if each.term.side is Side.FOREIGN)
    (adjective,) = (each.term for each in signals("لوحات إسبانية") if each.term.side is Side.FOREIGN)
    assert name.weight > adjective.weight


def test_the_king_and_his_ministers_stand_for_the_country_and_not_for_its_security():
    (named,) = (each.term for each in signals("ناصر بوريطة"))
    assert (named.side, named.security) == (Side.MOROCCO, False)


def test_what_every_country_calls_its_minister_is_ours_only_where_morocco_is_named():
    assert not any(each.term.side is Side.MOROCCAN for each in signals("تونس.. وزير الداخلية يستقبل ضيفه"))
    assert any(each.term.side is Side.MOROCCAN for each in signals("وزير الداخلية يزور تونس قادما من المغرب"))
