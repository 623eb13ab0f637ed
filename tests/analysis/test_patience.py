"""What hosts say about when to come back, and what their robots.txt means when it is none."""

from __future__ import annotations

from datetime import timedelta

import pytest
from protego import Protego

from analysis.patience import read_retry_after, rest_after
from analysis.records import HostRest, RobotsFile, VisitState
from analysis.robots import MOST_BYTES, answered, unreachable, with_plain_names
from builders import NOON

HOST, ORIGIN = "atlas.example", "https://atlas.example"


@pytest.mark.parametrize(
    ("stated", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("99999999999999999999", 86400),
        ("9" * 5000, 86400),
        ("Tue, 10 Feb 2026 12:01:00 +99999999999999", None),
        ("Tue, 10 Feb 2026 12:01:00 GMT", 60),
        ("Tue, 10 Feb 2026 11:00:00 GMT", 0),
        ("soon", None),
        ("-5", None),
        ("١٢", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(stated, seconds):
    wait = read_retry_after(stated, NOON)
    assert wait == (None if seconds is None else timedelta(seconds=seconds))


def rest(minutes: float, refusals: int, status: int = 429) -> HostRest:
    until = NOON + timedelta(minutes=minutes)
    return HostRest(host=HOST, until=until, refusals=refusals, detail=f"HTTP {status}" if refusals else "")


@pytest.mark.parametrize(
    ("status", "stated", "before", "expected"),
    [
        (429, "120", None, rest(2, 1)),
        (503, "120", None, rest(2, 1, 503)),
        (503, None, None, None),
        (429, None, None, rest(15, 1)),
        (429, None, rest(0, 1), rest(30, 2)),
        (429, None, rest(0, 40), rest(24 * 60, 41)),
        (429, "999999", None, rest(24 * 60, 1)),
        (429, "0", None, rest(1, 1)),
        (429, "Tue, 10 Feb 2026 11:00:00 GMT", rest(0, 3), rest(8, 4)),
        (200, None, rest(0, 2), rest(0, 0)),
        (200, None, None, None),
        (200, "120", None, None),
    ],
)
def test_a_host_rests_as_long_as_it_asks_or_longer_each_time(status, stated, before, expected):
    assert rest_after(HOST, status, stated, before, NOON) == expected


def robots(hours: int, body: bytes | None, state: VisitState, detail: str = "") -> RobotsFile:
    until = NOON + timedelta(hours=hours)
    return RobotsFile(origin=ORIGIN, state=state, asked_at=NOON, until=until, body=body, detail=detail)


RULES = b"User-agent: *\nDisallow: /"


def test_rules_hold_for_a_day():
    assert answered(ORIGIN, 200, RULES, None, NOON) == robots(24, RULES, VisitState.FETCHED)


def test_rules_are_read_to_a_limit_and_no_line_in_part():
    lines = b"User-agent: *\nDisallow: /archive/\n" * 100_000
    body = answered(ORIGIN, 200, lines, None, NOON).body
    assert (MOST_BYTES - 20 < len(body) <= MOST_BYTES, body.endswith(b"\n")) == (True, True)


@pytest.mark.parametrize(
    ("stated", "allowed"),
    [
        ("marsad", False),
        ("Marsad", False),
        ("marsad/1.0 (+x)", False),
        ("*", False),
        ("mars", True),
        ("marsadbot", True),
    ],
)
def test_a_group_of_robots_txt_is_ours_by_the_whole_name_whatever_version_it_names(stated, allowed):
    body = f"User-agent: other\nDisallow:\n\nUSER-AGENT : {stated} \r\nDisallow: /\n".encode()
    rules = Protego.parse(with_plain_names(body, "marsad").decode())
    assert rules.can_fetch(f"{ORIGIN}/1", "marsad") is allowed


@pytest.mark.parametrize(
    ("status", "body"), [(404, b"x"), (403, b""), (200, b"\n <!DOCTYPE html>Disallow: /"), (302, b"")]
)
def test_what_is_no_robots_txt_forbids_nothing(status, body):
    said = f"robots.txt: HTTP {status}, and no rules"
    assert answered(ORIGIN, status, body, None, NOON) == robots(24, b"", VisitState.HTTP_ERROR, said)


def test_a_file_without_a_line_is_read_and_forbids_nothing():
    assert answered(ORIGIN, 200, b"", None, NOON) == robots(24, b"", VisitState.FETCHED)


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_rules_that_an_editor_wrote_with_its_mark_are_rules(charset):
    mark = "\ufeff" if charset[-3:] in {"-le", "-be"} else ""
    body = (mark + RULES.decode()).encode(charset)
    assert answered(ORIGIN, 200, body, None, NOON) == robots(24, RULES, VisitState.FETCHED)


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_server_that_fails_has_not_said_what_it_forbids(status):
    said = f"robots.txt: HTTP {status}"
    assert answered(ORIGIN, status, b"", None, NOON) == robots(1, None, VisitState.ROBOTS_UNREACHABLE, said)


def test_the_rules_that_were_read_before_hold_on_while_a_host_is_not_reached():
    before = answered(ORIGIN, 200, RULES, None, NOON - timedelta(days=2))
    again = unreachable(ORIGIN, VisitState.TIMED_OUT, "no answer", before, NOON)
    assert again == robots(1, RULES, VisitState.TIMED_OUT, "no answer")
