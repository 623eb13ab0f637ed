"""Article and vocabulary to tags: the themes, people, bodies, countries and places that are named, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.arabic import canonical
from analysis.headships import Headships
from analysis.meaning import Meant, find_meant, look_around
from analysis.records import Article, Field, Span, Tag, TagKind
from analysis.spellings import Term, every, rivals, spell_names, spell_phrases
from analysis.terms import Found, Line, TermFinder
from analysis.topic import PhraseGroup
from analysis.vocabulary import MOROCCO, Body, City, Country, Person, Seeds, Theme

_CLUNG = 3  # letters
_OPENING = 600  # characters: a short article has no end of its own
_BODY = 0.5  # of an article; what is named once in the rest is named in passing


Themes = Mapping[tuple[TagKind, str | None], tuple[str, ...]]
"""The themes that an entry stands for, by its kind and id."""


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
        self.joining = frozenset(canonical(word) for word in every(seeds.topic.joining))
        names = ((each.code, map(canonical, every(each.names))) for each in seeds.places.countries)
        self._country_names = {code: frozenset(spelt) for code, spelt in names}
        self._themes = {**_by_body(seeds), **_by_country(seeds.themes)}
        self.headships = Headships(seeds.people, self.joining)
        self.terms = TermFinder(spell_names(seeds), rivals=rivals)
        self.phrases = TermFinder(spell_phrases(seeds), rivals=lambda group: self.groups[group].side)

    def is_name_of_country(self, code: str, surface: str) -> bool:
        """Tell the name of a country, with what Arabic writes onto it, from its adjective."""
        spelt = canonical(surface)
        return any(spelt.endswith(name) and len(spelt) - len(name) <= _CLUNG for name in self._country_names[code])

    def country_of(self, term: Term) -> str | None:
        """Return the country of a person or body; None for one of many countries, and for other kinds of term."""
        if term.kind is TagKind.PERSON:
            return self.people[term.id].country
        return self.bodies[term.id].country if term.kind is TagKind.BODY else None

    def themes_of(self, term: Term) -> tuple[str, ...]:
        """Return the themes that a country, a body or one of its people stands for."""
        body = self.people[term.id].body if term.kind is TagKind.PERSON else term.id
        kind = TagKind.BODY if term.kind is TagKind.PERSON else term.kind
        return self._themes.get((kind, body), ())


def _by_body(seeds: Seeds) -> Themes:
    return {
        (TagKind.BODY, body.id): tuple(theme.id for theme in seeds.themes if _is_of(theme, body))
        for body in seeds.bodies
    }


def _is_of(theme: Theme, body: Body) -> bool:
    return body.id in theme.bodies or (body.kind in theme.services and body.country not in (None, MOROCCO))


def _by_country(themes: Sequence[Theme]) -> Themes:
    codes = dict.fromkeys(code for theme in themes for code in theme.countries)
    return {(TagKind.COUNTRY, code): tuple(each.id for each in themes if code in each.countries) for code in codes}


def compile_vocabulary(seeds: Seeds) -> Vocabulary:
    """Compile the seeds for reading; takes about a third of a second, so do it once."""
    return Vocabulary(seeds)


def find_tags(article: Article, vocabulary: Vocabulary) -> tuple[Tag, ...]:
    """Find every mention of a term of the vocabulary, in the order of title, then text.

    Morocco itself is no tag, nor is a theme that is named in passing.
    """
    found, whole = _find_terms(article, vocabulary), f"{article.title}\n{article.text}"
    meant = find_meant(found, whole, look_around(found, vocabulary), vocabulary)
    day = article.published.on if article.published else None
    heads = vocabulary.headships.find(found, meant, whole, day)
    named = _with_countries([*meant, *heads], vocabulary)
    tags = [_tag(each, article) for each in sorted([*named, *_stood_for(named, vocabulary)], key=_order)]
    passing = _in_passing(tags, len(article.text))
    return tuple(tag for tag in tags if tag.kind is not TagKind.THEME or tag.id not in passing)


def _find_terms(article: Article, vocabulary: Vocabulary) -> list[Found[Term]]:
    """Find the terms of title and text as if the text followed the title on a new line."""
    shift = len(article.title) + 1
    of_text = (Found(each.term, each.start + shift, each.end + shift) for each in vocabulary.terms.find(article.text))
    return [*vocabulary.terms.find(article.title), *of_text]


def _in_passing(tags: Sequence[Tag], length: int) -> frozenset[str]:
    """Name the themes that a text is not about: those it names once, towards its end."""
    late = max(_OPENING, _BODY * length)
    places: dict[str, list[Span]] = {}
    for tag in tags:
        if tag.kind is TagKind.THEME:
            places.setdefault(tag.id, []).append(tag.span)
    return frozenset(id_ for id_, spans in places.items() if len(spans) == 1 and _is_late(spans[0], late))


def _is_late(span: Span, late: float) -> bool:
    return span.field is Field.TEXT and span.start >= late


def _tag(meant: Meant, article: Article) -> Tag:
    found, shift = meant.found, len(article.title) + 1
    in_title = found.start < shift
    field, before = (Field.TITLE, 0) if in_title else (Field.TEXT, shift)
    span = Span(field=field, start=found.start - before, end=found.end - before)
    return Tag(kind=found.term.kind, id=found.term.id, span=span, surface=span.of(article), because=meant.because)


def _with_countries(meant: Sequence[Meant], vocabulary: Vocabulary) -> list[Meant]:
    """Let a foreign person or body stand for its country too, where no word of its name does; leave out Morocco."""
    countries = Line(each.found for each in meant if each.found.term.kind is TagKind.COUNTRY)
    implied = [
        Meant(Found(Term(TagKind.COUNTRY, country), each.found.start, each.found.end), f"of {each.found.term.id}")
        for each in meant
        if (country := vocabulary.country_of(each.found.term)) and not countries.overlapping(each.found)
    ]
    tagged = {each.found: each for each in (*implied, *meant) if each.found.term.id != MOROCCO}
    return sorted(tagged.values(), key=_order)


def _stood_for(meant: Sequence[Meant], vocabulary: Vocabulary) -> list[Meant]:
    """Give the themes that names stand for, where no words of theirs do."""
    themes = Line(each.found for each in meant if each.found.term.kind is TagKind.THEME)
    found = [
        Meant(Found(Term(TagKind.THEME, theme), each.found.start, each.found.end), f"of {each.found.term.id}")
        for each in meant
        for theme in vocabulary.themes_of(each.found.term)
        if all(other.term.id != theme for other in themes.overlapping(each.found))
    ]
    return [*{each.found: each for each in found}.values()]


def _order(meant: Meant) -> tuple[int, int, TagKind, str]:
    found = meant.found
    return found.start, found.end, found.term.kind, found.term.id
