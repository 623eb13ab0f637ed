"""A visit that only the opening as a whole tells: somebody lands, somebody is on board, a guest is shown around."""

from __future__ import annotations

from datetime import date

import pytest
from readers import reader

from analysis.records import Language, Precision, When
from analysis.reports import find_reports
from analysis.tags import find_tags
from builders import article

READER = reader()
AR, FR, ES, EN = Language.ARABIC, Language.FRENCH, Language.SPANISH, Language.ENGLISH
MONDAY = When(first=date(2026, 2, 9), last=date(2026, 2, 9), precision=Precision.DAY)


def told(title, text, language):
    """Name what is told, by which rule, with whom, where and when."""
    one = article(title=title, text=text, language=language)
    reports = find_reports(one, find_tags(one, READER.vocabulary), READER)
    return [(each.rule, each.direction, each.told, each.countries, each.city, each.when) for each in reports]


@pytest.mark.parametrize(
    ("title", "text", "language", "country", "city"),
    [
        (
            "Rabat déroule le tapis",
            (
                "L'avion s'est posé lundi à Rabat. À bord, le directeur général de la police sénégalaise. "
                "L'hôte a été conduit au siège de la DGSN, où l'attendait Abdellatif Hammouchi."
            ),
            FR,
            "SN",
            "rabat",
        ),
        (
            "A long table in Rabat",
            (
                "The plane from Vienna touched down on Monday in Rabat. On board was the head of the Austrian police. "
                "Abdellatif Hammouchi showed the visitor the new forensic laboratory."
            ),
            EN,
            "AT",
            "rabat",
        ),
        (
            "Una mesa larga en Rabat",
            (
                "El avión aterrizó el lunes en Rabat. A bordo viajaba el director general de la policía portuguesa. "
                "Abdellatif Hammouchi enseñó al visitante el laboratorio de la DGSN."
            ),
            ES,
            "PT",
            "rabat",
        ),
        (
            "طائرة في مطار الرباط سلا",
            (
                "حطت الطائرة أمس الإثنين بمطار الرباط سلا. وكان على متنها المدير العام للشرطة النمساوية. "
                "واطلع الضيف على مختبر الشرطة رفقة عبد اللطيف حموشي."
            ),
            AR,
            "AT",
            None,
        ),
    ],
)
def test_a_guest_whom_no_single_sentence_brings_here_is_here(title, text, language, country, city):
    assert told(title, text, language) == [("frame", "inbound", "news", (country,), city, MONDAY)]


def test_the_same_on_their_ground_is_a_visit_of_ours():
    text = (
        "L'avion s'est posé lundi à Vienne. À bord, Abdellatif Hammouchi. "
        "Le directeur de la police autrichienne a montré le laboratoire au visiteur."
    )

    assert told("Une longue table à Vienne", text, FR) == [("frame", "outbound", "news", ("AT",), "vienna", MONDAY)]


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        pytest.param(
            "Une longue table à Rabat",
            "L'avion s'est posé en mars 2024 à Rabat. À bord, le directeur général de la police autrichienne. "
            "Abdellatif Hammouchi a montré le laboratoire au visiteur.",
            FR,
            id="of another year",
        ),
        pytest.param(
            "طائرة في مطار الرباط سلا",
            "حطت الطائرة في مارس 2024 بمطار الرباط سلا. وكان على متنها المدير العام للشرطة النمساوية. "
            "واطلع الضيف على مختبر الشرطة رفقة عبد اللطيف حموشي.",
            AR,
            id="of another year, in Arabic",
        ),
        pytest.param(
            "A long table in Rabat",
            "The plane from Vienna touched down on Monday in Rabat. On board was the Austrian football team. "
            "Abdellatif Hammouchi watched the match.",
            EN,
            id="of nobody in office",
        ),
        pytest.param(
            "Mesa larga en Rabat",
            "El avión aterrizó el lunes en Rabat. A bordo viajaba el embajador de Portugal. "
            "Abdellatif Hammouchi enseñó al visitante el laboratorio.",
            ES,
            id="of one who lives here",
        ),
        pytest.param(
            "A long table in Rabat",
            "The plane touched down on Monday in Rabat. On board were the directors of the Austrian and the "
            "Portuguese police. Abdellatif Hammouchi showed the visitors the new laboratory.",
            EN,
            id="of two countries, neither in the title",
        ),
    ],
)
def test_what_is_not_of_these_days_or_not_of_one_side_is_no_visit(title, text, language):
    assert told(title, text, language) == []


def test_where_a_sentence_tells_the_visit_the_opening_adds_none():
    text = (
        "Abdellatif Hammouchi a reçu lundi à Rabat le directeur général de la police autrichienne. "
        "L'avion du visiteur s'était posé le matin."
    )

    assert [(rule, countries) for rule, _, _, countries, *_ in told("", text, FR)] == [("host", ("AT",))]
