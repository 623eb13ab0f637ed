"""Tells from the markup of a page, before it is parsed, that no article on it can be about the topic.

What `need` says an article needs at least is looked for in all that the page shows, its furniture too; so what passes
is more than what is relevant. What is left of a page without its furniture is asked again, before it is extracted.
"""

from __future__ import annotations

from analysis.need import Need
from analysis.pagekinds import headline_kind
from analysis.shown import Shown
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
        """Say why no article of a decoded page can be relevant; nothing where one could be, or where it says little.

        Of a page that says to machines that it is an article, what is left without its furniture is asked too: of any
        other it is worth knowing whether it is a list or a wall.
        """
        shown = Shown(markup)
        if not shown.is_readable or shown.text.count(" ") < _FEW_WORDS or headline_kind(shown.title):
            return ""
        told = " ".join(shown.titles)
        look = self._need.look(shown.text, told)
        if not look.is_met(_MOST_BETWEEN):
            return _REFUSED
        if look.is_headed():
            return ""
        if shown.states_article:
            return "" if self._is_met(shown.rest, told, _MOST_LEFT_BETWEEN) else _REFUSED
        return "" if self._is_supported(shown.text, told, _MOST_BETWEEN) else _REFUSED

    def refuses_text(self, title: str, text: str) -> str:
        """Say the same of an article, before its date and particulars are read."""
        return "" if self._need.is_met(text, title, 0) else _REFUSED

    def _is_met(self, text: str, told: str, removed: int) -> bool:
        return self._need.is_met(text, told, removed) and self._is_supported(text, told, removed)

    def _is_supported(self, text: str, told: str, removed: int) -> bool:
        return len(text) > _MOST_TEXT or self._support.is_met(text, told, removed)
