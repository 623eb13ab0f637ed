"""What the seeds say, as frozen records that `analysis/seeds.py` makes: people, bodies, places, themes and phrases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from analysis.forms import CountryCode, Names, Slug, Words
from analysis.records import EventKind, Language, Told
from analysis.tenures import Tenure
from analysis.topic import Topic

MOROCCO = "MA"


# ---------------------------------------------------------------- who and where


class BodyKind(StrEnum):
    """What a body is; `AGENCY` is a news agency, and with `OTHER` no security side."""

    POLICE = "police"
    GENDARMERIE = "gendarmerie"
    INTELLIGENCE = "intelligence"
    COUNTER_TERRORISM = "counter-terrorism"
    INTERIOR = "interior"
    BORDER = "border"
    CUSTOMS = "customs"
    CYBER = "cyber"
    PRISON = "prison"
    JUSTICE = "justice"
    DEFENCE = "defence"
    ORGANISATION = "organisation"
    AGENCY = "agency"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Someone of this field, as he or she was known between 2022 and 2026.

    `names` count wherever they stand, as do a name of `given` before one of `surnames`, and `titles`, the words for an
    office that only this person held.
    `surnames` count only beside a body or a word of `near`, or where a name or title stands elsewhere in the article.
    A name with a word of `unless` beside it is somebody else who is called the same.
    `shared` are titles that the holders of the same office in the countries `namesakes` bear too. `leads` says which
    bodies this person led, and when: "the director of the CNI" is who led it on the day of publication.
    """

    id: Slug
    names: Names = field(default_factory=dict)
    role: Words
    country: CountryCode
    body: Slug | None = None
    titles: Names = field(default_factory=dict)
    given: Names = field(default_factory=dict)
    surnames: Names = field(default_factory=dict)
    near: Names = field(default_factory=dict)
    unless: Names = field(default_factory=dict)
    shared: Names = field(default_factory=dict)
    namesakes: tuple[CountryCode, ...] = ()
    leads: tuple[Tenure, ...] = ()

    @property
    def full_names(self) -> Names:
        """All names but the surname alone and the titles: `names`, and each of `given` before each of `surnames`."""
        composed = {
            language: tuple(f"{first} {surname}" for first in given for surname in self.surnames.get(language, ()))
            for language, given in self.given.items()
        }
        languages = {**self.names, **composed}
        return {language: (*self.names.get(language, ()), *composed.get(language, ())) for language in languages}


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """A service, ministry or organisation; `country` is None for one of many countries.

    A name with a word of `unless` beside it is another body that is called the same. `shared` are names that bodies of
    the countries `namesakes` bear too: theirs where one of these is named and its own country is not. Those of `unsure`
    count only beside a word of `near`, or where a name stands elsewhere in the article.
    """

    id: Slug
    kind: BodyKind
    names: Names
    country: CountryCode | None = None
    unless: Names = field(default_factory=dict)
    unsure: Names = field(default_factory=dict)
    near: Names = field(default_factory=dict)
    shared: Names = field(default_factory=dict)
    namesakes: tuple[CountryCode, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Country:
    """A country or territory: its names, and the adjectives and demonyms that stand for it.

    `unsure`, `near` and `unless` are as a body's: مالي is financial, but beside النيجر it is Mali.
    """

    code: CountryCode
    names: Names
    adjectives: Names = field(default_factory=dict)
    unsure: Names = field(default_factory=dict)
    near: Names = field(default_factory=dict)
    unless: Names = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class City:
    """A city; naming it does not name its country. `unsure`, `near` and `unless` are as a body's."""

    id: Slug
    country: CountryCode
    names: Names = field(default_factory=dict)
    unsure: Names = field(default_factory=dict)
    near: Names = field(default_factory=dict)
    unless: Names = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Places:
    """Countries and cities."""

    countries: tuple[Country, ...]
    cities: tuple[City, ...]


# ---------------------------------------------------------------- what it is about


@dataclass(frozen=True, kw_only=True, slots=True)
class Theme:
    """A theme tag: its title, phrases, and the bodies, kinds of foreign service and countries that stand for it."""

    id: Slug
    title: Mapping[Language, Words]
    phrases: Names
    bodies: tuple[Slug, ...] = ()
    services: tuple[BodyKind, ...] = ()
    countries: tuple[CountryCode, ...] = ()


# ---------------------------------------------------------------- what happens


class CueRole(StrEnum):
    """What a word does in a sentence that tells an event."""

    TRIP = "trip"
    TRAVEL = "travel"
    LEADING = "leading"
    RETURN = "return"
    STOP = "stop"
    STAY = "stay"
    LEAVING = "leaving"
    HOST = "host"
    GUEST = "guest"
    WELCOMED = "welcomed"
    VISITOR = "visitor"
    TALKS = "talks"
    SIGNING = "signing"
    INSTRUMENT = "instrument"
    INKING = "inking"
    PAPER = "paper"
    SIGNED = "signed"
    AWARD = "award"
    MEDAL = "medal"
    DISMANTLING = "dismantling"
    JOINTLY = "jointly"
    TIP = "tip"
    EXTRADITION = "extradition"
    HANDOVER = "handover"
    WANTED = "wanted"
    GATHERING = "gathering"
    HOLDING = "holding"
    VOTE = "vote"
    SEAT = "seat"
    ASSOCIATION = "association"
    DOING = "doing"
    AFTER = "after"
    PASSING = "passing"
    DURING = "during"
    CONDITION = "condition"
    PLACE = "place"
    AGENT = "agent"
    LINK = "link"
    AT = "at"
    DAY = "day"
    WEEKDAY = "weekday"
    TOUR = "tour"
    CAPITAL = "capital"
    OURS = "ours"
    NATION = "nation"
    SECURITY = "security"
    COMPATRIOT = "compatriot"
    BOTH = "both"
    ALL = "all"
    THEIRS = "theirs"
    OUTSIDER = "outsider"
    HOME = "home"
    ABROAD = "abroad"
    ASIDE = "aside"
    GIFT = "gift"
    HONOURED = "honoured"
    OFFICE = "office"
    HEAD = "head"
    ENVOY = "envoy"
    OBJECT = "object"
    PRONOUN = "pronoun"
    COMPANY = "company"
    ORIGIN = "origin"
    PREMISES = "premises"
    BRANCH = "branch"
    TODAY = "today"
    SAME_DAY = "same-day"
    DURATION = "duration"
    ENDING = "ending"
    STARTING = "starting"
    SINCE = "since"
    BEING = "being"
    UNTIL = "until"
    DEPARTING = "departing"
    NTH = "nth"
    SAYING = "saying"
    TOLD = "told"


class Reach(StrEnum):
    """How far a word that says how something is told reaches; `OPENING` is `BEFORE`, from a sentence's first words.

    `THEME` is `ARTICLE`, unless its opening tells of an event; `KNOWN` is recalled, unless the article itself tells it.
    """

    NEAR = "near"
    AFTER = "after"
    BEFORE = "before"
    KNOWN = "known"
    OPENING = "opening"
    SENTENCE = "sentence"
    ARTICLE = "article"
    THEME = "theme"


@dataclass(frozen=True, kw_only=True, slots=True)
class CueWords:
    """Words that do the same in a sentence; `told` where their tense alone says how it is told, `days` how long.

    Of `verbs` all active forms do, of `passives` all passive ones, of `objects` (Arabic) those that end in a pronoun;
    how these tell is in their tense. A verb is written as `analysis/conjugation.py` says.
    """

    role: CueRole
    phrases: Names = field(default_factory=dict)
    verbs: Names = field(default_factory=dict)
    passives: Names = field(default_factory=dict)
    objects: Names = field(default_factory=dict)
    told: Told | None = None
    days: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class KindWords:
    """A kind of event, its code in PLOVER, and the words that signal it."""

    kind: EventKind
    plover: Words
    cues: tuple[CueWords, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldWords:
    """Words that say how something is told, and how far they reach."""

    told: Told
    reach: Reach
    phrases: Names


@dataclass(frozen=True, kw_only=True, slots=True)
class EventWords:
    """The words that tell what happened: by kind, by how it is told, and those that say who and where."""

    kinds: tuple[KindWords, ...] = ()
    told: tuple[ToldWords, ...] = ()
    frame: tuple[CueWords, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Seeds:
    """All that the seeds say, but for the sources and the seed corpus."""

    topic: Topic
    people: tuple[Person, ...]
    bodies: tuple[Body, ...]
    places: Places
    themes: tuple[Theme, ...]
    events: EventWords = field(default_factory=EventWords)
