"""Which digest was due last, of what time it tells, and how it is called, so that it is made once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from analysis.pacing import next_digest
from analysis.records import Pace

LENGTHS = {Pace.DAILY: timedelta(days=1), Pace.WEEKLY: timedelta(days=7)}
GRACE = timedelta(hours=3)
"""By how much clocks may be put forward or back within a digest's time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """The time of one digest: moments `since` and `until` (in UTC), and the days `first` to `last` it is called by."""

    pace: Pace
    since: datetime
    until: datetime
    first: date
    last: date

    @property
    def thread(self) -> str:
        """The name of the digest: one recipient gets one of a name."""
        return f"digest/{self.pace}/{self.last}"


def last_period(pace: Pace, now: datetime, zone: ZoneInfo) -> Period:
    """Return the time of the digest that was due last, or is due now.

    One of a day is called by the morning it is made; one of a week by the seven days before, Monday to Sunday.
    """
    length = LENGTHS[pace]
    until = _last_digest(pace, now, zone)
    since = _last_digest(pace, until - length + GRACE, zone)
    made_on = until.astimezone(zone).date()
    if pace is Pace.DAILY:
        return Period(pace=pace, since=since, until=until, first=made_on, last=made_on)
    days = timedelta(days=1)
    return Period(pace=pace, since=since, until=until, first=made_on - length, last=made_on - days)


def _last_digest(pace: Pace, now: datetime, zone: ZoneInfo) -> datetime:
    """Return when the last digest was made: the latest moment that is not after now."""
    moment = next_digest(pace, now - LENGTHS[pace] - GRACE, zone)
    while (later := next_digest(pace, moment, zone)) <= now:
        moment = later
    return moment
