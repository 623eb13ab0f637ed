"""Refrains: paragraphs that a source prints in article after article. They are learnt, and left out of fingerprints.

Who keeps what was seen is not said here: the archive does in Postgres, and `Refrains` in memory.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.arabic import canonical, words
from analysis.dedupe import fingerprint
from analysis.paragraphs import Paragraph, hash_of_words, paragraphs_of, trigrams_of
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


def paragraph_hashes(text: str) -> tuple[int, ...]:
    """Return the unsigned 64-bit XXH3 of the canonical words of each paragraph, sorted, each once."""
    return _hashes(paragraphs_of(text))


def hash_of(said: str) -> int:
    """Return the unsigned 64-bit XXH3 of the canonical words of a paragraph or a title."""
    return hash_of_words(words(canonical(said)))


def title_hash(title: str, text: str) -> int:
    """Return what tells articles of one source apart: the hash of the title, of the text where there is none."""
    return hash_of(title.strip() or text)


def leave_out(text: str, refrains: Collection[int]) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a text but those of these hashes; all of them where hardly anything else is left."""
    paragraphs = paragraphs_of(text)
    left = tuple(each for each in paragraphs if each.hash not in refrains)
    return left if sum(len(each.words) for each in left) >= LEAST_WORDS else paragraphs


def lessons(text: str, original: Fingerprint | None = None, *, is_own: bool = False) -> tuple[int, ...]:
    """Return the hashes of the paragraphs by which a text teaches what its source repeats.

    Of a copy of what another source printed, or a seed says, only those that its original has not. A copy of an article
    of its `own` source may be one by refrains alone, as long as they are not known; the same text teaches nothing.
    """
    if original is None or (is_own and fingerprint(text).exact != original.exact):
        return paragraph_hashes(text)
    known = {*original.hashes}
    return _hashes(each for each in paragraphs_of(text) if _is_new(each, known, original.limit))


def _hashes(paragraphs: Iterable[Paragraph]) -> tuple[int, ...]:
    return tuple(sorted({each.hash for each in paragraphs}))


def _is_new(paragraph: Paragraph, known: Collection[int], limit: int) -> bool:
    sampled = [each for each in trigrams_of([paragraph], paragraph.words) if each < limit]
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
