"""Tells from the markup of a page, before it is parsed, that no article on it can be about the topic.

What `need` says an article needs at least is looked for in all that the page shows, its furniture too; so what passes
is more than what is relevant. What is left of a page without its furniture is asked again, before it is extracted.
"""

from __future__ import annotations

from html import unescape

from lxml import etree, html

from analysis.need import Need
from analysis.pagekinds import headline_kind
from analysis.shown import read_shown, title_of
from analysis.support import Support
from analysis.tags import Vocabulary

_FEW_WORDS = 250  # such a page costs little to parse, and is often a wall or an error, which is worth knowing
_MOST_BETWEEN = 1_000  # characters of furniture that may be taken out between two words of one finding
_MOST_LEFT_BETWEEN = 300  # the same where what is known to be furniture is out already
_MOST_TEXT = 50_000  # characters beyond which parsing a page costs less than looking at all its words again
_REFUSED = "gate: its words cannot make it relevant"


class Gate:
    """The words without which no article is relevant: made once, asked for every page."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Compile them; takes a fifth of a second."""
        self._need = Need(vocabulary)
        self._support = Support(vocabulary)

    def refuses(self, markup: str) -> str:
        """Say why no article of a decoded page can be relevant; nothing where one could be, or where it says little."""
        title = title_of(markup)
        if title and headline_kind(unescape(title)):
            return ""
        return self._refuses(*read_shown(markup), _MOST_BETWEEN)

    def refuses_rest(self, rest: html.HtmlElement, title: str) -> str:
        """Say the same of what is left of a page without its furniture, and of the title that was found."""
        if headline_kind(title):
            return ""
        text, _ = read_shown(etree.tostring(rest, encoding="unicode"))
        return self._refuses(text, title, _MOST_LEFT_BETWEEN)

    def _refuses(self, text: str, told: str, removed: int) -> str:
        few = text.count(" ") < _FEW_WORDS
        return "" if few or self._is_met(text, told, removed) else _REFUSED

    def _is_met(self, text: str, told: str, removed: int) -> bool:
        if not self._need.is_met(text, told, removed):
            return False
        return len(text) > _MOST_TEXT or self._support.is_met(text, told, removed)
