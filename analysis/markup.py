"""Markup to one tree that every reader of a page shares."""

from __future__ import annotations

from lxml import etree, html

from analysis.decoding import decode

_NAMES = ("class", "id", "style")
# No element has a name this long but to wear out those who search it.
_OVERLONG = etree.XPath(
    ".//*[string-length(@class) > 2000 or string-length(@id) > 2000 or string-length(@style) > 5000]"
)


def parse_page(body: bytes, content_type: str | None = None) -> html.HtmlElement | None:
    """Parse the bytes of a page; None where they cannot be decoded or hold no markup."""
    text = decode(body, content_type)
    return None if text is None else parse_text(text)


def parse_text(text: str) -> html.HtmlElement | None:
    """Parse a decoded page; None where it holds no markup."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode(errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    for element in _OVERLONG(root):
        for name in _NAMES:
            element.attrib.pop(name, None)
    return root
