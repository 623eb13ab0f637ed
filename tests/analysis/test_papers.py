"""A paper of one sentence that the next one says was signed."""

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
NAMED = "La DGSN et la police autrichienne ont préparé une convention."


def told(text, language):
    """Name what is told, with whom, where, when and by which sentence."""
    one = article(title="", text=text, language=language)
    reports = find_reports(one, find_tags(one, READER.vocabulary), READER)
    return [(each.kind, each.told, each.countries, each.city, each.when, each.evidence) for each in reports]


@pytest.mark.parametrize(
    ("named", "signed", "language"),
    [
        (NAMED, "Elle a été signée lundi à Rabat par les deux directeurs.", FR),
        (
            "The DGSN and the Austrian police have a new memorandum of understanding.",
            "It was signed on Monday in Rabat by the two directors.",
            EN,
        ),
        (
            "La DGSN y la policía austriaca tienen un nuevo memorando de entendimiento.",
            "Fue firmado el lunes en Rabat por los dos directores.",
            ES,
        ),
        (
            "أعدت المديرية العامة للأمن الوطني والشرطة النمساوية مذكرة تفاهم.",
            "ووقعها أمس الإثنين بالرباط المديران.",
            AR,
        ),
    ],
)
def test_a_signing_has_the_paper_of_the_sentence_before(named, signed, language):
    wanted = (EventKind.AGREEMENT, Told.NEWS, ("AT",), "rabat", MONDAY, signed)

    assert told(f"{named} {signed}", language) == [wanted]


def test_what_will_be_signed_is_announced():
    signed = "Elle sera signée avant l'été à Rabat par les deux directeurs."

    assert told(f"{NAMED} {signed}", FR) == [(EventKind.AGREEMENT, Told.ANNOUNCED, ("AT",), "rabat", None, signed)]


@pytest.mark.parametrize(
    "signed",
    [
        pytest.param("Les travaux ont duré. Elle a été signée lundi à Rabat par les deux directeurs.", id="not next"),
        pytest.param("Le livre d'or a été signé lundi à Rabat par les deux directeurs.", id="something else"),
        pytest.param("Avant d'être signée à Rabat, elle sera relue lundi.", id="not signed yet"),
    ],
)
def test_no_other_sentence_has_it(signed):
    assert told(f"{NAMED} {signed}", FR) == []
