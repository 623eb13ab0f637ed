"""The stops of a tour: each told by its place and its day, where the opening names the tour."""

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


def day(number):
    on = date(2026, 2, number)
    return When(first=on, last=on, precision=Precision.DAY)


def stops(title, text, language):
    """Name country, city and day of each visit of ours that is told as news, by city."""
    one = article(title=title, text=text, language=language)
    reports = find_reports(one, find_tags(one, READER.vocabulary), READER)
    news = [each for each in reports if (each.kind, each.direction, each.told) == ("visit", "outbound", "news")]
    return sorted((each.countries, each.city or "", each.when) for each in news)


MALI_AND_NIGER = [(("ML",), "bamako", day(4)), (("NE",), "niamey", day(6))]


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        (
            "Hammouchi en tournée",
            (
                "Abdellatif Hammouchi a entamé une tournée au Mali et au Niger. "
                "Mercredi 4 février, à Bamako, le chef de la police a parlé des frontières. "
                "Vendredi 6 février, à Niamey, il a été question de formation."
            ),
            FR,
        ),
        (
            "Hammouchi's tour",
            (
                "Abdellatif Hammouchi set out on a tour of Mali and Niger. "
                "In Bamako, on Wednesday 4 February, borders were on the table. "
                "In Niamey, on Friday 6 February, training was."
            ),
            EN,
        ),
        (
            "La gira de Hammouchi",
            (
                "Abdellatif Hammouchi inició una gira por Malí y Níger. "
                "En Bamako, el miércoles 4 de febrero, se habló de fronteras. "
                "En Niamey, el viernes 6 de febrero, de formación."
            ),
            ES,
        ),
        (
            "جولة حموشي الإفريقية",
            (
                "بدأ عبد اللطيف حموشي جولة تشمل مالي والنيجر. "
                "وفي باماكو، يوم الأربعاء 4 فبراير، جرى الحديث عن الحدود. "
                "وفي نيامي، يوم الجمعة 6 فبراير، كان التكوين هو الموضوع."
            ),
            AR,
        ),
    ],
)
def test_a_place_and_a_day_are_a_stop_of_the_tour(title, text, language):
    assert stops(title, text, language) == MALI_AND_NIGER


def test_the_day_of_a_stop_may_stand_in_the_next_sentence():
    text = (
        "Abdellatif Hammouchi a entamé une tournée au Mali et au Niger. À Bamako, la police a parlé des frontières. "
        "C'était le mercredi 4 février. À Niamey, vendredi 6 février, il a été question de formation."
    )

    assert stops("Hammouchi en tournée", text, FR) == MALI_AND_NIGER


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        pytest.param(
            "Le chef de la police algérienne en tournée",
            "Le chef de la police algérienne a entamé une tournée au Mali et au Niger. "
            "Mercredi 4 février, à Bamako, il a parlé des frontières.",
            FR,
            id="of others",
        ),
        pytest.param(
            "La gira de Hammouchi",
            "Abdellatif Hammouchi iniciará en junio una gira por Malí y Níger. En Bamako se hablará de fronteras.",
            ES,
            id="to come",
        ),
        pytest.param(
            "Une carte du Sahel",
            "Abdellatif Hammouchi a lu un rapport. Mercredi 4 février, à Bamako, il a plu. "
            "Vendredi 6 février, à Niamey, le marché a rouvert.",
            FR,
            id="no tour",
        ),
    ],
)
def test_places_with_days_alone_are_no_stops_of_ours(title, text, language):
    assert stops(title, text, language) == []
