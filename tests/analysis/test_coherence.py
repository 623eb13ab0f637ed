"""What an article means as a whole: who lives here is no visitor, one direction at a time, each stop with its days."""

from __future__ import annotations

from datetime import date

import pytest
from readers import reader

from analysis.records import EventKind, Language, Precision, Report, When
from analysis.reports import find_reports
from analysis.tags import find_tags
from builders import article

READER = reader()


def read(text: str, title: str = "", language: Language = Language.FRENCH) -> tuple[Report, ...]:
    """Read an article published on Tuesday 10 February 2026."""
    one = article(title=title, text=text, language=language)
    return find_reports(one, find_tags(one, READER.vocabulary), READER)


def told(reports: tuple[Report, ...]) -> list[tuple[str, str | None, str, tuple[str, ...]]]:
    return [(each.kind, each.direction, each.told, each.countries) for each in reports]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "استقبل عبد اللطيف حموشي، أمس الاثنين بالرباط، سفير اليابان بالمغرب."),
        ("ar", "قام القنصل العام لإسبانيا، أمس الاثنين، بزيارة إلى مقر المديرية العامة للأمن الوطني بالرباط."),
        ("fr", "La consule générale de Belgique a effectué lundi une visite au siège de la DGSN à Rabat."),
        ("en", "The French ambassador visited DGSN headquarters in Rabat on Monday."),
        ("es", "El embajador de Portugal visitó el lunes en Rabat la sede de la DGSN."),
    ],
)
def test_a_diplomat_who_lives_here_is_no_visitor(language, text):
    assert [each for each in read(text, language=Language(language)) if each.kind is EventKind.VISIT] == []


@pytest.mark.parametrize(
    ("language", "text", "direction", "country"),
    [
        (
            "fr",
            "Le chef de la police kényane et Abdellatif Hammouchi ont paraphé lundi à Rabat un accord.",
            "inbound",
            "KE",
        ),
        (
            "es",
            "Abdellatif Hammouchi y el jefe de la policía checa rubricaron ayer en Praga un convenio.",
            "outbound",
            "CZ",
        ),
        (
            "en",
            "The head of Japan's police and Abdellatif Hammouchi sealed a pact in Rabat on Monday.",
            "inbound",
            "JP",
        ),
        ("ar", "وضع عبد اللطيف حموشي وقائد الشرطة البولندية، أمس بوارسو، توقيعيهما على اتفاقية.", "outbound", "PL"),
    ],
)
def test_heads_of_both_sides_in_one_place_are_a_visit_of_one_of_them(language, text, direction, country):
    assert ("visit", direction, "news", (country,)) in told(read(text, language=Language(language)))


def test_nobody_goes_both_ways_at_once():
    text = (
        "Le directeur de la police belge est arrivé lundi à Rabat, où Abdellatif Hammouchi l'a reçu. "
        "Abdellatif Hammouchi était en Belgique, disait-on."
    )

    assert told(read(text, language=Language.FRENCH)) == [("visit", "inbound", "news", ("BE",))]


def test_what_the_headline_denies_is_denied_throughout():
    text = "Un accord aurait été signé à Moscou entre la police marocaine et le FSB russe, selon un site."

    reports = read(text, title="La DGSN dément tout accord avec la Russie", language=Language.FRENCH)
    assert {each[2] for each in told(reports)} == {"denied"}


def test_each_stop_of_a_trip_has_its_own_days():
    text = "Abdellatif Hammouchi visitó el domingo Roma, el lunes Viena y el martes Berna."

    whens = {each.countries: each.when and each.when.first for each in read(text, language=Language.SPANISH)}
    assert whens == {("IT",): date(2026, 2, 8), ("AT",): date(2026, 2, 9), ("CH",): date(2026, 2, 10)}


def test_what_was_signed_on_a_visit_without_a_day_of_its_own_is_of_its_last_day():
    text = (
        "Abdellatif Hammouchi a séjourné lundi et mardi à Lisbonne. Les deux parties ont signé un protocole d'accord."
    )

    signed = [each.when for each in read(text, language=Language.FRENCH) if each.kind is EventKind.AGREEMENT]
    assert signed == [When(first=date(2026, 2, 10), last=date(2026, 2, 10), precision=Precision.DAY)]
