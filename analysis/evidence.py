"""All that a page offers to tell its author and its day by, and where on the page that stands: around the heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import tzinfo
from itertools import islice

from lxml import etree, html

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

    `clocks` are those its times may be printed by (`clocks.clocks_of`).
    """

    page: Page
    root: html.HtmlElement
    meta: Meta
    statements: tuple[Statement, ...]
    heading: html.HtmlElement | None
    clocks: tuple[tzinfo, ...]

    @property
    def zone(self) -> tzinfo | None:
        """The zone of times printed without one; None where it may be one of several."""
        return self.clocks[0] if len(self.clocks) == 1 else None


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
    before = islice(_lines(_before(evidence.heading)), _LINES_BEFORE)
    return list(before)[::-1], list(islice(lines_after(evidence), _LINES_AFTER))


def lines_after(evidence: Evidence) -> Iterator[str]:
    """Give the short lines after the heading, without walking further than they are asked for."""
    return _lines(_after(evidence.heading))


def _after(element: html.HtmlElement | None) -> Iterator[html.HtmlElement]:
    while element is not None:
        for sibling in element.itersiblings():
            yield from sibling.iter(etree.Element)
        element = element.getparent()


def _before(element: html.HtmlElement | None) -> Iterator[html.HtmlElement]:
    """Walk backwards over what ends or begins before an element: its elder siblings, its parent, and theirs."""
    while element is not None:
        for sibling in element.itersiblings(preceding=True):
            yield from reversed(list(sibling.iter(etree.Element)))
        element = element.getparent()
        if element is not None:
            yield element


def _lines(elements: Iterable[html.HtmlElement]) -> Iterator[str]:
    return (line for each in elements if (line := _own_line(each)))


def _own_line(element: html.HtmlElement) -> str:
    """Return the words that stand in an element itself, if they are few and seen."""
    line = one_line(" ".join([element.text or "", *(child.tail or "" for child in element)]))
    return line if line and len(line) <= _LONGEST_LINE and not is_aside(element) else ""
