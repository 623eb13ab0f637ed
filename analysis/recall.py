"""The texts we know, held in memory and found again by the keys they share, as the archive finds them in Postgres.

For whoever reads texts without a database. It grows by some four kilobytes for a text of 400 words.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

from analysis.dedupe import keys_of, new_keys
from analysis.records import Fingerprint, KnownText, Lookalike, Placement, SeedDocument

COMMON = 64
"""Of the texts that have a key only so many, the newest, are looked at; each weighs the less the more there are."""
LEAST_SHARED = 2
"""A text that shares fewer keys is no candidate."""
LEAST_WEIGHT = 1 / 8
"""One that shares but formulas of the press is none either: two keys of sixteen texts, eight of sixty-four."""
MOST_LOOKALIKES = 16

LONG, SHORT = "Q", "H"
"""Unsigned numbers of 64 and of 16 bits, as `array` names them."""


def rank(holders: Iterable[Sequence[int]], same: Iterable[int] = ()) -> list[int]:
    """Return the numbers of texts that share enough with a new one, the nearest first.

    `holders` are for each key of the new text those that have it too; what is the `same` word for word comes first.
    """
    shared: Counter[int] = Counter()
    weight: defaultdict[int, float] = defaultdict(float)
    for numbers in holders:
        shared.update(numbers)
        for number in numbers:
            weight[number] += 1 / len(numbers)
    near = {each for each, count in shared.items() if count >= LEAST_SHARED and weight[each] >= LEAST_WEIGHT}
    first = {*same}
    return sorted(near | first, key=lambda each: (each not in first, -weight[each], each))


@dataclass(frozen=True, slots=True)
class _Kept:
    """A known text with its numbers as bytes: as Python's own they take five times the room, and few are looked at."""

    text: KnownText
    original: KnownText
    bare: Fingerprint
    hashes: bytes
    numbers: bytes
    wording: bytes

    @classmethod
    def of(cls, known: Lookalike) -> Self:
        mark = known.fingerprint
        packed = (array(LONG, mark.hashes), array(LONG, mark.numbers), array(SHORT, mark.wording))
        bare = replace(mark, hashes=(), numbers=(), wording=())
        return cls(known.text, known.original, bare, *(each.tobytes() for each in packed))

    @property
    def fingerprint(self) -> Fingerprint:
        hashes, numbers, wording = array(LONG, self.hashes), array(LONG, self.numbers), array(SHORT, self.wording)
        return replace(self.bare, hashes=tuple(hashes), numbers=tuple(numbers), wording=tuple(wording))

    @property
    def lookalike(self) -> Lookalike:
        return Lookalike(text=self.text, original=self.original, fingerprint=self.fingerprint)


class KnownTexts:
    """Seed documents and the articles that were read so far."""

    def __init__(self, documents: Sequence[SeedDocument] = ()) -> None:
        """Begin with the seed documents."""
        self._texts: list[_Kept] = []
        self._by_key: dict[int, int | list[int]] = {}  # most keys are of one text: a list for each is waste
        self._by_digest: dict[str, int] = {}
        self._by_name: dict[KnownText, int] = {}
        for each in documents:
            name = KnownText.seed(each.id)
            self._add(Lookalike(text=name, original=name, fingerprint=each.fingerprint))

    def lookalikes(self, fingerprint: Fingerprint) -> tuple[Lookalike, ...]:
        """Return the known texts that share keys with a new one or are the same, the nearest first, at most sixteen."""
        holders = map(self._numbers, keys_of(fingerprint))
        same = self._by_digest.get(fingerprint.exact)
        nearest = rank(holders, () if same is None else (same,))
        return tuple(self._texts[number].lookalike for number in nearest[:MOST_LOOKALIKES])

    def add(self, number: int, fingerprint: Fingerprint, placement: Placement) -> None:
        """Know an article, by a number of its own, from now on; a copy names its original when it is found."""
        name = KnownText.article(number)
        self._add(Lookalike(text=name, original=placement.copy_of or name, fingerprint=fingerprint))

    def fingerprint_of(self, name: KnownText) -> Fingerprint:
        """Return the fingerprint of an original."""
        return self._texts[self._by_name[name]].fingerprint

    def _add(self, known: Lookalike) -> None:
        if known.fingerprint.exact in self._by_digest:
            return  # what finds this text finds that one
        number = len(self._texts)
        self._texts.append(_Kept.of(known))
        self._by_digest[known.fingerprint.exact] = number
        self._by_name[known.text] = number
        for key in self._keys(known):
            numbers = self._numbers(key)
            self._by_key[key] = [*numbers[-COMMON + 1 :], number] if numbers else number

    def _keys(self, known: Lookalike) -> Sequence[int]:
        if known.original == known.text:
            return keys_of(known.fingerprint)
        return new_keys(known.fingerprint, self.fingerprint_of(known.original))

    def _numbers(self, key: int) -> Sequence[int]:
        numbers = self._by_key.get(key, ())
        return (numbers,) if isinstance(numbers, int) else numbers
