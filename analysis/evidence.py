"""All that a page offers to tell its author and its day by, and where on the page that stands: around the heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import tzinfo
from itertools import islice

from lxml import html

from analysis.records import Page
from analysis.statements import Meta, Statement, one_line

_ASIDE = re.compile(
    r"related|sidebar|widget|comment|footer|menu|ticker|trending|latest|popular|recommend|modified|updated|read-?also|more-|carousel|swiper",
    re.IGNORECASE,
)
_UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "svg", "form", "nav", "footer", "aside", "select", "option"}
)
_LINES_AFTER, _LINES_BEFORE, _LONGEST_LINE = 14, 3, 110
_LEVELS = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """A page, what it states for machines, and the element that shows its title, if one does.

    `zone` is that of times printed without one; None where it is not known.
    """

    page: Page
    root: html.HtmlElement
    meta: Meta
    statements: tuple[Statement, ...]
    heading: html.HtmlElement | None
    zone: tzinfo | None


def surroundings(evidence: Evidence) -> Iterator[html.HtmlElement]:
    """Give what stands around the heading, the nearest first, up to the whole of the page but without it."""
    around = evidence.heading
    for _ in range(_LEVELS):
        around = None if around is None else around.getparent()
        if around is None or around.tag == "body":
            return
        yield around


def is_aside(element: html.HtmlElement) -> bool:
    """Tell what stands in a list of other articles, a footer, a comment, or names a revision."""
    for each in (element, *islice(element.iterancestors(), _LEVELS)):
        names = f"{each.get('class', '')} {each.get('id', '')} {each.get('itemprop', '')}"
        if each.tag in _UNSEEN or (each.tag not in {"body", "html"} and _ASIDE.search(names)):
            return True
    return False


def lines_around(evidence: Evidence) -> tuple[list[str], list[str]]:
    """List the last short lines before the heading and the first ones after it, in the order of the page."""
    if evidence.heading is None:
        return [], []
    elements = [each for each in evidence.root.iter() if isinstance(each.tag, str)]
    at = elements.index(evidence.heading)
    inside = len(list(evidence.heading.iter("*")))
    before = islice(_lines(reversed(elements[:at])), _LINES_BEFORE)
    after = islice(_lines(elements[at + inside :]), _LINES_AFTER)
    return list(before)[::-1], list(after)


def _lines(elements: Iterable[html.HtmlElement]) -> Iterator[str]:
    return (line for each in elements if (line := _own_line(each)))


def _own_line(element: html.HtmlElement) -> str:
    """Return the words that stand in an element itself, if they are few and seen."""
    line = one_line(" ".join([element.text or "", *(child.tail or "" for child in element)]))
    return line if line and len(line) <= _LONGEST_LINE and not is_aside(element) else ""
