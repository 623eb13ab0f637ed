"""What happened in one line, in the reader's language: patterns of `seeds/wording.yml` and the event's facts."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.parts import in_order
from analysis.records import Alert, Happening, Occasion, Part
from channels.days import days_in_words
from channels.names import NameBook, listed
from channels.words import LanguageWords

NAMED = 2
"""How many names a headline gives before it counts the others."""


def headline_of(alert: Alert, names: NameBook, words: LanguageWords) -> str:
    """Say what an alert is about in one line; an update or a retraction says so first."""
    if alert.occasion is Occasion.RETRACTION:
        return words.retraction.format(headline=what_happened(alert.happening, names, words))
    told = as_told(alert.happening, names, words)
    return words.update.format(headline=told) if alert.occasion is Occasion.UPDATE else told


def as_told(happening: Happening, names: NameBook, words: LanguageWords) -> str:
    """Say what happened and, if it is not told as news, how it is told."""
    return words.told[happening.told].format(headline=what_happened(happening, names, words))


def what_happened(happening: Happening, names: NameBook, words: LanguageWords) -> str:
    """Say what happened: kind, who, where and when, as far as these are known."""
    way = f"-{happening.direction}" if happening.direction else ""
    return words.headline(f"{happening.kind}{way}", _facts(happening, names, words))


def _facts(happening: Happening, names: NameBook, words: LanguageWords) -> dict[str, str]:
    """Fill every field a pattern may have; what is not known is empty."""
    people = [names.person(each, words) for each in in_order(happening.people, happening.participants)]
    bodies = [names.body(each, words) for each in happening.bodies]
    countries = happening.countries
    return {
        "ours": _people(happening, names, words, is_ours=True),
        "theirs": _people(happening, names, words, is_ours=False),
        "our_bodies": _bodies(happening, names, words, is_ours=True),
        "their_bodies": _bodies(happening, names, words, is_ours=False),
        "people": _few(people, words),
        "bodies": _few(bodies, words),
        "decorated": _of_part(happening, Part.DECORATED, names, words),
        "elected": _of_part(happening, Part.ELECTED, names, words),
        "extradited": _of_part(happening, Part.EXTRADITED, names, words),
        "who": _few(people or bodies, words),
        "countries": listed((names.country(code, words) for code in countries), words),
        "to": names.to(countries, words),
        "with": names.beside(countries, words),
        "city": names.city(happening.city, words) if happening.city else "",
        "when": days_in_words(happening.when, words) if happening.when else "",
    }


def _people(happening: Happening, names: NameBook, words: LanguageWords, *, is_ours: bool) -> str:
    """Name the people of one side; whoever the seeds do not know is of neither."""
    ordered = in_order(happening.people, happening.participants)
    return _few([names.person(each, words) for each in ordered if names.is_ours(each) is is_ours], words)


def _bodies(happening: Happening, names: NameBook, words: LanguageWords, *, is_ours: bool) -> str:
    """Name the bodies of one side, which visit where nobody says who."""
    return _few([names.body(each, words) for each in happening.bodies if names.is_ours(each) is is_ours], words)


def _of_part(happening: Happening, part: Part, names: NameBook, words: LanguageWords) -> str:
    """Name the people who had a part."""
    return _few([names.person(each.person, words) for each in happening.participants if each.part is part], words)


def _few(names: Sequence[str], words: LanguageWords) -> str:
    """Join the first names, and count the others: `A, B et 2 autres`."""
    if len(names) <= NAMED + 1:
        return listed(names, words)
    return listed([*names[:NAMED], words.counted("others", len(names) - NAMED)], words)
