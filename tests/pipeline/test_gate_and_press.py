"""The gate refuses no page of the sample press that reading it whole would file."""

from __future__ import annotations

from pathlib import Path

from pages_of_press import pages

from analysis.extract import extract
from analysis.reading import read
from analysis.records import Article, Page, Rejection
from cli.sample_press import serve
from pipeline.library import Library, open_library

SEEDS = Path(__file__).parents[2] / "seeds"


def is_ours(page: Page, library: Library) -> bool:
    article = extract(page)
    return isinstance(article, Article) and read(article, library.reader).judgement.relevant


def test_no_page_of_the_press_that_is_ours_is_refused():
    library = open_library(SEEDS)
    with serve(port=0) as press:
        ours = [page for page in pages(press) if is_ours(page, library)]
    assert len(ours) > 30
    assert [page.url for page in ours if isinstance(extract(page, None, library.gate), Rejection)] == []
