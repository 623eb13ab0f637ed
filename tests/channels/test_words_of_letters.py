"""Numbers, days and countries as each language says them; mistakes in the wording are told when it is read."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from written import LANGUAGES, SEEDS, wording, words_of

from analysis.errors import SeedError
from analysis.records import FactChange, Language, Precision, When
from channels.days import days_in_words
from channels.facts import FactWords
from channels.words import fill, read_words

ARABIC, FRENCH, ENGLISH, SPANISH = LANGUAGES
TEXT = (SEEDS / "wording.yml").read_text("utf-8")


def days(first: str, last: str, precision: Precision = Precision.DAY) -> When:
    return When(first=date.fromisoformat(first), last=date.fromisoformat(last), precision=precision)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "أورده منبر واحد"),
        (2, "أورده منبران"),
        (3, "أوردته 3 منابر"),
        (10, "أوردته 10 منابر"),
        (11, "أورده 11 منبرا"),
        (99, "أورده 99 منبرا"),
        (100, "أورده 100 منبر"),
        (103, "أوردته 103 منابر"),
    ],
)
def test_arabic_counts_with_its_dual_and_plurals(count, said) -> None:
    assert words_of(ARABIC).counted("outlets", count) == said


def test_french_counts_none_as_one() -> None:
    said = [words_of(FRENCH).counted("events", count) for count in (0, 1, 2)]
    assert said == ["0 événement nouveau", "1 événement nouveau", "2 événements nouveaux"]


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (days("2026-06-26", "2026-06-26"), "le 26 juin 2026"),
        (days("2026-06-26", "2026-06-27"), "les 26 et 27 juin 2026"),
        (days("2026-06-01", "2026-06-04"), "du 1er au 4 juin 2026"),
        (days("2026-06-30", "2026-07-01"), "du 30 juin au 1er juillet 2026"),
        (days("2025-12-30", "2026-01-02"), "du 30 décembre 2025 au 2 janvier 2026"),
        (days("2026-02-01", "2026-02-28", Precision.MONTH), "en février 2026"),
        (days("2026-06-01", "2026-06-07", Precision.MONTH), "entre le 1er et le 7 juin 2026"),
        (days("2026-01-01", "2026-12-31", Precision.YEAR), "en 2026"),
    ],
)
def test_days_are_as_exact_as_they_were_printed(when, said) -> None:
    assert days_in_words(when, words_of(FRENCH)) == said


def test_months_have_their_moroccan_names() -> None:
    said = [days_in_words(days(f"2026-{month:02}-02", f"2026-{month:02}-03"), words_of(ARABIC)) for month in (5, 7, 8)]
    assert said == ["يومي 2 و3 ماي 2026", "يومي 2 و3 يوليوز 2026", "يومي 2 و3 غشت 2026"]


@settings(deadline=None)  # the first days of a language read its months
@given(
    st.dates(date(1990, 1, 1), date(2060, 1, 1)),
    st.integers(0, 500),
    st.sampled_from(Precision),
    st.sampled_from(LANGUAGES),
)
def test_any_days_are_said_with_their_last_year(first, length, precision, language) -> None:
    last = first + timedelta(days=length)
    said = days_in_words(When(first=first, last=last, precision=precision), words_of(language))
    assert str(last.year) in said
    assert not re.search(r"[{}]", said)


def test_one_goes_to_countries_as_the_language_does() -> None:
    codes = ("ES", "PT", "US", "IQ", "CU")
    names = wording().names
    assert names.to(codes, words_of(FRENCH)) == "en Espagne, au Portugal, aux États-Unis, en Irak et à Cuba"
    assert names.beside(("IT", "NE", "NL"), words_of(FRENCH)) == "l'Italie, le Niger et les Pays-Bas"
    assert names.to(("ES", "GB"), words_of(ENGLISH)) == "Spain and the United Kingdom"
    assert names.to(("ES", "NL"), words_of(SPANISH)) == "a España y a los Países Bajos"
    assert names.beside(("FR", "IT"), words_of(SPANISH)) == "Francia e Italia"
    assert names.to(("ES", "PT"), words_of(ARABIC)) == "إسبانيا والبرتغال"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_has_a_name_and_a_way_there(language) -> None:
    names, words = wording().names, words_of(language)
    for code in names.codes:
        assert names.country(code, words) != code
        assert names.country(code, words) in names.to([code], words)


def test_who_the_seeds_do_not_know_stays_as_printed_and_keeps_its_direction() -> None:
    names = wording().names
    assert names.person("Juan Pérez", words_of(FRENCH)) == "Juan Pérez"
    assert names.person("Juan Pérez", words_of(ARABIC)) == "\u2068Juan Pérez\u2069"
    assert names.is_ours("Juan Pérez") is None


def test_what_is_in_brackets_is_left_out_where_it_is_not_known() -> None:
    assert (
        fill("{who} en visite[ {to}][, {when}]", {"who": "A", "to": "", "when": "le 3 mai"}) == "A en visite, le 3 mai"
    )
    assert fill("{who} en visite", {"who": ""}) is None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("language: es", "language: und"), "expected the language 'es'"),
        (("locale: ar_MA", "locale: xx_YY"), "a locale of CLDR, found 'xx_YY'"),
        (('"{ours} en visite', '"{nobody} en visite'), "found 'nobody'"),
        (
            ("{visit: Visite, agreement: Accord,", "{agreement: Accord,"),
            "words for 'visit' in kinds",
        ),
        (('"Visite[ : {countries}]', '"Visite : {countries}'), "a last headline of 'visit' that needs no field"),
        (('- {to: "{name}", beside: "{name}"}', '- {codes: [ES], to: "{name}", beside: "{name}"}'), "for all others"),
        (("    outlets: Les médias\n", ""), "expected the key 'outlets'"),
        (('asked: {one: "sur {n} interrogée", many', 'asked: {some: "sur {n} interrogée", many'), "found 'some'"),
    ],
)
def test_a_mistake_is_told_when_the_wording_is_read(change, told) -> None:
    assert change[0] in TEXT
    with pytest.raises(SeedError, match=re.escape(told)):
        read_words(TEXT.replace(*change), file="wording.yml")


def test_all_languages_are_written() -> None:
    assert {*read_words(TEXT, file="wording.yml")} == {*Language} - {Language.OTHER}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("kind", "visit", "meeting"), "Quoi : rencontre (auparavant : visite)"),
        (("countries", "ES", None), "Où (retrait) : Espagne"),
        (("bodies", None, "dgsn"), "Qui (ajout) : DGSN"),
        (("merged", None, "2"), "Ne fait qu'un avec : événement 2"),
        (("direction", "outbound", None), "Sens (retrait) : du Maroc vers l'étranger"),
    ],
)
def test_what_a_person_fixed_is_said_in_the_words_of_letters(change, said) -> None:
    words = FactWords(wording().names, words_of(Language.FRENCH))
    assert words.change(FactChange(fact=change[0], before=change[1], after=change[2])) == said
