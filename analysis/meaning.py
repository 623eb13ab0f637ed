"""Who is meant by a name that two bear, a surname alone or a word that is also another: decided by the words around.

What is decided so says why; what nothing decides is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from analysis.records import TagKind
from analysis.spellings import NAMING, Part, Term
from analysis.terms import Found, Line, longest
from analysis.vocabulary import MOROCCO, Body, City, Person

BESIDE = 80  # characters between a name and a word that decides who is meant: about one line of print
_PLACES = frozenset({TagKind.COUNTRY, TagKind.PLACE})


class Known(Protocol):
    """What the seeds say of who is named."""

    people: Mapping[str, Person]
    bodies: Mapping[str, Body]
    cities: Mapping[str, City]

    def country_of(self, term: Term) -> str | None:
        """Return the country of a person or body."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A name that is meant, and why where it could be another's."""

    found: Found[Term]
    because: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """What an article names anywhere: entries by their own names, and countries, themselves or by what is theirs."""

    named: frozenset[tuple[TagKind, str]]
    countries: frozenset[str]


def look_around(found: Iterable[Found[Term]], known: Known) -> Around:
    """Say what the names in an article, title and text, name for sure."""
    named = {(each.term.kind, each.term.id) for each in found if each.term.part is Part.NAME}
    countries = {_country(kind, id_, known) for kind, id_ in named}
    return Around(frozenset(named), frozenset(country for country in countries if country))


def _country(kind: TagKind, id_: str, known: Known) -> str | None:
    if kind is TagKind.PLACE:
        return known.cities[id_].country
    return id_ if kind is TagKind.COUNTRY else known.country_of(Term(kind, id_))


def find_meant(found: Sequence[Found[Term]], text: str, around: Around, known: Known) -> list[Meant]:
    """Keep the findings that name something, once each: the longest of a kind, and no country inside a person."""
    clues = Line(each for each in found if each.term.part in (Part.NEAR, Part.UNLESS))
    countries = [each for each in found if each.term.kind is TagKind.COUNTRY and each.term.part is Part.NAME]
    adjectives = {each.start: each.term.id for each in countries if is_adjective(text[each.start : each.end])}
    others = _others(found, clues, around)
    possible = [
        each
        for each in found
        if each.term.part in NAMING
        and each.term not in others
        and not _is_unless(each, clues)
        and not _is_of_another_country(each, adjectives, known)
        and not _is_theirs(each, around, known)
    ]
    names = longest(possible, kind=_group)
    people = Line(each for each in names if each.term.kind is TagKind.PERSON)
    bodies = Line(each for each in names if each.term.kind is TagKind.BODY and each.term.part is Part.NAME)
    supported = ((each, _support(each, clues, bodies, around, text)) for each in names if not _is_inside(each, people))
    return [Meant(each, because) for each, because in supported if because is not None]


def _group(term: Term) -> object:
    """Say of which terms only the longest counts where they overlap: names of a kind; a theme hides no other one."""
    return term if term.kind is TagKind.THEME else term.kind


def is_adjective(surface: str) -> bool:
    """Tell whether the word for a country is its adjective, as it stands after a noun: الإسبانية or espagnole."""
    return surface.startswith("ال") or surface[:1].islower()


def _is_unless(each: Found[Term], clues: Line[Term]) -> bool:
    unless = Term(each.term.kind, each.term.id, Part.UNLESS)
    return any(clue.term == unless for clue in clues.near(each, BESIDE))


def _others(found: Iterable[Found[Term]], clues: Line[Term], around: Around) -> frozenset[Term]:
    """Return the surnames that are somebody else's in this article: beside one of them stands who that is."""
    unsure = [each for each in found if each.term.part is Part.UNSURE and each.term.kind is TagKind.PERSON]
    others = {each.term for each in unsure if _is_unless(each, clues)}
    return frozenset(term for term in others if (term.kind, term.id) not in around.named)


def _is_of_another_country(each: Found[Term], adjectives: Mapping[int, str], known: Known) -> bool:
    """Tell whether the next word is another country's adjective: the Spanish interior ministry is not ours."""
    country, following = known.country_of(each.term), adjectives.get(each.end + 1)
    return None not in (country, following) and country != following


def _is_theirs(each: Found[Term], around: Around, known: Known) -> bool:
    """Tell whether a shared name is another country's: one of those that share it is named, and its own is not."""
    if each.term.part is not Part.SHARED:
        return False
    entry = known.people[each.term.id] if each.term.kind is TagKind.PERSON else known.bodies[each.term.id]
    return entry.country not in around.countries and not around.countries.isdisjoint(entry.namesakes)


def _support(each: Found[Term], clues: Line[Term], bodies: Line[Term], around: Around, text: str) -> str | None:
    """Say why a name counts: nothing where it is its own, None where it does not."""
    term = each.term
    if term.part is Part.NAME:
        return ""
    if term.part is Part.SHARED:
        return (
            "no other country that uses this name is named" if MOROCCO not in around.countries else "Morocco is named"
        )
    if (term.kind, term.id) in around.named:
        return "named in full in this article"
    near = Term(term.kind, term.id, Part.NEAR)
    beside = [clue for clue in clues.near(each, BESIDE) if clue.term == near]
    if term.kind is TagKind.PERSON:
        beside.extend(bodies.near(each, BESIDE))
    return f"beside {text[beside[0].start : beside[0].end]}" if beside else None


def _is_inside(each: Found[Term], people: Line[Term]) -> bool:
    return each.term.kind in _PLACES and bool(people.overlapping(each))
