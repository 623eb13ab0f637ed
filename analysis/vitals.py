"""What is wrong with marsad itself: commands that did not run, pages and messages that wait, a database nearly full."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

LONGEST_PAUSES: Mapping[str, timedelta] = {
    "crawl": timedelta(hours=6),
    "watch": timedelta(hours=26),
    "prune": timedelta(hours=26),
    "digest": timedelta(minutes=75),  # twice an hour, whatever there is to say: the pulse of the schedule itself
}
"""How long ago the last good run of a command may be, as the schedule has it; of the others what waits is looked at."""
LONGEST_READING = timedelta(hours=2)
LONGEST_IMPORT = timedelta(days=1)
"""What an import or a backfill brought is read after news, and may wait so long."""
LONGEST_SENDING = timedelta(minutes=30)
RECENT = timedelta(days=1)
FULL = 0.9


@dataclass(frozen=True, kw_only=True, slots=True)
class Pulse:
    """When a command ended well last, and how its last run failed, if it did."""

    done_at: datetime | None = None
    failed_at: datetime | None = None
    error: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Vitals:
    """All that tells whether marsad is alive.

    `since` is when anything ran first, None where nothing ever did. Of pages that wait there is the oldest that a crawl
    brought, and the oldest that came late, by an import or a backfill. Of messages those count that are due by a
    channel, `unsent_to` are whose wait too long and `refusal` is how the last attempt at one of these failed;
    `given_up_at` is when one was given up last. `room_bytes` is what the database may grow to, None where nobody knows.
    """

    pulses: Mapping[str, Pulse] = field(default_factory=dict)
    since: datetime | None = None
    pages_waiting: int = 0
    oldest_page_at: datetime | None = None
    oldest_late_at: datetime | None = None
    messages_due: int = 0
    oldest_message_at: datetime | None = None
    unsent_to: tuple[str, ...] = ()
    refusal: str = ""
    given_up_at: datetime | None = None
    database_bytes: int = 0
    room_bytes: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Ailment:
    """One thing that is wrong with marsad itself: its short name, since when, what is seen and what to do.

    `detail` is what was tried and what came of it, empty where nothing was. Of what `is_told` operators heard when it
    happened.
    """

    name: str
    since: datetime
    seen: str
    advice: str
    detail: str = ""
    is_told: bool = False


def find_ailments(vitals: Vitals, now: datetime) -> tuple[Ailment, ...]:
    """Say all that is wrong, in the order of the work: fetch, read, send, keep."""
    looks: tuple[Callable[[Vitals, datetime], Iterator[Ailment]], ...] = (_late, _failed, _unread, _unsent, _full)
    return tuple(ailment for look in looks for ailment in look(vitals, now))


def _late(vitals: Vitals, now: datetime) -> Iterator[Ailment]:
    for command, pause in LONGEST_PAUSES.items():
        pulse = vitals.pulses.get(command, Pulse())
        since = pulse.done_at or vitals.since
        if since is not None and now - since > pause:
            last = f"not ended well since {_moment(pulse.done_at)}" if pulse.done_at else "never ended well"
            seen, name = f"`marsad {command}` has {last}", f"late-{command}"
            if pulse.failed_at is not None and pulse.failed_at > since:
                advice = f"run `marsad {command}`, and see what it says"
                detail = f"it runs, and failed last at {_moment(pulse.failed_at)}: {_first_line(pulse.error)}"
                yield Ailment(name=name, since=since + pause, seen=seen, advice=advice, detail=detail)
            else:
                yield Ailment(name=name, since=since + pause, seen=seen, advice="see whether the schedule runs")


def _failed(vitals: Vitals, _: datetime) -> Iterator[Ailment]:
    for command, pulse in sorted(vitals.pulses.items()):
        is_worse = pulse.failed_at is not None and (pulse.done_at is None or pulse.done_at < pulse.failed_at)
        if command in LONGEST_PAUSES and command != "crawl" and is_worse and pulse.failed_at:
            yield Ailment(
                name=f"failed-{command}",
                since=pulse.failed_at,
                seen=f"`marsad {command}` failed",
                advice=f"mend what it says, and run `marsad {command}`",
                detail=_first_line(pulse.error),
            )


def _unread(vitals: Vitals, now: datetime) -> Iterator[Ailment]:
    for oldest, longest in ((vitals.oldest_page_at, LONGEST_READING), (vitals.oldest_late_at, LONGEST_IMPORT)):
        if oldest is not None and now - oldest > longest:
            seen = f"{vitals.pages_waiting} pages wait to be read, the oldest since {oldest:%Y-%m-%d %H:%M} UTC"
            yield Ailment(name="unread", since=oldest + longest, seen=seen, advice="run `marsad process`")
            return


def _unsent(vitals: Vitals, now: datetime) -> Iterator[Ailment]:
    oldest, given_up_at = vitals.oldest_message_at, vitals.given_up_at
    if oldest is not None and now - oldest > LONGEST_SENDING:
        to = f" to {', '.join(vitals.unsent_to)}" if vitals.unsent_to else ""
        yield Ailment(
            name="unsent",
            since=oldest + LONGEST_SENDING,
            seen=f"{vitals.messages_due} messages are due and not sent, the oldest{to} since {_moment(oldest)}",
            advice=_how_to_send(vitals),
            detail=f"the last attempt failed: {vitals.refusal}" if vitals.refusal else "",
        )
    if given_up_at is not None and now - given_up_at < RECENT:
        seen, advice = "messages were given up within a day", "see `marsad alerts --state given_up`"
        yield Ailment(name="given-up", since=given_up_at, seen=seen, advice=advice, is_told=True)


def _how_to_send(vitals: Vitals) -> str:
    """Say what to do about messages that wait: somebody must send them, or a receiver does not take them."""
    if not vitals.refusal:
        return "run `marsad deliver`, and see `marsad alerts --state waiting`"
    trials = " and ".join(f"`marsad alerts test {each}`" for each in vitals.unsent_to[:2])
    return f"mend the channel (try it with {trials}): what waits then leaves by itself"


def _full(vitals: Vitals, now: datetime) -> Iterator[Ailment]:
    room = vitals.room_bytes
    if room is not None and vitals.database_bytes > FULL * room:
        gib = 1024**3
        share = f"{vitals.database_bytes / room:.0%}" if room else "more than all"
        seen = f"the database takes {share} of its room: {vitals.database_bytes / gib:.2f} of {room / gib:.2f} GiB"
        advice = "give it more room, or run `marsad prune --days` with fewer days"
        yield Ailment(name="full", since=now, seen=seen, advice=advice)


def _first_line(error: str) -> str:
    """Return what a run said first of how it failed, and how much more it said."""
    first, *more = error.splitlines() or ["it was killed"]
    return f"{first} (and {len(more)} more)" if more else first


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
