"""The nouns of marsad, one for each state of the data. All are frozen, keyword-only and slotted.

Every datetime is aware. Every span (`start`, `end`) counts characters of the original title or text, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Self


class Language(StrEnum):
    """The four languages marsad reads (ISO 639-1), and one word for all others."""

    ARABIC = "ar"
    FRENCH = "fr"
    SPANISH = "es"
    ENGLISH = "en"
    OTHER = "und"


# ---------------------------------------------------------------- what we follow


class Way(StrEnum):
    """How new pages of a source are discovered."""

    FEED = "feed"
    SITEMAP = "sitemap"
    LISTING = "listing"


class Grounds(StrEnum):
    """How well an address of discovery is known, the surest first: which to doubt when a source is silent."""

    PROBED = "probed"  # somebody saw it answer with articles
    USED = "used"  # programs of others fetch it
    LISTED = "listed"  # a catalogue names it
    INFERRED = "inferred"  # what publishes the outlet usually has it there


@dataclass(frozen=True, kw_only=True, slots=True)
class Discovery:
    """One address to ask for new pages, and how to read its answer.

    `links` is a CSS selector of the links that are articles; only a listing has one.
    """

    way: Way
    url: str
    links: str | None = None
    grounds: Grounds = Grounds.PROBED


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
    delay_seconds: float = 2.0
    closed: Closure | None = None


# ---------------------------------------------------------------- what was fetched


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One line of a feed, sitemap or listing: an address, and what was said of it there."""

    url: str
    title: str | None = None
    published_at: datetime | None = None


class VisitState(StrEnum):
    """How one request ended."""

    FETCHED = "fetched"
    NOT_MODIFIED = "not_modified"
    ROBOTS_FORBID = "robots_forbid"
    HTTP_ERROR = "http_error"
    TIMED_OUT = "timed_out"
    UNREACHABLE = "unreachable"
    REDIRECT_LOOP = "redirect_loop"
    OFF_HOST = "off_host"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """One request and how it ended. `way` is None for a page, else the way of discovery that asked."""

    source_id: str
    url: str
    way: Way | None
    state: VisitState
    visited_at: datetime
    status: int | None = None
    elapsed_ms: int | None = None
    size_bytes: int | None = None
    detail: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tries:
    """What asking for one page came to so far: whether it was ever fetched, how often it failed, and when last."""

    fetched: bool
    failed: int
    last_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """What was fetched, untouched. `body` is the bytes as served, after transfer and content decoding.

    `canonical_url` is `urls.canonical(url)` and names the page; `entry` is what discovery said of it, None for an
    import.
    """

    source_id: str
    url: str
    canonical_url: str
    fetched_at: datetime
    content_type: str | None
    body: bytes
    entry: Entry | None = None


# ---------------------------------------------------------------- what a page says


class Basis(StrEnum):
    """Where a date was found, the surest first."""

    JSON_LD = "json-ld"
    META = "meta"
    TIME_ELEMENT = "time-element"
    URL = "url"
    VISIBLE_TEXT = "visible-text"
    ENTRY = "entry"


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """When an article was published: the day, the moment if the page gives one with its zone, and where that stands."""

    on: date
    at: datetime | None
    basis: Basis


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """What a page says once the page around it is gone.

    `text` is paragraphs parted by one line feed, without the title. `published` is None where no date can be proved,
    and `undated_because` then says why.
    """

    source_id: str
    url: str
    title: str
    text: str
    language: Language
    author: str | None
    published: Published | None
    undated_because: str | None = None


class RejectionReason(StrEnum):
    """Why a page is no article of ours."""

    NOT_HTML = "not_html"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNDECODABLE = "undecodable"
    NO_TEXT = "no_text"
    NO_TITLE = "no_title"
    OTHER_LANGUAGE = "other_language"
    OFF_TOPIC = "off_topic"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rejection:
    """A page that is no article of ours: the reason to count by, and a sentence for whoever asks."""

    reason: RejectionReason
    detail: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """Whether an article is about security diplomacy: a score (0..1) and the phrases that made it."""

    relevant: bool
    score: float
    because: tuple[str, ...]


class Field(StrEnum):
    """The part of an article that a span points into."""

    TITLE = "title"
    TEXT = "text"


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of an article's title or text."""

    field: Field
    start: int
    end: int

    def of(self, article: Article) -> str:
        """Return the characters the span points at."""
        source = article.title if self.field is Field.TITLE else article.text
        return source[self.start : self.end]


class TagKind(StrEnum):
    """What a tag names."""

    THEME = "theme"
    PERSON = "person"
    BODY = "body"
    COUNTRY = "country"
    PLACE = "place"


@dataclass(frozen=True, kw_only=True, slots=True)
class Tag:
    """A term of the vocabulary found in an article, where it stands and the words that stand there."""

    kind: TagKind
    id: str
    span: Span
    surface: str


# ---------------------------------------------------------------- what happened


class EventKind(StrEnum):
    """The kinds of event; what each needs to count stands in `seeds/events.yml`."""

    VISIT = "visit"
    AGREEMENT = "agreement"
    MEETING = "meeting"
    DECORATION = "decoration"
    ELECTION = "election"
    CONFERENCE = "conference"
    OPERATION = "operation"
    EXTRADITION = "extradition"


class Direction(StrEnum):
    """Which way a visit goes, seen from Morocco."""

    OUTBOUND = "outbound"
    INBOUND = "inbound"


class Told(StrEnum):
    """How an article tells of an event."""

    NEWS = "news"
    RECALLED = "recalled"
    ANNOUNCED = "announced"
    DENIED = "denied"


class Precision(StrEnum):
    """How exact a date is."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, kw_only=True, slots=True)
class When:
    """A day or a range of days, first and last included, as exact as it was printed."""

    first: date
    last: date
    precision: Precision


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What one article says happened, with the sentence that says so (`span`) and the rule that read it.

    `people`, `bodies` and `city` are ids of the seeds; `countries` are ISO 3166-1 alpha-2 without MA.
    """

    kind: EventKind
    direction: Direction | None
    told: Told
    people: tuple[str, ...]
    bodies: tuple[str, ...]
    countries: tuple[str, ...]
    city: str | None
    when: When | None
    evidence: str
    span: Span
    rule: str


# ---------------------------------------------------------------- copies


@dataclass(frozen=True, kw_only=True, slots=True)
class Fingerprint:
    """Enough of a text to know it again, without the text.

    `exact` is the hex digest of the canonical text; `hashes` are the sorted unsigned 64-bit shingle hashes below
    `limit` (a fraction `limit / 2**64` of all of them); `words` counts the words of the canonical text. `numbers` are
    the sorted unsigned 64-bit hashes of all its numbers and names of days and months, each with the word before it:
    they tell two bulletins of one frame apart, are not sampled, and are no way to look a text up.
    """

    exact: str
    hashes: tuple[int, ...]
    limit: int
    words: int
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownText:
    """The name of a text we know: a seed document (by its id) or a filed article (by its number), never both."""

    seed_id: str | None = None
    article_id: int | None = None

    def __post_init__(self) -> None:
        """Refuse a name of two things, or of none."""
        if (self.seed_id is None) == (self.article_id is None):
            message = "a known text is a seed or an article"
            raise ValueError(message)

    @classmethod
    def seed(cls, seed_id: str) -> Self:
        """Name a seed document."""
        return cls(seed_id=seed_id)

    @classmethod
    def article(cls, article_id: int) -> Self:
        """Name a filed article."""
        return cls(article_id=article_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Lookalike:
    """A known text that shares hashes with a new one. `original` is what it is itself a copy of, or itself."""

    text: KnownText
    original: KnownText
    fingerprint: Fingerprint


class CopyKind(StrEnum):
    """How a copy relates to its original."""

    SAME = "same"
    EDITED = "edited"
    EXCERPT = "excerpt"
    CONTAINS = "contains"


@dataclass(frozen=True, kw_only=True, slots=True)
class Placement:
    """Where an article stands among the texts we know: news (all None), or a copy, how, and the measured share (0..1).

    `share` is the part of the shorter text's hashes that stand in the longer one.
    """

    copy_of: KnownText | None = None
    kind: CopyKind | None = None
    share: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SeedDocument:
    """One text of the seed corpus as fingerprint and facts; the text itself is not ours to keep here.

    `tags` are ids of `seeds/tags.yml`; `events` tell in our words what the text recalls.
    """

    id: str
    outlet: str | None
    title: str | None
    language: Language
    published_on: date | None
    characters: int
    fingerprint: Fingerprint
    tags: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


# ---------------------------------------------------------------- what becomes of a page


@dataclass(frozen=True, kw_only=True, slots=True)
class Filing:
    """All that is written of one article, in one transaction."""

    article: Article
    judgement: Judgement
    tags: tuple[Tag, ...]
    reports: tuple[Report, ...]
    fingerprint: Fingerprint
    placement: Placement


class OutcomeKind(StrEnum):
    """The four ways a page ends."""

    FILED = "filed"
    COPY = "copy"
    REJECTED = "rejected"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of one page: `reason` is empty for a filed one, `rules` is the version of the rules that decided."""

    kind: OutcomeKind
    rules: str
    reason: str = ""
    detail: str = ""


# ---------------------------------------------------------------- commands at work


class RunState(StrEnum):
    """How a run stands. A run that was killed stays `running` until the next one of its command marks it `broken`."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    BROKEN = "broken"
