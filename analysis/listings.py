"""A section page to entries: the links that a CSS selector picks, with the words they carry."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from cssselect import SelectorError
from lxml import etree, html
from lxml.cssselect import CSSSelector

from analysis.errors import UnreadableListError
from analysis.listed import is_media, plain_title
from analysis.markup import parse_page
from analysis.records import Entry
from analysis.urls import canonical, join


def read_listing(body: bytes, base_url: str, links: str) -> tuple[Entry, ...]:
    """Read the links of a page that the CSS selector `links` picks, each page once, in the order of the page.

    The selector picks the links themselves or what holds them; of several links to one page the longest words are its
    title. UnreadableListError where the bytes are no page, or the selector is none.
    """
    try:
        select = CSSSelector(links, translator="html")
    except SelectorError as error:
        raise UnreadableListError(f"{links!r} is no CSS selector of links") from error
    root = parse_page(body)
    if root is None:
        raise UnreadableListError(f"{base_url} answers with something that is no page")
    found: dict[str, Entry] = {}
    for entry in _entries(root, select(root), _base(root, base_url)):
        name = canonical(entry.url)
        known = found.setdefault(name, entry)
        if len(entry.title or "") > len(known.title or ""):
            found[name] = Entry(url=known.url, title=entry.title)
    return tuple(found.values())


def _base(root: html.HtmlElement, base_url: str) -> str:
    """Return what the relative links of the page are relative to."""
    stated = root.find(".//base[@href]")
    return base_url if stated is None else join(base_url, stated.get("href", "")) or base_url


def _entries(root: html.HtmlElement, picked: Collection[html.HtmlElement], base_url: str) -> Iterator[Entry]:
    for link in _links(root, set(picked)):
        url = join(base_url, link.get("href") or "")
        if url is not None and not is_media(url):
            yield Entry(url=url, title=_title(link))


def _links(root: html.HtmlElement, picked: Collection[html.HtmlElement]) -> Iterator[html.HtmlElement]:
    """Walk the page once, however deeply what was picked is nested, and give the links within it."""
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            depth += element in picked
            if depth and element.tag == "a":
                yield element
        else:
            depth -= element in picked


def _title(link: html.HtmlElement) -> str | None:
    """Take the heading inside the link, else its words, else what it says on hovering."""
    heading = link.find(".//h2")
    if heading is None:
        heading = link.find(".//h3")
    return plain_title((link if heading is None else heading).text_content()) or plain_title(link.get("title"))
