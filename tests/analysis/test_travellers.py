"""Whose trip a word tells: one of ours, a guest, or nobody who could travel."""

from __future__ import annotations

import pytest
from readers import reader

from analysis.presences import Party
from analysis.records import Language
from analysis.staging import stage
from analysis.tags import find_tags
from analysis.travellers import is_ours_going, side_of_traveller, traveller_of
from builders import article

READER = reader()
AR, FR, ES, EN = Language.ARABIC, Language.FRENCH, Language.SPANISH, Language.ENGLISH


def going(text, language):
    """Return the last sentence of a text with its first word for a coming or going."""
    one = article(title="", text=text, language=language)
    scene = stage(one, find_tags(one, READER.vocabulary), READER)[-1]
    return scene, scene.comings[0]


@pytest.mark.parametrize(
    ("text", "language", "side"),
    [
        ("Abdellatif Hammouchi s'est rendu à Madrid.", FR, Party.OURS),
        ("Abdellatif Hammouchi viajó a Madrid.", ES, Party.OURS),
        ("Abdellatif Hammouchi travelled to Madrid.", EN, Party.OURS),
        ("سافر عبد اللطيف حموشي إلى مدريد.", AR, Party.OURS),
        ("Fernando Grande-Marlaska s'est rendu à Rabat.", FR, Party.THEIRS),
        ("Fernando Grande-Marlaska viajó a Rabat.", ES, Party.THEIRS),
        ("La DGSN s'est rendue à Madrid.", FR, None),
        ("Interpol travelled to Rabat and Madrid.", EN, None),
    ],
)
def test_people_and_their_services_travel_ours_and_organisations_do_not(text, language, side):
    assert side_of_traveller(*going(text, language)) == side


@pytest.mark.parametrize(
    ("text", "language", "who"),
    [
        ("Abdellatif Hammouchi s'est rendu à Madrid.", FR, "abdellatif-hammouchi"),
        ("La visite d'Abdellatif Hammouchi à Madrid a duré.", FR, "abdellatif-hammouchi"),
        ("A visit by Abdellatif Hammouchi to Madrid.", EN, "abdellatif-hammouchi"),
        ("زيارة عبد اللطيف حموشي إلى مدريد.", AR, "abdellatif-hammouchi"),
        ("Fernando Grande-Marlaska s'est rendu à Madrid.", FR, None),
    ],
)
def test_who_goes_stands_before_the_verb_or_belongs_to_the_trip_and_is_not_of_there(text, language, who):
    scene, cue = going(text, language)
    traveller = traveller_of(scene, cue, text.index("مدريد" if language is AR else "Madrid"), {"ES"})

    assert (traveller.id if traveller else None) == who


@pytest.mark.parametrize(
    ("text", "language", "ours"),
    [
        ("Abdellatif Hammouchi parle. Il s'est rendu à Madrid.", FR, True),
        ("Abdellatif Hammouchi habló. Luego viajó a Madrid.", ES, True),
        ("Abdellatif Hammouchi spoke. The ship sailed on and arrived in Madrid.", EN, False),
        ("Le ministre français Laurent Nuñez s'est rendu à Madrid avec Abdellatif Hammouchi.", FR, False),
    ],
)
def test_he_is_whom_the_opening_tells_of(text, language, ours):
    scene, cue = going(text, language)

    assert is_ours_going(scene, cue, text.index("Madrid"), {"ES"}) == ours
