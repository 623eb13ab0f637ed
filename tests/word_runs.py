"""Texts as runs of words, to find wording that stands in two places."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.arabic import canonical, words


def spelt(text: str) -> str:
    """Return the words of a text in their canonical form, parted by one space."""
    return " ".join(words(canonical(text)))


def runs(text: str, length: int) -> Iterator[str]:
    """Give each run of so many words of a spelt text."""
    found = text.split(" ")
    for start in range(len(found) - length + 1):
        yield " ".join(found[start : start + length])
