"""The headline of a page, without the outlet's name behind it, and the element that shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from lxml import html

from analysis.arabic import canonical, words
from analysis.statements import Meta, Statement, one_line
from analysis.urls import host

_SIGNS = re.compile(r"\s+[-|–—•·»«:]+\s+|\s*\|\s*")
_SHORTENED = ("...", "…", "[…]")
_LONGEST_TITLE = 400
_MOST_HEADINGS = 60
TELLING = 20  # letters from which one title within another is no chance


def find_title(root: html.HtmlElement, meta: Meta, statements: Sequence[Statement], url: str) -> str | None:
    """Find the headline: JSON-LD, Open Graph, the heading, the title element, in this order; None without any.

    One that stands in two of these places goes before one that stands alone.
    """
    outlets = outlets_of(meta, statements, url)
    stated = [*(each.headline for each in statements[:1]), meta.first("og:title", "twitter:title")]
    written = one_line(root.findtext(".//title"))
    heading = _heading(root, [*stated, written], outlets)
    whole = [title for title in (*stated, heading, written) if len(title) <= _LONGEST_TITLE]
    titles = [_without_outlet(title, outlets, heading) for title in whole]
    titles = [title for title in titles if title and plain(title) not in outlets]
    return _in_full(_agreed(titles), titles) if titles else None


def outlets_of(meta: Meta, statements: Iterable[Statement], url: str) -> frozenset[str]:
    """Name the outlet in every way the page does, and by its host with and without its ending."""
    name = host(url)
    names = [meta.first("og:site_name"), meta.first("application-name"), *(each.outlet for each in statements)]
    names += [name, name.rpartition(".")[0], *name.split(".")[:-1]]
    return frozenset(bare for each in names if (bare := plain(each)))


def plain(title: str) -> str:
    """Return a title or name as its letters and digits alone, in canonical form, to compare with another."""
    return "".join(words(canonical(title)))


def _heading(root: html.HtmlElement, known: Sequence[str], outlets: frozenset[str]) -> str:
    """Choose the heading that the page repeats elsewhere, else the first."""
    shown = [one_line(element.text_content()) for element in islice(root.iter("h1"), _MOST_HEADINGS)]
    headings = [each for each in dict.fromkeys(shown) if 0 < len(each) <= _LONGEST_TITLE and plain(each) not in outlets]
    others = [plain(title) for title in known]
    repeated = (heading for heading in headings if any(plain(heading) in other for other in others))
    return next(repeated, headings[0] if headings else "")


def _without_outlet(title: str, outlets: frozenset[str], heading: str) -> str:
    """Cut parts at either end that name the outlet, or all that the heading does not say."""
    if heading and len(heading) < len(title) and title.startswith(heading) and _SIGNS.match(title, len(heading)):
        return heading
    signs = list(_SIGNS.finditer(title))
    if signs and plain(title[signs[-1].end() :]) in outlets:
        return _without_outlet(title[: signs[-1].start()].strip(), outlets, heading)
    if signs and plain(title[: signs[0].start()]) in outlets:
        return _without_outlet(title[signs[0].end() :].strip(), outlets, heading)
    return title.strip()


def _agreed(titles: Sequence[str]) -> str:
    """Take the first title that the page gives in two places: a headline in metadata may be that of its section."""
    plains = [plain(title) for title in titles]
    for index, bare in enumerate(plains):
        others = plains[:index] + plains[index + 1 :]
        if bare in others or (len(bare) > TELLING and any(bare in other for other in others)):
            return titles[index]
    return titles[0]


def _in_full(title: str, titles: Iterable[str]) -> str:
    """Return the longer form of a title that was cut short."""
    if not title.endswith(_SHORTENED):
        return title
    start = plain(title)
    return next(
        (longer for longer in titles if len(plain(longer)) > len(start) and plain(longer).startswith(start)), title
    )


def find_heading(root: html.HtmlElement, title: str) -> html.HtmlElement | None:
    """Find the element that shows the title over the text: a heading that says the same, or else the only h1."""
    bare = plain(title)
    for element in islice(root.iter("h1", "h2", "h3"), _MOST_HEADINGS):
        shown = plain(one_line(element.text_content())[:_LONGEST_TITLE])
        if shown and (shown == bare or (len(shown) > TELLING and (shown in bare or bare in shown))):
            return element
    headings = list(root.iter("h1"))
    return headings[0] if len(headings) == 1 else None
