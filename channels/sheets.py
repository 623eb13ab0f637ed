"""What a letter says, before it has a form: one sheet for mail in HTML and in plain text, and for chat."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.records import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One fact: what it is called, and what it is, a line each."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """A sentence in its own language, and whose it is."""

    text: str
    language: Language
    by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A line that leads somewhere: words in a language of their own, a remark in the letter's, an address."""

    text: str
    url: str | None = None
    language: Language | None = None
    remark: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """Lines under a heading, which may be none; `is_literal` ones are of a program, and run from left to right."""

    name: str
    links: tuple[Link, ...]
    is_literal: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """All that a letter says, from its `occasion` in two words over the `headline` to the small print (`footer`).

    `lead` comes before everything but the headline; `tint` is what colours the head: news, change or end. The headline
    of one that `is_literal` is of a program, and runs from left to right.
    """

    language: Language
    occasion: str
    headline: str
    tint: str = "news"
    lead: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    quote: Quote | None = None
    sections: tuple[Section, ...] = ()
    see: Link | None = None
    footer: tuple[str, ...] = ()
    is_literal: bool = False
