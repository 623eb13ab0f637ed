"""Every page that is no article says which kind it is, and no article is taken for one."""

from __future__ import annotations

import inspect
import re

import pytest
from page_kinds import Labelled, labelled
from reading_figures import ABSENT, PAGES, as_page, read, saved

from analysis import furniture_words, pagekind_words
from analysis.arabic import canonical
from analysis.extract import extract
from analysis.records import Rejection, RejectionReason
from builders import page

NOT_ARTICLES = {"1579141678.html"}  # the home page that an outlet gave instead of the article


@pytest.mark.parametrize("each", list(labelled()), ids=lambda each: each.name)
def test_a_page_is_told_to_be_what_it_is(each: Labelled):
    found = extract(page(url=each.url, canonical_url=each.url, body=each.markup.encode()))
    assert (found.reason if isinstance(found, Rejection) else None) is each.reason, found


@pytest.mark.shared
@pytest.mark.timeout(300)
@pytest.mark.skipif(not PAGES.is_dir(), reason=ABSENT)
def test_no_saved_article_is_lost():
    found = {file.name: read(as_page(file)) for file in saved(PAGES)}
    lost = {name: each.reason for name, each in found.items() if isinstance(each, Rejection)}
    assert lost == dict.fromkeys(NOT_ARTICLES, RejectionReason.NOT_FOUND)


def test_the_words_of_kinds_and_furniture_are_spelt_as_texts_are_once_canonical():
    for module in (pagekind_words, furniture_words):
        arabic = re.findall("[\u0621-\u064a]+", inspect.getsource(module))
        assert [word for word in arabic if canonical(word) != word] == []
