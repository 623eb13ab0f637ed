"""Of the labelled articles, each in a page, the gate refuses none that is judged to be ours."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

import pytest
from relevance_figures import SEALED, TUNED, WORKED

from analysis.gate import Gate
from analysis.reading import read
from analysis.records import Article
from builders import article
from pipeline.library import Library, open_library

ROOT = Path(__file__).parents[2]
REPORTS, EVENTS = (ROOT / "tests" / "quality" / name for name in ("reports.jsonl", "events.jsonl"))
FURNITURE = "<nav>" + "<a href='/x'>Une autre nouvelle du jour</a> " * 60 + "</nav>"


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library(ROOT / "seeds")


def labelled(path: Path) -> list[Article]:
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return [article(title=row["title"] or "", text=row["text"], language=row["language"]) for row in rows]


def in_a_page(said: Article, gate: Gate) -> str:
    text = "".join(f"<p>{escape(line)}</p>" for line in said.text.splitlines())
    return gate.refuses(f"<html><title>{escape(said.title)}</title><body>{FURNITURE}{text}</body></html>")


@pytest.mark.parametrize("path", [TUNED, WORKED, SEALED, REPORTS, EVENTS], ids=lambda path: path.stem)
def test_no_labelled_article_that_is_judged_ours_is_refused(path: Path, library: Library):
    ours = [each for each in labelled(path) if read(each, library.reader).judgement.relevant]
    assert len(ours) > 30
    assert sum(bool(in_a_page(each, library.gate)) for each in ours) == 0
