"""A press that answers any address of discovery in the form its way promises, and knows which pages it named."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urljoin, urlsplit
from xml.sax.saxutils import escape

from cssselect import parse
from cssselect.parser import Attrib, Class, CombinedSelector, Element, Hash

from analysis.records import Discovery, Way

PAGES = 4
POSTS = 53  # of WordPress, which sends fifty at once
TITLE = "زيارة عمل & accord"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is sent, and the addresses of the pages it names, one form of each."""

    body: bytes
    pages: tuple[str, ...] = ()


def answer(discovery: Discovery, asked: str) -> Answer:
    """Answer a question of this way."""
    return _ANSWERS[discovery.way](discovery, asked)


# ---------------------------------------------------------------- feeds, sitemaps, posts


def _feed(_: Discovery, asked: str) -> Answer:
    form = _rdf if asked.endswith(".rdf") else _rss
    pages = [urljoin(asked, f"/2026/02/%D8%B2%D9%8A%D8%A7%D8%B1%D8%A9-{number}") for number in range(PAGES)]
    links = [link for page in pages for link in _twins(page)]
    return Answer(body=form(links).encode(), pages=tuple(pages))


def _twins(page: str) -> Sequence[str]:
    """Link to one page as an outlet does that is not careful."""
    path = urlsplit(page).path
    return (
        page,
        f"{path}/",
        f"{page.lower()}?utm_source=rss&utm_medium=feed",
        f"{page}/amp/",
        f"{page}?outputType=amp#top",
    )


def _rss(links: Sequence[str]) -> str:
    lines = [
        f"<item><title>{escape(TITLE)}</title><link>{escape(link)}</link>"
        "<pubDate>Tue, 10 Feb 2026 12:00:00 +0000</pubDate></item>"
        for link in links
    ]
    return f'<rss version="2.0"><channel><title>A feed</title>{"".join(lines)}</channel></rss>'


def _rdf(links: Sequence[str]) -> str:
    lines = [f"<item><title>{escape(TITLE)}</title><link>{escape(link)}</link></item>" for link in links]
    names = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    return f"<rdf:RDF {names}><channel><title>A feed</title></channel>{''.join(lines)}</rdf:RDF>"


def _sitemap(_: Discovery, asked: str) -> Answer:
    names = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    if not re.search(r"news|part=", asked):  # an index, whose sitemaps are asked in turn
        parts = [f"<sitemap><loc>{urljoin(asked, f'?part={part}')}</loc></sitemap>" for part in (1, 2)]
        return Answer(body=f"<sitemapindex {names}>{''.join(parts)}</sitemapindex>".encode())
    pages = [urljoin(asked, f"/politique/visite_{urlsplit(asked).query}{number}/") for number in range(PAGES)]
    lines = [f"<url><loc>{escape(page)}</loc><lastmod>2026-02-10T12:00:00Z</lastmod></url>" for page in pages]
    return Answer(body=f"<urlset {names}>{''.join(lines)}</urlset>".encode(), pages=tuple(pages))


def _wordpress(_: Discovery, asked: str) -> Answer:
    stated = parse_qs(urlsplit(asked).query)
    at_once, page = int(stated["per_page"][0]), int(stated.get("page", ["1"])[0])
    numbers = range(POSTS)[(page - 1) * at_once : page * at_once]
    pages = [urljoin(asked, f"/?p={number}") for number in numbers]
    posts = [
        {"link": page, "title": {"rendered": "زيارة &amp; accord"}, "date_gmt": "2026-02-10T12:00:00"} for page in pages
    ]
    return Answer(body=json.dumps(posts).encode(), pages=tuple(pages))


# ---------------------------------------------------------------- pages of links


def _listing(discovery: Discovery, asked: str) -> Answer:
    """Draw a page on which the selector of the entry finds links, each alternative of it some."""
    assert discovery.links is not None
    trees = [each.parsed_tree for each in parse(discovery.links)]
    drawn = [_draw(tree, number) for number, tree in enumerate(trees * PAGES)]
    links = [urljoin(asked, re.search(r'href="([^"]+)"', element)[1]) for element in drawn]
    page = f'<html><body><nav><a href="/about">Us</a></nav>{"".join(drawn)}</body></html>'
    return Answer(body=page.encode(), pages=tuple(links))


def _draw(tree: object, number: int, inside: str = "") -> str:
    """Write an element that the selector picks, within those that it wants around it."""
    if isinstance(tree, CombinedSelector):
        assert tree.combinator in (" ", ">")
        return _draw(tree.selector, number, _draw(tree.subselector, number, inside))
    name, attributes = _element(tree)
    if name == "a":
        attributes["href"] = _link(tree, number)
    written = "".join(f' {attribute}="{value}"' for attribute, value in attributes.items())
    return f"<{name}{written}>{inside or escape(TITLE)}</{name}>"


def _element(tree: object) -> tuple[str, dict[str, str]]:
    parts = list(_parts(tree))
    name = next((part.element for part in parts if isinstance(part, Element) and part.element), "div")
    attributes = {"class": " ".join(part.class_name for part in parts if isinstance(part, Class))}
    attributes["id"] = next((part.id for part in parts if isinstance(part, Hash)), "")
    return name, {attribute: value for attribute, value in attributes.items() if value}


def _link(tree: object, number: int) -> str:
    """Write an address that has what the selector wants of it."""
    wanted = {part.operator: part.value.value for part in _parts(tree) if isinstance(part, Attrib)}
    begin = wanted.get("^=", "")
    letter = "8%b2-" if begin.endswith(("%d", "%D")) else ""  # the selector ends within an escaped letter
    return f"{begin}{letter}{wanted.get('*=', '' if begin else '/')}{number}-accord{wanted.get('$=', '')}"


def _parts(tree: object) -> Iterator[object]:
    while tree is not None:
        yield tree
        tree = getattr(tree, "selector", None)


_ANSWERS: dict[Way, Callable[[Discovery, str], Answer]] = {
    Way.FEED: _feed,
    Way.SITEMAP: _sitemap,
    Way.WORDPRESS: _wordpress,
    Way.LISTING: _listing,
}
