"""What an answer to a request for robots.txt means, and for how long (RFC 9309, 2.3.1 and 2.4)."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from datetime import datetime, timedelta

from analysis.records import RobotsFile, VisitState

HOLDS = timedelta(days=1)
UNREACHABLE_FOR = timedelta(hours=1)
MOST_BYTES = 500 * 1024
"""So much of it is read at the least by every crawler, and at the most by this one (RFC 9309, 2.5)."""
MOST_REDIRECTS = 5
"""Who leads further has none (RFC 9309, 2.3.1.2)."""
SUCCESS = range(200, 300)
NOT_FOUND, TOO_MANY, SERVER_ERROR = 404, 429, 500
_MARKS = ((BOM_UTF8, "utf-8"), (BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be"))
_NAMED = re.compile(rb"^([ \t]*user[- ]?agent[ \t]*:[ \t]*)([a-z_-]+)[^\r\n#]*", re.IGNORECASE | re.MULTILINE)


def answered(origin: str, status: int, body: bytes, before: RobotsFile | None, at: datetime) -> RobotsFile:
    """Return the file of an origin that answered `at`."""
    rules = rules_of(status, body)
    if rules is None:
        return unreachable(origin, VisitState.ROBOTS_UNREACHABLE, f"robots.txt: HTTP {status}", before, at)
    if not rules and (body.strip() or status not in SUCCESS):
        return absent(origin, f"robots.txt: HTTP {status}, and no rules", at)
    return RobotsFile(origin=origin, state=VisitState.FETCHED, asked_at=at, until=at + HOLDS, body=rules, detail="")


def rules_of(status: int, body: bytes) -> bytes | None:
    """Return the rules in an answer, in UTF-8; none where there is no such file, None where nobody can say.

    A file that is not there forbids nothing, and neither does a page of HTML in its place. A server that fails, or asks
    us to come back later, has not said what it forbids.
    """
    if status >= SERVER_ERROR or status == TOO_MANY:
        return None
    plain = _plain(body)
    is_file = status in SUCCESS and not plain.lstrip(b" \t\r\n").startswith(b"<")
    return _first_lines(plain) if is_file else b""


def _plain(body: bytes) -> bytes:
    """Return what is marked as UTF-8 or UTF-16, as some editors write it, in UTF-8 and without its mark."""
    for mark, charset in _MARKS:
        if body.startswith(mark):
            return body.removeprefix(mark).decode(charset, errors="replace").encode()
    return body


def absent(origin: str, detail: str, at: datetime) -> RobotsFile:
    """Return the file of an origin that has none: it forbids nothing."""
    state = VisitState.HTTP_ERROR
    return RobotsFile(origin=origin, state=state, asked_at=at, until=at + HOLDS, body=b"", detail=detail)


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
