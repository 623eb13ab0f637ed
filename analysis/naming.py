"""How a text names a place or body: by its name, led to by a word, or only to say which office is meant."""

from __future__ import annotations

import re

from analysis.arabic import canonical, words
from analysis.cues import Wording
from analysis.records import Tag
from analysis.vocabulary import CueRole

_WORDS_BACK = 3
_WRITTEN_ON = 3  # letters: "and", "in" and the article at once
_BRANCH_WITHIN, _BRANCH_WORDS = 60, 5  # characters and words: "du bureau central national d'Interpol à"
_BUREAU = re.compile(
    r"(?:bureau central|central bureau|oficina central|المكتب المركزي|\bbcn|\bocn|\bncb)\b[^.,:;،؛]{0,30}$"
)
_PAUSE = re.compile(r"[.,:;()،؛]")


def is_named(spelt: str, names: frozenset[str]) -> bool:
    """Tell whether a canonical surface is a name of the seeds, with or without what Arabic writes onto it."""
    return any(spelt == name or (spelt.endswith(name) and len(spelt) - len(name) <= _WRITTEN_ON) for name in names)


def is_clung(spelt: str, names: frozenset[str]) -> bool:
    """Tell whether Arabic wrote "in" or "to" onto the name of a place."""
    bare = spelt.lstrip("وف") if spelt not in names else spelt
    return bare not in names and bare[:1] in {"ب", "ل"} and is_named(bare.replace("لل", "ال", 1), names)


def is_of_capital(text: str, tag: Tag, wording: Wording) -> bool:
    """Tell whether "capital" stands right before or after a country's adjective: it names the city."""
    before = _words_before(text, tag, wording)[-1:]
    after = words(canonical(text[tag.span.end : tag.span.end + 20]))[:1]
    return any(wording.is_in(CueRole.CAPITAL, word) for word in (*before, *after))


def _words_before(text: str, tag: Tag, wording: Wording) -> list[str]:
    """List the words before a tag, without what says which capital is meant: "dans la capitale fédérale"."""
    before = words(canonical(text[max(0, tag.span.start - 40) : tag.span.start]))
    is_qualified = len(before) > 1 and wording.is_in(CueRole.CAPITAL, before[-2])
    return before[:-1] if is_qualified and not wording.is_in(CueRole.LINK, before[-1]) else before


def is_led(text: str, tag: Tag, wording: Wording) -> bool:
    """Tell whether a word before leads to the place, with nothing but articles and the like in between."""
    for word in reversed(_words_before(text, tag, wording)[-_WORDS_BACK:]):
        if wording.is_in(CueRole.PLACE, word):
            return True
        if not wording.is_in(CueRole.LINK, word):
            return False
    return False


def is_of_branch(text: str, tag: Tag, wording: Wording) -> bool:
    """Tell whether a city only says which office is meant: "the regional bureau in Abidjan"."""
    around = text[max(0, tag.span.start - _BRANCH_WITHIN) : tag.span.start]
    clause = _PAUSE.split(around)[-1]
    return any(wording.is_in(CueRole.BRANCH, word) for word in words(canonical(clause))[-_BRANCH_WORDS:])


def is_central_bureau(text: str, tag: Tag) -> bool:
    """Tell whether an organisation's name only says of what a national service is: "the central bureau of Interpol"."""
    return _BUREAU.search(canonical(text[max(0, tag.span.start - _BRANCH_WITHIN) : tag.span.start])) is not None
