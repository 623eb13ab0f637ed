"""The words that Arabic writes onto a name or phrase: conjunctions و ف, prepositions ب ل ك, the article ال, or several.

All spellings of a term are made beforehand, so that one pass finds them; stripping words in the text would take
باريس for ب and اريس.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from analysis.arabic import canonical

_ARABIC = re.compile("[ء-ي]")
_NO_WORD = re.compile(r"[^a-z0-9 ء-ي](?<![^\W_])")  # neither a letter nor a digit; the frequent ones are told at once
_FREQUENT = ",.'\"-:()/"  # replaced one by one because that is the fastest way in CPython
_CLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "فك")
_BEFORE_ARTICLE = tuple(clitic for clitic in _CLITICS if not clitic.endswith("ل"))
_WITH_ARTICLE = tuple(f"{clitic}ال" for clitic in _BEFORE_ARTICLE)
_TO_THE = ("لل", "ولل", "فلل")  # ل swallows the alef of the article
_LONGEST_INFLECTED = 4  # words: beyond, a phrase is fixed and each article more would double its spellings

# What looks like a name with something written onto it and is a word of its own: early, Bennis, horsemanship, Lausanne,
# a synagogue, Klaus, by obligation, Philippe, funny, Wanis.
OWN_WORDS = frozenset({"باكرا", "بنيس", "فروسيه", "لوزان", "كنيس", "كلاوس", "وجوبا", "فليبي", "وطريفه", "ونيس"})


def bare(canonical_text: str) -> str:
    """Put a space for everything that is no letter or digit, and one at each end; no other position moves."""
    for sign in _FREQUENT:
        canonical_text = canonical_text.replace(sign, " ")
    return f" {_NO_WORD.sub(' ', canonical_text)} "


def plain_form(words: str) -> str:
    """Spell a name as it is looked up, with nothing written onto it."""
    return bare(canonical(words)).strip()


def name_forms(name: str) -> Iterator[str]:
    """Spell a name alone and with what is written onto it; of Latin names only acronyms take it: الـFBI, لـDGSN."""
    plain = plain_form(name)
    yield plain
    if _ARABIC.match(plain):
        yield from (form for form in _with_clitics(plain, definite=has_article(name)) if form not in OWN_WORDS)
    elif name.isupper() and len(name) > 1:
        yield from (clitic + plain for clitic in (*_CLITICS[1:], *_WITH_ARTICLE, *_TO_THE))


def _with_clitics(plain: str, *, definite: bool) -> Iterator[str]:
    if definite:
        yield from (clitic + plain for clitic in _BEFORE_ARTICLE if clitic)
        yield from (clitic + plain[2:] for clitic in _TO_THE)
    else:
        yield from (clitic + plain for clitic in _CLITICS if clitic)


def phrase_forms(phrase: str) -> Iterator[str]:
    """Spell a phrase or adjective as a name is, and with the Arabic article before any of its words."""
    words = phrase.split()
    if not _ARABIC.match(canonical(phrase)) or len(words) > _LONGEST_INFLECTED:
        yield from name_forms(phrase)
        return
    tails = [
        (plain,) if has_article(word) else (plain, f"ال{plain}") for word in words[1:] if (plain := plain_form(word))
    ]
    forms = (" ".join(parts) for parts in product(_head_forms(words[0]), *tails))
    yield from (form for form in forms if form not in OWN_WORDS)


def has_article(written: str) -> bool:
    """Tell the article from a word that begins like it once its hamza is folded away: ألماني has none."""
    return written.lstrip().startswith("ال")


def _head_forms(word: str) -> tuple[str, ...]:
    if has_article(word):
        return tuple(name_forms(word))
    plain = plain_form(word)
    return tuple(clitic + plain for clitic in (*_CLITICS, *_WITH_ARTICLE, *_TO_THE))
