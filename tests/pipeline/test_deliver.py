"""What becomes of a message: sent, tried again, given up loudly; and never twice to a receiver that knows its key."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from analysis.alert_seeds import AlertSeeds
from analysis.records import Language, Letter, Message, Notice, Occasion
from builders import NOON, recipient
from channels.channel import ChannelError
from memory import MemoryChannel
from models.audiences import AudienceBook
from models.outbox import Bulletin, Outbox
from pipeline.deliver import FAILED, GIVEN_UP, HOMELESS, SENT, Deliverer

SECRET = "hunter2"  # noqa: S105 a word of the test


def letter(message: Message) -> Letter:
    """Write a letter that says the headline."""
    assert isinstance(message.facts, Notice)
    if message.facts.headline == "poison":
        raise ValueError(SECRET)
    return Letter(
        key=message.key,
        thread=message.thread,
        occasion=message.occasion,
        language=Language.ENGLISH,
        made_at=message.made_at,
        subject=message.facts.headline,
        text="",
        html="",
        short="",
        body={},
    )


class Office:
    """An outbox, a deliverer on a clock that the test sets, and one channel in memory for each recipient."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.outbox, self.now = engine, Outbox(engine), NOON
        self.channels = {name: MemoryChannel() for name in ("desk", "night")}
        self.deliverer = Deliverer(
            archive=self.outbox,
            addresses={name: name for name in self.channels},
            open_channel=self.channels.__getitem__,
            write_letter=letter,
            clock=lambda: self.now,
            chance=lambda: 1.0,
        )
        people = (
            recipient(),
            recipient(id="night", channel="night", is_operator=True),
            recipient(id="off", channel="off"),
        )
        AudienceBook(engine).load(AlertSeeds(recipients=people, rules=()))

    def put(self, headline: str, who: str = "desk", due_at: datetime = NOON) -> None:
        bulletin = Bulletin(
            recipient=who, thread=f"trial/{headline}", occasion=Occasion.TRIAL, facts=Notice(headline=headline)
        )
        assert self.outbox.put(bulletin, due_at)

    def arrived(self, who: str = "desk") -> list[str]:
        return [each.subject for each in self.channels[who].letters.values()]

    def details(self) -> list[str]:
        with self.engine.connect() as connection:
            return list(connection.scalars(text("SELECT detail FROM deliveries ORDER BY id")))


@pytest.fixture
def office(engine: Engine) -> Office:
    return Office(engine)


def test_each_recipient_gets_what_is_due_in_its_order(office: Office):
    for headline in ("one", "two", "three"):
        office.put(headline)
        office.put(headline, "night")
    office.put("tomorrow", due_at=NOON + timedelta(days=1))
    assert office.deliverer.deliver_due() == Counter({SENT: 6})
    assert office.arrived() == office.arrived("night") == ["one", "two", "three"]
    assert office.deliverer.deliver_due() == Counter()


def test_what_is_not_taken_is_tried_again_later_and_what_is_behind_it_waits(office: Office):
    office.put("one")
    office.put("two")
    office.channels["desk"].troubles = [ChannelError("busy"), ChannelError("later", retry_after_seconds=600)]
    assert office.deliverer.deliver_due() == Counter({FAILED: 1})
    assert office.deliverer.deliver_due() == Counter()
    office.now += timedelta(seconds=30)
    assert office.deliverer.deliver_due() == Counter({FAILED: 1})
    office.now += timedelta(seconds=599)
    assert office.deliverer.deliver_due() == Counter()
    office.now += timedelta(seconds=1)
    assert office.deliverer.deliver_due() == Counter({SENT: 2})
    assert (office.arrived(), office.details()) == (["one", "two"], ["busy", "later", "kept", "kept"])


def test_what_is_refused_for_good_is_given_up_and_the_operators_hear_of_it(office: Office):
    office.put("one")
    office.put("two")
    office.channels["desk"].troubles = [ChannelError("no such address", is_final=True)]
    assert office.deliverer.deliver_due() == Counter({GIVEN_UP: 1, SENT: 1})
    assert office.deliverer.deliver_due() == Counter({SENT: 1})
    assert office.arrived("night") == ["Message 1 to desk was given up"]


def test_a_trouble_that_cannot_be_told_makes_no_other(office: Office):
    office.put("one", "night")
    office.channels["night"].troubles = [ChannelError("gone", is_final=True)]
    assert office.deliverer.deliver_due() == Counter({GIVEN_UP: 1})
    assert office.deliverer.deliver_due() == Counter()


def test_after_a_day_of_attempts_a_message_is_given_up(office: Office):
    office.put("one")
    office.channels["desk"].troubles = [ChannelError("down")] * 99
    counts = Counter[str]()
    while not counts[GIVEN_UP]:
        counts += office.deliverer.deliver_due()
        office.now = min(office.outbox.next_due_at() or office.now, office.now + timedelta(hours=2))
    assert office.now - NOON >= timedelta(hours=24)
    assert counts[FAILED] < 40


def test_behind_a_receiver_that_is_down_messages_share_one_day_in_their_order(office: Office):
    for headline, hours in (("one", 0), ("two", 0), ("three", 1)):
        office.put(headline, due_at=NOON + timedelta(hours=hours))
    office.channels["desk"].troubles = [ChannelError("down")] * 99
    given_up: list[timedelta] = []
    while len(given_up) < 3:
        given_up += [office.now - NOON] * office.deliverer.deliver_due()[GIVEN_UP]
        office.now += timedelta(minutes=30)
    assert [given.total_seconds() // 3600 for given in given_up] == [24, 24, 25]


def test_what_waited_while_nobody_was_tried_has_its_day_from_the_first_attempt_on(office: Office):
    office.put("one")
    office.put("two")
    office.now += timedelta(days=3)
    office.channels["desk"].troubles = [ChannelError("busy")]
    assert office.deliverer.deliver_due() == Counter({FAILED: 1})
    office.now += timedelta(hours=1)
    assert office.deliverer.deliver_due() == Counter({SENT: 2})


def test_a_letter_that_cannot_be_written_holds_nobody_up_and_tells_no_secret(office: Office):
    office.put("poison")
    office.put("two")
    assert office.deliverer.deliver_due() == Counter({GIVEN_UP: 1, SENT: 1})
    assert office.details() == ["no letter could be written: ValueError", "kept"]


def test_trouble_that_no_channel_foresaw_is_a_failed_attempt_and_tells_no_secret(office: Office):
    office.put("one")
    office.channels["desk"].troubles = [RuntimeError(SECRET)]
    assert office.deliverer.deliver_due() == Counter({FAILED: 1})
    assert office.details() == ["the channel broke: RuntimeError"]


@pytest.mark.parametrize(("has_arrived", "sent_again"), [(True, 0), (False, 1)])
def test_after_a_death_the_receiver_is_asked_whether_it_has_the_letter(
    office: Office, *, has_arrived: bool, sent_again: int
):
    office.put("one")
    with office.outbox.hold("desk") as queue:
        assert queue is not None
        due = queue.begin(NOON)  # and nobody ever ends it
    assert due is not None
    if has_arrived:
        office.channels["desk"].letters[due.read().key] = letter(due.read())
    assert office.deliverer.deliver_due() == Counter({SENT: 1})
    assert (len(office.channels["desk"].sent), office.arrived()) == (sent_again, ["one"])


def test_what_has_no_address_waits_and_is_given_up_after_a_week_and_operators_hear_of_it(office: Office):
    office.put("one", "off")
    assert office.deliverer.deliver_due() == Counter({HOMELESS: 1})
    with office.engine.begin() as connection:
        connection.execute(text("UPDATE alerts SET made_at = :then"), {"then": NOON - timedelta(days=8)})
    assert office.deliverer.deliver_due() == Counter({GIVEN_UP: 1})
    assert office.deliverer.deliver_due() == Counter({SENT: 1})
    assert office.arrived("night") == ["Messages to off were given up"]
