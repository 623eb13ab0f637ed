"""The words of a text in whatever order: by them a dispatch is known whose sentences were recast or moved.

Kept as hashes of 16 bits, for what is compared are two texts of a few hundred words that share runs of words anyway.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

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


def numerals(distinct: frozenset[str]) -> frozenset[str]:
    """Return of some words those with a digit, and the names of days and months.

    Canonical words are letters and digits only.
    """
    return frozenset(word for word in distinct if not word.isalpha()) | (_DAYS_AND_MONTHS & distinct)


def wording(found: Iterable[str]) -> tuple[int, ...]:
    """Return the sorted 16-bit hashes of the canonical words of four letters and more, and of the figures.

    Names of days and months are figures too.
    """
    distinct = frozenset(found)
    return wording_of(distinct, numerals(distinct))


def wording_of(distinct: frozenset[str], figures_among: frozenset[str]) -> tuple[int, ...]:
    """Do the same for words of which the numerals are known."""
    longer = {_hash(word) & ~FIGURE for word in distinct - figures_among if len(word) >= SHORTEST}
    return tuple(sorted(longer.union(map(_hash_of_figure, figures_among))))


def wording_share(mine: Collection[int], theirs: Collection[int]) -> float:
    """Return the share of the words of the text with fewer that the other has too, 0 where one has none."""
    lexis = {each for each in mine if not each & FIGURE}, {each for each in theirs if not each & FIGURE}
    fewer = min(map(len, lexis))
    return len(lexis[0] & lexis[1]) / fewer if fewer else 0.0


def figures(kept: Iterable[int]) -> frozenset[int]:
    """Return the figures alone."""
    return frozenset(each for each in kept if each & FIGURE)


def _hash_of_figure(word: str) -> int:
    """Hash a figure without the letters that Arabic writes onto it."""
    return _hash("".join(filter(str.isdigit, word)) or word) | FIGURE


def _hash(word: str) -> int:
    return xxhash.xxh3_64_intdigest(word.encode()) & _BITS
