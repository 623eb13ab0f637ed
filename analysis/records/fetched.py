"""What was fetched: entries of lists, visits and how they ended, pages as they were served."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from analysis.records.followed import Way


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One line of a feed, sitemap or listing: an address, and what was said of it there.

    `updated_at` is the last change that the list states; it may stand for the first publication too.
    """

    url: str
    title: str | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None


class VisitState(StrEnum):
    """How one request ended."""

    FETCHED = "fetched"
    NOT_MODIFIED = "not_modified"
    ROBOTS_FORBID = "robots_forbid"
    ROBOTS_UNREACHABLE = "robots_unreachable"  # nobody knows what is forbidden there: we stay away (RFC 9309, 2.3.1.4)
    HTTP_ERROR = "http_error"
    TIMED_OUT = "timed_out"
    UNREACHABLE = "unreachable"
    BAD_CERTIFICATE = "bad_certificate"  # nobody vouches for who answers, or not any more, or not under this name
    PRIVATE_ADDRESS = "private_address"  # the host is none of the public internet
    KNOWN = "known"  # a redirect led to a page that is kept, or being asked for
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
class Page:
    """What was fetched, untouched. `body` is the bytes as served, after transfer and content decoding.

    `canonical_url` is `urls.canonical(url)` and names the page; `entry` is what discovery said of it, None for an
    import. `headers` are those of the answer as served, in their order, encodings that were taken off included.
    """

    source_id: str
    url: str
    canonical_url: str
    fetched_at: datetime
    content_type: str | None
    body: bytes
    entry: Entry | None = None
    headers: tuple[tuple[str, str], ...] = ()
