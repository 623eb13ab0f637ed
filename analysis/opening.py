"""The bytes of a page to its markup, or to the rejection that says why there is nothing to parse."""

from __future__ import annotations

import json
import re

from lxml import html

from analysis.decoding import decode
from analysis.records import Page, Rejection, RejectionReason

MOST_BYTES = 20 * 1024 * 1024
# What is read at all: several times the largest page of a real outlet, and still a matter of seconds.
MOST_CHARACTERS = 4_000_000
MOST_ELEMENTS = 40_000
MOST_SEEN = 1_000_000  # characters outside scripts and styles

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


def open_page(page: Page) -> str | Rejection:
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
    if not text or text.isspace():
        return Rejection(reason=RejectionReason.EMPTY, detail=f"{len(page.body)} bytes without a character")
    if len(text) > MOST_CHARACTERS:
        detail = f"{len(text)} characters, more than {MOST_CHARACTERS}"
        return Rejection(reason=RejectionReason.TOO_LARGE, detail=detail)
    if not _MARKUP.search(text) or _is_list(text) or _is_json(text):
        return Rejection(
            reason=RejectionReason.NOT_HTML, detail=f"no HTML in it; declared as {page.content_type or 'nothing'}"
        )
    return None


def too_much(root: html.HtmlElement, markup: str) -> str | None:
    """Say what there is too much of in a parsed page, if there is; it has no more than its markup could."""
    if len(markup) <= MOST_SEEN and 2 * markup.count("<") < MOST_ELEMENTS:  # a parser adds a few elements of its own
        return None
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
