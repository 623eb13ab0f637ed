"""Takes out of a page, as Lexbor parses it, what is furniture for sure: less than `furniture` does, and sooner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from analysis.furniture import HERE, MOST_LETTERS, MOST_LINKED, MOST_SHARE, PLACES
from analysis.furniture_words import ROLES
from analysis.titles import TELLING, plain

_PLACES = ", ".join((*sorted(PLACES), "[role]"))
_LISTS = "ul, ol, h2, h3, h4"
_HEADINGS = "h1, h2, h3"
_LONGEST_HEADING = 400


def take_out_furniture(page: LexborHTMLParser, titles: Sequence[str]) -> None:
    """Take furniture out of a page, in place, but what holds its headline."""
    if page.body is None:
        return
    most = min(MOST_LETTERS, MOST_SHARE * _bare(page.body))
    kept = set(_around_headlines(page, [plain(title) for title in titles]))
    found = {each.mem_id: each for each in _set_apart(page) if each.mem_id not in kept and _bare(each) <= most}
    lists = (each for each in page.css(_LISTS) if each.mem_id not in kept and 0 < _letters(each) <= MOST_LINKED)
    found |= {each.mem_id: each for each in lists if not _bare(each)}
    take_out([*found.values()])


def take_out(found: Sequence[LexborNode]) -> None:
    """Take elements out of their page; what stands within one of them goes with it, and is not touched again."""
    inside = {each.mem_id for each in found}
    for each in [each for each in found if inside.isdisjoint(_above(each))]:
        each.decompose()


def _set_apart(page: LexborHTMLParser) -> Iterator[LexborNode]:
    """Give what is furniture by its place or its role."""
    for each in page.css(_PLACES):
        if each.tag in PLACES or each.attributes["role"] in ROLES:
            yield each


def _around_headlines(page: LexborHTMLParser, titles: Sequence[str]) -> Iterator[int]:
    """Name what may show the title and all that holds it."""
    for heading in page.css(_HEADINGS):
        shown = plain(heading.text()[:_LONGEST_HEADING])
        if heading.tag == "h1" or any(_is_same(shown, title) for title in titles):
            yield from (heading.mem_id, *_above(heading))


def _is_same(shown: str, title: str) -> bool:
    return shown in title or (len(title) > TELLING and title in shown)


def _above(node: LexborNode) -> Iterator[int]:
    return (each.mem_id for each in _ancestors(node))


def _ancestors(node: LexborNode) -> Iterator[LexborNode]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def _letters(node: LexborNode) -> int:
    return len(node.text(strip=True))


def _bare(node: LexborNode) -> int:
    """Count the letters of an element that stand in no link to elsewhere."""
    links = (each for each in node.css("a") if not (each.attributes.get("href") or "#").startswith(HERE))
    return _letters(node) - sum(map(_letters, links))
