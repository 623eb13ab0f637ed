"""Messages wait in the outbox for their turn; attempts are begun and ended; who dies between leaves a doubt."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text

from analysis.alert_seeds import AlertSeeds
from analysis.plain import plain_of
from analysis.records import Mute, Notice, Occasion, QuietHours
from builders import NOON, alert, message, recipient, rule
from models.alerts import AlertState
from models.announcing import write_message
from models.audiences import AudienceBook
from models.outbox import Bulletin, Due, Outbox, Waiting

LATER = NOON + timedelta(hours=1)
NOTICE = Notice(headline="The disk is full", lines=("99 %",), more="marsad watch")


@pytest.fixture
def outbox(engine: Engine) -> Outbox:
    AudienceBook(engine).load(
        AlertSeeds(recipients=(recipient(), recipient(id="night", channel="night", is_operator=True)), rules=(rule(),))
    )
    event = "INSERT INTO events (kind, told, told_from, told_to) VALUES ('visit', 'news', '2026-02-10', '2026-02-10')"
    with engine.begin() as connection:
        connection.execute(text(event))
    return Outbox(engine)


def put(engine: Engine, who: str = "desk", **columns: Any) -> int:
    """Let a first alert wait."""
    values = {"recipient": who, "thread": "event/1", "event_id": 1, "occasion": "first", "because": ["new-visits"]}
    with engine.begin() as connection:
        return write_message(connection, {**values, "facts": plain_of(alert()), "due_at": NOON, **columns})


def begin(outbox: Outbox, who: str = "desk", now: Any = NOON) -> Due | None:
    with outbox.hold(who) as queue:
        assert queue is not None
        return queue.begin(now)


def states(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(text("SELECT state FROM alerts ORDER BY id")))


def attempts(engine: Engine) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT alert_id, attempt, channel, state, detail FROM deliveries ORDER BY id"))
        return [tuple(row) for row in rows]


def test_a_message_is_read_as_it_was_written(engine: Engine, outbox: Outbox):
    number = put(engine)
    due = begin(outbox)
    assert due is not None
    read = due.read()
    assert read == message(id=number, key=read.key, made_at=read.made_at)
    assert (due.attempt, due.began_at, due.is_in_doubt) == (1, NOON, False)
    assert attempts(engine) == [(number, 1, "desk", "started", "")]


def test_what_is_sent_is_settled_and_the_next_names_it_in_its_thread(engine: Engine, outbox: Outbox):
    for _ in range(2):
        put(engine)
    with outbox.hold("desk") as queue:
        assert queue is not None
        first = queue.begin(NOON)
        assert first is not None
        queue.end(first, "250 taken")
        second = queue.begin(NOON)
    assert second is not None
    assert second.read().thread == (first.read().key,)
    assert (states(engine), attempts(engine)[0]) == (["sent", "waiting"], (1, 1, "desk", "sent", "250 taken"))


def test_nothing_passes_what_is_before_it(engine: Engine, outbox: Outbox):
    put(engine, due_at=LATER)
    put(engine)
    assert begin(outbox) is None
    due = begin(outbox, now=LATER)
    assert due is not None
    assert due.row.id == 1


def test_what_failed_waits_for_its_next_attempt_or_is_given_up(engine: Engine, outbox: Outbox):
    put(engine)
    with outbox.hold("desk") as queue:
        assert queue is not None
        due = queue.begin(NOON)
        assert due is not None
        queue.fail(due, "451 busy", LATER)
        assert queue.begin(NOON) is None
        again = queue.begin(LATER)
        assert again is not None
        assert (again.attempt, again.began_at, again.is_in_doubt) == (2, NOON, False)
        queue.fail(again, "550 nobody", None)
    assert states(engine) == ["given_up"]
    assert [row[3:] for row in attempts(engine)] == [("failed", "451 busy"), ("failed", "550 nobody")]


def test_whoever_dies_sending_leaves_a_doubt_to_the_next(engine: Engine, outbox: Outbox):
    put(engine)
    begin(outbox)  # and nobody ever ends it
    due = begin(outbox)
    assert due is not None
    assert (due.attempt, due.is_in_doubt) == (2, True)


def test_a_recipient_is_served_by_one_deliverer_at_a_time(engine: Engine, outbox: Outbox):
    put(engine)
    put(engine, "night")
    with outbox.hold("desk") as one, Outbox(engine).hold("desk") as other, outbox.hold("night") as third:
        assert (one is None, other is None, third is None) == (False, True, False)
    assert begin(outbox) is not None


def test_what_was_muted_meanwhile_is_settled_as_muted(engine: Engine, outbox: Outbox):
    for _ in range(2):
        put(engine)
    put(engine, occasion="retraction", facts=plain_of(alert(occasion=Occasion.RETRACTION)))
    AudienceBook(engine).mute(Mute(recipient="desk", rule="new-visits"), "amina")
    due = begin(outbox)
    assert due is not None
    assert (due.row.id, states(engine)) == (3, [AlertState.MUTED, AlertState.MUTED, AlertState.WAITING])


def test_what_a_digest_takes_up_is_not_sent_for_itself(engine: Engine, outbox: Outbox):
    put(engine, pace="daily")
    assert (begin(outbox), outbox.due(LATER), outbox.next_due_at()) == (None, (), None)


def test_who_waits_for_what_is_told(engine: Engine, outbox: Outbox):
    put(engine, "night")
    put(engine)
    put(engine, due_at=LATER)
    assert outbox.due(NOON) == (
        Waiting(recipient="night", channel="night", due=1),
        Waiting(recipient="desk", channel="desk", due=1),
    )
    assert outbox.next_due_at() == NOON


def test_a_message_about_no_event_is_written_once_for_its_place(outbox: Outbox):
    bulletin = Bulletin(recipient="night", thread="trouble/disk", occasion=Occasion.TROUBLE, facts=NOTICE)
    assert (outbox.put(bulletin, NOON), outbox.put(bulletin, NOON)) == (1, None)
    due = begin(outbox, "night")
    assert due is not None
    assert due.read().facts == NOTICE
    assert outbox.operators() == ("night",)


def test_what_waits_a_week_for_an_address_is_given_up(engine: Engine, outbox: Outbox):
    for _ in range(2):
        put(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alerts SET made_at = :then WHERE id = 1"), {"then": NOON - timedelta(days=8)})
        connection.execute(text("UPDATE alerts SET made_at = :then WHERE id = 2"), {"then": NOON - timedelta(days=6)})
    assert outbox.give_up_homeless("desk", NOON) == (1,)
    assert states(engine) == ["given_up", "waiting"]


@pytest.mark.parametrize("occasion", ["first", "trouble"])
def test_in_quiet_hours_nothing_begins_though_it_was_due_before(engine: Engine, outbox: Outbox, occasion: str):
    sleeps(engine)
    notice = {"event_id": None, "occasion": occasion, "facts": plain_of(Notice(headline="x"))}
    about = {} if occasion == "first" else notice
    put(engine, due_at=NOON - timedelta(hours=3), **about)
    assert begin(outbox) is None
    assert outbox.next_due_at() == NOON + timedelta(hours=1)
    assert begin(outbox, now=NOON + timedelta(hours=1)) is not None


def test_what_failed_is_not_tried_again_in_quiet_hours(engine: Engine, outbox: Outbox):
    put(engine, due_at=NOON - timedelta(hours=3))
    due = begin(outbox, now=NOON - timedelta(hours=2))
    assert due is not None
    with outbox.hold("desk") as queue:
        assert queue is not None
        queue.fail(due, "451 busy", NOON)
    sleeps(engine)
    assert begin(outbox) is None
    again = begin(outbox, now=NOON + timedelta(hours=1))
    assert again is not None
    assert again.attempt == 2


def test_a_trial_is_sent_whatever_the_hour(engine: Engine, outbox: Outbox):
    sleeps(engine)
    put(engine, event_id=None, occasion="trial", facts=plain_of(Notice(headline="x")))
    assert begin(outbox) is not None


def sleeps(engine: Engine) -> None:
    """Let nobody disturb the desk from eleven to one."""
    asleep = recipient(zone="UTC", quiet=QuietHours(start=time(11), end=time(13)))
    AudienceBook(engine).add(asleep)
