"""What an answer to a request for robots.txt means, and for how long (RFC 9309, 2.3.1 and 2.4)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from analysis.records import RobotsFile, VisitState

HOLDS = timedelta(days=1)
UNREACHABLE_FOR = timedelta(hours=1)
MOST_BYTES = 500 * 1024
"""So much of it is read at the least by every crawler, and at the most by this one (RFC 9309, 2.5)."""
TOO_MANY, SERVER_ERROR = 429, 500
_NAMED = re.compile(
    rb"^((?:\xef\xbb\xbf)?[ \t]*user[- ]?agent[ \t]*:[ \t]*)([a-z_-]+)[^\r\n#]*", re.IGNORECASE | re.MULTILINE
)


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
        body=_first_lines(body) if is_read else b"",
        detail="" if is_read else f"robots.txt: HTTP {status}, and no rules",
    )


def with_plain_names(body: bytes, robot: str) -> bytes:
    """Return a robots.txt in which a group for `robot` names just that, and one for a part of its name another.

    A group is ours by the whole name, in any case (RFC 9309, 2.2.1), though many write a version behind it; the parser
    looks for its name anywhere within ours.
    """

    def plain(line: re.Match[bytes]) -> bytes:
        name = line[2].lower().decode("ascii")
        if name == robot:
            return line[1] + line[2]
        return line[1] + line[2] + b"-other" if name in robot else line[0]

    return _NAMED.sub(plain, body)


def _first_lines(body: bytes) -> bytes:
    """Cut what is too long after a whole line: half a path would forbid more than it says."""
    if len(body) <= MOST_BYTES:
        return body
    return body[: max(body.rfind(b"\n", 0, MOST_BYTES), body.rfind(b"\r", 0, MOST_BYTES)) + 1]


def unreachable(origin: str, state: VisitState, detail: str, before: RobotsFile | None, at: datetime) -> RobotsFile:
    """Return the file of an origin that did not give it: the one that was read before, or none, for an hour."""
    body = before.body if before else None
    return RobotsFile(origin=origin, state=state, asked_at=at, until=at + UNREACHABLE_FOR, body=body, detail=detail)
