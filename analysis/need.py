"""What an article needs at least to be judged relevant: words of the seeds, near enough to one another.

Whatever `relevance.judge` makes of an article begins with a finding, and a report is enough only beside one. This asks
whether one could be made, without reading case, context and what speaks against it. So what fails here fails there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import ahocorasick

from analysis.arabic import canonical
from analysis.clitics import bare
from analysis.records import Field, Span, Tag
from analysis.signals import APART, Signal, signal_of, signal_of_phrase
from analysis.spellings import NAMING, Term
from analysis.tags import Vocabulary
from analysis.terms import T, TermFinder
from analysis.topic import Side
from analysis.vocabulary import MOROCCO

_NOWHERE = Span(field=Field.TITLE, start=0, end=0)


class Gives:
    """What a word of the seeds can give towards a finding: bits, as numbers, for thousands are asked of each page."""

    TOPIC = 1
    OURS = 2
    SPIES = 4
    COUNTRY = 8
    FOREIGN = 16
    FOREIGN_SERVICE = 32
    SERVICE = 64
    BETWEEN = 128
    SECURITY = 256
    STATE = 512


_AT_HOME = Gives.TOPIC | Gives.OURS | Gives.COUNTRY
_SIDES = {
    Side.TOPIC: Gives.TOPIC,
    Side.MOROCCAN: Gives.OURS,
    Side.MOROCCO: Gives.COUNTRY,
    Side.FOREIGN: Gives.FOREIGN,
    Side.SERVICE: Gives.SERVICE,
    Side.BETWEEN: Gives.BETWEEN,
}


@dataclass(frozen=True, slots=True)
class Places:
    """Where words stand in a text, sorted; those that are told apart from the text may stand anywhere in it."""

    at: Sequence[int]
    anywhere: bool = False

    def __bool__(self) -> bool:
        return self.anywhere or bool(self.at)

    def __add__(self, other: Places) -> Places:
        return Places(sorted((*self.at, *other.at)), self.anywhere or other.anywhere)

    def near(self, others: Places, furthest: int) -> Places:
        """Keep the places with another one no further away."""
        if others.anywhere:
            return self
        kept = [each for each in self.at if _is_near(each, others.at, furthest)]
        return Places(kept, self.anywhere and bool(others))


def _is_near(place: int, others: Sequence[int], furthest: int) -> bool:
    first = bisect_left(others, place - furthest)
    return first < len(others) and others[first] <= place + furthest


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a text and what may be its title hold: where words end, by what they give; and what counts as near."""

    shown: Mapping[int, Sequence[int]]
    stated: Mapping[int, Sequence[int]]
    near: int
    beside: int

    def is_met(self, removed: int) -> bool:
        """Tell whether it is enough where so many characters may be taken out between two words."""
        if any(gives & Gives.TOPIC for gives in (*self.shown, *self.stated)):
            return True
        return is_finding(self._places, self.near + removed, self.beside + removed)

    def is_headed(self) -> bool:
        """Tell whether its title names Morocco, and it is enough as it stands: then it is likely to be relevant."""
        return any(gives & _AT_HOME for gives in self.stated) and self.is_met(0)

    def _places(self, gives: int) -> Places:
        at = sorted(place for given, found in self.shown.items() if given & gives for place in found)
        return Places(at, any(given & gives for given in self.stated))


class Need:
    """What the seeds ask for at least: made once, asked of every text."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Compile the spellings that the vocabulary itself looks for; takes a fifth of a second."""
        given: dict[str, int] = {}
        _collect(given, vocabulary.terms, lambda term: gives_of_term(term, vocabulary))
        _collect(
            given, vocabulary.phrases, lambda group: gives_of_signal(signal_of_phrase(vocabulary.groups[group], ""))
        )
        self._automaton = ahocorasick.Automaton()
        for form, gives in given.items():
            self._automaton.add_word(form, gives)
        self._automaton.make_automaton()
        longest = max(map(len, given), default=0)  # places are where words end; near-ness is from end to beginning
        self._beside = APART + longest
        self._near = vocabulary.seeds.topic.near + longest

    def is_met(self, text: str, told: str, removed: int) -> bool:
        """Tell whether some article could be made of a text and be relevant.

        `told` are words that may be its title; `removed` how many characters may be taken out between two words.
        """
        return self.look(text, told).is_met(removed)

    def look(self, text: str, told: str) -> Look:
        """Look a text and what may be its title through, once for whatever is asked of it."""
        return Look(shown=self._places(text), stated=self._places(told), near=self._near, beside=self._beside)

    def _places(self, text: str) -> dict[int, list[int]]:
        """List where words end in the canonical text, by what they give."""
        found: dict[int, list[int]] = {}
        if self._automaton and text:
            for place, gives in self._automaton.iter(bare(canonical(text.lower()))):
                found.setdefault(gives, []).append(place)
        return found


def is_finding(places: Callable[[int], Places], near: int, beside: int) -> bool:
    """Tell whether any of the findings of `relevance` can be made, its parts no further apart than `near`.

    A service is on the side of a country that stands no further away than `beside`.
    """
    country, foreign, services = places(Gives.COUNTRY), places(Gives.FOREIGN), places(Gives.SERVICE)
    ours = places(Gives.OURS) + together(services, country, beside)
    home = ours + country
    if not (home and foreign):
        return False
    theirs = places(Gives.FOREIGN_SERVICE) + together(services, foreign, beside)
    spies, between = places(Gives.SPIES).near(ours, 0), places(Gives.BETWEEN)
    return bool(
        ours.near(theirs, near)
        or spies.near(foreign, near)
        or between.near(ours, near).near(foreign, near)
        or places(Gives.SECURITY).near(home, near).near(foreign, near)
        or places(Gives.STATE).near(home, near).near(theirs, near)
    )


def together(services: Places, countries: Places, beside: int) -> Places:
    """Return where services of countries may begin and end: at the one or at the other."""
    return services.near(countries, beside) + countries.near(services, beside)


# ---------------------------------------------------------------- what the seeds give


def _collect(given: dict[str, int], finder: TermFinder[T], gives: Callable[[T], int]) -> None:
    """Add what each form of a finder can give, as it is looked for, with a space at each end."""
    of = {}
    for form, terms in finder.forms():
        for term in terms:
            if term not in of:
                of[term] = gives(term)
            if of[term]:
                given[form] = given.get(form, 0) | of[term]


def gives_of_term(term: Term, vocabulary: Vocabulary) -> int:
    """Say what a name can give; one of another country stands for it too."""
    if term.part not in NAMING or term.id == MOROCCO:
        return 0
    signal = signal_of(Tag(kind=term.kind, id=term.id, span=_NOWHERE, surface=""), vocabulary)
    implied = Gives.FOREIGN if vocabulary.country_of(term) not in (None, MOROCCO) else 0
    gives = implied | (gives_of_signal(signal) if signal else 0)
    if gives & Gives.OURS and term.id in vocabulary.headships.bodies:
        gives |= Gives.SPIES  # it may be its head who is named
    return gives


def gives_of_signal(signal: Signal) -> int:
    """Say what a signal can give, whatever stands beside it."""
    is_security = signal.security or signal.among_services
    if signal.side is Side.SERVICE and not is_security:
        return 0  # an official stands for a country that is named beside him
    gives = _SIDES.get(signal.side, 0)
    if signal.spies:
        gives |= Gives.SPIES
    if signal.side is Side.FOREIGN and is_security:
        gives |= Gives.FOREIGN_SERVICE
    if signal.side is Side.BETWEEN and is_security:
        gives |= Gives.SECURITY
    if signal.side is Side.BETWEEN and signal.state:
        gives |= Gives.STATE
    return gives
