"""People whom an article names by their office only: the head of a body that it names, on the day it was published."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from analysis.arabic import canonical, words
from analysis.meaning import Meant
from analysis.records import TagKind
from analysis.spellings import Part, Term
from analysis.tenures import Tenure
from analysis.terms import Found, Line, longest
from analysis.vocabulary import Person

_APART = 30  # characters between the word for a head and what is led: "general of the national"
_RIGHT_BESIDE = 2  # characters
_NAMED = 25  # characters between an office and the name of who holds it: "the director of the CIA at the time, Burns"
_AROUND = 120  # characters: about a sentence
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_STOPS = frozenset(".,;:!?()|\n\r،؛؟«»…")
_OF = frozenset({"s", ""})
_DEFINITE = ("ال", "لل")

_PARTS = frozenset({Part.HEAD, Part.SECRETARY})


class Headships:
    """Who leads which body, and the words that may stand between a head and what is led: made once."""

    def __init__(self, people: Iterable[Person], joining: Collection[str]) -> None:
        """Gather the tenures of all people."""
        self._joining = joining
        self._tenures: dict[str, list[tuple[str, Tenure]]] = {}
        for person in people:
            for tenure in person.leads:
                self._tenures.setdefault(tenure.body, []).append((person.id, tenure))

    @property
    def bodies(self) -> Mapping[str, Sequence[tuple[str, Tenure]]]:
        """Return the bodies whose heads are known, each with them."""
        return self._tenures

    def holder(self, body: str, day: date | None, *, secretary: bool = False) -> str | None:
        """Return who led a body on a day; None where nobody is known, or where two could be meant."""
        tenures = ((person, each) for person, each in self._tenures.get(body, ()) if each.secretary == secretary)
        holders = {person for person, tenure in tenures if tenure.covers(day)}
        return holders.pop() if len(holders) == 1 else None

    def find(self, found: Sequence[Found[Term]], meant: Sequence[Meant], text: str, day: date | None) -> list[Meant]:
        """Find the heads that stand beside a body with nothing but "of the" between, and are nobody named there."""
        heads = longest((each for each in found if each.term.part in _PARTS), kind=lambda _: None)
        former = Line(each for each in found if each.term.part is Part.FORMER)
        people = Line(each.found for each in meant if each.found.term.kind is TagKind.PERSON)
        bodies = Line(each.found for each in meant if each.found.term.kind is TagKind.BODY)
        offices = ((head, body) for head in heads for body in self._led(head, bodies, text))
        held = (
            (_over(head, body), self._holder(head, body, _days(body, text, day)), body.term.id)
            for head, body in offices
        )
        return [
            Meant(Found(Term(TagKind.PERSON, person), place.start, place.end), f"leads {body}")
            for place, person, body in held
            if person and not former.near(place, _RIGHT_BESIDE) and not people.near(place, _NAMED)
        ]

    def _holder(self, head: Found[Term], body: Found[Term], days: Iterable[date | None]) -> str | None:
        """Return who led a body on all of some days: what is told of a year beside it is of who led it then."""
        is_secretary = head.term.part is Part.SECRETARY
        holders = {self.holder(body.term.id, day, secretary=is_secretary) for day in days}
        return holders.pop() if len(holders) == 1 else None

    def _led(self, head: Found[Term], bodies: Line[Term], text: str) -> Iterator[Found[Term]]:
        """Find the first body after a head, or right before it: "the DGST's chief"."""
        near = [each for each in bodies.near(head, _APART) if not each.overlaps(head)]
        behind = next((each for each in near if each.start >= head.end), None)
        if behind and self._joins(text[head.end : behind.start]):
            yield behind
            return
        before = next((each for each in reversed(near) if each.end <= head.start), None)
        if before and _OF.issuperset(words(canonical(text[before.end : head.start]))):
            yield before

    def _joins(self, gap: str) -> bool:
        if not _STOPS.isdisjoint(gap):
            return False
        return all(word in self._joining or word.startswith(_DEFINITE) for word in words(canonical(gap)))


def _days(body: Found[Term], text: str, day: date | None) -> Iterator[date | None]:
    """Give the day of publication, and the middle of each year that is told around a body."""
    yield day
    around = canonical(text[max(0, body.start - _AROUND) : body.end + _AROUND])
    yield from (date(int(year), 7, 1) for year in _YEAR.findall(around))


def _over(head: Found[Term], body: Found[Term]) -> Found[Term]:
    return Found(head.term, min(head.start, body.start), max(head.end, body.end))
