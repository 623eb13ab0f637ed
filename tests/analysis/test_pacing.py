"""When a message may leave, by the clock of its recipient: quiet hours, digests, and clocks that are changed."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.pacing import due_at, next_attempt, next_digest
from analysis.records import Pace, QuietHours
from builders import NOON, recipient

NIGHT = QuietHours(start=time(22, 30), end=time(6, 30))
NAP = QuietHours(start=time(13), end=time(15))


@pytest.mark.parametrize(
    ("quiet", "zone", "now", "due"),
    [
        (None, "Europe/Paris", "2026-02-10T23:00", "2026-02-10T23:00"),
        (NIGHT, "Europe/Paris", "2026-02-10T20:00", "2026-02-10T20:00"),
        (NIGHT, "Europe/Paris", "2026-02-10T21:30", "2026-02-11T05:30"),
        (NIGHT, "Europe/Paris", "2026-02-11T03:00", "2026-02-11T05:30"),
        (NIGHT, "Europe/Paris", "2026-02-11T05:30", "2026-02-11T05:30"),
        (NAP, "Europe/Paris", "2026-02-11T12:30", "2026-02-11T14:00"),
        (NAP, "Europe/Paris", "2026-02-11T14:00", "2026-02-11T14:00"),
        # the night in which clocks are put forward, and the one in which they are put back
        (NIGHT, "Europe/Paris", "2026-03-28T22:00", "2026-03-29T04:30"),
        (NIGHT, "Europe/Paris", "2026-10-24T21:00", "2026-10-25T05:30"),
        # an end that does not come, and one that comes twice
        (QuietHours(start=time(23), end=time(2, 30)), "Europe/Paris", "2026-03-28T23:00", "2026-03-29T01:30"),
        (QuietHours(start=time(23), end=time(2, 30)), "Europe/Paris", "2026-10-24T22:00", "2026-10-25T01:30"),
        (QuietHours(start=time(23), end=time(2, 30)), "Europe/Paris", "2026-10-25T01:10", "2026-10-25T01:30"),
        # Morocco leaves its hour for the month of fasting
        (NIGHT, "Africa/Casablanca", "2026-02-14T22:00", "2026-02-15T06:30"),
    ],
)
def test_nothing_leaves_in_quiet_hours(quiet: QuietHours | None, zone: str, now: str, due: str):
    moment, expected = (datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (now, due))
    assert due_at(recipient(quiet=quiet, zone=zone), Pace.AT_ONCE, moment) == expected


def test_a_digest_is_made_at_seven_each_day_or_on_mondays():
    zone = ZoneInfo("Europe/Paris")
    assert next_digest(Pace.DAILY, NOON, zone) == datetime(2026, 2, 11, 6, tzinfo=UTC)
    assert next_digest(Pace.WEEKLY, NOON, zone) == datetime(2026, 2, 16, 6, tzinfo=UTC)
    assert next_digest(Pace.WEEKLY, datetime(2026, 2, 16, 6, tzinfo=UTC), zone) == datetime(2026, 2, 23, 6, tzinfo=UTC)


@given(
    now=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 bounds are bare
    zone=st.sampled_from(["Africa/Casablanca", "Europe/Madrid", "America/New_York", "Asia/Riyadh", "UTC"]),
    hours=st.tuples(st.times(), st.times()).filter(lambda both: both[0] != both[1]),
)
def test_a_message_is_never_due_before_now_nor_a_day_late(now: datetime, zone: str, hours: tuple[time, time]):
    quiet = QuietHours(start=hours[0], end=hours[1])
    due = due_at(recipient(quiet=quiet, zone=zone), Pace.AT_ONCE, now)
    assert now <= due <= now + timedelta(hours=26)
    assert now < next_digest(Pace.DAILY, now, ZoneInfo(zone)) <= now + timedelta(hours=25)


# ---------------------------------------------------------------- attempts


@pytest.mark.parametrize(
    ("attempt", "chance", "asked", "seconds"),
    [
        (1, 1.0, None, 30),
        (1, 0.5, None, 15),
        (1, 0.0, None, 1),
        (3, 1.0, None, 120),
        (99, 1.0, None, 3600),
        (1, 0.5, 90, 90),
        (5, 1.0, 90, 480),
        (1, 1.0, 10**9, 24 * 3600),
    ],
)
def test_attempts_come_ever_later_but_never_before_the_receiver_asked_for(
    attempt: int, chance: float, asked: float | None, seconds: int
):
    assert next_attempt(attempt, NOON, NOON, chance, asked) == NOON + timedelta(seconds=seconds)


def test_the_last_attempt_is_a_day_after_the_first_and_then_it_is_given_up():
    evening = NOON + timedelta(hours=23, minutes=50)
    assert next_attempt(40, NOON, evening, 1.0) == NOON + timedelta(hours=24)
    assert next_attempt(41, NOON, NOON + timedelta(hours=24), 1.0) is None
