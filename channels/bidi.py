"""Words of one direction in a line of the other, kept apart with the isolates of Unicode (UAX 9)."""

from __future__ import annotations

import unicodedata

from analysis.records import Language

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_OF_CLASS = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def direction_of(language: Language) -> str:
    """Return the direction a language is written in, as HTML says it."""
    return "rtl" if language is Language.ARABIC else "ltr"


def direction_of_text(text: str) -> str | None:
    """Return the direction of the first letter that has one."""
    return next(filter(None, (_OF_CLASS.get(unicodedata.bidirectional(letter)) for letter in text)), None)


def isolated(text: str, language: Language) -> str:
    """Return the text for a line in this language: between isolates where it runs the other way."""
    if direction_of_text(text) in (None, direction_of(language)):
        return text
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


def without_isolates(text: str) -> str:
    """Return the text without isolates, for where marks that are not seen would be shown or counted."""
    return text.replace(FIRST_STRONG_ISOLATE, "").replace(POP_ISOLATE, "")
