"""What a crawl remembers from one to the next: addresses of pages, how ways are asked, robots.txt, hosts at rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from analysis.records.fetched import Entry, Page, Visit, VisitState
from analysis.records.followed import Way


class AddressState(StrEnum):
    """What asking for a page came to."""

    WAITING = "waiting"  # to be asked for, or asked for again after a failure
    KEPT = "kept"
    GIVEN_UP = "given_up"  # it failed too often
    REFUSED = "refused"  # on none of the hosts of its source


@dataclass(frozen=True, kw_only=True, slots=True)
class Validators:
    """What a server gave with an answer to ask again only for news (RFC 9110, 8.8), as it wrote them."""

    etag: str | None = None
    last_modified: str | None = None

    def __bool__(self) -> bool:
        """Tell whether there is one."""
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """Where a page may be: the entry that named it and what asking for it came to.

    `urls.canonical(entry.url)` names it. It is due at `next_at`, or never again where that is None. `failed` counts
    failures since it was found, `looks` how often a kept one was asked for again. `way` is None if a backfill found it,
    and then it is asked for after all news. `is_orphan` tells that its source is no longer followed.
    """

    source_id: str
    entry: Entry
    way: Way | None
    found_at: datetime
    state: AddressState = AddressState.WAITING
    failed: int = 0
    looks: int = 0
    asked_at: datetime | None = None
    next_at: datetime | None = None
    validators: Validators = Validators()
    is_orphan: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Rhythm:
    """How one address of discovery is asked, and what came of it.

    `url` is that of the entry of the source, the phrase of a search filled in, or of a sitemap that an index named
    (`is_child`). `read_at` is when an answer could last be read (one that nothing changed included), `news_at` when it
    last named an address that was not known. What the last answer named that was not as before: so many `entries`, of
    dates from `oldest_at` to `newest_at`. `failures` are those in a row.
    """

    source_id: str
    url: str
    way: Way
    interval_minutes: int
    is_child: bool = False
    validators: Validators = Validators()
    state: VisitState | None = None
    failures: int = 0
    asked_at: datetime | None = None
    read_at: datetime | None = None
    news_at: datetime | None = None
    newest_at: datetime | None = None
    oldest_at: datetime | None = None
    entries: int = 0
    next_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RobotsFile:
    """The robots.txt of one origin (scheme, host and port) as it was last read, and until when that holds.

    `state` tells how asking for it ended; `body` is None where none was ever read: then nothing may be asked there.
    """

    origin: str
    state: VisitState
    asked_at: datetime
    until: datetime
    body: bytes | None
    detail: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class HostRest:
    """A host that asked us to come back later: until when it is left alone, and how often in a row it asked."""

    host: str
    until: datetime
    refusals: int
    detail: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Catch:
    """What one request came to, kept whole or not at all: how its address or its way stands now, and what it named."""

    visit: Visit | None = None
    page: Page | None = None
    addresses: tuple[Address, ...] = ()
    rhythm: Rhythm | None = None
    found: tuple[Address, ...] = ()

    @property
    def is_look(self) -> bool:
        """Tell whether a page that was kept before was asked for again: a change of it is a new version."""
        return any(address.looks for address in self.addresses)


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """The addresses of a source to ask for now, news first and the newest first, and how many are not among them.

    `left` are due too, but beyond the limit; `resting` ones failed before and are not due yet.
    """

    addresses: tuple[Address, ...] = ()
    left: int = 0
    resting: int = 0
