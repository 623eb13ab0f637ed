"""Dates beside the peers': on labelled strings of the press, and on saved pages whose day is known.

`python bench/dates.py` prints the tables of the README: what is right, left out and wrong, in one run. A peer gives one
day: on a string it is right if that day is the first or the last of those meant, or lies in the month or year meant,
so a range costs it nothing; what names no day must be left out. The strings are of running text, which only dateparser
is made for: the others see each as a page. The pages are `../shared/data/pages` beside the repository.
"""

from __future__ import annotations

import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime
from html import escape
from pathlib import Path

import htmldate
import trafilatura

try:
    from dateparser.search import search_dates
except ImportError:  # of the extra `bench`
    search_dates = None
try:
    from newspaper.configuration import Configuration
    from newspaper.extractors.pubdate_extractor import PubdateExtractor
    from newspaper.parsers import fromstring
except ImportError:  # of the extra `bench`
    PubdateExtractor = None

sys.path.append(str(Path(__file__).parents[1] / "tests" / "quality"))
import date_figures
import reading_figures as figures

from analysis.records import Article, Precision

MISSING = (
    *(("dateparser",) if search_dates is None else ()),
    *(("newspaper4k",) if PubdateExtractor is None else ()),
)
LAST_DAY = figures.SAVED.date().isoformat()  # as marsad, no peer may take a day after the fetch


def main() -> None:
    """Print both tables."""
    warnings.simplefilter("ignore")  # peers parse dates in ways that Python is about to give up
    for missing in MISSING:
        print(f"{missing} is not installed: no figures of it")
    labelled = list(date_figures.read_labelled())
    peers = {name: _verdict_of(peer) for name, peer in STRING_PEERS.items() if _is_here(name)}
    ways = {"marsad": date_figures.verdict, **peers}
    for title, chosen in (("all", labelled), ("the sealed half", [each for each in labelled if each.is_sealed])):
        print_table(f"{len(chosen)} strings, {title}", ways, chosen)
    golden = [*figures.gold_of_htmldate(), *figures.gold_of_fundus()] if figures.PAGES.is_dir() else []
    if not golden:
        print(f"No pages: {figures.PAGES} holds none.")
        return
    on_pages = {name: _page_verdict_of(way) for name, way in PAGE_WAYS.items() if _is_here(name)}
    print_table(f"{len(golden)} saved pages", on_pages, golden)


def _is_here(peer: str) -> bool:
    return not peer.startswith(MISSING)


def print_table(title: str, ways: dict[str, Callable[..., str]], questions: Iterable[object]) -> None:
    """Print what is right, null and wrong, a line for each way."""
    print(f"| {title} | right | null | wrong |\n|---|---|---|---|")
    questions = list(questions)
    for name, way in ways.items():
        counts = Counter(way(each) for each in questions)
        print(f"| {name} | {counts['right']} | {counts['null']} | {counts['wrong']} |")
    print()


# ---------------------------------------------------------------- strings


def _by_dateparser(one: date_figures.Labelled) -> date | None:
    base = datetime.combine(one.published, datetime.min.time())
    settings = {"RELATIVE_BASE": base, "DATE_ORDER": "DMY"}
    found = search_dates(one.text, languages=[one.language.value], settings=settings)
    return found[0][1].date() if found else None


def _as_page(one: date_figures.Labelled) -> str:
    body = f"<h1>Titre</h1><p>{escape(one.text)}</p>"
    return f"<!doctype html><html lang='{one.language}'><head><title>Titre</title></head><body>{body}</body></html>"


def _by_htmldate(one: date_figures.Labelled) -> date | None:
    return _day(htmldate.find_date(_as_page(one), original_date=True, max_date=LAST_DAY))


def _by_trafilatura(one: date_figures.Labelled) -> date | None:
    return _day(trafilatura.extract_metadata(_as_page(one)).date)


def _by_newspaper(one: date_figures.Labelled) -> date | None:
    return _newspaper_day(_as_page(one), "https://example.org/")


STRING_PEERS = {
    "dateparser": _by_dateparser,
    "htmldate": _by_htmldate,
    "trafilatura": _by_trafilatura,
    "newspaper4k": _by_newspaper,
}


def _verdict_of(peer: Callable[[date_figures.Labelled], date | None]) -> Callable[[date_figures.Labelled], str]:
    def verdict(one: date_figures.Labelled) -> str:
        found = peer(one)
        if found is None:
            return "null" if one.when else "right"
        if one.when is None:
            return "wrong"
        ends = (one.when.first, one.when.last)
        within = one.when.precision is not Precision.DAY and ends[0] <= found <= ends[1]
        return "right" if found in ends or within else "wrong"

    return verdict


# ---------------------------------------------------------------- pages


def _marsad_on(gold: figures.Gold) -> date | None:
    article = figures.read(figures.as_page(gold.file, gold.url))
    return article.published.on if isinstance(article, Article) and article.published else None


def _htmldate_on(gold: figures.Gold) -> date | None:
    body = figures.as_page(gold.file, gold.url).body
    return _day(htmldate.find_date(body, url=gold.url, original_date=True, max_date=LAST_DAY))


def _trafilatura_on(gold: figures.Gold) -> date | None:
    page = figures.as_page(gold.file, gold.url)
    return _day(trafilatura.extract_metadata(page.body, default_url=gold.url).date)


def _newspaper_on(gold: figures.Gold) -> date | None:
    return _newspaper_day(figures.as_page(gold.file, gold.url).body.decode(errors="replace"), gold.url)


def _dateparser_on(gold: figures.Gold) -> date | None:
    """Give it the text it is made for: that of the page around its heading."""
    text = trafilatura.html2txt(figures.as_page(gold.file, gold.url).body)[:1000]
    found = search_dates(text, settings={"RELATIVE_BASE": figures.SAVED.replace(tzinfo=None), "DATE_ORDER": "DMY"})
    return found[0][1].date() if found else None


PAGE_WAYS = {
    "marsad": _marsad_on,
    "htmldate": _htmldate_on,
    "trafilatura": _trafilatura_on,
    "newspaper4k": _newspaper_on,
    "dateparser, on the first 1,000 characters of its text": _dateparser_on,
}


def _page_verdict_of(way: Callable[[figures.Gold], date | None]) -> Callable[[figures.Gold], str]:
    def verdict(gold: figures.Gold) -> str:
        found = way(gold)
        return "null" if found is None else "right" if found == gold.on else "wrong"

    return verdict


def _newspaper_day(markup: str, url: str) -> date | None:
    """Ask its reader of dates alone: of Arabic pages the whole needs packages that it does not bring."""
    document = fromstring(markup)
    published = PubdateExtractor(Configuration()).parse(url, document) if document is not None else None
    return published.date() if isinstance(published, datetime) else None


def _day(printed: str | None) -> date | None:
    return date.fromisoformat(printed) if printed else None


if __name__ == "__main__":
    main()
