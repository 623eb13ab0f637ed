"""What a page said before, and what a later version of it says otherwise."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Former:
    """The article that another version of a page became and that stands; `is_later` if that is a later version."""

    article_id: int
    title: str
    text: str
    is_later: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What an article says otherwise than the one it revises. `title_before` is None where the title is the same.

    Words and paragraphs are counted wherever they stand, in canonical form: one that was moved is neither new nor gone.
    """

    title_before: str | None
    words_added: int
    words_removed: int
    paragraphs_added: int
    paragraphs_removed: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Revision:
    """That an article revises another, an earlier version of its page, and the change."""

    article_id: int
    change: Change
