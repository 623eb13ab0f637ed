"""What outlets do to a text they take over, for tests of copies; each is a function of the text alone."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache

_CONSONANTS, _VOWELS = "بتجحدرسشصطعفقكلمنه", "اوي"


@cache
def made_up(count: int, *, seed: int = 1) -> str:
    """Write so many words of no language in Arabic letters, in paragraphs of some sixty words."""
    chance = random.Random(seed)  # noqa: S311 words, not secrets
    lexicon = [_word(chance) for _ in range(3000)]
    found = [lexicon[min(int(chance.paretovariate(0.9)), 2999)] for _ in range(count)]
    return "\n".join(" ".join(found[start : start + 60]) for start in range(0, count, 60))


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range(chance.randint(1, 3)))


def edited(text: str, *, every: int = 20) -> str:
    """Put another word for every twentieth."""
    found = text.split(" ")
    return " ".join("غير" if number % every == every // 2 else word for number, word in enumerate(found))


def rewritten(text: str, share: float, *, seed: int) -> str:
    """Put other words for such a share of them, each time others for another seed."""
    chance = random.Random(seed)  # noqa: S311 words, not secrets
    return " ".join(f"غير{seed}" if chance.random() < share else word for word in text.split(" "))


def first_half(text: str) -> str:
    """Cut after half of the words."""
    return _part(text, 0, 1 / 2)


def first_third(text: str) -> str:
    """Cut after a third of the words."""
    return _part(text, 0, 1 / 3)


def middle_third(text: str) -> str:
    """Cut both the beginning and the end off."""
    return _part(text, 1 / 3, 2 / 3)


def _part(text: str, start: float, end: float) -> str:
    found = text.split()
    return " ".join(found[int(len(found) * start) : int(len(found) * end)])


def wrapped(text: str) -> str:
    """Put what an outlet prints on every page before and after it."""
    return f"{made_up(80, seed=2)}\n{text}\n{made_up(120, seed=3)}"


def respelt(text: str) -> str:
    """Spell as another desk does: other alefs, dotless yas, tatweel, tashkeel, other quotes."""
    spellings = {"أ": "ا", "إ": "ا", "ة": "ه", "ي ": "ى ", "ال": "الـ", "م": "مَ", '"': "”", "“": "«", "”": "»"}
    for written, respelt in spellings.items():
        text = text.replace(written, respelt)
    return text


def reordered(text: str) -> str:
    """Print the paragraphs last to first."""
    return "\n".join(reversed([line for line in text.splitlines() if line.strip()]))


def joined(text: str) -> str:
    """Print another article of its length below it."""
    return f"{text}\n{made_up(len(text.split()), seed=4)}"


def led_anew(text: str) -> str:
    """Give it another headline and another first paragraph."""
    lines = [line for line in text.splitlines() if line.strip()]
    return "\n".join([made_up(9, seed=5), made_up(45, seed=6), *lines[1:]])


NINE_WAYS: tuple[Callable[[str], str], ...] = (
    edited,
    first_half,
    first_third,
    middle_third,
    wrapped,
    respelt,
    reordered,
    joined,
    led_anew,
)
