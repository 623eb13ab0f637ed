"""What the seeds spell: every way to write a name, a theme or a phrase, and the part that it plays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from analysis.forms import Names
from analysis.records import TagKind
from analysis.terms import Spelling
from analysis.vocabulary import Body, City, Country, Person, Seeds


class Part(StrEnum):
    """What a spelling does: it names, names with support, names if it is nobody else's, supports, or speaks against.

    `HEAD` is a word for whoever leads a body, `SECRETARY` for its secretary general; `FORMER` says that he does not.
    """

    NAME = "name"
    UNSURE = "unsure"
    SHARED = "shared"
    NEAR = "near"
    UNLESS = "unless"
    HEAD = "head"
    SECRETARY = "secretary"
    FORMER = "former"


NAMING = frozenset({Part.NAME, Part.UNSURE, Part.SHARED})


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the seeds, and the part that a spelling plays for it."""

    kind: TagKind
    id: str
    part: Part = Part.NAME


def rivals(term: Term) -> object:
    """Tell which terms a form can be of one only: names of whatever kind, or themes; what supports a name has none."""
    if term.part in NAMING:
        return term.kind is TagKind.THEME
    return term


def spell_phrases(seeds: Seeds) -> Iterator[Spelling[str]]:
    """Give every way to write the phrases of the topic, by the id of their group."""
    for group in seeds.topic.groups:
        yield from (Spelling(group.id, words, inflected=True) for words in every(group.phrases))


def spell_names(seeds: Seeds) -> Iterator[Spelling[Term]]:
    """Give every way to write the names and themes of the seeds, and the words that decide who is meant."""
    for person in seeds.people:
        yield from _named(TagKind.PERSON, person.id, person)
        yield from _as(Term(TagKind.PERSON, person.id, Part.SHARED), person.shared)
    for body in seeds.bodies:
        yield from _named(TagKind.BODY, body.id, body)
        yield from _as(Term(TagKind.BODY, body.id, Part.SHARED), body.shared)
    for country in seeds.places.countries:
        yield from _named(TagKind.COUNTRY, country.code, country)
        yield from _as(Term(TagKind.COUNTRY, country.code), country.adjectives, inflected=True)
    for city in seeds.places.cities:
        yield from _named(TagKind.PLACE, city.id, city)
    yield from _as(Term(TagKind.PERSON, "", Part.HEAD), seeds.topic.heads, inflected=True)
    yield from _as(Term(TagKind.PERSON, "", Part.SECRETARY), seeds.topic.secretaries, inflected=True)
    yield from _as(Term(TagKind.PERSON, "", Part.FORMER), seeds.topic.former, inflected=True)
    for theme in seeds.themes:
        yield from _as(Term(TagKind.THEME, theme.id), theme.phrases, inflected=True)


def every(names: Names) -> Iterator[str]:
    """Give the words of all languages."""
    for spellings in names.values():
        yield from spellings


def _named(kind: TagKind, id_: str, entry: Person | Body | Country | City) -> Iterator[Spelling[Term]]:
    name = Term(kind, id_)
    yield from _as(name, entry.full_names if isinstance(entry, Person) else entry.names)
    yield from _as(name, entry.titles if isinstance(entry, Person) else {})
    yield from _as(Term(kind, id_, Part.UNSURE), entry.surnames if isinstance(entry, Person) else entry.unsure)
    yield from _as(Term(kind, id_, Part.NEAR), entry.near, inflected=True)
    yield from _as(Term(kind, id_, Part.UNLESS), entry.unless, inflected=True)


def _as(term: Term, names: Names, *, inflected: bool = False) -> Iterator[Spelling[Term]]:
    return (Spelling(term, words, inflected=inflected) for words in every(names))
