"""One canonical form for Arabic and Latin text, so that one spelling is compared and looked up, with a map back.

Each character has one canonical spelling, whatever stands beside it (so Postgres can do the same): presentation forms
and decomposed letters are made plain; tashkeel, tatweel, Latin accents, zero-width and bidi marks go; أإآٱ become ا,
ؤ و, ئ and ى ي, ة and ھ ه, ک and گ ك, ڤ ف, پ ب; digits are ASCII; quotes, dashes and Arabic punctuation are ASCII; Latin
is lower-case. A lone ء stays: without it ماء would be ما. White space of any kind and length becomes one space.

Postgres has the same form as the function `canonical(text)`; a change here needs a migration there.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

_LETTERS = "ءابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_SPELLINGS = {
    "ا": "أإآٱٲٳ",
    "و": "ؤ",
    "ي": "ئىیېےۍ",
    "ه": "ةھہۀۂەۃۿ",
    "ك": "کگڭݣڪ",
    "ف": "ڤ",
    "ب": "پ",
    '"': "«»“”„‟‹›″〝〞＂",
    "'": "’‘‚‛`´′ʼʹˈ",
    "-": "–—‐‑‒―−⁃﹘",
    ",": "،٬",
    ";": "؛",
    "?": "؟",
    ".": "۔",
    "%": "٪",
    "/": "⁄∕",
    "oe": "œ",
    "ae": "æ",
    "o": "ø",
    "l": "ł",
    "d": "đ",
    "i": "ı",
    "": "ـ",
}
_FOLDED = {char: folded for folded, chars in _SPELLINGS.items() for char in chars}
_DROPPED_CATEGORIES = frozenset({"Mn", "Me", "Cf", "Cs", "Cc"})

# Replaced one by one because that is the fastest way in CPython; each is one character for one.
_FREQUENT = (
    *((char, _FOLDED.get(char, " ")) for char in "أةىإئآؤ،؛؟«»“”’–\n\u00a0"),
    *zip("éèàçêñíáóúô", "eeaceniaouo", strict=True),
)
_UNSETTLED = re.compile(f"[^ !-@\\[-_a-~{_LETTERS}]")
_SPACES = re.compile("  +")
_WORD = re.compile(r"[^\W_]+")


@cache
def _fold(char: str) -> str:
    """Spell one character canonically: none, one or several characters, each of which folds to itself."""
    if char in _FOLDED:
        return _FOLDED[char]
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category in _DROPPED_CATEGORIES:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(char))
    # canonical decomposition before the others: what Unicode holds to be the same then has the same form
    spellings = (unicodedata.normalize("NFD", char), unicodedata.normalize("NFKD", char), char.casefold())
    plain = next((spelling for spelling in spellings if spelling != char), char)
    return plain if plain == char else "".join(map(_fold, plain))


def canonical(text: str) -> str:
    """Spell a text canonically; doing it twice changes nothing more."""
    for char, folded in _FREQUENT:
        text = text.replace(char, folded)
    text = _UNSETTLED.sub(lambda match: _fold(match[0]), text)
    return _SPACES.sub(" ", text).strip(" ")


def words(canonical_text: str) -> list[str]:
    """Split a canonical text into its words: runs of letters and digits."""
    return _WORD.findall(canonical_text)


class _Edits:
    """The places where one pass made a text longer or shorter, and so the way back to positions before it."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._spans: list[tuple[int, int, int]] = []
        self._shift = 0

    def add(self, start: int, end: int, new_length: int) -> None:
        """Record that `start` to `end` of the old text became `new_length` characters."""
        new_start = start - self._shift
        self._starts.append(new_start)
        self._spans.append((new_start + new_length, start, end))
        self._shift += (end - start) - new_length

    def start_before(self, position: int) -> int:
        """Return where the character at `position` of the new text began in the old one."""
        index = bisect_right(self._starts, position) - 1
        if index < 0:
            return position
        new_end, start, end = self._spans[index]
        return start if position < new_end else end + position - new_end

    def end_before(self, position: int) -> int:
        """Return where what ends at `position` ended in the old text; what was dropped belongs to what it follows."""
        index = bisect_right(self._starts, position) - 1
        if index < 0:
            return position
        new_end, start, end = self._spans[index]
        if self._starts[index] == position < new_end:
            return start
        return end + max(position - new_end, 0)


@dataclass(frozen=True, slots=True)
class Canonical:
    """A canonical text that still knows where each of its characters stood in the original."""

    text: str
    _letters: _Edits
    _spaces: _Edits
    _lead: int

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original text that became `start` to `end` of this one, end exclusive."""
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"{start} to {end} is no span of a text of {len(self.text)} characters")
        first = self._letters.start_before(self._spaces.start_before(start + self._lead))
        if start == end:
            return first, first
        return first, self._letters.end_before(self._spaces.end_before(end + self._lead))


def canonical_with_map(text: str) -> Canonical:
    """Spell a text canonically, as `canonical` does, and keep the way back to the original."""
    for char, folded in _FREQUENT:
        text = text.replace(char, folded)
    letters, spaces = _Edits(), _Edits()

    def fold(match: re.Match[str]) -> str:
        folded = _fold(match[0])
        if len(folded) != 1:
            letters.add(match.start(), match.end(), len(folded))
        return folded

    def collapse(match: re.Match[str]) -> str:
        spaces.add(match.start(), match.end(), 1)
        return " "

    text = _SPACES.sub(collapse, _UNSETTLED.sub(fold, text))
    return Canonical(text.strip(" "), letters, spaces, 1 if text.startswith(" ") else 0)
