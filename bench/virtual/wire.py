"""A wire that nobody wrote: articles of no language in Arabic letters, and what outlets do to those they take over.

Everything follows from a seed. Words are as frequent as in real text (Zipf), formulas of the press recur, and some
outlets print the same sentences below each article.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

WORDS = (120, 600)
PARAGRAPH, BREAK = 60, "\n"
LEXICON, FORMULAS, OUTLETS = 50_000, 400, 50
CONSONANTS, VOWELS = "بتجحدرسشصطعفقكلمنه", "اويةأى"
FORMULA_SHARE, REPEATING_OUTLETS = 0.01, 5


class Wire:
    """Writes articles, as lists of words."""

    def __init__(self, seed: int) -> None:
        """Begin with a lexicon, the formulas everybody uses and what outlets print on every page."""
        self.chance = np.random.default_rng(seed)
        syllables = [consonant + vowel for consonant in CONSONANTS for vowel in VOWELS]
        lengths = self.chance.integers(1, 5, LEXICON)
        self._lexicon = np.array(["".join(self.chance.choice(syllables, length)) for length in lengths], dtype=object)
        self._sums = _zipf(LEXICON)
        self._formulas = [self.words(int(self.chance.integers(3, 9))) for _ in range(FORMULAS)]
        self._formula_sums = _zipf(FORMULAS)
        self._frame = self.words(130)
        self.page = [self.words(90), self.words(120)]
        self.repeated = [self.words(80) for _ in range(REPEATING_OUTLETS)]

    def words(self, count: int) -> list[str]:
        """Write so many words."""
        return list(self._lexicon[np.searchsorted(self._sums, self.chance.random(count))])

    def article(self, outlet: int | None = None) -> list[str]:
        """Write an article, of any outlet if it is not said which; some print the same below all their articles."""
        text = self.words(int(self.chance.integers(*WORDS)))
        for at in np.flatnonzero(self.chance.random(len(text)) < FORMULA_SHARE)[::-1]:
            text[at:at] = self._formulas[int(np.searchsorted(self._formula_sums, self.chance.random()))]
        for at in range(len(text) // PARAGRAPH * PARAGRAPH, 0, -PARAGRAPH):
            text.insert(at, BREAK)
        outlet = int(self.chance.integers(OUTLETS)) if outlet is None else outlet
        return [*text, BREAK, *self.repeated[outlet]] if outlet < REPEATING_OUTLETS else text

    def bulletin(self) -> list[str]:
        """Fill today's numbers into the frame of every day."""
        numbers = self.chance.integers(1, 45, len(self._frame))
        return [f"{word} {numbers[at]}" if at % 12 == 0 else word for at, word in enumerate(self._frame)]


Way = Callable[[Wire, list[str]], list[str]]


def edit(share: float) -> Way:
    """Return the way of an editor who changes such a share of the words."""

    def change(wire: Wire, text: list[str]) -> list[str]:
        changed = wire.chance.random(len(text)) < share
        others = iter(wire.words(int(changed.sum())))
        return [next(others) if is_changed else word for word, is_changed in zip(text, changed, strict=True)]

    return change


def cut(wire: Wire, text: list[str]) -> list[str]:
    """Print the first 30 to 50 per cent."""
    return text[: int(len(text) * wire.chance.uniform(0.3, 0.5))]


def middle(_: Wire, text: list[str]) -> list[str]:
    """Print 30 per cent out of the middle."""
    return text[int(len(text) * 0.35) : int(len(text) * 0.65)]


def wrap(wire: Wire, text: list[str]) -> list[str]:
    """Print it between what stands on each page of an outlet."""
    return [*wire.page[0], BREAK, *text, BREAK, *wire.page[1]]


def respell(_: Wire, text: list[str]) -> list[str]:
    """Spell with other alefs, yas and tatweel."""
    return [word.replace("أ", "ا").replace("ى", "ي").replace("ة", "ه").replace("ال", "الـ") for word in text]


def reorder(_: Wire, text: list[str]) -> list[str]:
    """Print the paragraphs last to first."""
    starts = range((len(text) - 1) // (PARAGRAPH + 1) * (PARAGRAPH + 1), -1, -PARAGRAPH - 1)
    return [word for start in starts for word in (*text[start : start + PARAGRAPH + 1], BREAK)]


def join(wire: Wire, text: list[str]) -> list[str]:
    """Print it below another article."""
    return [*wire.article(), BREAK, *text]


WAYS: Mapping[str, Way] = {
    "2 % of words edited": edit(0.02),
    "5 % of words edited": edit(0.05),
    "10 % of words edited": edit(0.10),
    "15 % of words edited": edit(0.15),
    "first 30 to 50 %": cut,
    "middle 30 %": middle,
    "page text around it": wrap,
    "spelt otherwise": respell,
    "paragraphs re-ordered": reorder,
    "joined to another": join,
}


def _zipf(count: int) -> np.ndarray:
    sums = np.cumsum(1 / (np.arange(count) + 3.0))
    return sums / sums[-1]
