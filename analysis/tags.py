"""Article and vocabulary to tags: the themes, people, bodies, countries and places that are named, and where.

A surname alone, and a name that two bear, are decided by the words beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.arabic import canonical
from analysis.forms import Names
from analysis.records import Article, Field, Span, Tag, TagKind
from analysis.terms import Found, Line, Spelling, TermFinder, longest
from analysis.topic import PhraseGroup
from analysis.vocabulary import MOROCCO, Body, City, Country, Person, Seeds

BESIDE = 80  # characters between a name and a word that decides who is meant: about one line of print


class Part(StrEnum):
    """What a spelling of the seeds does: it names, names only with support, supports, or speaks against."""

    NAME = "name"
    SURNAME = "surname"
    NEAR = "near"
    UNLESS = "unless"


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the seeds, and the part that a spelling plays for it."""

    kind: TagKind
    id: str
    part: Part = Part.NAME


class Vocabulary:
    """The seeds compiled for reading: make it once, use it for every article."""

    def __init__(self, seeds: Seeds) -> None:
        """Compile all spellings."""
        self.seeds = seeds
        self.people: Mapping[str, Person] = {person.id: person for person in seeds.people}
        self.bodies: Mapping[str, Body] = {body.id: body for body in seeds.bodies}
        self.countries: Mapping[str, Country] = {country.code: country for country in seeds.places.countries}
        self.cities: Mapping[str, City] = {city.id: city for city in seeds.places.cities}
        self.groups: Mapping[str, PhraseGroup] = {group.id: group for group in seeds.topic.groups}
        self.joining = frozenset(canonical(word) for word in _all(seeds.topic.joining))
        self.terms = TermFinder(spell_names(seeds))
        self.phrases = TermFinder(spell_phrases(seeds))

    def country_of(self, term: Term) -> str | None:
        """Return the country of a person or body; None for one of many countries, and for other kinds of term."""
        if term.kind is TagKind.PERSON:
            return self.people[term.id].country
        return self.bodies[term.id].country if term.kind is TagKind.BODY else None


def compile_vocabulary(seeds: Seeds) -> Vocabulary:
    """Compile the seeds for reading; takes about a third of a second, so do it once."""
    return Vocabulary(seeds)


def find_tags(article: Article, vocabulary: Vocabulary) -> tuple[Tag, ...]:
    """Find every mention of a term of the vocabulary, in the order of title, then text; Morocco itself is no tag."""
    texts = {Field.TITLE: article.title, Field.TEXT: article.text}
    found = {field: vocabulary.terms.find(text) for field, text in texts.items()}
    named = {term.term.id for each in found.values() for term in each if term.term.part is Part.NAME}
    return tuple(
        Tag(kind=each.term.kind, id=each.term.id, span=span, surface=span.of(article))
        for field, terms in found.items()
        for each in _with_countries(_meant(terms, texts[field], named, vocabulary), vocabulary)
        for span in (Span(field=field, start=each.start, end=each.end),)
    )


def is_adjective(surface: str) -> bool:
    """Tell whether the word for a country is its adjective, as it stands after a noun: الإسبانية or espagnole."""
    return surface.startswith("ال") or surface[:1].islower()


# ---------------------------------------------------------------- what the seeds spell


def _all(names: Names) -> Iterator[str]:
    for spellings in names.values():
        yield from spellings


def spell_phrases(seeds: Seeds) -> Iterator[Spelling[str]]:
    """Give every way to write the phrases of the topic, by the id of their group."""
    for group in seeds.topic.groups:
        yield from (Spelling(group.id, words, inflected=True) for words in _all(group.phrases))


def spell_names(seeds: Seeds) -> Iterator[Spelling[Term]]:
    """Give every way to write the names and themes of the seeds, and the words that decide who is meant."""
    for person in seeds.people:
        yield from _actor(TagKind.PERSON, person)
    for body in seeds.bodies:
        yield from _actor(TagKind.BODY, body)
    for country in seeds.places.countries:
        term = Term(TagKind.COUNTRY, country.code)
        yield from (Spelling(term, words) for words in _all(country.names))
        yield from (Spelling(term, words, inflected=True) for words in _all(country.adjectives))
    for city in seeds.places.cities:
        yield from (Spelling(Term(TagKind.PLACE, city.id), words) for words in _all(city.names))
    for theme in seeds.themes:
        yield from (Spelling(Term(TagKind.THEME, theme.id), words, inflected=True) for words in _all(theme.phrases))


def _actor(kind: TagKind, actor: Person | Body) -> Iterator[Spelling[Term]]:
    name = Term(kind, actor.id)
    names = actor.full_names if isinstance(actor, Person) else actor.names
    yield from (Spelling(name, words) for words in _all(names))
    unless = Term(kind, actor.id, Part.UNLESS)
    yield from (Spelling(unless, words, inflected=True) for words in _all(actor.unless))
    if isinstance(actor, Person):
        yield from (Spelling(name, words) for words in _all(actor.titles))
        yield from (Spelling(Term(kind, actor.id, Part.SURNAME), words) for words in _all(actor.surnames))
        near = Term(kind, actor.id, Part.NEAR)
        yield from (Spelling(near, words, inflected=True) for words in _all(actor.near))


# ---------------------------------------------------------------- who is meant


def _meant(found: Sequence[Found[Term]], text: str, named: set[str], vocabulary: Vocabulary) -> list[Found[Term]]:
    """Keep the findings that name something, once each: the longest of a kind, and no country inside a person."""
    clues = Line(each for each in found if each.term.part in (Part.NEAR, Part.UNLESS))
    countries = [each for each in found if each.term.kind is TagKind.COUNTRY]
    adjectives = {each.start: each.term.id for each in countries if is_adjective(text[each.start : each.end])}
    possible = [
        each
        for each in found
        if each.term.part in (Part.NAME, Part.SURNAME)
        and not _is_unless(each, clues)
        and not _is_of_another_country(each, adjectives, vocabulary)
    ]
    names = longest(possible, kind=lambda term: term.kind)
    bodies = Line(each for each in names if each.term.kind is TagKind.BODY)
    people = Line(each for each in names if each.term.kind is TagKind.PERSON)
    return [
        each
        for each in names
        if (each.term.part is Part.NAME or _is_supported(each, clues, bodies, named)) and not _is_inside(each, people)
    ]


def _with_countries(meant: Sequence[Found[Term]], vocabulary: Vocabulary) -> list[Found[Term]]:
    """Let a foreign person or body stand for its country too, where no word of its name does; leave out Morocco."""
    countries = Line(each for each in meant if each.term.kind is TagKind.COUNTRY)
    implied = [
        Found(Term(TagKind.COUNTRY, country), each.start, each.end)
        for each in meant
        if (country := vocabulary.country_of(each.term)) and not countries.overlapping(each)
    ]
    tagged = {each for each in (*meant, *implied) if each.term.id != MOROCCO}
    return sorted(tagged, key=lambda each: (each.start, each.end, each.term.kind, each.term.id))


def _is_unless(each: Found[Term], clues: Line[Term]) -> bool:
    unless = Term(each.term.kind, each.term.id, Part.UNLESS)
    return any(clue.term == unless for clue in clues.near(each, BESIDE))


def _is_of_another_country(each: Found[Term], adjectives: Mapping[int, str], vocabulary: Vocabulary) -> bool:
    """Tell whether the next word is another country's adjective: the Spanish interior ministry is not ours."""
    country, following = vocabulary.country_of(each.term), adjectives.get(each.end + 1)
    return None not in (country, following) and country != following


def _is_supported(surname: Found[Term], clues: Line[Term], bodies: Line[Term], named: set[str]) -> bool:
    """Tell whether a surname is that person's: named in full elsewhere, or a body or a word of `near` beside it."""
    if surname.term.id in named or bodies.near(surname, BESIDE):
        return True
    near = Term(surname.term.kind, surname.term.id, Part.NEAR)
    return any(clue.term == near for clue in clues.near(surname, BESIDE))


def _is_inside(each: Found[Term], people: Line[Term]) -> bool:
    return each.term.kind in (TagKind.COUNTRY, TagKind.PLACE) and bool(people.overlapping(each))
