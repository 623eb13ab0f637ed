"""How letters speak, as `seeds/wording.yml` says it for each language: patterns with `{fields}`, and plurals.

Whatever is missing or unknown there is a SeedError when it is read, not when a letter is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields

from babel import Locale, UnknownLocaleError

from analysis import seeds
from analysis.errors import SeedError
from analysis.forms import CountryCode, Slug, Words
from analysis.records import EventKind, Language, Part, Told

FIELDS: Mapping[str, frozenset[str]] = {
    "headlines": frozenset(
        {
            *("ours", "theirs", "our_bodies", "their_bodies", "who", "people", "bodies"),
            *("decorated", "elected", "extradited", "countries", "to", "with", "city", "when"),
        }
    ),
    "days": frozenset({"first", "first_day", "last", "month", "year"}),
    "counts": frozenset({"n"}),
    "told": frozenset({"headline"}),
    "changes": frozenset({"fact", "before", "after"}),
    "says": frozenset(
        "number fact values n because command rules day days sources source text".split()  # noqa: SIM905 a list of words
    ),
}
PLURALS = ("zero", "one", "two", "few", "many", "other")
_FIELD = re.compile(r"\{(\w+)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, kw_only=True, slots=True)
class DayWords:
    """Patterns for a day or a range of days."""

    day: Words
    two_days: Words
    days: Words
    days_apart: Words
    some_day: Words
    month: Words
    year: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class CountryWords:
    """How one goes `to` a country and what stands `beside` "with", for these codes, or names that begin so, or all."""

    to: Words
    beside: Words
    codes: tuple[CountryCode, ...] = ()
    starts: tuple[Words, ...] = ()

    def covers(self, code: str, name: str) -> bool:
        """Tell whether this rule is about a country."""
        is_for_all = not self.codes and not self.starts
        return is_for_all or code in self.codes or name.startswith(self.starts)


@dataclass(frozen=True, kw_only=True, slots=True)
class CountWords:
    """Numbers with their nouns, each by plural category."""

    others: Mapping[str, str]
    outlets: Mapping[str, str]
    first_rank: Mapping[str, str]
    all_first_rank: Mapping[str, str]
    copies: Mapping[str, str]
    announcing: Mapping[str, str]
    denying: Mapping[str, str]
    events: Mapping[str, str]
    new_articles: Mapping[str, str]
    in_outlets: Mapping[str, str]
    answered: Mapping[str, str]
    asked: Mapping[str, str]
    articles: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class FactWords:
    """What the facts of an event are called."""

    who: Words
    what: Words
    where: Words
    when: Words
    sure: Words
    linked: Words
    people: Words
    city: Words
    told: Words
    direction: Words
    split: Words
    merged: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeWords:
    """Patterns for a fact that is otherwise, known only now, or one of several that is new or gone."""

    changed: Words
    known: Words
    added: Words
    gone: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Says:
    """Single words and sentences of a letter."""

    not_said: Words
    morocco: Words
    event: Words
    differs: Words
    quote: Words
    outlets: Words
    copy: Words
    more_outlets: Words
    retracted: Words
    because_denied: Words
    because_untold: Words
    because: Words
    see: Words
    see_command: Words
    rules: Words
    mute: Words
    trial: Words
    trouble: Words
    digest_daily: Words
    digest_weekly: Words
    nothing: Words
    new_events: Words
    updates: Words
    retractions: Words
    stories: Words
    coverage: Words
    silent: Words
    silent_since: Words
    elsewhere: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class LanguageWords:
    """All that letters of one language say; `locale` is where months and plurals come from.

    `bodies` and `places` are names for letters where the first one of the seeds is not what its readers know best.
    """

    language: Language
    locale: Words
    comma: str
    semicolon: str
    colon: str
    headlines: Mapping[str, tuple[Words, ...]]
    kinds: Mapping[EventKind, Words]
    new: Mapping[EventKind, Words]
    told: Mapping[Told, Words]
    update: Words
    retraction: Words
    days: DayWords
    day_month: Words
    day_month_year: Words
    month_year: Words
    countries: tuple[CountryWords, ...]
    counts: CountWords
    facts: FactWords
    statuses: Mapping[str, Words]
    parts: Mapping[Part, Words]
    changes: ChangeWords
    says: Says
    first_of_month: Words | None = None
    bodies: Mapping[Slug, Words] = field(default_factory=dict)
    places: Mapping[Slug, Words] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what would fail only when a letter is written."""
        for mistake in _mistakes(self):
            raise ValueError(mistake)

    def counted(self, what: str, count: int) -> str:
        """Say a number with its noun, by the plural rules of the language."""
        forms: Mapping[str, str] = getattr(self.counts, what)
        category = Locale.parse(self.locale).plural_form(count)
        return forms.get(category, forms["other"]).format(n=count)

    def headline(self, name: str, facts: Mapping[str, str]) -> str:
        """Fill the first pattern whose fields are all known; what is in brackets may be left out."""
        patterns = self.headlines.get(name) or self.headlines[name.split("-", maxsplit=1)[0]]
        return next(filled for filled in (fill(each, facts) for each in patterns) if filled is not None)


def read_words(text: str, *, file: str) -> dict[Language, LanguageWords]:
    """Read `seeds/wording.yml`; raises SeedError where a language, word or field is missing or unknown."""
    found = {each.language: each for each in seeds.read(text, file=file, shape=LanguageWords)}
    for language in Language:
        if language is not Language.OTHER and language not in found:
            raise SeedError(file=file, line=None, expected=f"expected the language '{language}'")
    return found


def fill(pattern: str, facts: Mapping[str, str]) -> str | None:
    """Fill a pattern; what is in brackets is left out where a field is not known, and all is None where another is."""
    kept = _OPTIONAL.sub(lambda part: part[1] if _is_known(part[1], facts) else "", pattern)
    return kept.format_map(facts) if _is_known(kept, facts) else None


def _is_known(pattern: str, facts: Mapping[str, str]) -> bool:
    return all(facts.get(name) for name in _FIELD.findall(pattern))


# ---------------------------------------------------------------- mistakes


def _mistakes(words: LanguageWords) -> Iterator[str]:
    try:
        Locale.parse(words.locale)
    except (ValueError, UnknownLocaleError):
        yield f"a locale of CLDR, found '{words.locale}'"
    for kind in EventKind:
        if kind not in words.kinds or kind not in words.new or kind not in words.headlines:
            yield f"words for '{kind}' in kinds, new and headlines"
    if words.countries[-1].codes or words.countries[-1].starts:
        yield "a last rule of countries for all others"
    yield from (f"words for '{told}' in told" for told in Told if told not in words.told)
    yield from (f"words for '{part}' in parts" for part in Part if part not in words.parts)
    for name, patterns in words.headlines.items():
        if _FIELD.search(_OPTIONAL.sub("", patterns[-1])):
            yield f"a last headline of '{name}' that needs no field"
    for room, name, pattern in _patterns(words):
        for found in _FIELD.findall(pattern):
            if found not in FIELDS[room]:
                yield f"fields of {', '.join(sorted(FIELDS[room]))} in '{name}', found '{found}'"


def _patterns(words: LanguageWords) -> Iterator[tuple[str, str, str]]:
    """Give each pattern with where it stands and its name."""
    yield from (("headlines", name, each) for name, listed in words.headlines.items() for each in listed)
    yield from (("told", name, each) for name, each in words.told.items())
    yield from (("told", name, getattr(words, name)) for name in ("update", "retraction"))
    for room in ("days", "changes", "says"):
        written = getattr(words, room)
        yield from ((room, each.name, getattr(written, each.name)) for each in fields(written))
    for each in fields(words.counts):
        forms = getattr(words.counts, each.name)
        yield from (("counts", each.name, forms.get(category, "{other}")) for category in ("other", *forms))
        yield from (("counts", each.name, f"{{{category}}}") for category in forms if category not in PLURALS)
