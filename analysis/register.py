"""The register of names: who and what the seeds know, with a name to show in each language, and every spelling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analysis.arabic import canonical
from analysis.forms import Names
from analysis.records import Language, TagKind
from analysis.spellings import every
from analysis.vocabulary import Seeds


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """One that has a name: its id as tags call it, what to show in each language, and the canonical spellings.

    `country` is ISO 3166-1 alpha-2; `role` the office of a person or the kind of a body.
    """

    kind: TagKind
    id: str
    shown: Mapping[Language, str]
    spellings: frozenset[str]
    country: str | None = None
    role: str | None = None


def list_names(seeds: Seeds) -> Iterator[Name]:
    """Give all names of the seeds; a surname alone is a spelling too, as is an office only one person held."""
    for person in seeds.people:
        names = person.full_names
        spellings = _canonical(names, person.surnames, person.titles)
        facts = {"country": person.country, "role": person.role}
        yield Name(kind=TagKind.PERSON, id=person.id, shown=_first(names), spellings=spellings, **facts)
    for body in seeds.bodies:
        spellings = _canonical(body.names, body.unsure, body.shared)
        shown = _first(body.shared) | _first(body.names)
        yield Name(
            kind=TagKind.BODY, id=body.id, shown=shown, spellings=spellings, country=body.country, role=body.kind
        )
    for country in seeds.places.countries:
        spellings = _canonical(country.names)
        facts = {"country": country.code}
        yield Name(kind=TagKind.COUNTRY, id=country.code, shown=_first(country.names), spellings=spellings, **facts)
    for city in seeds.places.cities:
        spellings = _canonical(city.names, city.unsure)
        yield Name(kind=TagKind.PLACE, id=city.id, shown=_first(city.names), spellings=spellings, country=city.country)
    for theme in seeds.themes:
        yield Name(kind=TagKind.THEME, id=theme.id, shown=theme.title, spellings=frozenset())


def _first(names: Names) -> dict[Language, str]:
    return {language: spelt[0] for language, spelt in names.items() if spelt}


def _canonical(*names: Names) -> frozenset[str]:
    return frozenset(canonical(spelt) for each in names for spelt in every(each))
