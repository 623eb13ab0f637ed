"""The words of a text in whatever order: by them a dispatch is known whose sentences were recast or moved.

Kept as hashes of 16 bits, for what is compared are two texts of a few hundred words that share runs of words anyway.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import xxhash

from analysis.arabic import canonical, words

SHORTEST = 4
"""Shorter words are in all texts."""
FIGURE = 1
"""The lowest bit of a hash, which is set for figures and never for words."""
_BITS = 0xFFFF

# Without the months that are common words too (may, أب, ربيع, صفر): the day beside them is a number anyway.
_CALENDAR = """
    الاثنين الثلاثاء الاربعاء الخميس الجمعة السبت الاحد
    يناير فبراير مارس ابريل ماي يونيو يوليوز غشت شتنبر اكتوبر نونبر دجنبر
    مايو يوليو اغسطس سبتمبر نوفمبر ديسمبر حزيران تموز ايلول تشرين كانون شباط اذار نيسان ايار
    محرم جمادى رجب شعبان رمضان شوال
    lundi mardi mercredi jeudi vendredi samedi dimanche
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre
    lunes martes miércoles jueves viernes sábado domingo
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    monday tuesday wednesday thursday friday saturday sunday
    january february march april june july august september october november december
"""
_DAYS_AND_MONTHS = frozenset(words(canonical(_CALENDAR)))


def is_number(word: str) -> bool:
    """Tell a word with a digit, or the name of a day or month; a canonical word is letters and digits only."""
    return not word.isalpha() or word in _DAYS_AND_MONTHS


def wording(found: Iterable[str]) -> tuple[int, ...]:
    """Return the sorted 16-bit hashes of the canonical words of four letters and more, and of the figures.

    Names of days and months are figures too.
    """
    return tuple(sorted({*_hashes({*found})}))


def wording_share(mine: Collection[int], theirs: Collection[int]) -> float:
    """Return the share of the words of the text with fewer that the other has too, 0 where one has none."""
    lexis = {each for each in mine if not each & FIGURE}, {each for each in theirs if not each & FIGURE}
    fewer = min(map(len, lexis))
    return len(lexis[0] & lexis[1]) / fewer if fewer else 0.0


def figures(kept: Iterable[int]) -> frozenset[int]:
    """Return the figures alone."""
    return frozenset(each for each in kept if each & FIGURE)


def _hashes(distinct: Iterable[str]) -> Iterator[int]:
    for word in distinct:
        figure = is_number(word)
        if figure or len(word) >= SHORTEST:
            yield _hash_of_figure(word) | FIGURE if figure else _hash(word) & ~FIGURE


def _hash_of_figure(word: str) -> int:
    """Hash a figure without the letters that Arabic writes onto it."""
    return _hash("".join(filter(str.isdigit, word)) or word)


def _hash(word: str) -> int:
    return xxhash.xxh3_64_intdigest(word.encode()) & _BITS
