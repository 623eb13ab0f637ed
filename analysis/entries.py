"""How sources and seed documents are written in their files, where that is shorter than the record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit

from analysis.forms import CountryCode, Must, Slug, WebAddress, Words
from analysis.records import (
    Closure,
    Discovery,
    Fingerprint,
    Grounds,
    Language,
    Promise,
    SeedDocument,
    Source,
    Way,
)


class SourceKind(StrEnum):
    """What an outlet is."""

    NEWS_SITE = "news site"
    DAILY = "daily"
    WEEKLY = "weekly"
    MAGAZINE = "magazine"
    AGENCY = "agency"
    BROADCASTER = "broadcaster"
    OFFICIAL = "official"
    AGGREGATOR = "aggregator"


Tier = Annotated[int, Must(range(1, 5).__contains__, "a tier from 1 (core of the topic) to 4 (context only)")]
Share = Annotated[float, Must(lambda share: 0 <= share <= 1, "a share from 0 to 1")]
Positive = Annotated[int, Must(lambda count: count > 0, "a whole number above 0")]
Seconds = Annotated[float, Must(lambda seconds: seconds >= 0, "a number of seconds, 0 or more")]
_LIST = re.compile(r"https?://[^\s/{}]+(/([^\s{}]|\{phrase\}|\{page\})*)?")
ListAddress = Annotated[str, Must(_LIST.fullmatch, "an http or https address, with no braces but {phrase} and {page}")]

DAY_MINUTES = 24 * 60
SLOWER = 24  # times the cadence, and no more than a day


@dataclass(frozen=True, kw_only=True, slots=True)
class _Address:
    """One way of discovery as it is written: its name with the address, such as `feed: https://…`.

    A `listing:` has `links:` beside it; an address may hold `{phrase}`.
    """

    feed: ListAddress | None = None
    sitemap: ListAddress | None = None
    listing: ListAddress | None = None
    wordpress: ListAddress | None = None
    links: Words | None = None
    grounds: Grounds = Grounds.PROBED

    def __post_init__(self) -> None:
        if len(self._written()) != 1:
            message = "one of feed, sitemap, listing or wordpress, with its address"
            raise ValueError(message)
        if (self.listing is None) != (self.links is None):
            message = "'links' (a CSS selector of the links to articles) beside a listing, and only there"
            raise ValueError(message)

    def discovery(self) -> Discovery:
        """Say the same as a record."""
        ((way, url),) = self._written().items()
        return Discovery(way=way, url=url, links=self.links, grounds=self.grounds)

    def _written(self) -> dict[Way, str]:
        named = {way: getattr(self, way.value) for way in Way}
        return {way: url for way, url in named.items() if url is not None}


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceEntry:
    """A source as it is written: what goes without saying is left out, and a closed one needs no more than its name."""

    id: Slug
    name: Words
    name_ar: Words | None = None
    country: CountryCode | None = None
    home: WebAddress
    hosts: tuple[Words, ...] = ()
    languages: tuple[Language, ...]
    kind: SourceKind
    tier: Tier
    discovery: tuple[_Address, ...] = ()
    articles_a_day: tuple[int, int] = (0, 0)
    undated_share: Share = 0.0
    cadence_minutes: Positive = 60
    slowest_minutes: Positive | None = None
    delay_seconds: Seconds = 2.0
    closed: Closure | None = None

    def __post_init__(self) -> None:
        low, high = self.articles_a_day
        if not 0 <= low <= high:
            message = "articles_a_day from a number to one as great or greater, such as [5, 60]"
            raise ValueError(message)
        if self.slowest_minutes is not None and self.slowest_minutes < self.cadence_minutes:
            message = "slowest_minutes of cadence_minutes or more: how seldom it is asked while it brings nothing"
            raise ValueError(message)
        if not self.languages:
            message = "at least one language"
            raise ValueError(message)
        if self.closed is None and not (self.discovery and high):
            message = "at least one way of discovery and articles_a_day, or 'closed' with the reason"
            raise ValueError(message)
        if self.closed is not None and high:
            message = "no articles_a_day beside 'closed': what is not followed promises nothing"
            raise ValueError(message)

    def source(self, country: str) -> Source:
        """Say the same as a record, with what went without saying."""
        return Source(
            id=self.id,
            name=self.name,
            name_ar=self.name_ar,
            country=country,
            home=self.home,
            hosts=self.hosts or (urlsplit(self.home).hostname or "",),
            languages=self.languages,
            kind=self.kind.value,
            tier=self.tier,
            discovery=tuple(address.discovery() for address in self.discovery),
            promise=Promise(articles_a_day=self.articles_a_day, undated_share=self.undated_share),
            cadence_minutes=self.cadence_minutes,
            slowest_minutes=self.slowest_minutes or _slowest(self.cadence_minutes),
            delay_seconds=self.delay_seconds,
            closed=self.closed,
        )


def _slowest(cadence_minutes: int) -> int:
    return max(cadence_minutes, min(SLOWER * cadence_minutes, DAY_MINUTES))


# ---------------------------------------------------------------- the seed corpus

STEM = re.compile(r"[\w.-]+")
Stem = Annotated[str, Must(STEM.fullmatch, "the stem of a file's name, without blanks")]
Hex64 = Annotated[str, Must(re.compile(r"[0-9a-f]{16}").fullmatch, "a hash of 16 hexadecimal digits")]
Hex = Annotated[str, Must(re.compile(r"[0-9a-f]+").fullmatch, "a digest in hexadecimal digits")]


@dataclass(frozen=True, kw_only=True, slots=True)
class _FingerprintEntry:
    """A fingerprint as it is written: hashes as 16 hexadecimal digits each; the limit as a number."""

    exact: Hex
    hashes: tuple[Hex64, ...]
    limit: Positive
    words: int
    numbers: tuple[Hex64, ...] = ()

    def fingerprint(self) -> Fingerprint:
        """Say the same as a record."""
        return Fingerprint(
            exact=self.exact,
            hashes=_numbers(self.hashes),
            limit=self.limit,
            words=self.words,
            numbers=_numbers(self.numbers),
        )


def _numbers(digits: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(sorted(int(each, 16) for each in digits))


@dataclass(frozen=True, kw_only=True, slots=True)
class CorpusEntry:
    """A seed document as it is written, one JSON object a line; its id is the stem of the text's file."""

    id: Stem
    outlet: Words | None = None
    title: Words | None = None
    language: Language
    published_on: date | None = None
    characters: Positive
    fingerprint: _FingerprintEntry
    tags: tuple[Slug, ...] = ()
    events: tuple[Words, ...] = ()

    def seed_document(self) -> SeedDocument:
        """Say the same as a record."""
        return SeedDocument(
            id=self.id,
            outlet=self.outlet,
            title=self.title,
            language=self.language,
            published_on=self.published_on,
            characters=self.characters,
            fingerprint=self.fingerprint.fingerprint(),
            tags=self.tags,
            events=self.events,
        )
