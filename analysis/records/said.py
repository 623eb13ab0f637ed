"""What a page says: the article or why there is none, its judgement and its tags."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from analysis.records.followed import Language


class Basis(StrEnum):
    """Where a date was found, the surest first."""

    JSON_LD = "json-ld"
    META = "meta"
    TIME_ELEMENT = "time-element"
    URL = "url"
    VISIBLE_TEXT = "visible-text"
    ENTRY = "entry"


class Sureness(StrEnum):
    """How sure a day of publication is."""

    AGREED = "agreed"  # two places name it: two of the page, or the page and its entry
    STATED = "stated"  # one place of the page states it
    WEAK = "weak"  # only the address or the entry names it, or something speaks against it


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """When an article was published: the day, the moment if the page gives one with its zone, and where that stands.

    `doubt` says what speaks against the day, if anything does: another date, or a weekday that is not its own.
    """

    on: date
    at: datetime | None
    basis: Basis
    sure: Sureness = Sureness.STATED
    doubt: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """What a page says once the page around it is gone.

    `text` is paragraphs parted by one line feed, without the title. `published` is None where no date can be proved,
    and `undated_because` then says why. `subtitle`, `section`, `image` (its address) and `outlet_tags` are what the
    page says of itself; the tags are the outlet's own words.
    """

    source_id: str
    url: str
    title: str
    text: str
    language: Language
    author: str | None
    published: Published | None
    undated_because: str | None = None
    subtitle: str | None = None
    section: str | None = None
    image: str | None = None
    outlet_tags: tuple[str, ...] = ()


class RejectionReason(StrEnum):
    """Why a page is no article of ours."""

    # nothing that can be read
    NOT_HTML = "not_html"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNDECODABLE = "undecodable"
    # instead of what was asked for
    CHALLENGE = "challenge"  # a wall against robots asks for a proof or refuses
    PARKED = "parked"  # the domain is for sale, suspended or not yet used
    NOT_FOUND = "not_found"  # says with an answer of 200 that there is nothing here
    CONSENT = "consent"  # nothing but a question about cookies or data
    LOGIN = "login"
    # another kind of page
    LIST = "list"  # a section, tag, author or home page, or results of a search
    GALLERY = "gallery"
    MEDIA = "media"  # a video or sound, with a few words at most
    VIEWER = "viewer"  # frames a PDF or another file
    PAYWALL = "paywall"  # the beginning of an article, the rest for subscribers
    # an article, but none of ours
    NO_TEXT = "no_text"
    NO_TITLE = "no_title"
    OTHER_LANGUAGE = "other_language"
    OFF_TOPIC = "off_topic"
    # another version of a page that became an article
    UNCHANGED = "unchanged"  # says the same
    OUTDATED = "outdated"  # a later one was read before it


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
    """A term of the vocabulary found in an article, where it stands and the words that stand there.

    `because` says why, where those words could name another, or name it only by what is its own; empty elsewhere.
    """

    kind: TagKind
    id: str
    span: Span
    surface: str
    because: str = ""
