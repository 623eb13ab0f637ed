"""What is read of saved pages beside what is known of them: texts by F1, dates, authors and gold strings.

The gold is third-party and lies beside the repository: see `README.md` there for where each set is from.
"""

from __future__ import annotations

import gzip
import json
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import trafilatura

from analysis.arabic import canonical as canonical_text
from analysis.errors import ExtractionError
from analysis.extract import extract
from analysis.records import Article, Page, Rejection
from analysis.urls import canonical

PAGES = Path(__file__).parents[3] / "shared" / "data" / "pages"
SAVED = datetime(2026, 11, 1, tzinfo=UTC)  # after the newest of the pages
LONGEST_FURNITURE = 160
FURNITURE = re.compile(
    r"\W*(?:ارسال تعليق|اترك تعليق|لن يتم نشر عنوان بريدك|اقرا ايضا|شاهد ايضا|شارك|النشره البريديه|تابعونا|الوسوم|اعلان"
    r"|related articles?|back to top|read (?:also|more)|share (?:this|on)|follow us|subscribe|advertisement|updated"
    r"|(?:a )?lire (?:aussi|egalement)|partager|abonnez-vous|suivez-nous|les plus lus|mis a jour|publie le|publicite"
    r"|(?:lea|lee|leer|ver) tambien|compartir|suscribete|siguenos|[lt]e puede interesar|mas (?:noticias|leidas)"
    r"|actualizado|newsletter|boletin|cookies?|(?:photo|foto|credit) ?:|©|comment(?:s|aires?|arios)\b"
    r"|(?:tags?|etiquetas|mots.cles) ?:)"
)
"""How lines of furniture begin, in canonical form, in four languages; some sentences begin so too."""
ABSENT = "the saved pages are not beside the repository"


@dataclass(frozen=True, kw_only=True)
class Gold:
    """What is known of a saved page; None where that set does not say."""

    file: Path
    url: str
    on: date | None = None
    text: str | None = None


def saved(folder: Path) -> Iterator[Path]:
    """Give the pages of a folder and those below, zipped or not."""
    return (file for file in sorted(folder.rglob("*.html*")) if file.name.endswith((".html", ".html.gz")))


def as_page(file: Path, url: str = "") -> Page:
    """Make a page of a saved file; without its address, of one that says nothing."""
    url = url or f"https://saved.example/{file.parent.name}/{file.stem}"
    body = file.read_bytes()
    return Page(
        source_id="saved",
        url=url,
        canonical_url=canonical(url),
        fetched_at=SAVED,
        content_type=None,
        body=gzip.decompress(body) if file.suffix == ".gz" else body,
    )


def read(page: Page) -> Article | Rejection | ExtractionError:
    """Read a page; where the extractor breaks, that is the answer."""
    try:
        return extract(page)
    except ExtractionError as error:
        return error


def gold_of_fundus(pages: Path = PAGES) -> Iterator[Gold]:
    """Give the pages of fundus, whose texts and days are known; a set names its pages in the order of their names."""
    for told in sorted((pages / "fundus").glob("*.json")):
        files = sorted((pages / "fundus").glob(f"{told.stem}_*.html.gz"))
        for file, facts in zip(files, json.loads(told.read_text("utf-8")).values(), strict=True):
            on = date.fromisoformat(facts["publishing_date"][:10])
            yield Gold(file=file, url=as_page(file).url, on=on, text=_text(facts["body"]))


def gold_of_htmldate(pages: Path = PAGES) -> Iterator[Gold]:
    """Give the pages of htmldate, whose days are known."""
    for name, facts in json.loads((pages / "htmldate" / "gold_dates.json").read_text("utf-8")).items():
        yield Gold(file=pages / "htmldate" / name, url=facts["url"], on=date.fromisoformat(facts["date"]))


def f1_of_texts(pages: Path = PAGES) -> tuple[float, float]:
    """Return the mean F1 of the words of the fundus texts: ours, and that of trafilatura with its defaults."""
    ours, theirs = [], []
    for gold in gold_of_fundus(pages):
        page = as_page(gold.file)
        article = read(page)
        ours.append(f1(gold.text, article.text if isinstance(article, Article) else ""))
        theirs.append(f1(gold.text, trafilatura.extract(page.body, include_comments=False) or ""))
    return statistics.mean(ours), statistics.mean(theirs)


def gold_strings(pages: Path = PAGES) -> dict[str, Counter[str]]:
    """Count strings that must be in a text and are (`kept` of `wanted`), and those that must not and are (`noise`)."""
    counts = {"marsad": Counter[str](), "trafilatura": Counter[str]()}
    for url, facts in json.loads((pages / "trafilatura" / "gold_strings.json").read_text("utf-8")).items():
        page = as_page(pages / "trafilatura" / facts["file"], url)
        for name, text in texts_of(page).items():
            counts[name]["wanted"] += len(facts["with"])
            counts[name]["kept"] += sum(string in text for string in facts["with"])
            counts[name]["noise"] += sum(string in text for string in facts["without"])
    return counts


def furniture_left(pages: Iterable[Page]) -> dict[str, int]:
    """Count the short lines of texts that begin as furniture does."""
    counts = {"marsad": 0, "trafilatura": 0}
    for page in pages:
        for name, text in texts_of(page).items():
            lines = (canonical_text(line) for line in text.splitlines())
            counts[name] += sum(len(line) <= LONGEST_FURNITURE and FURNITURE.match(line) is not None for line in lines)
    return counts


def texts_of(page: Page) -> dict[str, str]:
    """Read a page by ours, title and text, and by trafilatura with its defaults."""
    article = read(page)
    ours = f"{article.title}\n{article.text}" if isinstance(article, Article) else ""
    return {"marsad": ours, "trafilatura": trafilatura.extract(page.body, include_comments=False) or ""}


def f1(true: str, found: str) -> float:
    """Compare two texts as bags of words."""
    expected, given = (Counter(re.findall(r"\w+", text.lower())) for text in (true, found))
    return 2 * (expected & given).total() / max(1, expected.total() + given.total())


def _text(body: dict) -> str:
    sections = [part for section in body["sections"] for part in (*section["headline"], *section["paragraphs"])]
    return "\n".join([*body["summary"], *sections])
