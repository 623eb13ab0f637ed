"""Tells from the markup of a page, before it is parsed, that no article on it can be about the topic.

What `relevance.judge` needs at least is words that name the topic, or a Moroccan security side, or Morocco and words of
security not far from it. These are looked for with the finder that looks for them in articles, in all that the page
shows, its furniture too; so what passes is more than what is relevant. The words are those of the seeds.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import Flag, auto
from html import unescape
from string import ascii_letters

from analysis.pagekinds import headline_kind
from analysis.records import Field, Span, Tag
from analysis.signals import Signal, signal_of, signal_of_phrase
from analysis.spellings import NAMING, spell_names, spell_phrases
from analysis.tags import Vocabulary
from analysis.terms import Found, Spelling, TermFinder
from analysis.topic import Side

_FEW_WORDS = 250  # such a page costs little to parse, and is often a wall or an error, which is worth knowing
_MOST_BETWEEN = 1_000  # characters of furniture that may be taken out between two words of one finding
_NOWHERE = Span(field=Field.TITLE, start=0, end=0)
_REFUSED = "gate: its words cannot make it relevant"

_WITHIN_LINES = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike strong"
    " sub sup tt u var wbr"
)
_INLINE = frozenset(
    written
    for name in _WITHIN_LINES.split()
    for spelt in (name, name.upper())
    for written in (spelt, f"/{spelt}", f"{spelt}/")
)
_TAG_BEGINS = frozenset(f"{ascii_letters}/!?")
_TITLE = re.compile(r"<title[^>]*>([^<]*)", re.IGNORECASE)
_META = re.compile(r"<meta\b", re.IGNORECASE)
_LONGEST_META = 2_000
_CODE = re.compile(r"<(?=script\b|style\b|SCRIPT\b|STYLE\b)")
_CODE_ENDS = re.compile(r"</(?:script|style)[^>]*>", re.IGNORECASE)
_JSON = "ld+json"
_NAMED = re.compile(r'"(?:headline|name)"\s*:\s*"((?:[^"\\]|\\.)*)"')
_JSON_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)
_ESCAPED_TWICE = re.compile(r"&#?\w+;|</?[A-Za-z]")


class _Gives(Flag):
    """What a word of the seeds gives towards a judgement."""

    NOTHING = 0
    TOPIC = auto()
    MOROCCAN = auto()
    MOROCCO = auto()
    SECURITY = auto()


_SIDES = {Side.TOPIC: _Gives.TOPIC, Side.MOROCCAN: _Gives.MOROCCAN, Side.MOROCCO: _Gives.MOROCCO}
_ENOUGH = _Gives.TOPIC | _Gives.MOROCCAN


class Gate:
    """The words without which no article is relevant: made once, asked for every page."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Compile them; takes a tenth of a second."""
        self._finder = TermFinder((*_names(vocabulary), *_phrases(vocabulary)))
        self._furthest = vocabulary.seeds.topic.near + _MOST_BETWEEN

    def refuses(self, markup: str) -> str:
        """Say why no article of a decoded page can be relevant; nothing where one could be, or where it says little."""
        title = _TITLE.search(markup)
        if title and headline_kind(unescape(title[1])):
            return ""
        text, stated = _shown(markup)
        if text.count(" ") < _FEW_WORDS:
            return ""
        return "" if self._is_enough(self._finder.find(text), self._finder.find(stated)) else _REFUSED

    def _is_enough(self, shown: Sequence[Found[_Gives]], stated: Sequence[Found[_Gives]]) -> bool:
        """Tell whether a finding can be made of this; what is stated may be the title, and stands near everything."""
        given = [each.term for each in (*shown, *stated)]
        if any(each & _ENOUGH for each in given):
            return True
        sides, words = _starts(shown, _Gives.MOROCCO), _starts(shown, _Gives.SECURITY)
        told = {gives for each in stated for gives in each.term}
        is_told = bool((words and _Gives.MOROCCO in told) or (sides and _Gives.SECURITY in told))
        return is_told or {_Gives.MOROCCO, _Gives.SECURITY} <= told or _are_near(sides, words, self._furthest)


def _starts(found: Sequence[Found[_Gives]], gives: _Gives) -> list[int]:
    return sorted(each.start for each in found if gives in each.term)


def _are_near(some: Sequence[int], others: Sequence[int], furthest: int) -> bool:
    """Tell whether two sorted rows of positions have a pair that is no further apart."""
    for each in some:
        first = bisect_left(others, each - furthest)
        if first < len(others) and others[first] <= each + furthest:
            return True
    return False


# ---------------------------------------------------------------- what the seeds give


def _names(vocabulary: Vocabulary) -> Iterator[Spelling[_Gives]]:
    for spelling in spell_names(vocabulary.seeds):
        term = spelling.term
        if term.part in NAMING:
            signal = signal_of(Tag(kind=term.kind, id=term.id, span=_NOWHERE, surface=spelling.words), vocabulary)
            if signal and (gives := _gives(signal)):
                yield Spelling(gives, spelling.words, spelling.inflected)


def _phrases(vocabulary: Vocabulary) -> Iterator[Spelling[_Gives]]:
    for spelling in spell_phrases(vocabulary.seeds):
        group = vocabulary.groups[spelling.term]
        gives = _gives(signal_of_phrase(group, spelling.words))
        if gives:
            yield Spelling(gives, spelling.words, spelling.inflected)


def _gives(signal: Signal) -> _Gives:
    """Say what a signal gives: a service is security too, wherever its country stands."""
    is_security = signal.security or signal.side is Side.SERVICE
    return _SIDES.get(signal.side, _Gives.NOTHING) | (_Gives.SECURITY if is_security else _Gives.NOTHING)


# ---------------------------------------------------------------- what a page shows


def _shown(markup: str) -> tuple[str, str]:
    """Return the text of a page without tags and code, and all that may state its title."""
    parts = [_without_code(part) for part in _without_comments(markup)]
    titles = [piece[:_LONGEST_META] for piece in _META.split(markup)[1:]]
    stated = [*(code for _, codes in parts for code in codes), *(each for each in titles if "title" in each.lower())]
    title = _TITLE.search(markup)
    return _plain(" ".join(text for text, _ in parts)), _plain(" ".join((title[1] if title else "", *stated)))


def _plain(text: str) -> str:
    """Undo entities, also those that are escaped twice: a headline in JSON may hold markup of its own."""
    text = unescape(text)
    twice = f" {_without_tags(unescape(text))}" if _ESCAPED_TWICE.search(text) else ""
    return " ".join(f"{text}{twice}".split())


def _without_tags(markup: str) -> str:
    """Take tags out as a reader of text does: those within a line leave nothing, the others a space."""
    first, *pieces = markup.split("<")
    texts = [first]
    for piece in pieces:
        tag, closed, text = piece.partition(">")
        if not closed or tag[:1] not in _TAG_BEGINS:
            texts.append(f"<{piece}")
        elif text:
            texts.append(text if tag.split(None, 1)[0] in _INLINE else f" {text}")
    return "".join(texts)


def _without_comments(markup: str) -> tuple[str, str]:
    """Part a page from what its comments hold, which may be text to a reader who takes other signs for their ends."""
    first, *pieces = markup.split("<!--")
    text, comments = [first], []
    for piece in pieces:
        comment, ends, rest = piece.partition("-->")
        text.append(rest if ends else piece)
        comments.extend([comment] if ends else [])
    return "".join(text), " ".join(comments)


def _without_code(markup: str) -> tuple[str, list[str]]:
    """Return the text of markup, and the names that are stated in its scripts."""
    first, *pieces = _CODE.split(markup)
    text, stated = [first], list[str]()
    for piece in pieces:
        ends = _CODE_ENDS.search(piece)
        text.append(piece[ends.end() :] if ends else piece)
        opening, _, code = piece[: ends.start() if ends else 0].partition(">")
        names = _NAMED.findall(code) if _JSON in opening.lower() else ()
        stated.extend(_JSON_ESCAPE.sub(_unescaped, name) for name in names)
    return _without_tags("".join(text)), stated


def _unescaped(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16)) if escape[1] else " "
