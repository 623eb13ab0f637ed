"""Page to Article, or to the Rejection that says why it is none."""

from __future__ import annotations

import logging
from copy import deepcopy
from dataclasses import dataclass
from datetime import tzinfo
from textwrap import shorten

from lxml import html
from trafilatura import bare_extraction

from analysis.arabic import canonical, words
from analysis.authors import find_author
from analysis.clocks import clocks_of
from analysis.dating import find_published
from analysis.errors import ExtractionError
from analysis.evidence import Evidence
from analysis.furniture import take_out_furniture
from analysis.furniture_words import LINES, READ_ALSO
from analysis.gate import Gate
from analysis.language import find_language
from analysis.markup import parse_text
from analysis.opening import open_page, too_much
from analysis.pagekinds import Sight, find_kind, is_plainly_an_article
from analysis.particulars import find_particulars
from analysis.publication import find_dates
from analysis.records import Article, Language, Page, Rejection, RejectionReason
from analysis.statements import read_meta, read_statements
from analysis.titles import find_heading, find_title

FEWEST_WORDS = 12
_FEW_WORDS = 5
_LONGEST_LEAD = 140
_ENDS = (".", "!", "?", ":")
_FEWEST, _ENOUGH = 200, 600  # characters from which the fast extraction is believed if it also holds
_NEARLY_ALL, _MOST = 0.8, 0.5  # this share of the paragraphs

# trafilatura warns of each page without text; here that is a rejection with its reason.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def extract(page: Page, country: str | None = None, gate: Gate | None = None) -> Article | Rejection:
    """Read what a page says: its title, text, language, author and date, each only as far as the page proves it.

    `country` is that of the source: a time without a zone is by its clock, and left out where it keeps several
    (`clocks.clocks_of`). What is over the limits of `opening` is too large to be read. Raises ExtractionError where the
    extractor breaks on the page. With a gate, what it refuses is off the topic, and is not parsed or not extracted.
    """
    markup = open_page(page)
    if isinstance(markup, Rejection):
        return markup
    if gate and (refused := gate.refuses(markup)):
        return Rejection(reason=RejectionReason.OFF_TOPIC, detail=refused)
    root = parse_text(markup)
    if root is None:
        return Rejection(reason=RejectionReason.NOT_HTML, detail="no markup can be read in it")
    excess = too_much(root, markup)
    if excess:
        return Rejection(reason=RejectionReason.TOO_LARGE, detail=excess)
    try:
        return _read(_Opened(page, markup, root, clocks_of(page.url, country)), gate)
    except Exception as error:  # whatever breaks, breaks for this page only
        raise ExtractionError(f"{page.url}: {type(error).__name__}: {error}") from error


@dataclass(frozen=True, slots=True)
class _Opened:
    """A page, its markup, the tree of it, and the clocks it may print its times by."""

    page: Page
    markup: str
    root: html.HtmlElement
    clocks: tuple[tzinfo, ...]


def _read(opened: _Opened, gate: Gate | None) -> Article | Rejection:
    """Read a page; one that says it is an article is asked whether it can be ours before it is read to the end."""
    root, url = opened.root, opened.page.url
    meta, statements = read_meta(root), read_statements(root)
    title = find_title(root, meta, statements, url) or ""
    rest = _without_furniture(root, title)
    heading = find_heading(root, title) if title else None
    evidence = Evidence(
        page=opened.page, root=root, meta=meta, statements=statements, heading=heading, clocks=opened.clocks
    )
    author = find_author(evidence)
    text = clean_text(main_text(rest), title, author)
    sight = Sight(markup=opened.markup, url=url, root=root, meta=meta, statements=statements, text=text)
    language = find_language(f"{title}\n{text}")
    if kind := _other_than_article(sight, title, language):
        return kind
    if gate and (refused := gate.refuses_text(title, text)):
        return Rejection(reason=RejectionReason.OFF_TOPIC, detail=refused)
    return _article(evidence, title, text, language, author)


def _without_furniture(root: html.HtmlElement, title: str) -> html.HtmlElement:
    """Return a copy of a page without its furniture."""
    rest = deepcopy(root)
    take_out_furniture(rest, find_heading(rest, title) if title else None)
    return rest


def _article(evidence: Evidence, title: str, text: str, language: Language, author: str | None) -> Article:
    published, undated_because = find_published(evidence)
    particulars = find_particulars(evidence, title)
    return Article(
        source_id=evidence.page.source_id,
        url=evidence.page.url,
        title=title,
        text=text,
        language=language,
        author=author,
        published=published,
        undated_because=undated_because,
        subtitle=particulars.subtitle,
        section=particulars.section,
        image=particulars.image,
        outlet_tags=particulars.outlet_tags,
    )


def _other_than_article(sight: Sight, title: str, language: Language) -> Rejection | None:
    """Say why a page is no article in a language marsad reads, if it is none."""
    if not is_plainly_an_article(sight) and (kind := find_kind(sight)):
        return kind
    if not title:
        return Rejection(reason=RejectionReason.NO_TITLE, detail="neither metadata nor a heading names it")
    if sight.words < FEWEST_WORDS:
        return Rejection(reason=RejectionReason.NO_TEXT, detail=f"{sight.words} words of text")
    if language is Language.OTHER:
        begins = shorten(sight.text, 60, placeholder=" …")
        return Rejection(reason=RejectionReason.OTHER_LANGUAGE, detail=f"begins: {begins}")
    return None


def main_text(root: html.HtmlElement) -> str:
    """Extract the text: fast first, and with trafilatura's fallbacks where that leaves out paragraphs."""
    shown = sum(len(paragraph.text_content()) for paragraph in root.iter("p"))
    text = _extracted(root, fast=True)
    most = _MOST if len(text) >= _ENOUGH else _NEARLY_ALL
    return text if len(text) >= _FEWEST and len(text) >= most * shown else _extracted(root, fast=False)


def _extracted(root: html.HtmlElement, *, fast: bool) -> str:
    found = bare_extraction(root, fast=fast, include_comments=False, with_metadata=False)
    return str(getattr(found, "text", None) or "")


def clean_text(text: str, title: str, author: str | None = None) -> str:
    """Return the paragraphs, one a line, without the title over them and what the theme put around them."""
    sound = text.replace("\x00", "").encode(errors="ignore").decode()
    lines = [line for each in sound.splitlines() if (line := " ".join(each.split())) and not _is_theme(line)]
    heading = words(canonical(title))
    while lines and (words(canonical(lines[0])) == heading or _is_byline(lines[0], author)):
        del lines[0]
    while lines and _is_byline(lines[-1], author):
        del lines[-1]
    return "\n".join(lines)


def _is_byline(line: str, author: str | None) -> bool:
    """Tell a line that holds a date or the author and little else, such as the time or the weekday."""
    found = find_dates(line)
    rest = line[: found[0].start] + line[found[0].end :] if len(found) == 1 else line
    unsigned = rest.replace(author, " ") if author else rest
    return (unsigned != rest or len(found) == 1) and len(words(unsigned)) <= _FEW_WORDS


def _is_theme(line: str) -> bool:
    """Tell what the theme put there: its own words, or a line that leads to other articles and is no sentence."""
    said = canonical(line)
    leads_away = len(said) <= _LONGEST_LEAD and READ_ALSO.match(said) and not said.endswith(_ENDS)
    return bool(leads_away) or LINES.fullmatch(said) is not None
