"""Page to Article, or to the Rejection that says why it is none."""

from __future__ import annotations

import json
import logging
import re
from datetime import tzinfo
from textwrap import shorten

from lxml import html
from trafilatura import bare_extraction

from analysis.arabic import canonical, words
from analysis.authors import find_author
from analysis.clocks import clocks_of
from analysis.dating import find_published
from analysis.decoding import decode
from analysis.errors import ExtractionError
from analysis.evidence import Evidence
from analysis.furniture import take_out_furniture
from analysis.furniture_words import LINES
from analysis.language import find_language
from analysis.markup import parse_text
from analysis.publication import find_dates
from analysis.records import Article, Language, Page, Rejection, RejectionReason
from analysis.statements import read_meta, read_statements
from analysis.titles import find_heading, find_title

MOST_BYTES = 20 * 1024 * 1024
# What is read at all: several times the largest page of a real outlet, and still a matter of seconds.
MOST_CHARACTERS = 4_000_000
MOST_ELEMENTS = 40_000
MOST_SEEN = 1_000_000  # characters outside scripts and styles
FEWEST_WORDS = 12
_FEW_WORDS = 5
_ENOUGH = 600  # characters from which the fast extraction is believed if it also holds half the paragraphs

_MAGIC = {
    b"%PDF": "a PDF",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"RIFF": "an image or sound",
    b"PK\x03\x04": "an archive",
    b"\x1f\x8b": "an archive",
    b"ID3": "sound",
}
_MARKUP = re.compile(r"<(?:!doctype html|html|head|body|title|div|article|p)\b", re.IGNORECASE)
_FIRST_ELEMENT = re.compile(r"<([A-Za-z][\w:]*)")
_CODE = frozenset({"script", "style", "template", "noscript"})
_LISTS = frozenset({"rss", "feed", "urlset", "sitemapindex", "rdf:rdf"})
# trafilatura warns of each page without text; here that is a rejection with its reason.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def extract(page: Page, country: str | None = None) -> Article | Rejection:
    """Read what a page says: its title, text, language, author and date, each only as far as the page proves it.

    `country` is that of the source: a time without a zone is by its clock, and left out where it keeps several
    (`clocks.clocks_of`). What is over MOST_BYTES, MOST_CHARACTERS, MOST_ELEMENTS or MOST_SEEN is too large to
    be read. Raises ExtractionError where the extractor breaks on the page.
    """
    readable = _readable(page)
    if isinstance(readable, Rejection):
        return readable
    root = parse_text(readable)
    if root is None:
        return Rejection(reason=RejectionReason.NOT_HTML, detail="no markup can be read in it")
    too_much = _too_much(root)
    if too_much:
        return Rejection(reason=RejectionReason.TOO_LARGE, detail=too_much)
    try:
        return _read(page, root, clocks_of(page.url, country))
    except Exception as error:  # whatever breaks, breaks for this page only
        raise ExtractionError(f"{page.url}: {type(error).__name__}: {error}") from error


def _readable(page: Page) -> str | Rejection:
    """Decode the page, unless its size or its first bytes show that it is none."""
    size = len(page.body)
    if size > MOST_BYTES:
        return Rejection(reason=RejectionReason.TOO_LARGE, detail=f"{size} bytes, more than {MOST_BYTES}")
    kind = next((kind for magic, kind in _MAGIC.items() if page.body.startswith(magic)), None)
    if kind:
        return Rejection(reason=RejectionReason.NOT_HTML, detail=f"the bytes are {kind}")
    text = decode(page.body, page.content_type)
    if text is None:
        return Rejection(
            reason=RejectionReason.UNDECODABLE, detail=f"no charset fits; declared as {page.content_type or 'nothing'}"
        )
    return _unreadable(text, page) or text


def _unreadable(text: str, page: Page) -> Rejection | None:
    """Say why a decoded page is not to be parsed, if it is not."""
    if not text.strip():
        return Rejection(reason=RejectionReason.EMPTY, detail=f"{len(page.body)} bytes without a character")
    if len(text) > MOST_CHARACTERS:
        detail = f"{len(text)} characters, more than {MOST_CHARACTERS}"
        return Rejection(reason=RejectionReason.TOO_LARGE, detail=detail)
    if not _MARKUP.search(text) or _is_list(text) or _is_json(text):
        return Rejection(
            reason=RejectionReason.NOT_HTML, detail=f"no HTML in it; declared as {page.content_type or 'nothing'}"
        )
    return None


def _too_much(root: html.HtmlElement) -> str | None:
    """Say what there is too much of in a page, if there is."""
    if root.xpath("count(//*)") > MOST_ELEMENTS:
        return f"more than {MOST_ELEMENTS} elements"
    shown = len(root.text_content())
    if shown > MOST_SEEN and shown - sum(len(each.text or "") for each in root.iter(*_CODE)) > MOST_SEEN:
        return f"more than {MOST_SEEN} characters to be seen"
    return None


def _is_list(text: str) -> bool:
    first = _FIRST_ELEMENT.search(text)
    return first is not None and first[1].lower() in _LISTS


def _is_json(text: str) -> bool:
    if text.lstrip()[:1] not in {"{", "["}:
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _read(page: Page, root: html.HtmlElement, clocks: tuple[tzinfo, ...]) -> Article | Rejection:
    meta, statements = read_meta(root), read_statements(root)
    title = find_title(root, meta, statements, page.url)
    if not title:
        return Rejection(reason=RejectionReason.NO_TITLE, detail="neither metadata nor a heading names it")
    evidence = Evidence(
        page=page, root=root, meta=meta, statements=statements, heading=find_heading(root, title), clocks=clocks
    )
    author = find_author(evidence)
    published, undated_because = find_published(evidence)
    take_out_furniture(root, evidence.heading)
    text = clean_text(main_text(root), title, author)
    if len(words(text)) < FEWEST_WORDS:
        return Rejection(reason=RejectionReason.NO_TEXT, detail=f"{len(words(text))} words of text")
    language = find_language(f"{title}\n{text}")
    if language is Language.OTHER:
        return Rejection(reason=RejectionReason.OTHER_LANGUAGE, detail=f"begins: {shorten(text, 60, placeholder=' …')}")
    return Article(
        source_id=page.source_id,
        url=page.url,
        title=title,
        text=text,
        language=language,
        author=author,
        published=published,
        undated_because=undated_because,
    )


def main_text(root: html.HtmlElement) -> str:
    """Extract the text: fast first, and with trafilatura's fallbacks where that leaves out most paragraphs."""
    shown = sum(len(paragraph.text_content()) for paragraph in root.iter("p"))
    text = _extracted(root, fast=True)
    return text if len(text) >= _ENOUGH and 2 * len(text) >= shown else _extracted(root, fast=False)


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
    return LINES.fullmatch(canonical(line)) is not None
