"""What marsad follows: sources, how their pages are discovered, and what they promise."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

PAGE = "{page}"  # stands in the address of a list of several pages for the number of one
PHRASE = "{phrase}"  # stands in the address of a search for what is searched


class Language(StrEnum):
    """The four languages marsad reads (ISO 639-1), and one word for all others."""

    ARABIC = "ar"
    FRENCH = "fr"
    SPANISH = "es"
    ENGLISH = "en"
    OTHER = "und"


class Way(StrEnum):
    """How new pages of a source are discovered."""

    FEED = "feed"
    SITEMAP = "sitemap"
    LISTING = "listing"
    WORDPRESS = "wordpress"


class Grounds(StrEnum):
    """How well an address of discovery is known, the surest first: which to doubt when a source is silent."""

    PROBED = "probed"  # somebody saw it answer with articles
    USED = "used"  # programs of others fetch it
    LISTED = "listed"  # a catalogue names it
    INFERRED = "inferred"  # what publishes the outlet usually has it there


@dataclass(frozen=True, kw_only=True, slots=True)
class Discovery:
    """One address to ask for new pages, and how to read its answer.

    `links` is a CSS selector of the links that are articles; only a listing has one. An address that holds `{phrase}`
    is a search: it is asked once for each of the source's `searches`. One that holds `{page}` is asked for its first
    page, and by a backfill for all of them.
    """

    way: Way
    url: str
    links: str | None = None
    grounds: Grounds = Grounds.PROBED

    @property
    def is_search(self) -> bool:
        """Tell whether it is asked for each of the searches."""
        return PHRASE in self.url


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """What a source yields on an ordinary day: articles, from and to, and the share of them without a date (0..1)."""

    articles_a_day: tuple[int, int]
    undated_share: float = 0.0


class ClosureReason(StrEnum):
    """Why an outlet is listed and not followed."""

    ROBOTS_FORBID = "robots_forbid"  # its robots.txt forbids what we would fetch
    REFUSES_ROBOTS = "refuses_robots"  # it answers a robot that says who it is with 403, 429 or a challenge
    UNREACHABLE = "unreachable"
    NO_LIST = "no_list"  # no feed, sitemap or page of links is known that names its articles
    OTHER_LANGUAGE = "other_language"  # it prints none of the languages marsad reads


@dataclass(frozen=True, kw_only=True, slots=True)
class Closure:
    """Why a source is not followed: the reason to count by, a sentence, and the fair way to its news `instead`."""

    reason: ClosureReason
    detail: str
    instead: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """An outlet, or a section of it, that we follow. `tier` runs from 1 (core of the topic) to 4 (context only).

    A `closed` one is listed only: it promises nothing, and its ways of discovery are what to ask should it open.
    Its ways stand in the order of preference; each is asked every `cadence_minutes` while it brings news, and less
    often while it does not, down to every `slowest_minutes`. `searches` are the topic's own phrases in its languages.
    """

    id: str
    name: str
    name_ar: str | None = None
    country: str
    home: str
    hosts: tuple[str, ...]
    languages: tuple[Language, ...]
    kind: str
    tier: int
    discovery: tuple[Discovery, ...]
    promise: Promise
    cadence_minutes: int = 60
    slowest_minutes: int = 720
    searches: tuple[str, ...] = ()
    delay_seconds: float = 2.0
    closed: Closure | None = None
