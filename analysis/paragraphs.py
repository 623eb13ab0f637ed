"""A text as its paragraphs: what is hashed of each is worked out once, and a text without some of them costs little."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

import xxhash

from analysis.arabic import canonical, words
from analysis.wording import numerals, wording_of

TRIGRAM = 3


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line with words in it: these in canonical form, their hash, and those of its trigrams, numbers and wording.

    Hashes are 64-bit XXH3, those of the wording 16 bits of it. A number is hashed after the word before it: in a
    bulletin's frame figures recur, but rarely in place. What crosses into the paragraphs beside it is not among them.
    """

    words: Sequence[str]
    hash: int
    trigrams: frozenset[int]
    numbers: frozenset[int]
    wording: tuple[int, ...]


@lru_cache(maxsize=1)  # whoever files an article asks when it is read, and before and after it is placed
def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a text that have words in them."""
    spelt = (words(canonical(each)) for each in text.splitlines())
    return tuple(_paragraph(each) for each in spelt if each)


def hash_of_words(found: Sequence[str]) -> int:
    """Return the unsigned 64-bit XXH3 of canonical words."""
    return xxhash.xxh3_64_intdigest(" ".join(found).encode())


def words_of(paragraphs: Iterable[Paragraph]) -> list[str]:
    """Return all words of a text."""
    return [word for each in paragraphs for word in each.words]


def trigrams_of(paragraphs: Sequence[Paragraph], found: Sequence[str]) -> set[int]:
    """Return the hashes of each run of three words of a text; a text of one or two words is its own run."""
    if 0 < len(found) < TRIGRAM:
        return {hash_of_words(found)}
    crossing = (found[at : at + TRIGRAM] for end in _ends(paragraphs) for at in (end - 2, end - 1) if at >= 0)
    across = {hash_of_words(each) for each in crossing if len(each) == TRIGRAM}
    return across.union(*(each.trigrams for each in paragraphs))


def numbers_of(paragraphs: Sequence[Paragraph], found: Sequence[str]) -> set[int]:
    """Return the hashes of each number of a text after the word before it."""
    starts = [at for at in (0, *_ends(paragraphs)) if at < len(found)]
    figures = numerals(frozenset(found[at] for at in starts))
    first = _hashes(f"{found[at - 1] if at else ''} {found[at]}" for at in starts if found[at] in figures)
    return {*first}.union(*(each.numbers for each in paragraphs))


def _ends(paragraphs: Iterable[Paragraph]) -> Iterator[int]:
    """Yield at which word of the text each paragraph ends."""
    return accumulate(len(each.words) for each in paragraphs)


def _paragraph(found: Sequence[str]) -> Paragraph:
    distinct = frozenset(found)
    figures = numerals(distinct)
    counted = (f"{before} {word}" for before, word in pairwise(found) if word in figures) if figures else ()
    return Paragraph(
        words=found,
        hash=hash_of_words(found),
        trigrams=_hashes(map(" ".join, zip(found, found[1:], found[2:], strict=False))),
        numbers=_hashes(counted),
        wording=wording_of(distinct, figures),
    )


def _hashes(texts: Iterable[str]) -> frozenset[int]:
    return frozenset(map(xxhash.xxh3_64_intdigest, map(str.encode, texts)))
