"""Operations that two or three sentences tell together: arrests in one, whose lead it was in another."""

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
ARRESTS = "La police espagnole a arrêté lundi six hommes à Almería."
SPANISH = (EventKind.OPERATION, Told.NEWS, ("ES",), MONDAY)


def told(text, language, title=""):
    """Name what is told, with whom, when and by which words."""
    one = article(title=title, text=text, language=language)
    reports = find_reports(one, find_tags(one, READER.vocabulary), READER)
    return [(each.kind, each.told, each.countries, each.when, each.evidence) for each in reports]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (f"{ARRESTS} Ce fut possible grâce à des renseignements fournis par la DGST.", FR),
        (
            (
                "La Policía Nacional española detuvo el lunes a seis hombres en Almería. "
                "La información fue facilitada por la DGST marroquí."
            ),
            ES,
        ),
        (
            (
                "Spanish police arrested six men on Monday in Almería. "
                "The tip came thanks to information provided by Morocco's DGST."
            ),
            EN,
        ),
        (
            (
                "أوقفت الشرطة الإسبانية أمس الإثنين ستة أشخاص بألميريا. "
                "وجاءت العملية بناء على معلومات وفرتها المديرية العامة لمراقبة التراب الوطني."
            ),
            AR,
        ),
    ],
)
def test_they_strike_on_a_lead_of_ours(text, language):
    assert told(text, language) == [(*SPANISH, text)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            (
                "La DGST a arrêté lundi quatre hommes à Tanger. "
                "Elle les suivait grâce à des renseignements fournis par le CNI espagnol."
            ),
            FR,
        ),
        (
            (
                "La DGST detuvo el lunes a cuatro hombres en Tánger. "
                "Actuó gracias a la información facilitada por la Policía Nacional española."
            ),
            ES,
        ),
        (
            "The DGST arrested four men on Monday in Tangier. It acted on information provided by Spanish police.",
            EN,
        ),
    ],
)
def test_ours_strike_on_a_lead_of_theirs(text, language):
    assert told(text, language) == [(*SPANISH, text)]


def test_services_of_both_sides_that_struck_together_need_no_lead():
    text = "Six men were arrested on Monday in Almería and Tangier. Spanish police and the DGSN acted jointly."

    assert told(text, EN) == [(*SPANISH, text)]


def test_whose_lead_it_was_counts_and_not_who_else_stands_there():
    text = (
        "Spanish police arrested six men on Monday in Almería. "
        "The tip came thanks to information provided by the FBI. Morocco's DGST took note."
    )

    assert [countries for _, _, countries, *_ in told(text, EN)] == [("US",)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param(f"{ARRESTS} La DGSN a publié le même jour ses chiffres de l'année.", FR, id="no lead"),
        pytest.param(
            f"{ARRESTS} Ce fut possible grâce à des renseignements fournis par Europol.", FR, id="lead of neither"
        ),
        pytest.param(
            "أوقفت الشرطة الإسبانية أمس الإثنين ستة أشخاص بألميريا. ونشرت المديرية العامة للأمن الوطني حصيلتها.",
            AR,
            id="no lead, in Arabic",
        ),
        pytest.param(
            "Six hommes ont été jugés lundi à Almería. La police espagnole et la DGSN ont agi conjointement.",
            FR,
            id="nobody held",
        ),
        pytest.param(
            "Six hommes ont été arrêtés lundi à Almería. Il fait beau. Il a plu. "
            "La police espagnole et la DGSN ont agi conjointement.",
            FR,
            id="far apart",
        ),
    ],
)
def test_arrests_and_services_alone_are_no_joint_operation(text, language):
    assert told(text, language) == []
