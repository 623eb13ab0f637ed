"""Markup to one tree that every reader of a page shares."""

from __future__ import annotations

from lxml import etree, html

from analysis.decoding import decode

_NAMES = ("class", "id", "style")
# No element has a name this long but to wear out those who search it.
_OVERLONG = etree.XPath(
    "//@class[string-length() > 2000] | //@id[string-length() > 2000] | //@style[string-length() > 5000]"
)
# One class for all elements: lxml's own choice among several is made in Python, anew for each element that is touched.
_ONE_CLASS = etree.ElementDefaultClassLookup(element=html.HtmlElement, comment=html.HtmlComment)


def parse_page(body: bytes, content_type: str | None = None) -> html.HtmlElement | None:
    """Parse the bytes of a page; None where they cannot be decoded or hold no markup."""
    text = decode(body, content_type)
    return None if text is None else parse_text(text)


def parse_text(text: str) -> html.HtmlElement | None:
    """Parse a decoded page; None where it holds no markup."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        root = html.document_fromstring(text.encode(errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    for overlong in _OVERLONG(root):
        for name in _NAMES:
            overlong.getparent().attrib.pop(name, None)
    return root
