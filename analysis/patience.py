"""How long a host that asks to be left alone is left alone: Retry-After (RFC 9110, 10.2.3), and backing off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from analysis.records import HostRest

TOO_MANY, UNAVAILABLE = 429, 503
FIRST_WAIT = timedelta(minutes=15)
SHORTEST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(days=1)
MOST_DIGITS = 9
_LONGEST_SECONDS = LONGEST_WAIT.total_seconds()


def rest_after(
    host: str, status: int, retry_after: str | None, before: HostRest | None, at: datetime
) -> HostRest | None:
    """Return until when a host is left alone after it answered `at`; None where its answer asks for nothing.

    A 429 asks, and a 503 that says when to come back. Where it does not say when, a quarter of an hour, twice as long
    each time in a row. Whatever it says, a minute at the least, as for one that says now or a time gone by, twice as
    long each time in a row, and a day at the most. An answer of another kind ends the row.
    """
    stated = read_retry_after(retry_after, at)
    refusals = before.refusals if before else 0
    if status == TOO_MANY or (status == UNAVAILABLE and stated is not None):
        longer = 2 ** min(refusals, 10)
        wait = FIRST_WAIT * longer if stated is None else max(stated, SHORTEST_WAIT * longer)
        until = at + min(wait, LONGEST_WAIT)
        return HostRest(host=host, until=until, refusals=refusals + 1, detail=f"HTTP {status}")
    return HostRest(host=host, until=at, refusals=0) if refusals else None


def read_retry_after(stated: str | None, at: datetime) -> timedelta | None:
    """Read the header, seconds or a date, as a time from `at` on, never less than none; None where it says neither."""
    if stated is None:
        return None
    bare = stated.strip()
    if bare.isascii() and bare.isdecimal():
        return LONGEST_WAIT if len(bare) > MOST_DIGITS else timedelta(seconds=min(int(bare), _LONGEST_SECONDS))
    try:
        moment = parsedate_to_datetime(bare)
    except (ValueError, OverflowError):  # the second for a zone of very many digits
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(moment - at, timedelta())
