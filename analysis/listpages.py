"""Tells a page that lists articles (a section, a tag, an author, a home page, a search) from one that is an article.

A list is made of cards: headings that are links, each with a few words, beside others of its like. What is taken for
the text of such a page is what its cards say, or the words of its links.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from lxml import html

from analysis.arabic import canonical, words

_HEADINGS = ("h1", "h2", "h3", "h4", "h5")
_FEWEST_WORDS = 4  # of a link that is a headline: less is a section or a button
_MOST_CARD_WORDS = 120
_FEWEST_CARDS = 4
_MOST_LINKS = 2_000


def count_headlines(root: html.HtmlElement) -> int:
    """Count the links of a page that read like headlines, each address once."""
    return len({link.get("href") for link in _headlines(root)})


def listed_share(root: html.HtmlElement, text: str) -> float:
    """Return the share (0..1) of a text, in words, whose lines stand on its page in cards or in links."""
    links = _headlines(root)
    listed = "\n".join(" ".join(links.get(each) or _words_of(each)) for each in _outermost((*_cards(root), *links)))
    lines = [words(canonical(line)) for line in text.splitlines()]
    return sum(len(line) for line in lines if " ".join(line) in listed) / max(1, sum(map(len, lines)))


def most_together(root: html.HtmlElement) -> int:
    """Count the words of the paragraphs of that element which holds most of them beside one another."""
    together = Counter[html.HtmlElement]()
    for paragraph in root.iter("p"):
        parent = paragraph.getparent()
        if parent is not None:
            together[parent] += len(_words_of(paragraph))
    return max(together.values(), default=0)


def _cards(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Give the elements around a heading that is a link, where several of their like stand beside one another."""
    headings = {each for each in root.iter(*_HEADINGS) if _is_linked(each) and len(_words_of(each)) >= _FEWEST_WORDS}
    around = Counter(each for heading in headings for each in heading.iterancestors())
    cards = [_widest(heading, around) for heading in headings]
    alike = Counter(_like(card) for card in cards)
    for card in cards:
        if alike[_like(card)] >= _FEWEST_CARDS and len(_words_of(card)) <= _MOST_CARD_WORDS:
            yield card


def _is_linked(heading: html.HtmlElement) -> bool:
    parent = heading.getparent()
    return heading.find(".//a") is not None or (parent is not None and parent.tag == "a")


def _widest(heading: html.HtmlElement, around: Counter[html.HtmlElement]) -> html.HtmlElement:
    """Climb from a heading as long as no other such heading is beside it."""
    card = heading
    for parent in heading.iterancestors():
        if around[parent] > 1 or parent.tag in {"body", "html"}:
            break
        card = parent
    return card


def _like(card: html.HtmlElement) -> tuple[object, str, str]:
    """Name what cards of one list share: the tag, the first class, and how deep they stand."""
    classes = (card.get("class") or "").split()
    return card.tag, classes[0].rstrip("-_0123456789") if classes else "", str(sum(1 for _ in card.iterancestors()))


def _outermost(elements: Iterable[html.HtmlElement]) -> Iterator[html.HtmlElement]:
    chosen = set(elements)
    return (each for each in chosen if not any(above in chosen for above in each.iterancestors()))


def _headlines(root: html.HtmlElement) -> dict[html.HtmlElement, list[str]]:
    """Return the links of a page that read like headlines, and the words of each."""
    away = (link for link in list(root.iter("a"))[:_MOST_LINKS] if not (link.get("href") or "#").startswith("#"))
    return {link: said for link in away if len(said := _words_of(link)) >= _FEWEST_WORDS}


def _words_of(element: html.HtmlElement) -> list[str]:
    return words(canonical(element.text_content()))
