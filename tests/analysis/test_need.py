"""What an article needs at least: both sides near enough."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.need import Need
from analysis.tags import compile_vocabulary
from pipeline.seeds import read_seeds

FAR = "une phrase de plus sur les champs et la mer. " * 40


@pytest.fixture(scope="module")
def need() -> Need:
    return Need(compile_vocabulary(read_seeds(Path(__file__).parents[2] / "seeds")))


@pytest.mark.parametrize(
    "text",
    [
        "La Guardia Civil et la DGSN",
        "le Maroc et l'Espagne parlent de coopération sécuritaire",
        "المغرب يتسلم مطلوبا من إسبانيا",
    ],
)
def test_it_is_met_where_a_finding_could_be_made(text: str, need: Need):
    assert need.is_met(text, "", 0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "La récolte est bonne",
        f"DGSN {FAR} l'Espagne",
        "l'Espagne et la Guardia Civil",
        "le Maroc et l'Espagne jouent demain à Rabat",
    ],
)
def test_it_is_not_met_without_both_sides_and_something_between(text: str, need: Need):
    assert not need.is_met(text, "", 0)


def test_words_far_apart_are_near_where_what_is_between_may_be_taken_out_or_one_may_be_the_title(need: Need):
    said, between = "coopération sécuritaire", "le Maroc et l'Espagne"
    assert not need.is_met(f"{between}. {FAR} {said}", "", 0)
    assert need.is_met(f"{between}. {FAR} {said}", "", 2 * len(FAR))
    assert need.is_met(between, said, 0)
