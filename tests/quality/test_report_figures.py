"""Visits and agreements are read as well as the floors say, on the half of the labelled set that no rule was made on.

`python -m pytest tests/quality -s` prints the figures by language.
"""

from __future__ import annotations

import hashlib

import pytest
from report_figures import LABELLED, differs, measure, read, read_labelled, repository_reader

from analysis.records import Language

FLOORS = {"precision": 0.94, "recall": 0.95, "direction": 0.98, "country": 0.98, "date": 0.93}
MOST_RECALLED_AS_NEWS = 0.02
DIGEST = "e9a64e1905cb934d"


@pytest.fixture(scope="module")
def reader():
    return repository_reader()


def test_the_labelled_set_is_the_one_the_floors_were_measured_on():
    assert hashlib.sha256(LABELLED.read_bytes()).hexdigest()[:16] == DIGEST


def test_the_labelled_set_holds_the_four_languages_and_many_near_misses():
    labelled = list(read_labelled())

    assert len(labelled) >= 100
    assert {each.article.language for each in labelled} == set(Language) - {Language.OTHER}
    assert sum(not each.reports for each in labelled) >= 30


@pytest.mark.parametrize("sealed", [True, False], ids=["sealed half", "worked-on half"])
def test_no_figure_is_under_its_floor(reader, sealed):
    figures = measure([each for each in read_labelled() if each.is_sealed is sealed], reader)

    print(f"\n{'sealed' if sealed else 'worked on'}: {figures.row()}")  # noqa: T201 the figures are the point
    assert {name: figures.share(name) for name, floor in FLOORS.items() if figures.share(name) < floor} == {}
    assert figures.share("recalled as news") <= MOST_RECALLED_AS_NEWS


def test_articles_that_rules_were_made_on_tell_all_that_they_should_and_no_more(reader):
    """All kinds, recalled and announced ones too; days where the label has them."""
    assert [each.id for each in read_labelled() if not each.is_sealed and differs(each, reader)] == []


@pytest.mark.parametrize("language", [each for each in Language if each is not Language.OTHER])
def test_every_language_is_read(reader, language):
    figures = measure([each for each in read_labelled() if each.article.language is language], reader)

    print(f"\n{language}: {figures.row()}")  # noqa: T201
    assert figures.share("precision") >= 0.8
    assert figures.share("recall") >= 0.8


def test_near_misses_tell_no_visit_and_no_agreement(reader):
    told = {each.id: read(each.article, reader) for each in read_labelled() if not each.reports}

    assert {
        name: reports for name, reports in told.items() if any(r.kind in ("visit", "agreement") for r in reports)
    } == {}
