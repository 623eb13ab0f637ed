"""Take out of a page what stands around and between its article: who, when, sharing, other articles, appeals.

An extractor judges blocks by their size and links, and on a short page keeps all; what an element is for is told here
by its role, its name, its links and its place, and it goes only where it holds little beside the rest of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import html

from analysis.arabic import canonical
from analysis.furniture_words import NAMES, READ_ALSO, ROLES

UNSEEN = frozenset(
    {"style", "noscript", "template", "svg", "iframe", "button", "input", "select", "textarea", "object", "canvas"}
)
PLACES = frozenset({"nav", "footer", "aside", "form", "time", "menu", "dialog"})
_RUNNING = frozenset({"p", "li", "blockquote", "td", "dd", "figcaption"})
_BLOCKS = frozenset(
    {"div", "p", "ul", "ol", "li", "section", "table", "dl", "h2", "h3", "h4", "h5", "h6", "q", "center", "strong", "b"}
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
HERE = ("#", "mailto:", "tel:")
MOST_LETTERS = 300
MOST_SHARE = 0.25
_MOST_ABOVE = 200
_MOST_BARE = 60
MOST_LINKED = 400
_FEW_WORDS = 3
_WITHIN = frozenset({"li", "strong", "b"})


@dataclass(slots=True)
class Weight:
    """How many letters an element holds, and how many of them stand in links."""

    letters: int = 0
    linked: int = 0

    @property
    def bare(self) -> int:
        """Count the letters outside links."""
        return self.letters - self.linked


def take_out_furniture(root: html.HtmlElement, heading: html.HtmlElement | None) -> None:
    """Take the furniture out of a page, in place. What the page states for machines stays."""
    body = root.find("body")
    if body is None:
        return
    for element in list(body.iter(*UNSEEN)):
        _take_out(element)
    weights = weigh(body)
    for element in _furniture(weights, heading, min(MOST_LETTERS, MOST_SHARE * weights[body].bare)):
        _take_out(element)


def _furniture(
    weights: dict[html.HtmlElement, Weight], heading: html.HtmlElement | None, most: float
) -> list[html.HtmlElement]:
    """List the outermost elements that are furniture and hold no more than `most` letters outside links."""
    around = set() if heading is None else {heading, *heading.iterancestors()}
    above = set(_above(heading))
    inside: set[html.HtmlElement] = set()
    found = []
    for element, weight in weights.items():
        if element.getparent() in inside:
            inside.add(element)
        elif element not in around and weight.bare <= most and _is_furniture(element, weight, above):
            inside.add(element)
            found.append(element)
    return found


def _take_out(element: html.HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def weigh(body: html.HtmlElement) -> dict[html.HtmlElement, Weight]:
    """Weigh each element of a page, in the order of the page."""
    weights = {each: Weight() for each in body.iter("*")}
    for element, weight in reversed(weights.items()):
        tag = element.tag
        if tag != "script":
            weight.letters += _letters(element.text)
        if tag == "a" and not (element.get("href") or "#").startswith(HERE):
            weight.linked = weight.letters
        parent = weights.get(element.getparent())
        if parent:
            parent.letters += weight.letters + _letters(element.tail)
            parent.linked += weight.linked
    return weights


def _letters(text: str | None) -> int:
    return len(text.strip()) if text else 0


def _is_furniture(element: html.HtmlElement, weight: Weight, above: set[html.HtmlElement]) -> bool:
    if element.tag in PLACES or element.get("role") in ROLES:
        return True
    if not weight.letters:
        return False
    stands_above = element in above and weight.bare <= _MOST_ABOVE
    return stands_above or _is_named(element) or (element.tag in _BLOCKS and _leads_away(element, weight))


def _is_named(element: html.HtmlElement) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')} {element.get('itemprop', '')}"
    if names == "  " or not _names_furniture(names):
        return False
    return element.tag in _RUNNING or not any(each.tag in _RUNNING for each in element.iterancestors())


@lru_cache(maxsize=4096)  # a theme gives its few names again on all its pages
def _names_furniture(names: str) -> bool:
    return NAMES.search(_CAMEL.sub("-", names).lower()) is not None


def _leads_away(element: html.HtmlElement, weight: Weight) -> bool:
    """Tell a line or list that is only links, and what introduces links, with them or alone."""
    if weight.bare > _MOST_BARE or weight.letters > MOST_LINKED:
        return False
    if not weight.bare:
        return element.tag not in _WITHIN
    line = canonical(" ".join(element.text_content().split()))
    begins = READ_ALSO.match(line)
    return begins is not None and (weight.linked > 0 or len(line[begins.end() :].split()) <= _FEW_WORDS)


def _above(heading: html.HtmlElement | None) -> Iterator[html.HtmlElement]:
    """Give what stands above the heading, beside it and its ancestors."""
    element = heading
    while element is not None and element.tag != "body":
        yield from element.itersiblings(preceding=True)
        element = element.getparent()
