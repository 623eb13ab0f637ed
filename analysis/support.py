"""What an article needs at least, asked again where `need` finds it: with the case of names, and what supports them.

A name in capitals alone, a word that is also another and a name that other countries use count only as `meaning` and
`signals` let them count. What lies between and which words go with which is left to those.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from analysis.meaning import BESIDE
from analysis.need import Gives, Places, gives_of_signal, gives_of_term, is_finding, together
from analysis.records import TagKind
from analysis.signals import APART, signal_of_phrase
from analysis.spellings import NAMING, Part, Term
from analysis.tags import Vocabulary
from analysis.terms import Found, Line
from analysis.vocabulary import MOROCCO

_HOME = Gives.OURS | Gives.COUNTRY


@dataclass(frozen=True, slots=True)
class Sign:
    """What stands at a place, and what it gives towards a finding; `anywhere` if it may be the title.

    `namesakes` are the countries that say so too; `country` is the one that is named by it for sure.
    """

    gives: int
    start: int
    end: int
    anywhere: bool
    namesakes: frozenset[str] = frozenset()
    country: str | None = None


class Support:
    """What lets the words of a finding count: made once, asked of the texts in which `need` finds enough."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Keep the vocabulary, whose own spellings are looked for."""
        self._vocabulary = vocabulary
        self._given_by_term = cache(lambda term: gives_of_term(term, vocabulary))
        self._near = vocabulary.seeds.topic.near

    def is_met(self, text: str, told: str, removed: int) -> bool:
        """Tell what `Need.is_met` tells, more exactly and in several times its time."""
        signs = [*self._signs(text, told, removed)]
        if any(each.gives & Gives.TOPIC for each in signs):
            return True
        longest = max((each.end - each.start for each in signs), default=0)  # places are where words end
        near, beside = self._near + removed + longest, APART + removed + longest
        if not is_finding(lambda gives: _places(signs, gives), near, beside):
            return False
        return _is_at_home(signs, beside) or any(
            _is_elsewhere(signs, each, 2 * near + beside) for each in _shared(signs)
        )

    def _signs(self, text: str, told: str, removed: int) -> Iterator[Sign]:
        in_text, in_told = self._vocabulary.terms.find(text), self._vocabulary.terms.find(told)
        supported = _Supported(in_text, in_told, removed)
        signs = (self._of_name(each) for each in in_text if supported.is_meant(each))
        yield from (each for each in (*signs, *self._of_phrases(text, in_text)) if each.gives)
        of_told = (self._of_name(each) for each in in_told if each.term.part in NAMING)
        yield from (replace(each, anywhere=True) for each in (*of_told, *self._of_phrases(told, in_told)) if each.gives)

    def _of_name(self, each: Found[Term]) -> Sign:
        term, known = each.term, self._vocabulary
        entry = known.people[term.id] if term.kind is TagKind.PERSON else known.bodies.get(term.id)
        shared = frozenset(entry.namesakes) if entry and term.part is Part.SHARED else frozenset[str]()
        sure = self._country(term) if term.part is Part.NAME else None
        return Sign(self._given_by_term(term), each.start, each.end, anywhere=False, namesakes=shared, country=sure)

    def _country(self, term: Term) -> str | None:
        if term.kind is TagKind.PLACE:
            return self._vocabulary.cities[term.id].country
        return term.id if term.kind is TagKind.COUNTRY else self._vocabulary.country_of(term)

    def _of_phrases(self, text: str, names: Sequence[Found[Term]]) -> Iterator[Sign]:
        """Give the phrases; one that other countries use too is theirs where it is part of the name of one."""
        foreign = Line(each for each in names if self._is_surely_foreign(each.term))
        for each in self._vocabulary.phrases.find(text):
            group = self._vocabulary.groups[each.term]
            if not (group.namesakes and foreign.overlapping(each)):
                gives = gives_of_signal(signal_of_phrase(group, ""))
                yield Sign(gives, each.start, each.end, anywhere=False, namesakes=frozenset(group.namesakes))

    def _is_surely_foreign(self, term: Term) -> bool:
        is_name = term.kind is TagKind.COUNTRY and term.part is Part.NAME and term.id != MOROCCO
        return is_name and not self._vocabulary.countries[term.id].unless


class _Supported:
    """The names of a text that count: sure ones, and those beside something that supports them."""

    def __init__(self, in_text: Sequence[Found[Term]], in_told: Sequence[Found[Term]], removed: int) -> None:
        self._named = {(each.term.kind, each.term.id) for each in (*in_text, *in_told) if each.term.part is Part.NAME}
        self._told = {each.term for each in in_told}
        self._body_told = any(map(_is_body, in_told))
        self._clues = Line(each for each in in_text if each.term.part is Part.NEAR)
        self._bodies = Line(filter(_is_body, in_text))
        self._beside = BESIDE + removed

    def is_meant(self, each: Found[Term]) -> bool:
        """Tell whether a name in the text may count, whatever part of the text becomes that of an article."""
        term = each.term
        if term.part is not Part.UNSURE or (term.kind, term.id) in self._named:
            return term.part in NAMING
        near, is_person = Term(term.kind, term.id, Part.NEAR), term.kind is TagKind.PERSON
        if near in self._told or (is_person and self._body_told):
            return True
        beside = any(clue.term == near for clue in self._clues.near(each, self._beside))
        return beside or (is_person and bool(self._bodies.near(each, self._beside)))


def _is_body(each: Found[Term]) -> bool:
    return each.term.kind is TagKind.BODY and each.term.part is Part.NAME


def _places(signs: Iterable[Sign], gives: int) -> Places:
    fit = [each for each in signs if each.gives & gives]
    return Places(sorted(each.end for each in fit if not each.anywhere), any(each.anywhere for each in fit))


def _is_at_home(signs: Sequence[Sign], beside: int) -> bool:
    """Tell whether Morocco may be named for sure, or a service that is told to be its."""
    sure = any(each.gives & _HOME and not each.namesakes for each in signs)
    return sure or bool(together(_places(signs, Gives.SERVICE), _places(signs, Gives.COUNTRY), beside))


def _shared(signs: Iterable[Sign]) -> set[frozenset[str]]:
    return {each.namesakes for each in signs if each.namesakes}


def _is_elsewhere(signs: Sequence[Sign], namesakes: frozenset[str], furthest: int) -> bool:
    """Tell whether what these countries say too stands near another country than one of them, which makes it ours."""
    ours = _places([each for each in signs if each.namesakes == namesakes], _HOME)
    others = _places([each for each in signs if each.country not in namesakes], Gives.FOREIGN)
    return bool(ours.near(others, furthest))
