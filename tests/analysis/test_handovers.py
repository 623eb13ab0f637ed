"""Somebody handed over whom only a further sentence calls sought."""

from __future__ import annotations

from datetime import date

import pytest
from readers import reader

from analysis.records import EventKind, Language, Precision, Told, When
from analysis.reports import find_reports
from analysis.tags import find_tags
from builders import article

READER = reader()
AR, FR, ES, EN = Language.ARABIC, Language.FRENCH, Language.SPANISH, Language.ENGLISH
MONDAY = When(first=date(2026, 2, 9), last=date(2026, 2, 9), precision=Precision.DAY)
SOUGHT = "L'homme, âgé de 40 ans, était recherché pour trafic de stupéfiants."


def told(title, text, language):
    """Name what is told, with whom, when and by which words."""
    one = article(title=title, text=text, language=language)
    reports = find_reports(one, find_tags(one, READER.vocabulary), READER)
    return [(each.kind, each.told, each.countries, each.when, each.evidence) for each in reports]


@pytest.mark.parametrize(
    ("title", "text", "language", "country"),
    [
        ("Le Maroc remet un homme à la France", f"L'avion a décollé de Casablanca lundi. {SOUGHT}", FR, "FR"),
        (
            "Marruecos entrega un hombre a España",
            "El avión despegó de Casablanca el lunes. El hombre era buscado por narcotráfico.",
            ES,
            "ES",
        ),
        (
            "Morocco hands over a man to France",
            "The plane left Casablanca on Monday. The man was wanted for drug trafficking.",
            EN,
            "FR",
        ),
        (
            "المغرب يسلم شخصا إلى فرنسا",
            "أقلعت الطائرة من الدار البيضاء أمس الإثنين. وكان الشخص مبحوثا عنه بتهمة الاتجار بالمخدرات.",
            AR,
            "FR",
        ),
    ],
)
def test_a_headline_of_a_handover_is_an_extradition_where_he_was_sought(title, text, language, country):
    assert told(title, text, language) == [(EventKind.EXTRADITION, Told.NEWS, (country,), MONDAY, title)]


def test_whose_nationality_he_has_is_no_party_to_it():
    title = "Le Maroc remet un Français à l'Espagne"

    assert told(title, SOUGHT, FR) == [(EventKind.EXTRADITION, Told.NEWS, ("ES",), None, title)]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        pytest.param("Le Maroc remet un homme à la France", "L'homme, âgé de 40 ans, va bien.", id="not sought"),
        pytest.param("Le Maroc remet un prix à la France", SOUGHT, id="a prize"),
        pytest.param("L'Algérie remet un homme à la France", SOUGHT, id="of others"),
        pytest.param("Le Maroc remet un homme à la France et un autre à l'Espagne", SOUGHT, id="of two countries"),
    ],
)
def test_what_else_is_handed_over_or_between_others_is_none(title, text):
    assert told(title, text, FR) == []
