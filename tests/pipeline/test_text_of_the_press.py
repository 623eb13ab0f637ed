"""Of each article of the sample press exactly what its outlet wrote is read: every paragraph, and nothing around it."""

from __future__ import annotations

import pytest
from pages_of_press import fetched_truths, pages
from sample_truth import printed

from analysis.extract import extract
from analysis.records import Article
from cli.sample_press import serve

NO_TEXTS = {"gallery", "no_text", "other_language", "not_html", "empty", "too_large", "undecodable", "no_title"}


@pytest.fixture(scope="module")
def read() -> list[tuple]:
    """Pair what was read of each article with what its outlet wrote."""
    with serve(port=0) as press:
        written = printed(press)
        unread = {truth.url for truth in fetched_truths(press) if NO_TEXTS & set(truth.reasons)}
        return [(extract(page), written[page.url]) for page in pages(press) if page.url in written.keys() - unread]


def test_most_of_the_press_is_read(read):
    assert len(read) > 60
    assert [article for article, _ in read if not isinstance(article, Article)] == []


def test_the_text_is_the_paragraphs_and_no_more(read):
    assert [(a.url, a.text) for a, _ in read] == [(a.url, w.text) for a, w in read]


def test_the_author_is_found_wherever_it_is_printed(read):
    assert [(a.url, a.author) for a, _ in read] == [(a.url, w.author) for a, w in read]
