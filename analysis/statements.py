"""What a page states about itself for machines: JSON-LD, Open Graph and other meta elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from lxml import html

_ARTICLE_TYPES = re.compile(r"(?:^|/)(?:\w*Article|BlogPosting|LiveBlogPosting|SocialMediaPosting|Report)$")
_PAGE_TYPES = re.compile(r"(?:^|/)(?:WebPage|ItemPage|VideoObject)$")
_JSON_LD = ".//script[@type]"
_MOST_BLOCKS = 50
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_DATE_NAMES = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "date.published",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "dc.terms.date",
    "date",
    "cxenseparse:recs:publishtime",
    "citation_publication_date",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """What one JSON-LD node says of an article: the words as written, empty where it is silent.

    `is_article` is False for one that speaks of a page only.
    """

    is_article: bool = False
    headline: str = ""
    published: str = ""
    authors: tuple[str, ...] = ()
    outlet: str = ""
    subtitle: str = ""
    section: str = ""
    keywords: tuple[str, ...] = ()
    image: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Meta:
    """The meta elements of a page by their lower-case name or property; the first of a name counts.

    `tags` are all of `article:tag`, the one name of which each element says one of several things.
    """

    values: dict[str, str]
    tags: tuple[str, ...] = ()

    def first(self, *names: str) -> str:
        """Return the first of these that says anything, else nothing."""
        return next((self.values[name] for name in names if self.values.get(name)), "")

    @property
    def published(self) -> tuple[str, ...]:
        """List what is said of the date of publication, the surest name first."""
        return tuple(self.values[name] for name in _DATE_NAMES if self.values.get(name))


def read_meta(root: html.HtmlElement) -> Meta:
    """Read the meta elements of a page."""
    values: dict[str, str] = {}
    tags: list[str] = []
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        name, content = name.strip().lower(), one_line(element.get("content"))
        values.setdefault(name, content)
        if name == "article:tag":
            tags.append(content)
    return Meta(values=values, tags=tuple(tags))


def read_statements(root: html.HtmlElement) -> tuple[Statement, ...]:
    """Read what JSON-LD says of articles; where it speaks of none, what it says of the page."""
    nodes = [node for block in _blocks(root) for node in _nodes(block, 0)]
    for types in (_ARTICLE_TYPES, _PAGE_TYPES):
        found = [node for node in nodes if any(types.search(name) for name in _types(node))]
        if found:
            return tuple(_statement(node, is_article=types is _ARTICLE_TYPES) for node in found)
    return ()


def read_types(root: html.HtmlElement) -> tuple[str, ...]:
    """Name what JSON-LD and microdata say a page is, by the last part of each name."""
    nodes = (node for block in _blocks(root) for node in _nodes(block, 0))
    named = [name for node in nodes for name in _types(node)]
    marked = [
        name for element in root.xpath(".//*[@itemtype]")[:_MOST_BLOCKS] for name in element.get("itemtype").split()
    ]
    return tuple(name.rstrip("/").rpartition("/")[2] for name in (*named, *marked))


def read_breadcrumbs(root: html.HtmlElement) -> tuple[str, ...]:
    """Name the parts of the outlet that lead to a page, the widest first, without the page itself."""
    for node in (node for block in _blocks(root) for node in _nodes(block, 0)):
        if "BreadcrumbList" in _types(node) and isinstance(node.get("itemListElement"), list):
            crumbs = [each for each in node["itemListElement"] if isinstance(each, dict)]
            named = [name for each in crumbs for name in _names([each.get("name") or each.get("item")])]
            return tuple(name for name in named[:-1] if name)
    return ()


def one_line(text: str | None) -> str:
    """Return words as one line, escapes undone, without NULs and broken letters."""
    bare = unescape(text or "").replace("\x00", "").encode(errors="ignore").decode()
    return " ".join(bare.split())


def is_article_stated(written: Iterable[str]) -> bool:
    """Tell whether one of some JSON-LD blocks speaks of an article."""
    nodes = (node for block in _read_blocks(written) for node in _nodes(block, 0))
    return any(_ARTICLE_TYPES.search(name) for node in nodes for name in _types(node))


def _blocks(root: html.HtmlElement) -> Iterator[Any]:
    scripts = root.findall(_JSON_LD)[: 4 * _MOST_BLOCKS]
    return _read_blocks(each.text or "" for each in scripts if "ld+json" in each.get("type").lower())


def _read_blocks(written: Iterable[str]) -> Iterator[Any]:
    for each in written:
        bare = re.sub(r"^(?://)? ?<!\[CDATA\[|(?://)? ?\]\]>$", "", each.strip(" \r\n\t;"))
        try:
            yield json.loads(bare, strict=False)
        except (ValueError, RecursionError):
            continue


def _nodes(block: Any, depth: int) -> Iterator[dict[str, Any]]:  # noqa: ANN401 JSON holds anything
    """Walk the nodes of a block: lists, graphs, and what a page is about."""
    if depth > 4 or not isinstance(block, (list, dict)):  # noqa: PLR2004 deeper stands no article
        return
    if isinstance(block, list):
        for each in block[:_MOST_BLOCKS]:
            yield from _nodes(each, depth + 1)
        return
    yield block
    for key in ("@graph", "mainEntity", "mainEntityOfPage"):
        yield from _nodes(block.get(key), depth + 1)


def _types(node: dict[str, Any]) -> list[str]:
    stated = node.get("@type")
    return [name for name in (stated if isinstance(stated, list) else [stated]) if isinstance(name, str)]


def _statement(node: dict[str, Any], *, is_article: bool) -> Statement:
    return Statement(
        is_article=is_article,
        headline=_words(node.get("headline") or node.get("name")),
        published=_words(node.get("datePublished")),
        authors=tuple(name for name in _names(node.get("author")) if name),
        outlet=next(iter(_names(node.get("publisher"))), ""),
        subtitle=_words(node.get("alternativeHeadline")),
        section=next((name for name in _names(node.get("articleSection")) if name), ""),
        keywords=tuple(name for name in _names(node.get("keywords")) if name),
        image=_address(node.get("image")) or _address(node.get("thumbnailUrl")),
    )


def _address(stated: Any) -> str:  # noqa: ANN401 JSON holds anything
    """Return the address of an image, of its node, or of the first of several."""
    first = stated[0] if isinstance(stated, list) and stated else stated
    named = (first.get("url") or first.get("contentUrl")) if isinstance(first, dict) else first
    return _words(named[0] if isinstance(named, list) and named else named)


def _names(stated: Any) -> list[str]:  # noqa: ANN401 JSON holds anything
    """List the names of a person, an organisation, or several."""
    each = stated if isinstance(stated, list) else [stated]
    names = [one.get("name") if isinstance(one, dict) else one for one in each]
    return [_words(name[0] if isinstance(name, list) and name else name) for name in names]


def _words(stated: Any) -> str:  # noqa: ANN401 JSON holds anything
    return _TAG.sub("", one_line(stated)) if isinstance(stated, str) else ""
