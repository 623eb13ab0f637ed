"""What the first page of an outlet says of the outlet: its name, its feeds, and what program publishes it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import html

from analysis.decoding import decode
from analysis.markup import parse_text
from analysis.records import Language
from analysis.statements import one_line, read_meta
from analysis.urls import join

_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/json"})
_COMMENTS = re.compile(r"comments?/|commentaires|wp-json|oembed", re.IGNORECASE)
_WORDPRESS = re.compile(r"/wp-(?:content|includes|json)/|https://api\.w\.org/")
_ARC = re.compile(r"arc-cdn\.net|/arc/outboundfeeds/|arcpublishing\.com|/pf/(?:dist|resources)/|Fusion\.arcSite")
_PARTS = re.compile(r" [-–—|:•·»] ?|\|")
_NO_NAMES = frozenset(
    {"", "accueil", "la une", "à la une", "home", "inicio", "portada", "الرئيسية", "الصفحة الرئيسية", "أخبار"}
)
_REST = "/wp-json/"
_HEADLINE_WORDS = 4  # from which the words of a link are a headline
_FEWEST_HEADLINES = 5
_PURE = 0.8  # of the links that a selector picks are headlines
_SUFFIX = re.compile(r"\.(?:html?|php|aspx)$")


@dataclass(frozen=True, kw_only=True, slots=True)
class FirstPage:
    """What a first page says: `feeds` in its order, `rest` the root of WordPress' REST interface.

    `links` is a CSS selector of its links to articles, None where what they have in common is not plain.
    """

    name: str = ""
    language: Language | None = None
    feeds: tuple[str, ...] = ()
    rest: str | None = None
    is_arc: bool = False
    links: str | None = None


def read_first_page(body: bytes, content_type: str | None, url: str) -> FirstPage:
    """Read a first page, found at `url`; one that cannot be read says nothing."""
    markup = decode(body, content_type)
    root = None if markup is None else parse_text(markup)
    if markup is None or root is None:
        return FirstPage()
    return FirstPage(
        name=_name(root),
        language=_language(root),
        feeds=tuple(dict.fromkeys(_feeds(root, url))),
        rest=_rest(root, markup, url),
        is_arc=_ARC.search(markup) is not None,
        links=_links(root),
    )


def _name(root: html.HtmlElement) -> str:
    """Return the name that the page states, else the shortest part of its title."""
    stated = read_meta(root).first("og:site_name", "application-name")
    title = one_line(root.findtext(".//title"))
    parts = (part.strip() for part in _PARTS.split(title))
    return stated or min((part for part in parts if part.casefold() not in _NO_NAMES), key=len, default="")


def _language(root: html.HtmlElement) -> Language | None:
    stated = (root.get("lang") or "")[:2].lower()
    return Language(stated) if stated in set(Language) else None


def _feeds(root: html.HtmlElement, url: str) -> list[str]:
    links = [link for link in root.iterfind(".//link[@href]") if "alternate" in (link.get("rel") or "").lower().split()]
    named = [link for link in links if (link.get("type") or "").lower() in _FEED_TYPES]
    found = [join(url, link.get("href")) for link in named]
    return [feed for feed in found if feed and not _COMMENTS.search(feed)]


def _rest(root: html.HtmlElement, markup: str, url: str) -> str | None:
    """Return where the page says that the interface is, else where it usually is if WordPress made the page."""
    for link in root.iterfind(".//link[@rel='https://api.w.org/'][@href]"):
        return join(url, link.get("href"))
    return join(url, _REST) if _WORDPRESS.search(markup) else None


def _links(root: html.HtmlElement) -> str | None:
    """Find what the addresses of headlines have in common and those of other links have not: a folder or an ending."""
    headlines: defaultdict[str, set[str]] = defaultdict(set)
    others: defaultdict[str, set[str]] = defaultdict(set)
    for link in root.iter("a"):
        href = link.get("href") or ""
        kind = headlines if len(link.text_content().split()) >= _HEADLINE_WORDS else others
        for selector in _selectors(href):
            kind[selector].add(href)
    counted = {name: (len(found), len(others[name] - found)) for name, found in headlines.items()}
    pure = [name for name, (good, bad) in counted.items() if good >= _FEWEST_HEADLINES and good >= _PURE * (good + bad)]
    return max(pure, key=lambda name: counted[name][0], default=None)


def _selectors(href: str) -> Iterator[str]:
    """Name the selectors that would pick an address."""
    path = re.sub(r"^(?:https?:)?//[^/]*|[?#].*", "", href)
    for folder in path.split("/")[:-1]:
        if re.fullmatch(r"[A-Za-z][\w.-]*", folder):
            yield f'a[href*="/{folder}/"]'
    if ending := _SUFFIX.search(path):
        yield f'a[href$="{ending.group()}"]'
