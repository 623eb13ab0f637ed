"""When a message may leave: at once but in quiet hours, or with the next digest, by the clock of its recipient."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from analysis.records import Pace, QuietHours, Recipient

DIGEST_HOUR = time(7)
"""When a digest is made, in the recipient's zone: each day, or on Mondays."""
LONGEST_TRIAL = timedelta(hours=24)
"""For how long its recipient is tried, from the first attempt on since a message was due; then it is given up."""
SHORTEST_WAIT, FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=1), timedelta(seconds=30), timedelta(hours=1)
_MOST_DOUBLINGS = 10
_FASTEST_FIRST = (Pace.AT_ONCE, Pace.DAILY, Pace.WEEKLY)


def fastest(paces: Sequence[Pace]) -> Pace:
    """Return the fastest of some paces; at once, of none."""
    return min(paces, key=_FASTEST_FIRST.index, default=Pace.AT_ONCE)


def due_at(recipient: Recipient, pace: Pace, now: datetime) -> datetime:
    """Return the moment (in UTC) from which a message made now may be sent."""
    if pace is Pace.AT_ONCE:
        return _after_quiet(recipient.quiet, now, ZoneInfo(recipient.zone)) if recipient.quiet else now
    return next_digest(pace, now, ZoneInfo(recipient.zone))


def next_digest(pace: Pace, now: datetime, zone: ZoneInfo) -> datetime:
    """Return when the next digest is made (in UTC), always after now."""
    today = now.astimezone(zone).date()
    days = [day for ahead in range(9) if (day := today + timedelta(ahead)).weekday() == 0 or pace is Pace.DAILY]
    return next(moment for day in days if (moment := _at(day, DIGEST_HOUR, zone)) > now)


def next_attempt(
    attempt: int, began_at: datetime, now: datetime, chance: float, asked_seconds: float | None = None
) -> datetime | None:
    """Return when to try again after an attempt (counted from 1) that failed now; None gives it up.

    Ever later with full jitter (Brooker, "Exponential Backoff And Jitter", AWS 2015), `chance` from 0 to 1, but never
    before the receiver asked for; the last attempt is at the end of the time there is.
    """
    end = began_at + LONGEST_TRIAL
    if now >= end:
        return None
    doublings: int = 2 ** min(attempt - 1, _MOST_DOUBLINGS)
    longest = min(LONGEST_WAIT, FIRST_WAIT * doublings)
    wait = max(
        SHORTEST_WAIT, longest * chance, timedelta(seconds=min(asked_seconds or 0, LONGEST_TRIAL.total_seconds()))
    )
    return min(now + wait, end)


def _after_quiet(quiet: QuietHours, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the end of the quiet hours that now is in, else now."""
    local = now.astimezone(zone)
    clock, over_midnight = local.time(), quiet.start > quiet.end
    is_evening = clock >= quiet.start
    if not (is_evening or clock < quiet.end if over_midnight else is_evening and clock < quiet.end):
        return now
    return max(now, _last_at(local.date() + timedelta(over_midnight and is_evening), quiet.end, zone))


def _last_at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return the moment of a clock time that comes twice where clocks are put back: the second is quiet too."""
    return max(_at(day, clock, zone), _at(day, clock.replace(fold=1), zone))


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return the moment of a clock time; one that a change of the clocks leaves out is as much later."""
    return datetime.combine(day, clock, zone).astimezone(UTC)
