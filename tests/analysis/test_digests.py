"""Which digest was due last and what time it tells, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.digests import Period, last_period
from analysis.pacing import next_digest
from analysis.records import Pace

MADRID = ZoneInfo("Europe/Madrid")
PACES = (Pace.DAILY, Pace.WEEKLY)


def moment(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("pace", "now", "since", "until", "days"),
    [
        (Pace.DAILY, "2026-02-11T05:59", "2026-02-09T06:00", "2026-02-10T06:00", ("2026-02-10", "2026-02-10")),
        (Pace.DAILY, "2026-02-11T06:00", "2026-02-10T06:00", "2026-02-11T06:00", ("2026-02-11", "2026-02-11")),
        (Pace.WEEKLY, "2026-02-18T12:00", "2026-02-09T06:00", "2026-02-16T06:00", ("2026-02-09", "2026-02-15")),
        # clocks go forward in the night of 29 March: that day has 23 hours
        (Pace.DAILY, "2026-03-29T05:00", "2026-03-28T06:00", "2026-03-29T05:00", ("2026-03-29", "2026-03-29")),
        (Pace.WEEKLY, "2026-03-30T05:00", "2026-03-23T06:00", "2026-03-30T05:00", ("2026-03-23", "2026-03-29")),
    ],
)
def test_a_digest_tells_the_time_since_the_one_before(pace, now, since, until, days) -> None:
    first, last = map(date.fromisoformat, days)
    expected = Period(pace=pace, since=moment(since), until=moment(until), first=first, last=last)
    assert last_period(pace, moment(now), MADRID) == expected


@given(
    now=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 bounds are bare
    zone=st.sampled_from(["Africa/Casablanca", "Europe/Madrid", "America/New_York", "Asia/Kathmandu", "UTC"]),
    pace=st.sampled_from(PACES),
)
def test_no_time_is_told_twice_and_none_is_left_out(now: datetime, zone: str, pace: Pace) -> None:
    found = last_period(pace, now, ZoneInfo(zone))
    assert found.since < found.until <= now < next_digest(pace, found.until, ZoneInfo(zone))
    before = last_period(pace, found.until - timedelta(seconds=1), ZoneInfo(zone))
    assert (before.until, before.last < found.last) == (found.since, True)
    assert before.thread != found.thread
