"""Texts to tags, relevance and reports: articles a second, the start of `marsad analyse`, and its memory.

`python bench/analyse.py [FILE]`: articles of FILE (JSON lines with `title` and `body`), else of the Moroccan press in
`../shared/data/articles`, else the labelled ones of `tests/quality`. CPU time of one process.
"""

from __future__ import annotations

import gzip
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from analysis.language import find_language
from analysis.reading import read
from analysis.records import Article
from analysis.relevance import judge
from analysis.settings import Settings
from analysis.tags import find_tags
from pipeline.analyse import Analyst
from pipeline.library import Library, open_library
from pipeline.seeds import seeds_directory

HERE = Path(__file__).parents[1]
PRESS = HERE.parent / "shared" / "data" / "articles" / "hespress_ar.jsonl.gz"
FIRST_DAY = date(2026, 1, 1)
LABELLED = HERE / "tests" / "quality" / "relevance_worked.jsonl"
MOST = 2000
FILLED, A_DAY = 6_000, 200  # texts that `marsad analyse` is given to remember, and how many of a day


def main() -> None:
    """Print the figures."""
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else PRESS if PRESS.exists() else LABELLED
    articles = [article_of(row) for row in rows(file)]
    words = sum(len(each.text.split()) for each in articles) / len(articles)
    library = open_library(seeds_directory(Settings()))
    print(f"{file.name}: {len(articles)} articles of {words:.0f} words")
    print_speeds(articles, library)
    print_memory(articles, library)
    print_start()


def rows(file: Path) -> list[dict[str, Any]]:
    """Read the first articles of a file."""
    with (gzip.open if file.suffix == ".gz" else open)(file, "rt", encoding="utf-8") as lines:
        found = [json.loads(line) for _, line in zip(range(MOST), lines, strict=False)]
    return [row for row in found if row.get("body") or row.get("text")]


def article_of(row: dict[str, Any]) -> Article:
    """Make an article of a row."""
    title, text = row["title"] or "", row.get("body") or row["text"]
    language = find_language(f"{title}\n{text}")
    return Article(source_id="", url="", title=title, text=text, language=language, author=None, published=None)


def print_speeds(articles: Sequence[Article], library: Library) -> None:
    """Print articles a second, up to the judgement and to the end."""
    vocabulary, reader = library.vocabulary, library.reader
    ways: dict[str, Callable[[Article], object]] = {
        "tags and relevance": lambda each: judge(each, find_tags(each, vocabulary), vocabulary),
        "and fingerprint, and reports of what is ours": lambda each: read(each, reader),
    }
    for name, way in ways.items():
        began = time.process_time()
        for each in articles:
            way(each)
        print(f"{name:46} {len(articles) / (time.process_time() - began):7.0f} articles/s")


def print_memory(articles: Sequence[Article], library: Library) -> None:
    """Print what this process takes, before and after it has texts, stories and events to remember."""
    before = megabytes()
    analyst = Analyst(library)
    began = time.process_time()
    for line in lines(articles):
        analyst.answer(line)
    rate = FILLED / (time.process_time() - began)
    print(f"{'marsad analyse, line by line':46} {rate:7.0f} articles/s")
    after = megabytes()
    each = (after - before) * 1024 / FILLED
    print(f"memory {before:.0f} MB, with {FILLED} texts seen {after:.0f} MB: {each:.1f} KB a text")


def lines(articles: Sequence[Article]) -> Iterator[bytes]:
    """Give lines to analyse, no two the same: each round of the articles has its words in another order."""
    for number in range(FILLED):
        each = articles[number % len(articles)]
        turned = number // len(articles) + 1
        words = each.text.split()
        text = " ".join(" ".join(words[start::turned]) for start in range(turned))
        published = (FIRST_DAY + timedelta(days=number // A_DAY)).isoformat()
        line = {"id": number, "title": each.title, "text": text, "language": each.language, "published": published}
        yield json.dumps(line).encode()


def megabytes() -> float:
    """Return the most memory this process has taken."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def print_start() -> None:
    """Print how long the command takes for one line."""
    line = b'{"id": 1, "title": "x", "text": "x"}\n'
    began = time.perf_counter()
    subprocess.run([Path(sys.executable).with_name("marsad"), "analyse"], input=line, capture_output=True, check=True)  # noqa: S603
    print(f"marsad analyse, one line: {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
