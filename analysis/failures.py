"""What the end of a visit says of the way that was asked: an answer, or a failure of some kind and weight."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from analysis import urls
from analysis.pagekind_words import WALLS
from analysis.records import Observation, Severity, TroubleKind, Visit, VisitState

ANSWERS = frozenset({VisitState.FETCHED, VisitState.NOT_MODIFIED, VisitState.KNOWN})
OF_THE_LINE = frozenset({VisitState.UNREACHABLE, VisitState.TIMED_OUT})
FEWEST_SOURCES = 5
CHALLENGE = "a challenge"
"""What the detail of a visit ends with that met a wall against robots."""
OVERRUN = "all that it names is new"
"""What the detail of a visit begins with to a list that ran over since it was last read."""
MOST_WALL_BYTES = 64 * 1024

_GONE = frozenset({404, 410})
_REFUSALS = frozenset({401, 402, 403, 405, 406, 407, 418, 451})
_THROTTLE = 429
_BUSY = frozenset({408, 425})
_SERVER_BROKEN = 500

_CHALLENGE = re.compile(r"challenge|captcha", re.IGNORECASE)
_NAME_UNSURE = re.compile(r"temporary failure|try again|EAI_AGAIN", re.IGNORECASE)
_NAME_GONE = re.compile(
    r"name or service not known|no address associated|dns lookup failed|not found:|NXDOMAIN", re.IGNORECASE
)
_LEADS_TO = re.compile(r"https?://\S+")

# whoever sells or holds names of lapsed domains, by the hosts that their own pages and redirects name
_PARKING = re.compile(
    r"(?:^|\.)(?:sedo(?:parking)?|afternic|dan|hugedomains|bodis|parkingcrew|parklogic|above|undeveloped|dynadot|"
    r"namebright|domainmarket|buydomains|parked\w*|domainparking\w*|expireddomains?)\.(?:com|net|org)$|^ww\d+\."
)
_STATES = {
    VisitState.ROBOTS_FORBID: (Severity.HARD, TroubleKind.ROBOTS),
    VisitState.BAD_CERTIFICATE: (Severity.HARD, TroubleKind.CERTIFICATE),
    VisitState.PRIVATE_ADDRESS: (Severity.HARD, TroubleKind.UNREACHABLE),
    VisitState.ROBOTS_UNREACHABLE: (Severity.SOFT, TroubleKind.UNREACHABLE),
    VisitState.TIMED_OUT: (Severity.SOFT, TroubleKind.UNREACHABLE),
    VisitState.REDIRECT_LOOP: (Severity.HARD, TroubleKind.UNUSABLE),
    VisitState.TOO_LARGE: (Severity.HARD, TroubleKind.UNUSABLE),
    VisitState.UNREADABLE: (Severity.HARD, TroubleKind.UNUSABLE),
}


def observation(visit: Visit) -> Observation:
    """Say what one visit means for the way it asked, or the page."""
    severity, kind = _weigh(visit)
    return Observation(at=visit.visited_at, severity=severity, kind=kind, detail=_detail(visit) if kind else "")


def is_challenge(body: bytes, mitigated: str | None) -> bool:
    """Tell an answer that asks for a proof of being no robot: by its markup, or Cloudflare's header `cf-mitigated`."""
    is_small = len(body) <= MOST_WALL_BYTES  # a whole page may hold a captcha beside its forms
    return mitigated == "challenge" or (is_small and WALLS.search(body.decode("latin-1")) is not None)


def leads_to(detail: str) -> str:
    """Return the host that a detail says we were led to, without `www.`; empty where it names none."""
    found = _LEADS_TO.search(detail)
    return urls.host(found.group()) if found else ""


def is_parking(host: str) -> bool:
    """Tell the hosts of those who sell or hold names of domains."""
    return _PARKING.search(host) is not None


def offline_hours(visits: Iterable[Visit]) -> frozenset[datetime]:
    """Return the hours, by their begin, in which our own line was down: many sources were asked and none was reached.

    What failed then says nothing of a source. An error that a server sent proves the line, and so does any answer.
    """
    asked: dict[datetime, set[str]] = {}
    proven: set[datetime] = set()
    for visit in visits:
        hour = hour_of(visit.visited_at)
        asked.setdefault(hour, set()).add(visit.source_id)
        if visit.state not in OF_THE_LINE:
            proven.add(hour)
    return frozenset(hour for hour, sources in asked.items() if len(sources) >= FEWEST_SOURCES and hour not in proven)


def hour_of(moment: datetime) -> datetime:
    """Return the hour in which a moment lies."""
    return moment.replace(minute=0, second=0, microsecond=0)


def _weigh(visit: Visit) -> tuple[Severity, TroubleKind | None]:
    """Weigh a visit: a failure that rarely mends itself is hard, one of the moment soft, of a name server passing."""
    if visit.state in ANSWERS:
        return Severity.ANSWERED, None
    if visit.state is VisitState.HTTP_ERROR:
        return _weigh_status(visit.status or 0, visit.detail)
    if visit.state is VisitState.OFF_HOST:
        return Severity.HARD, TroubleKind.PARKED if is_parking(leads_to(visit.detail)) else TroubleKind.MOVED
    if visit.state is VisitState.UNREACHABLE:
        return _weigh_connection(visit.detail)
    if visit.state is VisitState.UNREADABLE and _CHALLENGE.search(visit.detail):
        return Severity.HARD, TroubleKind.CHALLENGED
    return _STATES[visit.state]


def _weigh_status(status: int, detail: str) -> tuple[Severity, TroubleKind]:
    if _CHALLENGE.search(detail):
        return Severity.HARD, TroubleKind.CHALLENGED
    if status in _GONE:
        return Severity.HARD, TroubleKind.GONE
    if status in _REFUSALS:
        return Severity.HARD, TroubleKind.BLOCKED
    if status == _THROTTLE:
        return Severity.SOFT, TroubleKind.THROTTLED
    if status in _BUSY or status >= _SERVER_BROKEN:
        return Severity.SOFT, TroubleKind.UNREACHABLE
    return Severity.HARD, TroubleKind.UNUSABLE


def _weigh_connection(detail: str) -> tuple[Severity, TroubleKind]:
    if _NAME_UNSURE.search(detail):
        return Severity.PASSING, TroubleKind.UNREACHABLE
    return Severity.HARD if _NAME_GONE.search(detail) else Severity.SOFT, TroubleKind.UNREACHABLE


def _detail(visit: Visit) -> str:
    status = f"HTTP {visit.status}" if visit.status else ""
    if status and not visit.detail.startswith(status):
        return ", ".join(filter(None, (status, visit.detail)))
    return visit.detail or visit.state.replace("_", " ")
