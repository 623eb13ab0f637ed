"""How sources fare: what came of asking each way, how the way stands since, and what is wrong with a source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from analysis.records.fetched import Visit
from analysis.records.followed import Discovery, Grounds, Source


class TroubleKind(StrEnum):
    """What can be wrong with a source, or with one of its ways of discovery."""

    # it does not answer
    UNREACHABLE = "unreachable"  # no name, refused, timed out, or the server itself broken (5xx)
    CERTIFICATE = "certificate"
    BLOCKED = "blocked"  # 403 and its like
    THROTTLED = "throttled"  # 429
    CHALLENGED = "challenged"  # a page that asks for a proof of not being a robot
    ROBOTS = "robots"  # robots.txt forbids what we ask for
    GONE = "gone"  # 404, 410: nothing at this address
    MOVED = "moved"  # leads to another host
    PARKED = "parked"  # a page of whoever sells or hosts the domain, or one page for every address
    UNUSABLE = "unusable"  # answers what is no feed, sitemap or listing
    # it answers, and does not keep its promise
    STALE = "stale"  # nothing new at all
    QUIET = "quiet"  # far fewer than it promises, and than usual
    FLOODING = "flooding"  # far more
    UNDATED = "undated"
    UNPARSEABLE = "unparseable"  # pages come and are no articles
    # soft, or ours
    WAY_BROKEN = "way_broken"  # one way fails while another works
    NOT_ASKED = "not_asked"  # we did not ask it, or not often enough


class Severity(StrEnum):
    """What one asking of a way says of it, from an answer to a failure that rarely mends itself."""

    ANSWERED = "answered"
    PASSING = "passing"
    SOFT = "soft"
    HARD = "hard"


@dataclass(frozen=True, kw_only=True, slots=True)
class Observation:
    """One asking of a way: when, how bad, and what was wrong (None: it answered) in a few words."""

    at: datetime
    severity: Severity
    kind: TroubleKind | None = None
    detail: str = ""


class Health(StrEnum):
    """How a way, or the source that has it, stands; the best first."""

    HEALTHY = "healthy"
    UNTRIED = "untried"  # never asked
    WAVERING = "wavering"  # failed, too seldom or too shortly to say anything
    FAILING = "failing"
    SILENT = "silent"  # failing for a week


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """How a way stands: its state and since when, and what led there.

    `score` adds up the weights of its failures since it last answered, of which there were `failures`; `kind` and
    `detail` are of the last of them. A way whose `answered_at` is None never worked.
    """

    health: Health = Health.UNTRIED
    since: datetime | None = None
    score: int = 0
    failures: int = 0
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    kind: TroubleKind | None = None
    detail: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DayCount:
    """24 hours of a source: askings of its ways, those that were answered, new pages, and what became of these.

    `fates` counts outcomes, and the reasons of rejections; `waiting` pages have none yet. `old` are pages that are not
    among the new, for the lists that named them date them more than a week back.
    """

    asked: int = 0
    answered: int = 0
    new: int = 0
    waiting: int = 0
    old: int = 0
    fates: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class PageAnswers:
    """How the pages of a source answered in the last day, each address counted once.

    `failed` holds the kind and the last detail of each that brought nothing; `ends` counts where redirects ended.
    """

    asked: int = 0
    failed: tuple[tuple[TroubleKind, str], ...] = ()
    ends: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class WayVisit:
    """A visit of a way of discovery, and the number of the run that made it."""

    run_id: int
    visit: Visit


@dataclass(frozen=True, kw_only=True, slots=True)
class WayStanding:
    """A way of discovery of a source, how it stands, and the latest date among the entries of its last answer.

    `overruns` counts how often in a day it named nothing that was known, so that entries may have been missed.
    """

    discovery: Discovery
    standing: Standing
    newest_at: datetime | None = None
    overruns: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """All that a source is judged by: `days` are the 24 hours before now, those before them, and so on for weeks.

    `dated` and `undated` count the articles filed in a month.
    """

    source: Source
    ways: tuple[WayStanding, ...]
    days: tuple[DayCount, ...] = ()
    first_asked_at: datetime | None = None
    last_page_at: datetime | None = None
    pages: PageAnswers = PageAnswers()
    dated: int = 0
    undated: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Trouble:
    """What is wrong with a source since when: what is seen, what was tried, what to do, and how its address is known.

    `address` is a way of discovery, empty where it is about all of the source. A `hard` one costs articles now.
    """

    source_id: str
    kind: TroubleKind
    since: datetime
    hard: bool
    seen: str
    tried: str
    advice: str
    address: str = ""
    grounds: Grounds | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownTrouble:
    """A trouble that stands as it was told before, by its number: since when, first told when, and last found when."""

    id: int
    source_id: str
    kind: TroubleKind
    address: str
    hard: bool
    since: datetime
    raised_at: datetime
    seen_at: datetime
