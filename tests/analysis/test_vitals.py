"""What is wrong with marsad itself, and from when on: each sign of life by itself, and what is said to operators."""

from __future__ import annotations

from datetime import timedelta

import pytest

from analysis.notices import MOST_LINES, notice_of
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
    ("seen", "told"),
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
def test_what_is_wrong_is_told_from_when_it_ought_to_have_been_well(seen, told) -> None:
    assert {each.name: each.since for each in find_ailments(seen, NOON)} == told


def test_an_ailment_says_what_is_seen_and_what_to_do() -> None:
    seen = vitals(messages_due=9, oldest_message_at=NOON - HOUR, pulses=pulse("watch", failed_at=NOON))
    assert [(each.seen, each.advice) for each in find_ailments(seen, NOON)] == [
        ("`marsad watch` has never ended well", "see whether the schedule runs"),
        ("`marsad watch` failed: it was killed", "run `marsad watch`"),
        (
            "9 messages are due and not sent, the oldest since 2026-02-10 11:00 UTC",
            "run `marsad deliver`, and see `marsad alerts --state waiting`",
        ),
    ]


# ---------------------------------------------------------------- troubles of sources


def trouble(name: str, *, hard: bool = True) -> Trouble:
    return Trouble(
        source_id=name,
        kind=TroubleKind.WAY_BROKEN,
        since=NOON,
        hard=hard,
        seen="no way of discovery answers.",
        tried="feed",
        advice="look at it",
    )


def known(name: str, *, hard: bool = True) -> KnownTrouble:
    moments = {"since": NOON, "raised_at": NOON, "seen_at": NOON}
    return KnownTrouble(id=1, source_id=name, kind=TroubleKind.STALE, address="", hard=hard, **moments)


def test_operators_are_told_what_costs_articles_and_that_it_is_mended() -> None:
    found = Settlement(
        new=(trouble("atlas"), trouble("rif", hard=False)),
        standing={},
        mended=(known("souss"), known("sahel", hard=False)),
        kept=(),
    )
    assert notice_of(found) == Notice(
        headline="Troubles of sources: 1 new, 1 mended",
        lines=(
            "atlas is way broken since 2026-02-10: no way of discovery answers. Do: look at it",
            "mended: souss is not stale any more, as it was since 2026-02-10",
        ),
        more="marsad watch --full",
    )


def test_nothing_is_said_of_what_costs_nothing_and_not_everything_of_what_befalls_all() -> None:
    soft = Settlement(new=(trouble("rif", hard=False),), standing={}, mended=(), kept=())
    assert notice_of(soft) is None
    everywhere = Settlement(new=tuple(trouble(f"s{n}") for n in range(100)), standing={}, mended=(), kept=())
    told = notice_of(everywhere)
    assert (told.headline, len(told.lines), told.lines[-1]) == (
        "Troubles of sources: 100 new",
        MOST_LINES + 1,
        "and 60 more",
    )
