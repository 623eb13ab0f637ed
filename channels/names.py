"""People, bodies and places by the names readers of a language know; what is no id of the seeds stays as printed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from babel import Locale
from babel.lists import format_list

from analysis.forms import Names
from analysis.records import Language
from analysis.vocabulary import MOROCCO, Seeds
from channels.bidi import isolated
from channels.words import LanguageWords

# Whose spelling a reader takes where the seeds have none of the own language: Latin letters for Latin letters.
_NEAREST = {
    Language.ARABIC: (Language.FRENCH, Language.ENGLISH, Language.SPANISH),
    Language.FRENCH: (Language.ENGLISH, Language.SPANISH, Language.ARABIC),
    Language.ENGLISH: (Language.FRENCH, Language.SPANISH, Language.ARABIC),
    Language.SPANISH: (Language.FRENCH, Language.ENGLISH, Language.ARABIC),
}


_Y_BEFORE_I = re.compile(r" y (?=I|Hi(?!e))", re.IGNORECASE)  # Irlanda e Italia, which CLDR's pattern leaves out


class NameBook:
    """The names of the seeds by their ids."""

    def __init__(self, vocabulary: Seeds) -> None:
        """Look everything up once."""
        self._people = {each.id: each for each in vocabulary.people}
        self._bodies = {each.id: each for each in vocabulary.bodies}
        self._countries = {each.code: each.names for each in vocabulary.places.countries}
        self._cities = {each.id: each for each in vocabulary.places.cities}

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all countries."""
        return tuple(self._countries)

    def person(self, name: str, words: LanguageWords) -> str:
        """Name a person."""
        known = self._people.get(name)
        return _first(known.full_names if known else {}, name, words)

    def office(self, name: str, words: LanguageWords) -> str | None:
        """Say the office of a person, where the seeds have it in this language."""
        known = self._people.get(name)
        titles = known.titles.get(words.language, ()) if known else ()
        return _within_line(titles[0], words.language) if titles else None

    def body(self, name: str, words: LanguageWords) -> str:
        """Name a service, ministry or organisation."""
        if name in words.bodies:
            return words.bodies[name]
        known = self._bodies.get(name)
        return _first(known.names if known else {}, name, words)

    def country(self, code: str, words: LanguageWords) -> str:
        """Name a country."""
        if named := self._countries.get(code, {}).get(words.language):
            return named[0]
        return str(Locale.parse(words.locale).territories.get(code, code))

    def to(self, codes: Iterable[str], words: LanguageWords) -> str:
        """Say where one goes to: `en Espagne et au Portugal`."""
        return listed([self._in_words("to", code, words) for code in codes], words)

    def beside(self, codes: Iterable[str], words: LanguageWords) -> str:
        """Name countries as they stand after "with": `l'Espagne et le Portugal`."""
        return listed([self._in_words("beside", code, words) for code in codes], words)

    def city(self, name: str, words: LanguageWords) -> str:
        """Name a city."""
        if name in words.places:
            return words.places[name]
        known = self._cities.get(name)
        return _first(known.names if known else {}, name, words)

    def nameless_cities(self, words: LanguageWords) -> tuple[str, ...]:
        """Return the cities that have no name in a language, neither in the places nor in its words."""
        named = (each.id for each in self._cities.values() if each.names.get(words.language))
        return tuple(sorted({*self._cities} - {*named, *words.places}))

    def country_of_city(self, name: str) -> str | None:
        """Return the code of the country of a city, where the seeds know it."""
        return self._cities[name].country if name in self._cities else None

    def is_ours(self, name: str) -> bool | None:
        """Tell whether a person or body is of the Moroccan side; None where the seeds do not know it."""
        known = self._people.get(name) or self._bodies.get(name)
        return None if known is None else known.country == MOROCCO

    def _in_words(self, way: str, code: str, words: LanguageWords) -> str:
        name = self.country(code, words)
        rule = next(each for each in words.countries if each.covers(code, name))
        pattern: str = getattr(rule, way)
        return pattern.format(name=name)


def listed(names: Iterable[str], words: LanguageWords) -> str:
    """Join names as the language does: `a, b et c`."""
    joined = format_list(list(names), locale=words.locale)
    return _Y_BEFORE_I.sub(" e ", joined) if words.language is Language.SPANISH else joined


def _within_line(title: str, language: Language) -> str:
    """Return an office as it stands after a name: in French and Spanish without a capital, but of an abbreviation."""
    is_small = language in (Language.FRENCH, Language.SPANISH) and not title[:2].isupper()
    return title[0].lower() + title[1:] if is_small else title


def _first(names: Names, otherwise: str, words: LanguageWords) -> str:
    """Return the first name in the language, else in the nearest one, else what was printed."""
    for language in (words.language, *_NEAREST[words.language]):
        if names.get(language):
            return isolated(names[language][0], words.language)
    return isolated(otherwise, words.language)
