"""Single facts of an event in words, from the way `FactChange` writes them, and facts that are otherwise."""

from __future__ import annotations

from datetime import date

from analysis.records import EventKind, FactChange, Precision, When
from channels.days import days_in_words
from channels.names import NameBook
from channels.words import LanguageWords

CALLED = {"kind": "what", "countries": "where", "bodies": "who", "days": "when"}
"""What people fix, or outlets print differently, and letters call otherwise."""
LISTED = frozenset({"people", "countries", "bodies", "linked"})
"""Facts of which there can be several: each that is new or gone is a change."""


class FactWords:
    """Says facts in one language."""

    def __init__(self, names: NameBook, words: LanguageWords) -> None:
        """Take what names and words are."""
        self._names, self._words = names, words

    def change(self, change: FactChange) -> str:
        """Say one fact that is otherwise: `Date : le 27 juin 2026 (auparavant : le 26 juin 2026)`."""
        before = self.value(change.fact, change.before) if change.before is not None else None
        after = self.value(change.fact, change.after) if change.after is not None else None
        patterns = self._words.changes
        is_one_of_several = change.fact in LISTED
        first = patterns.added if is_one_of_several else patterns.known
        chosen = patterns.gone if after is None else first if before is None else patterns.changed
        return chosen.format(fact=self.fact(change.fact), before=before, after=after)

    def fact(self, fact: str) -> str:
        """Name a fact."""
        return str(getattr(self._words.facts, CALLED.get(fact, fact), fact))

    def value(self, fact: str, value: str) -> str:
        """Say what a fact is."""
        names = self._names
        namers = {"city": names.city, "people": names.person, "countries": names.country, "bodies": names.body}
        if fact in namers:
            return namers[fact](value, self._words)
        match fact:
            case "when" | "days":
                return days_in_words(_when(value), self._words)
            case "linked":
                return self.linked(value)
            case "split" | "merged":
                return self._words.says.event.format(number=value)
        return self._words.statuses.get(value, value)

    def linked(self, written: str) -> str:
        """Say another event by its number and kind, written `12 agreement`."""
        number, _, kind = written.partition(" ")
        return f"{self._words.kinds[EventKind(kind)]} ({self._words.says.event.format(number=number)})"


def _when(written: str) -> When:
    """Read days as `FactChange` writes them: `2026-06-26/2026-06-27 day`."""
    days, _, precision = written.partition(" ")
    first, _, last = days.partition("/")
    return When(first=date.fromisoformat(first), last=date.fromisoformat(last), precision=Precision(precision))
