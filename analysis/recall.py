"""The texts we know, held in memory and found again by the hashes they share, as the archive finds them in Postgres.

For whoever reads texts without a database. It grows by about ten kilobytes for a text of 430 words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from analysis.records import CopyKind, Fingerprint, KnownText, Lookalike, Placement, SeedDocument

COMMON = 64
"""A hash that stands in more texts than this is a formula of the press and tells nothing."""
LEAST_SHARED = 3
"""A text that shares fewer hashes is no candidate; half of what a copy must share, for some are common ones."""
MOST_LOOKALIKES = 50


class KnownTexts:
    """Seed documents and the articles that were read so far."""

    def __init__(self, documents: Sequence[SeedDocument] = ()) -> None:
        """Begin with the seed documents."""
        self._texts: list[Lookalike] = []
        self._by_hash: dict[int, int | list[int]] = {}  # most hashes stand in one text: a list for each is waste
        self._by_digest: dict[str, int] = {}
        for each in documents:
            name = KnownText.seed(each.id)
            self._add(Lookalike(text=name, original=name, fingerprint=each.fingerprint))

    def lookalikes(self, fingerprint: Fingerprint) -> tuple[Lookalike, ...]:
        """Return the known texts that share hashes with a new one or are the same, the nearest first, at most fifty."""
        shared: Counter[int] = Counter()
        for each in fingerprint.hashes:
            numbers = self._numbers(each)
            if len(numbers) <= COMMON:
                shared.update(numbers)
        near = {number: count for number, count in shared.items() if count >= LEAST_SHARED}
        if (same := self._by_digest.get(fingerprint.exact)) is not None:
            near[same] = len(fingerprint.hashes)
        nearest = sorted(near, key=lambda number: (-near[number], number))
        return tuple(self._texts[number] for number in nearest[:MOST_LOOKALIKES])

    def add(self, number: int, fingerprint: Fingerprint, placement: Placement) -> None:
        """Know an article, by a number of its own, from now on; a copy names its original when it is found."""
        if placement.kind is CopyKind.SAME:
            return  # what finds this text finds that one
        name = KnownText.article(number)
        self._add(Lookalike(text=name, original=placement.copy_of or name, fingerprint=fingerprint))

    def _add(self, known: Lookalike) -> None:
        number = len(self._texts)
        self._texts.append(known)
        self._by_digest.setdefault(known.fingerprint.exact, number)
        for each in known.fingerprint.hashes:
            numbers = self._numbers(each)
            if not numbers:
                self._by_hash[each] = number
            elif len(numbers) <= COMMON:
                self._by_hash[each] = [*numbers, number]

    def _numbers(self, hash_: int) -> Sequence[int]:
        numbers = self._by_hash.get(hash_, [])
        return [numbers] if isinstance(numbers, int) else numbers
