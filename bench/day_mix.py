"""A day's mix, one page in twenty on the topic: pages a second from page to article or rejection, beside trafilatura.

`python bench/day_mix.py [FOLDER]`; the folder is by default `../shared/data/pages` beside the repository. The pages are
real; into those on the topic, as small and large as pages are, labelled articles of the project are written in place
of as much of their own text. Both take turns, in CPU time, and of each page the median of the rounds counts. A worker's
peak memory is that of a process of its own.
"""

from __future__ import annotations

import json
import multiprocessing
import re
import resource
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, cycle
from pathlib import Path
from typing import TypeVar

import trafilatura
from lxml import html

from analysis.errors import ExtractionError
from analysis.extract import extract
from analysis.markup import parse_page
from analysis.opening import open_page
from analysis.reading import read
from analysis.records import Article, Page, Rejection
from pipeline.library import Library, open_library

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests" / "quality"))
import reading_figures as figures  # noqa: E402 it lies beside the tests that hold its floors

ROUNDS = 3
OTHERS_A_PAGE = 19  # pages off the topic for each one on it
T = TypeVar("T")
_STATED = re.compile(r'("(?:headline|description|articleBody)"\s*:\s*)"(?:[^"\\]|\\.)*"')
LABELLED = ROOT / "tests" / "quality" / "unseen_two.jsonl", ROOT / "tests" / "quality" / "unseen_one.jsonl"


def main() -> None:
    """Print the speeds, their ratio, what became of the pages, and the memory of a worker."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else figures.PAGES
    others = [figures.as_page(file) for file in figures.saved(folder)] if folder.is_dir() else []
    if not others:
        print(f"Nothing to read: {folder} holds no saved pages.")
        return
    library = open_library(ROOT / "seeds")
    ours = _on_the_topic(others, library)
    sizes = (statistics.mean(len(page.body) for page in pages) / 1000 for pages in (ours, others))
    print(
        "{} pages, {} of them on the topic, of {:.0f} kB; the others of {:.0f} kB".format(
            len(others) + len(ours), len(ours), *sizes
        )
    )
    taken = print_speeds([*others, *ours], library)
    print_outcomes([*others, *ours], taken, library)
    print(f"peak memory of a worker: {_memory([*others, *ours])} MB")


def _on_the_topic(pages: Sequence[Page], library: Library) -> list[Page]:
    """Put labelled articles into real pages, small and large as these are; each is relevant, read without the gate."""
    wanted = len(pages) // OTHERS_A_PAGE
    frames = sorted((page for page in pages if _text_of(parse_page(page.body))), key=lambda page: len(page.body))
    labelled = [json.loads(line) for file in LABELLED for line in file.read_text("utf-8").splitlines()]
    texts = cycle([each for each in labelled if each["relevant"]][:: len(labelled) // wanted])
    spread = [frames[len(frames) * (2 * number + 1) // (2 * wanted)] for number in range(wanted)]
    return [next(page for page in _framed(frame, texts) if _is_relevant(page, library)) for frame in spread]


def _text_of(root: html.HtmlElement | None) -> list[html.HtmlElement]:
    """Return the paragraphs of a page that stand in one place with the most letters, on a page with a heading."""
    together = defaultdict[html.HtmlElement, list[html.HtmlElement]](list)
    for paragraph in root.iter("p") if root is not None and root.find(".//h1") is not None else ():
        together[paragraph.getparent()].append(paragraph)
    return max(together.values(), key=lambda found: sum(len(each.text_content()) for each in found), default=[])


def _framed(frame: Page, texts: Iterator[dict[str, str]]) -> Iterator[Page]:
    """Write articles into a real page: its title, and its text in place of as much of the page's own."""
    while True:
        root, said = parse_page(frame.body), next(texts)
        _write(said["text"], _text_of(root))
        _head(root, said["title"])
        url = f"https://day.example/{said['id']}"
        yield replace(frame, url=url, canonical_url=url, body=html.tostring(root, encoding="utf-8"))


def _write(text: str, paragraphs: Sequence[html.HtmlElement]) -> None:
    place, at = paragraphs[0].getparent(), paragraphs[0].getparent().index(paragraphs[0])
    ends = accumulate(len(each.text_content()) for each in paragraphs)
    for paragraph, end in zip(paragraphs, ends, strict=True):
        if end <= len(text) or paragraph is paragraphs[0]:
            place.remove(paragraph)
    for number, line in enumerate(filter(None, text.splitlines())):
        place.insert(at + number, html.fragment_fromstring(line, create_parent="p"))


def _head(root: html.HtmlElement, title: str) -> None:
    """Write a title wherever a page states its own."""
    for element in (root.find(".//h1"), *root.iter("title")):
        element.clear()
        element.text = title
    for meta in root.xpath(".//meta[contains(@property, 'title') or contains(@name, 'title')]"):
        meta.set("content", title)
    for script in root.xpath(".//script[@type='application/ld+json']"):
        script.text = _STATED.sub(lambda found: found[1] + json.dumps(title), script.text or "")


def _is_relevant(page: Page, library: Library) -> bool:
    article = extract(page)
    return isinstance(article, Article) and read(article, library.reader).judgement.relevant


def _by_marsad(library: Library) -> Callable[[Page], object]:
    """Return what a worker does with a page, but for looking up copies."""

    def way(page: Page) -> object:
        try:
            found = extract(page, None, library.gate)
        except ExtractionError as error:
            return error
        return found if isinstance(found, Rejection) else read(found, library.reader)

    return way


def _by_trafilatura(page: Page) -> object:
    return trafilatura.bare_extraction(page.body, url=page.url, with_metadata=True)


def print_speeds(pages: Sequence[Page], library: Library) -> list[float]:
    """Print pages a second of both, and the ratio; return our seconds for each page."""
    ways = {"marsad": _by_marsad(library), "trafilatura alone": _by_trafilatura}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for page in pages:
        rounds = [{name: _seconds(way, page) for name, way in ways.items()} for _ in range(ROUNDS)]
        for name in ways:
            taken[name].append(statistics.median(each[name] for each in rounds))
    for name, times in taken.items():
        print(
            f"{name:18} {len(times) / sum(times):6.1f} pages/s, median {1000 * statistics.median(times):5.1f} ms a page"
        )
    print(f"ratio {sum(taken['trafilatura alone']) / sum(taken['marsad']):.2f}")
    opened = [markup for page in pages if isinstance(markup := open_page(page), str)]
    looked = _ms(library.gate.refuses, opened)
    print(f"decoding alone {_ms(open_page, pages):.1f} ms a page, looking through it {looked:.1f} ms")
    return taken["marsad"]


def _ms(way: Callable[[T], object], things: Sequence[T]) -> float:
    began = time.process_time()
    for each in things:
        way(each)
    return 1000 * (time.process_time() - began) / len(things)


def print_outcomes(pages: Sequence[Page], taken: Sequence[float], library: Library) -> None:
    """Print how pages ended, what share of our time each end took, and how many relevant ones the gate lost."""
    ends = [_end(page, library) for page in pages]
    for end, count in Counter(ends).most_common():
        share = sum(each for each, other in zip(taken, ends, strict=True) if other == end) / sum(taken)
        print(f"{count:4} {end:32} {share:4.0%} of our time")
    lost = [page for page, end in zip(pages, ends, strict=True) if "refused" in end and _is_relevant(page, library)]
    print(f"{len(lost)} relevant pages lost")


def _end(page: Page, library: Library) -> str:
    markup = open_page(page)
    if isinstance(markup, str) and library.gate.refuses(markup):
        return "refused unparsed"
    found = extract(page, None, library.gate)
    if isinstance(found, Rejection):
        return "refused before it was extracted" if found.detail.startswith("gate") else f"rejected: {found.reason}"
    return "relevant" if read(found, library.reader).judgement.relevant else "read, and not relevant"


def _memory(pages: Sequence[Page]) -> int:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_peak, (pages,))


def _peak(pages: Sequence[Page]) -> int:
    """Read all pages twice, and return the most memory this process ever held, in MB."""
    way = _by_marsad(open_library(ROOT / "seeds"))
    for page in (*pages, *pages):
        way(page)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _seconds(way: Callable[[Page], object], page: Page) -> float:
    began = time.process_time()
    way(page)
    return time.process_time() - began


if __name__ == "__main__":
    main()
