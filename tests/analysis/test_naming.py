"""How a place or body is named: as where something is, as a capital, or only to say which office is meant."""

from __future__ import annotations

import pytest
from readers import reader

from analysis.arabic import canonical
from analysis.naming import is_central_bureau, is_clung, is_led, is_named, is_of_branch, is_of_capital
from analysis.records import Field, Language, Span, Tag, TagKind

WORDINGS = reader().wordings
AR, FR, ES, EN = Language.ARABIC, Language.FRENCH, Language.SPANISH, Language.ENGLISH
NAMES = frozenset({canonical("مدريد"), canonical("البرتغال")})


def tag(text, surface):
    """Tag the first time a surface stands in a text."""
    start = text.index(surface)
    span = Span(field=Field.TEXT, start=start, end=start + len(surface))
    return Tag(kind=TagKind.PLACE, id="x", span=span, surface=surface)


@pytest.mark.parametrize(
    ("written", "named", "clung"),
    [
        ("مدريد", True, False),
        ("بمدريد", True, True),
        ("وبمدريد", True, True),
        ("ومدريد", True, False),
        ("للبرتغال", False, True),
        ("لشبونة", False, False),
    ],
)
def test_arabic_writes_in_and_to_onto_a_name(written, named, clung):
    assert (is_named(canonical(written), NAMES), is_clung(canonical(written), NAMES)) == (named, clung)


@pytest.mark.parametrize(
    ("text", "surface", "language", "led"),
    [
        ("Il est arrivé à Madrid.", "Madrid", FR, True),
        ("Il est arrivé dans la capitale, Madrid.", "Madrid", FR, True),
        ("Llegó a Lisboa.", "Lisboa", ES, True),
        ("He arrived in Madrid.", "Madrid", EN, True),
        ("وصل إلى مدريد.", "مدريد", AR, True),
        ("Madrid se tait.", "Madrid", FR, False),
        ("Le silence officiel de Madrid dure.", "Madrid", FR, False),
    ],
)
def test_a_word_leads_to_a_place_over_articles_only(text, surface, language, led):
    assert is_led(text, tag(text, surface), WORDINGS[language]) == led


@pytest.mark.parametrize(
    ("text", "surface", "language", "meant"),
    [
        ("dans la capitale autrichienne", "autrichienne", FR, True),
        ("en la capital austriaca", "austriaca", ES, True),
        ("in the Austrian capital", "Austrian", EN, True),
        ("بالعاصمة النمساوية", "النمساوية", AR, True),
        ("la police autrichienne de la capitale", "autrichienne", FR, False),
    ],
)
def test_capital_beside_an_adjective_means_the_city(text, surface, language, meant):
    assert is_of_capital(text, tag(text, surface), WORDINGS[language]) == meant


@pytest.mark.parametrize(
    ("text", "language", "is_office"),
    [
        ("le chef du bureau régional d'Abidjan", FR, True),
        ("the regional bureau in Abidjan", EN, True),
        ("le bureau est clos, il part à Abidjan", FR, False),
        ("il part à Abidjan", FR, False),
    ],
)
def test_the_seat_of_an_office_only_says_which_it_is(text, language, is_office):
    assert is_of_branch(text, tag(text, "Abidjan"), WORDINGS[language]) == is_office


@pytest.mark.parametrize(
    ("text", "surface", "national"),
    [
        ("le bureau central national d'Interpol", "Interpol", True),
        ("the National Central Bureau of Interpol", "Interpol", True),
        ("la Oficina Central Nacional de Interpol", "Interpol", True),
        ("المكتب المركزي الوطني للإنتربول", "للإنتربول", True),
        ("le bureau central est clos. Interpol", "Interpol", False),
        ("le secrétariat général d'Interpol", "Interpol", False),
    ],
)
def test_a_national_bureau_of_an_organisation_is_not_the_organisation(text, surface, national):
    assert is_central_bureau(text, tag(text, surface)) == national
