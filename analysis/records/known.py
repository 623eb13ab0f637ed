"""Texts that are known, and where an article stands among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from analysis.records.followed import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Fingerprint:
    """Enough of a text to know it again, without the text.

    `exact` is the hex digest of the canonical text; `hashes` are the sorted unsigned 64-bit shingle hashes below
    `limit` (a fraction `limit / 2**64` of all of them); `words` counts the words of the canonical text. `numbers` are
    the sorted unsigned 64-bit hashes of all its numbers and names of days and months, each with the word before it:
    they tell two bulletins of one frame apart, are not sampled, and are no way to look a text up. `wording` are the
    sorted 16-bit hashes of its longer words and of its figures, in whatever order they stand; a seed document has none.
    `countries` are those it names beside Morocco, where somebody looked for them.
    """

    exact: str
    hashes: tuple[int, ...]
    limit: int
    words: int
    numbers: tuple[int, ...] = ()
    wording: tuple[int, ...] = ()
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownText:
    """The name of a text we know: a seed document (by its id) or a filed article (by its number), never both."""

    seed_id: str | None = None
    article_id: int | None = None

    def __post_init__(self) -> None:
        """Refuse a name of two things, or of none."""
        if (self.seed_id is None) == (self.article_id is None):
            message = "a known text is a seed or an article"
            raise ValueError(message)

    @classmethod
    def seed(cls, seed_id: str) -> Self:
        """Name a seed document."""
        return cls(seed_id=seed_id)

    @classmethod
    def article(cls, article_id: int) -> Self:
        """Name a filed article."""
        return cls(article_id=article_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Lookalike:
    """A known text that shares hashes with a new one. `original` is what it is itself a copy of, or itself."""

    text: KnownText
    original: KnownText
    fingerprint: Fingerprint


class CopyKind(StrEnum):
    """How a copy relates to its original."""

    SAME = "same"
    EDITED = "edited"
    EXCERPT = "excerpt"
    CONTAINS = "contains"


@dataclass(frozen=True, kw_only=True, slots=True)
class Placement:
    """Where an article stands among the texts we know: news (all None), or a copy, how, and the measured share (0..1).

    `share` is the part of the shorter text's hashes that stand in the longer one.
    """

    copy_of: KnownText | None = None
    kind: CopyKind | None = None
    share: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SeedDocument:
    """One text of the seed corpus as fingerprint and facts; the text itself is not ours to keep here.

    `tags` are ids of `seeds/tags.yml`; `events` tell in our words what the text recalls.
    """

    id: str
    outlet: str | None
    title: str | None
    language: Language
    published_on: date | None
    characters: int
    fingerprint: Fingerprint
    tags: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
