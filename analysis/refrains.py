"""Refrains: paragraphs that a source prints in article after article. They are learnt, and left out of fingerprints.

Who keeps what was seen is not said here: the archive does in Postgres, and `Refrains` in memory.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import xxhash

from analysis.arabic import canonical, words
from analysis.dedupe import fingerprint, shingle_hashes
from analysis.records import Fingerprint

ARTICLES, DAYS = 5, 2
"""A paragraph is a refrain once so many articles of one source have it, of which the last came so much later."""
LEAST_WORDS = 20
"""Where a text has fewer words beside its refrains, all of it is what it says: it may be a refrain printed alone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """In how many articles of a source a paragraph stood, the days of the first and last, and the last one's title."""

    articles: int
    first_on: date
    last_on: date
    title: int

    @property
    def is_refrain(self) -> bool:
        """Tell whether it stands in article after article, and not just in those on one matter."""
        return self.articles >= ARTICLES and (self.last_on - self.first_on).days >= DAYS

    def again(self, told_on: date, title: int) -> Seen:
        """See it once more, unless it is only the same article anew."""
        if title == self.title:
            return self
        return Seen(
            articles=self.articles + 1,
            first_on=min(self.first_on, told_on),
            last_on=max(self.last_on, told_on),
            title=title,
        )


class _Paragraph(NamedTuple):
    """A line of a text, the hash of its canonical words, and how many these are."""

    said: str
    hash: int
    words: int


@lru_cache(maxsize=1)  # whoever files an article asks before and after it is placed
def _paragraphs(text: str) -> tuple[_Paragraph, ...]:
    found = ((each, words(canonical(each))) for each in text.splitlines())
    return tuple(_Paragraph(each, _hash(spelt), len(spelt)) for each, spelt in found)


def paragraph_hashes(text: str) -> tuple[int, ...]:
    """Return the unsigned 64-bit XXH3 of the canonical words of each paragraph, sorted, each once."""
    return tuple(sorted({each.hash for each in _paragraphs(text)} - {NOTHING}))


def hash_of(said: str) -> int:
    """Return the unsigned 64-bit XXH3 of the canonical words of a paragraph or a title."""
    return _hash(words(canonical(said)))


def _hash(spelt: Sequence[str]) -> int:
    return xxhash.xxh3_64_intdigest(" ".join(spelt).encode())


NOTHING = hash_of("")


def title_hash(title: str, text: str) -> int:
    """Return what tells articles of one source apart: the hash of the title, of the text where there is none."""
    return hash_of(title.strip() or text)


def leave_out(text: str, refrains: Collection[int]) -> str:
    """Return a text without the paragraphs of these hashes; the whole of it where hardly anything else is left."""
    left = [each for each in _paragraphs(text) if each.hash not in refrains]
    return "\n".join(each.said for each in left) if sum(each.words for each in left) >= LEAST_WORDS else text


def lessons(text: str, original: Fingerprint | None = None, *, is_own: bool = False) -> tuple[int, ...]:
    """Return the hashes of the paragraphs by which a text teaches what its source repeats.

    Of a copy of what another source printed, or a seed says, only those that its original has not. A copy of an article
    of its `own` source may be one by refrains alone, as long as they are not known; the same text teaches nothing.
    """
    if original is None or (is_own and fingerprint(text).exact != original.exact):
        return paragraph_hashes(text)
    known = {*original.hashes}
    return paragraph_hashes("\n".join(each for each in text.splitlines() if _is_new(each, known, original.limit)))


def _is_new(paragraph: str, known: Collection[int], limit: int) -> bool:
    sampled = [each for each in shingle_hashes(paragraph) if each < limit]
    return 2 * sum(each in known for each in sampled) < len(sampled)


class Refrains:
    """What was seen in memory, for whoever reads texts without a database."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._seen: dict[tuple[str, int], Seen] = {}

    def among(self, source_id: str, hashes: Sequence[int]) -> frozenset[int]:
        """Return those that are refrains of a source."""
        known = ((each, self._seen.get((source_id, each))) for each in hashes)
        return frozenset(each for each, seen in known if seen is not None and seen.is_refrain)

    def see(self, source_id: str, hashes: Sequence[int], title: int, told_on: date) -> None:
        """Learn from the paragraphs of an article."""
        first = Seen(articles=1, first_on=told_on, last_on=told_on, title=title)
        for each in hashes:
            known = self._seen.get((source_id, each))
            self._seen[source_id, each] = first if known is None else known.again(told_on, title)
