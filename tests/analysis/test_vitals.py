"""What is wrong with marsad itself, and from when on: each sign of life by itself, and what is said to operators."""

from __future__ import annotations

from datetime import timedelta

import pytest

from analysis.notices import MOST_TOLD, notice_of
from analysis.records import KnownTrouble, Notice, Trouble, TroubleKind
from analysis.settling import Settlement
from analysis.vitals import LONGEST_PAUSES, Pulse, Vitals, find_ailments
from builders import NOON

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
GIB = 1024**3
WELL = {command: Pulse(done_at=NOON - HOUR) for command in LONGEST_PAUSES}


def vitals(**changes) -> Vitals:
    return Vitals(**{"pulses": WELL, "since": NOON - 9 * DAY, **changes})


def pulse(command: str, **changes) -> dict[str, Pulse]:
    return {**WELL, command: Pulse(**changes)}


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (vitals(), {}),
        (Vitals(), {}),
        (vitals(since=NOON - HOUR, pulses={}), {}),
        (vitals(pulses=pulse("digest", done_at=NOON - 3 * HOUR)), {"late-digest": NOON - 105 * MINUTE}),
        (vitals(pulses=pulse("digest", done_at=NOON - 74 * MINUTE)), {}),
        (vitals(pulses=pulse("crawl", done_at=NOON - 6 * HOUR)), {}),
        (vitals(pulses=pulse("watch")), {"late-watch": NOON - 9 * DAY + 26 * HOUR}),
        (
            vitals(pulses=pulse("prune", done_at=NOON - HOUR, failed_at=NOON - MINUTE, error="disk full")),
            {"failed-prune": NOON - MINUTE},
        ),
        (vitals(pulses=pulse("prune", done_at=NOON - MINUTE, failed_at=NOON - HOUR)), {}),
        (vitals(pulses=pulse("crawl", done_at=NOON - HOUR, failed_at=NOON - MINUTE)), {}),
        (vitals(pages_waiting=3, oldest_page_at=NOON - 2 * HOUR), {}),
        (vitals(pages_waiting=3, oldest_page_at=NOON - 3 * HOUR), {"unread": NOON - HOUR}),
        (vitals(pages_waiting=90_000, oldest_late_at=NOON - 23 * HOUR), {}),
        (vitals(pages_waiting=90_000, oldest_late_at=NOON - 25 * HOUR), {"unread": NOON - HOUR}),
        (vitals(messages_due=9, oldest_message_at=NOON - 31 * MINUTE), {"unsent": NOON - MINUTE}),
        (vitals(given_up_at=NOON - 23 * HOUR), {"given-up": NOON - 23 * HOUR}),
        (vitals(given_up_at=NOON - 25 * HOUR), {}),
        (vitals(database_bytes=9 * GIB, room_bytes=10 * GIB), {}),
        (vitals(database_bytes=91 * GIB, room_bytes=100 * GIB), {"full": NOON}),
        (vitals(database_bytes=91 * GIB), {}),
    ],
)
def test_what_is_wrong_is_told_from_when_it_ought_to_have_been_well(seen, expected) -> None:
    assert {each.name: each.since for each in find_ailments(seen, NOON)} == expected


def told(seen: Vitals) -> list[tuple[str, str, str]]:
    return [(each.seen, each.detail, each.advice) for each in find_ailments(seen, NOON)]


def test_an_ailment_says_what_is_seen_what_came_of_it_and_what_to_do() -> None:
    assert told(vitals(pulses=pulse("watch", done_at=NOON - HOUR, failed_at=NOON))) == [
        ("`marsad watch` failed", "it was killed", "mend what it says, and run `marsad watch`"),
    ]
    assert told(vitals(database_bytes=95 * GIB, room_bytes=100 * GIB)) == [
        (
            "the database takes 95% of its room: 95.00 of 100.00 GiB",
            "",
            "give it more room, or run `marsad prune --days` with fewer days",
        ),
    ]


def test_a_command_that_fails_each_time_is_told_apart_from_one_that_nobody_runs() -> None:
    quiet = vitals(pulses=pulse("crawl", done_at=NOON - 7 * HOUR, failed_at=NOON - 8 * HOUR, error="long mended"))
    late = "`marsad crawl` has not ended well since 2026-02-10 05:00 UTC"
    assert told(quiet) == [(late, "", "see whether the schedule runs")]
    broken = vitals(pulses=pulse("crawl", done_at=NOON - 7 * HOUR, failed_at=NOON - HOUR, error="atlas: no\nrif: no"))
    detail = "it runs, and failed last at 2026-02-10 11:00 UTC: atlas: no (and 1 more)"
    assert told(broken) == [(late, detail, "run `marsad crawl`, and see what it says")]


TRY_BOTH = (
    "mend the channel (try it with `marsad alerts test desk` and `marsad alerts test night`): "
    "what waits then leaves by itself"
)


def test_messages_that_nobody_sends_are_told_apart_from_those_that_nobody_takes() -> None:
    due = {"messages_due": 9, "oldest_message_at": NOON - HOUR}
    assert told(vitals(**due)) == [
        (
            "9 messages are due and not sent, the oldest since 2026-02-10 11:00 UTC",
            "",
            "run `marsad deliver`, and see `marsad alerts --state waiting`",
        ),
    ]
    assert told(vitals(**due, unsent_to=("desk", "night"), refusal="HTTP 503")) == [
        (
            "9 messages are due and not sent, the oldest to desk, night since 2026-02-10 11:00 UTC",
            "the last attempt failed: HTTP 503",
            TRY_BOTH,
        ),
    ]


# ---------------------------------------------------------------- troubles of sources


def trouble(name: str, *, hard: bool = True, tried: str = "feed: HTTP 404") -> Trouble:
    return Trouble(
        source_id=name,
        kind=TroubleKind.WAY_BROKEN,
        since=NOON,
        hard=hard,
        seen="no way of discovery answers.",
        tried=tried,
        advice="look at it",
    )


def known(name: str, *, hard: bool = True) -> KnownTrouble:
    moments = {"since": NOON, "raised_at": NOON, "seen_at": NOON}
    return KnownTrouble(id=1, source_id=name, kind=TroubleKind.STALE, address="", hard=hard, **moments)


def test_operators_are_told_what_costs_articles_and_that_it_is_mended() -> None:
    found = Settlement(
        new=(trouble("atlas"), trouble("rif", hard=False)),
        standing={},
        mended=(known("souss"), known("atlas"), known("sahel", hard=False)),
        kept=(),
    )
    assert notice_of(found) == Notice(
        headline="Troubles of sources: 1 new (atlas is way broken), 1 mended (souss)",
        lines=(
            "atlas is way broken since 2026-02-10 12:00 UTC: no way of discovery answers.",
            "tried: feed: HTTP 404",
            "do: look at it",
            "mended: souss is not stale any more, as it was since 2026-02-10 12:00 UTC",
        ),
        more="marsad watch --full",
    )


def test_nothing_is_said_of_what_costs_nothing_and_not_everything_of_what_befalls_all() -> None:
    soft = Settlement(new=(trouble("rif", hard=False),), standing={}, mended=(), kept=())
    assert notice_of(soft) is None
    everywhere = Settlement(new=tuple(trouble(f"s{n}") for n in range(100)), standing={}, mended=(), kept=())
    said = notice_of(everywhere)
    assert said.headline == (
        "Troubles of sources: 100 new (s0 is way broken, s1 is way broken, s2 is way broken, 97 more)"
    )
    assert (len(said.lines), said.lines[-1]) == (3 * MOST_TOLD + 1, "and 80 more")


def test_of_a_source_with_many_ways_some_are_told() -> None:
    many = trouble("atlas", tried="\n".join(f"search {n}: HTTP 404" for n in range(30)))
    _, *tried, _ = notice_of(Settlement(new=(many,), standing={}, mended=(), kept=())).lines
    assert tried == [*(f"tried: search {n}: HTTP 404" for n in range(4)), "tried: 26 ways more"]


def test_a_source_is_not_called_mended_while_another_grave_trouble_of_it_stands() -> None:
    found = Settlement(
        new=(),
        standing={2: (known("atlas"), trouble("atlas"))},
        mended=(known("atlas"), known("souss"), known("rif")),
        kept=(known("souss"), known("rif", hard=False)),
    )
    told_of = notice_of(found)
    assert (told_of.headline, len(told_of.lines)) == ("Troubles of sources: 1 mended (rif)", 1)
