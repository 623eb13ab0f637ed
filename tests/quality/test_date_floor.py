"""Dates of running text are read as well as the floors say, also on the half of the set that no rule was made on."""

from __future__ import annotations

import hashlib
from collections import Counter

import pytest
from date_figures import LABELLED, read, read_labelled, verdict

from analysis.records import Language

DIGEST = "d83733c9115be337"


def test_the_labelled_set_is_the_one_the_floors_were_measured_on():
    assert hashlib.sha256(LABELLED.read_bytes()).hexdigest()[:16] == DIGEST


def test_the_labelled_set_holds_the_four_languages_and_many_that_name_no_time():
    labelled = list(read_labelled())
    assert len(labelled) >= 300
    assert min(Counter(each.language for each in labelled).values()) >= 60
    assert {each.language for each in labelled} == set(Language) - {Language.OTHER}
    assert sum(each.when is None for each in labelled) >= 40


@pytest.mark.parametrize("sealed", [True, False], ids=["sealed half", "worked-on half"])
def test_nearly_every_date_is_right_and_hardly_one_wrong(sealed):
    counts = Counter(verdict(each) for each in read_labelled() if each.is_sealed is sealed)
    assert counts["right"] >= 0.99 * counts.total()
    assert counts["wrong"] <= 0.01 * counts.total()


@pytest.mark.parametrize("sealed", [True, False], ids=["sealed half", "worked-on half"])
def test_what_speaks_against_a_date_is_noticed_and_nothing_else(sealed):
    labelled = [each for each in read_labelled() if each.is_sealed is sealed]
    noticed = {each.id: found[0].doubt for each in labelled if len(found := read(each)) == 1 and each.when}
    assert noticed == {each.id: each.doubt for each in labelled if each.id in noticed}
