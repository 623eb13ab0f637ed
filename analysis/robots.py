"""What an answer to a request for robots.txt means, and for how long (RFC 9309, 2.3.1 and 2.4)."""

from __future__ import annotations

from datetime import datetime, timedelta

from analysis.records import RobotsFile, VisitState

HOLDS = timedelta(days=1)
UNREACHABLE_FOR = timedelta(hours=1)
MOST_BYTES = 500 * 1024
"""So much of it is read at the least by every crawler, and at the most by this one (RFC 9309, 2.5)."""
TOO_MANY, SERVER_ERROR = 429, 500


def answered(origin: str, status: int, body: bytes, before: RobotsFile | None, at: datetime) -> RobotsFile:
    """Return the file of an origin that answered `at`.

    A file that is not there forbids nothing, and neither does a page of HTML in its place. A server that fails, or asks
    us to come back later, has not said what it forbids.
    """
    if status >= SERVER_ERROR or status == TOO_MANY:
        return unreachable(origin, VisitState.ROBOTS_UNREACHABLE, f"robots.txt: HTTP {status}", before, at)
    is_read = status in range(200, 300) and not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    return RobotsFile(
        origin=origin,
        state=VisitState.FETCHED if is_read else VisitState.HTTP_ERROR,
        asked_at=at,
        until=at + HOLDS,
        body=body[:MOST_BYTES] if is_read else b"",
        detail="" if is_read else f"robots.txt: HTTP {status}, and no rules",
    )


def unreachable(origin: str, state: VisitState, detail: str, before: RobotsFile | None, at: datetime) -> RobotsFile:
    """Return the file of an origin that did not give it: the one that was read before, or none, for an hour."""
    body = before.body if before else None
    return RobotsFile(origin=origin, state=state, asked_at=at, until=at + UNREACHABLE_FOR, body=body, detail=detail)
