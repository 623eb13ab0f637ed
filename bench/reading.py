"""Pages a second of `analysis.extract` and of trafilatura with its defaults, interleaved on the same saved pages.

Usage: python bench/reading.py FOLDER    (a folder with saved pages, *.html, searched through; about forty seconds)
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import trafilatura

from analysis.extract import extract
from analysis.records import Page

SECONDS = 40.0


def main() -> None:
    """Print the median milliseconds a page of both, and the ratio of their sums."""
    pages = [_page(file) for file in sorted(Path(sys.argv[1]).rglob("*.html"))]
    ours: list[float] = []
    theirs: list[float] = []
    end = time.perf_counter() + SECONDS
    for page in pages:
        if time.perf_counter() > end:
            break
        ours.append(_seconds(lambda page=page: extract(page)))
        theirs.append(_seconds(lambda page=page: _extract_by_trafilatura(page)))
    for name, times in (("marsad", ours), ("trafilatura, defaults", theirs)):
        median = 1000 * statistics.median(times)
        print(f"{name:22} {len(times) / sum(times):6.1f} pages/s, median {median:5.1f} ms, {len(times)} pages")
    print(f"ratio {sum(theirs) / sum(ours):.2f}")


def _extract_by_trafilatura(page: Page) -> object:
    return trafilatura.bare_extraction(page.body, url=page.url, with_metadata=True)


def _page(file: Path) -> Page:
    url = f"https://saved.example/{file.name}"
    now = datetime.now(tz=UTC)
    return Page(
        source_id="saved", url=url, canonical_url=url, fetched_at=now, content_type="text/html", body=file.read_bytes()
    )


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
