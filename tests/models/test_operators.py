"""What operators hear of marsad itself: that something is wrong, once, and once that it is over."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from analysis.alert_seeds import AlertSeeds
from analysis.records import Notice
from analysis.vitals import LONGEST_PAUSES, Ailment, Pulse, Vitals, find_ailments
from builders import NOON, recipient
from models.archive import Archive
from models.audiences import AudienceBook
from models.operators import tell_ailments
from models.vitals import read_vitals

LATE = Ailment(name="late-watch", since=NOON, seen="`marsad watch` has never ended well", advice="see whether it runs")
FULL = Ailment(name="full", since=NOON, seen="the database takes 9 of 10 GiB", advice="give it more room")


@pytest.fixture
def listened(engine: Engine) -> Engine:
    """Let two operators listen, and one who is none."""
    people = (*(recipient(id=name, is_operator=True) for name in ("keeper", "night")), recipient())
    AudienceBook(engine).load(AlertSeeds(recipients=people, rules=()))
    return engine


def told(engine: Engine) -> list[tuple[str, str, int, str]]:
    asked = "SELECT recipient, thread, position, facts ->> 'headline' FROM alerts ORDER BY recipient, id"
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(asked))]


def test_an_ailment_is_told_when_it_comes_and_when_it_goes_and_not_between(listened: Engine) -> None:
    counts = [tell_ailments(listened, ailments, NOON) for ailments in ([LATE], [LATE, FULL], [FULL], [FULL], [LATE])]
    assert counts == [2, 2, 2, 0, 4]
    mine = [each[1:] for each in told(listened) if each[0] == "keeper"]
    assert mine == [
        ("trouble/marsad/late-watch", 0, "`marsad watch` has never ended well"),
        ("trouble/marsad/full", 0, "the database takes 9 of 10 GiB"),
        ("trouble/marsad/late-watch", 1, "over: `marsad watch` has never ended well"),
        ("trouble/marsad/late-watch", 2, "`marsad watch` has never ended well"),
        ("trouble/marsad/full", 1, "over: the database takes 9 of 10 GiB"),
    ]
    assert {each[0] for each in told(listened)} == {"keeper", "night"}


def test_a_word_that_it_is_over_says_what_was_wrong_from_when_to_when(listened: Engine) -> None:
    failed = Ailment(name="failed-prune", since=NOON, seen="`marsad prune` failed", advice="run it", detail="no room")
    for ailments in ([failed], []):
        tell_ailments(listened, ailments, NOON + timedelta(hours=1))
    with listened.connect() as connection:
        asked = text("SELECT facts -> 'lines' FROM alerts WHERE recipient = 'keeper' ORDER BY id")
        assert list(connection.scalars(asked)) == [
            ["since 2026-02-10 12:00 UTC", "no room", "do: run it"],
            ["since 2026-02-10 12:00 UTC", "over 2026-02-10 13:00 UTC"],
        ]


def test_what_operators_heard_when_it_happened_is_not_told_again(listened: Engine) -> None:
    [given_up] = find_ailments(Vitals(given_up_at=NOON), NOON)
    assert tell_ailments(listened, [given_up], NOON) == 0


def test_who_waits_for_what_is_not_sent_and_why_is_read_from_the_attempts(listened: Engine) -> None:
    tell_ailments(listened, [LATE], NOON)
    later = NOON + timedelta(hours=1)
    assert read_vitals(listened, NOON).unsent_to == ()
    found = read_vitals(listened, later)
    assert (found.unsent_to, found.refusal) == (("keeper", "night"), "")
    with listened.begin() as connection:
        connection.execute(
            text("""
                INSERT INTO deliveries (alert_id, channel, attempt, state, detail, ended_at)
                SELECT alerts.id, 'desk', attempt, 'failed', 'HTTP ' || 502 + attempt, now()
                FROM alerts, generate_series(1, 2) AS attempt WHERE recipient = 'night' ORDER BY attempt
            """)
        )
    assert read_vitals(listened, later).refusal == "HTTP 504"


def test_many_who_look_at_a_time_tell_it_once(listened: Engine) -> None:
    with ThreadPoolExecutor(4) as several:
        list(several.map(lambda _: tell_ailments(listened, [LATE], NOON), range(4)))
    assert len(told(listened)) == 2


def test_the_signs_of_life_are_read_from_runs_pages_and_messages(listened: Engine) -> None:
    archive, now = Archive(listened), datetime.now(UTC)
    assert read_vitals(listened, now).since is None
    for command, state in (("watch", "done"), ("watch", "failed"), ("digest", "done")):
        with listened.begin() as connection:
            number = archive.start_run(command, {})
            ended = "UPDATE runs SET state = :state, ended_at = :now, error = :why WHERE id = :id"
            values = {"state": state, "now": now, "why": "no room" if state == "failed" else "", "id": number}
            connection.execute(text(ended), values)
    tell_ailments(listened, [LATE], now - timedelta(hours=1))
    found = read_vitals(listened, now, 1)
    assert found.pulses["watch"] == Pulse(done_at=now, failed_at=now, error="no room")
    assert found.pulses["digest"] == Pulse(done_at=now)
    assert found.pulses.keys() == LONGEST_PAUSES.keys()
    assert found.unsent_to == ("keeper", "night")
    assert (found.messages_due, found.oldest_message_at) == (2, now - timedelta(hours=1))
    assert {each.name for each in find_ailments(found, now)} == {"unsent", "full"}


def test_a_trouble_of_a_source_is_told_with_what_wrote_it_or_not_at_all(listened: Engine) -> None:
    def die() -> None:
        with Archive(listened).health() as book:
            book.tell_operators(Notice(headline="1 new"), NOON)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        die()
    assert told(listened) == []
    for _ in range(2):
        with Archive(listened).health() as book:
            book.tell_operators(Notice(headline="1 new"), NOON)
    assert [each[:3] for each in told(listened)] == [
        (name, "trouble/sources", place) for name in ("keeper", "night") for place in (0, 1)
    ]
