"""Finds many terms in one pass: every spelling of every term, with the Arabic words that cling to it, in one automaton.

What a term means is left to `analysis/tags.py` and `analysis/relevance.py`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

import ahocorasick

from analysis.arabic import Canonical, canonical_with_map
from analysis.clitics import bare, name_forms, phrase_forms, plain_form

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A term, and the characters of the original text where it stands."""

    term: T
    start: int
    end: int

    def overlaps(self, other: Found[Any]) -> bool:
        """Tell whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def is_near(self, other: Found[Any], distance: int) -> bool:
        """Tell whether at most `distance` characters lie between the two."""
        return self.start - other.end <= distance and other.start - self.end <= distance


class Line(Generic[T]):
    """Findings along a text, which tell what is near a place without looking at all of them."""

    def __init__(self, found: Iterable[Found[T]]) -> None:
        self._found = sorted(found, key=lambda each: (each.start, each.end))
        self._starts = [each.start for each in self._found]
        self._longest = max((each.end - each.start for each in self._found), default=0)

    def near(self, place: Found[Any], distance: int) -> list[Found[T]]:
        """Return, in their order, the findings with at most `distance` characters between them and the place."""
        first = bisect_left(self._starts, place.start - distance - self._longest)
        last = bisect_right(self._starts, place.end + distance)
        return [each for each in self._found[first:last] if each.is_near(place, distance)]

    def overlapping(self, place: Found[Any]) -> list[Found[T]]:
        """Return the findings that share a character with the place."""
        return [each for each in self.near(place, 0) if each.overlaps(place)]


# ---------------------------------------------------------------- capitals


def _is_capitalised(surface: str) -> bool:
    return surface[:1].isupper()


_Case = Callable[[str], bool] | None


def _case_of(name: str) -> _Case:
    """Say how a name must be printed: as an acronym or with a capital if the seeds print it so (nice is not Nice)."""
    if not name[:1].isupper():
        return None
    return str.isupper if len(name) > 1 and name.isupper() else _is_capitalised


# ---------------------------------------------------------------- the automaton


@dataclass(frozen=True, slots=True)
class Spelling(Generic[T]):
    """A term and one way to write it; `inflected` lets the Arabic article stand before its words."""

    term: T
    words: str
    inflected: bool = False

    @property
    def forms(self) -> Iterator[str]:
        """Spell it in canonical form, with all that may be written onto it."""
        return phrase_forms(self.words) if self.inflected else name_forms(self.words)


class TermFinder(Generic[T]):
    """All spellings of many terms, compiled once; finds them in a text in one pass."""

    def __init__(self, spellings: Iterable[Spelling[T]], rivals: Callable[[T], object] = lambda _: None) -> None:
        """Compile: some fifty thousand forms take a second.

        A form that is another term's own spelling is that term alone: وجدة is Oujda, and not "and Jeddah". Only those
        that `rivals` puts together are: Interpol with its article is a body, and a theme too.
        """
        listed = list(spellings)
        own: dict[tuple[object, str], set[T]] = {}
        for spelling in listed:
            own.setdefault((rivals(spelling.term), plain_form(spelling.words)), set()).add(spelling.term)
        forms: dict[str, dict[T, set[_Case]]] = {}
        for spelling in listed:
            case = _case_of(spelling.words)
            for form in spelling.forms:
                if spelling.term in own.get((rivals(spelling.term), form), {spelling.term}):
                    forms.setdefault(form, {}).setdefault(spelling.term, set()).add(case)
        self._automaton = ahocorasick.Automaton()
        for form, cases in forms.items():
            entries = tuple((term, () if None in some else tuple(filter(None, some))) for term, some in cases.items())
            self._automaton.add_word(f" {form} ", (len(form), entries))
        self._automaton.make_automaton()

    def forms(self) -> Iterator[tuple[str, list[T]]]:
        """Give each form that is looked for, with a space at each end, and the terms it may stand for."""
        for form, (_, entries) in self._automaton.items():
            yield form, [term for term, _ in entries]

    def find(self, text: str) -> list[Found[T]]:
        """Find every term that stands in the text as whole words, in the order of where they end."""
        if not self._automaton:
            return []
        spelt, searched = _prepared(text)
        found: list[Found[T]] = []
        for last, (length, entries) in self._automaton.iter(searched):
            start, end = spelt.original(last - 1 - length, last - 1)
            for term, cases in entries:
                if not cases or any(is_case(text[start:end]) for is_case in cases):
                    found.append(Found(term, start, end))
        return found


@lru_cache(maxsize=4)  # tags, relevance and reports read the same title and text one after the other
def _prepared(text: str) -> tuple[Canonical, str]:
    spelt = canonical_with_map(text)
    return spelt, bare(spelt.text)


def longest(found: Iterable[Found[T]], kind: Callable[[T], object]) -> list[Found[T]]:
    """Keep, of overlapping findings of one kind, the one that begins first and among those the longest."""
    kept: list[Found[T]] = []
    until: dict[object, int] = {}
    for each in sorted(found, key=lambda each: (each.start, -each.end)):
        group = kind(each.term)
        if each.start >= until.get(group, 0):
            kept.append(each)
            until[group] = each.end
    return kept
