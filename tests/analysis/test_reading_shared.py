"""Reading measured on real saved pages; the floors are what was measured when they were written."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from analysis.extract import extract
from analysis.language import find_language
from analysis.records import Article, Rejection
from analysis.urls import canonical
from builders import page

PAGES = Path(__file__).parents[3] / "shared" / "data" / "pages"
SAVED = datetime(2026, 11, 1, tzinfo=UTC)

pytestmark = [
    pytest.mark.shared,
    pytest.mark.timeout(300),
    pytest.mark.skipif(not PAGES.is_dir(), reason="the saved pages are not beside the repository"),
]


def read(file: Path, url: str) -> Article | Rejection:
    facts = {"url": url, "canonical_url": canonical(url), "fetched_at": SAVED, "content_type": None}
    return extract(page(**facts, body=file.read_bytes()))


def test_dates_of_the_gold_pages_are_right_or_null():
    gold = json.loads((PAGES / "htmldate" / "gold_dates.json").read_text())
    outcomes: Counter[str] = Counter()
    for file, facts in gold.items():
        article = read(PAGES / "htmldate" / file, facts["url"])
        published = article.published if isinstance(article, Article) else None
        right = published is not None and published.on == date.fromisoformat(facts["date"])
        outcomes["null" if published is None else "right" if right else "wrong"] += 1
    assert outcomes["right"] >= 54
    assert outcomes["wrong"] == 0


def test_authors_of_the_gold_pages_are_found_and_few_are_wrong():
    gold = json.loads((PAGES / "trafilatura" / "gold_strings.json").read_text())
    outcomes: Counter[str] = Counter()
    for url, facts in gold.items():
        name = facts.get("author", "").lower()
        if name and isinstance(article := read(PAGES / "trafilatura" / facts["file"], url), Article):
            found = (article.author or "").lower()
            outcomes["none" if not found else "right" if name in found or found in name else "wrong"] += 1
    assert outcomes["right"] >= 31
    assert outcomes["wrong"] <= 5


def test_every_saved_arabic_page_becomes_an_article_and_nearly_all_have_a_date():
    articles = [read(file, f"https://saved.example/{file.name}") for file in sorted((PAGES / "arabic").glob("*.html"))]
    assert all(isinstance(article, Article) for article in articles)
    assert sum(article.published is not None for article in articles) >= len(articles) - 1


def test_headlines_and_texts_of_the_press_are_told_to_be_in_their_language():
    articles = PAGES.parent / "articles"
    written = "".join((articles / f"{name}.jsonl").read_text() for name in ("bladi_fr", "hespress_fr"))
    lines = [json.loads(line) for line in written.split("\n") if line]
    for part, floor in (("title", 0.997), ("body", 0.997)):
        texts = [line[part] for line in lines if line[part] and len(line[part]) > 20]
        assert sum(find_language(text) == "fr" for text in texts) >= floor * len(texts)
