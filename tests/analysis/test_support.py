"""What supports the words of a finding: their case, a word beside them, a country that is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.support import Support
from analysis.tags import compile_vocabulary
from pipeline.seeds import read_seeds

FAR = "une phrase de plus sur les champs et la mer. " * 40


@pytest.fixture(scope="module")
def support() -> Support:
    return Support(compile_vocabulary(read_seeds(Path(__file__).parents[2] / "seeds")))


@pytest.mark.parametrize(
    "text",
    [
        "La Guardia Civil et la DGSN",
        "la police de Salé et la police de Madrid en parlent de coopération sécuritaire",
        "le ministère de l'Intérieur reçoit Interpol",
        "le ministre de l'Intérieur et la police de Montréal parlent de coopération sécuritaire",
        "le Royaume et la France ont un accord de coopération sécuritaire",
        f"le Maroc. {FAR} Le ministre de l'Intérieur a reçu le chef de la police espagnole",
    ],
)
def test_words_that_may_count_are_enough(text: str, support: Support):
    assert support.is_met(text, "", 0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "la policía sale de Madrid con un acuerdo de cooperación policial",
        "le Royaume-Uni et la France ont un accord de coopération sécuritaire",
        "le ministre de l'Intérieur a reçu le chef de la police espagnole",
    ],
)
def test_a_word_in_another_sense_or_of_another_country_is_not(text: str, support: Support):
    assert not support.is_met(text, "", 0)


def test_what_may_be_the_title_is_near_everything_and_names_morocco_for_all(support: Support):
    said = "Le ministre de l'Intérieur a reçu le chef de la police espagnole"
    assert support.is_met(said, "Maroc", 0)
    assert support.is_met(f"la DGSN {FAR}", "La Guardia Civil", 0)
