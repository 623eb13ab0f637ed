"""Verbs in the forms that the press writes."""

from __future__ import annotations

import pytest

from analysis.conjugation import Mood, conjugate, conjugate_passive, with_objects
from analysis.records import Language

DONE, BEFORE, TO_COME, NAMED, NEVER = Mood


@pytest.mark.parametrize(
    ("language", "verb", "forms"),
    [
        ("fr", "rencontrer", {(DONE, "rencontre"), (DONE, "ont rencontré"), (BEFORE, "avait rencontré")}),
        (
            "fr",
            "recevoir/reçoit/reçoivent/reçu/recevra",
            {(DONE, "recevait"), (TO_COME, "recevra"), (NAMED, "recevoir")},
        ),
        (
            "fr",
            "se rendre/rend/rendent/rendu",
            {(DONE, "se sont rendus"), (BEFORE, "s'était rendue"), (TO_COME, "se rendra")},
        ),
        ("fr", "arriver", {(DONE, "est arrivée"), (BEFORE, "étaient arrivés"), (DONE, "vient d’arriver")}),
        ("fr", "faire/fait/font/fait/fera escale", {(DONE, "a fait escale"), (TO_COME, "fera escale")}),
        (
            "es",
            "mantener/mantiene/mantuvo/mantenido",
            {(DONE, "mantuvieron"), (TO_COME, "mantendrá"), (DONE, "mantenían")},
        ),
        ("es", "reunirse/reúne", {(DONE, "se reunieron"), (BEFORE, "se había reunido"), (TO_COME, "se reunirán")}),
        ("en", "fly/flew/flown", {(DONE, "flies"), (DONE, "has flown"), (BEFORE, "had flown"), (NAMED, "to fly")}),
        ("en", "visit", {(NEVER, "did not visit"), (NEVER, "has not visited")}),
        ("fr", "signer", {(NEVER, "a pas signé")}),
        ("ar", "زار/يزور", {(NEVER, "لم يزر")}),
        ("en", "carry out", {(DONE, "carried out"), (DONE, "carries out"), (DONE, "is carrying out")}),
        ("ar", "استقبل/يستقبل", {(DONE, "استقبلت"), (DONE, "يستقبلون"), (DONE, "تستقبل")}),
        ("ar", "التقى/يلتقي", {(DONE, "التقت"), (DONE, "التقيا"), (DONE, "يلتقون")}),
    ],
)
def test_a_verb_is_written_in_all_its_tenses(language, verb, forms):
    assert forms <= {*conjugate(verb, Language(language))}


@pytest.mark.parametrize(
    ("language", "verb", "forms"),
    [
        ("fr", "accueillir/accueille/accueillent/accueilli", {(DONE, "a été accueillie"), (TO_COME, "sera accueilli")}),
        ("es", "firmar", {(DONE, "fue firmada"), (BEFORE, "había sido firmado"), (TO_COME, "será firmado")}),
        ("en", "host", {(DONE, "was hosted"), (DONE, "hosted by"), (TO_COME, "will be hosted")}),
    ],
)
def test_a_passive_says_when_as_the_active_does(language, verb, forms):
    assert forms <= {*conjugate_passive(verb, Language(language))}


def test_arabic_writes_whom_a_verb_acts_on_onto_it():
    assert {(DONE, "استقبله"), (DONE, "استقبلتهم"), (DONE, "استقبلوه")} <= {*with_objects("استقبل/يستقبل")}
