"""Markup to one tree that every reader of a page shares."""

from __future__ import annotations

from lxml import etree, html

from analysis.decoding import decode


def parse_page(body: bytes, content_type: str | None = None) -> html.HtmlElement | None:
    """Parse the bytes of a page; None where they cannot be decoded or hold no markup."""
    text = decode(body, content_type)
    return None if text is None else parse_text(text)


def parse_text(text: str) -> html.HtmlElement | None:
    """Parse a decoded page; None where it holds no markup."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(text.encode(errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
