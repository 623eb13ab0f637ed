"""What is written to whom in the transaction that makes or changes an event: once, in order, never for old news."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text

from analysis.alert_seeds import AlertSeeds
from analysis.events import Resolver
from analysis.history import read_history
from analysis.plain import record_of
from analysis.records import (
    Alert,
    Basis,
    Direction,
    EventKind,
    Mute,
    Pace,
    Precision,
    Published,
    QuietHours,
    Report,
    Rule,
    Told,
    When,
)
from builders import article, filed, filing, fingerprint, page, recipient, report, rule, source, tag, telling, visit
from models.archive import Archive
from models.audiences import AudienceBook
from models.corrections import CorrectionBook
from models.event_book import EventBook
from models.hands import Hand
from models.replays import Again, Replays
from models.seed_rows import Loaded

CHIEF, DGSN = "abdellatif-hammouchi", "dgsn"
RESOLVER = Resolver({CHIEF, DGSN})
AMINA = Hand(name="amina")
NOW = datetime(2026, 2, 12, 12, tzinfo=UTC)
DESK, NIGHT = recipient(), recipient(id="night", channel="night")
VISITS = rule(recipients=("desk", "night"))
AGREEMENTS = rule(id="new-agreements", kinds=(EventKind.AGREEMENT,))


class Newsroom:
    """A database in which articles are filed and events made, at a moment that the test sets."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.now = engine, NOW
        self.archive, self.book = Archive(engine), EventBook(engine, lambda: self.now)
        self.corrections = CorrectionBook(engine, lambda: self.now)
        self.archive.load_sources(
            [source(), *(source(id=name, hosts=(f"{name}.example",), tier=2) for name in ("rif", "souss"))]
        )
        self._run = self.archive.start_run("process", {})

    def tell(self, *reports: Report, source_id: str = "atlas", on: date = date(2026, 2, 11)) -> int:
        """File an article that tells these reports on a day, let them meet the events, and return its number."""
        number = self.archive.start_run("crawl", {})
        url = f"https://{source_id}.example/{number}"
        self.archive.save_page(
            page(source_id=source_id, url=url, canonical_url=url, fetched_at=self.now),
            visit(source_id=source_id, url=url),
            number,
        )
        said = article(source_id=source_id, url=url, published=Published(on=on, at=None, basis=Basis.META))
        mark = fingerprint(exact=f"{number:032x}", hashes=tuple(range(number * 100, number * 100 + 8)))
        with self.archive.claim(self._run) as claim:
            assert claim is not None
            claim.settle(filed(), filing(article=said, reports=reports, fingerprint=mark, tags=(tag(),)))
        met = self.book.meet_next(RESOLVER)
        assert met is not None
        return met.article_id

    def rows(self, columns: str, who: str = "desk") -> list[tuple[Any, ...]]:
        """Read what was written to a recipient."""
        asked = text(f"SELECT {columns} FROM alerts WHERE recipient = :who ORDER BY id")  # noqa: S608 columns of the test
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(asked, {"who": who})]

    def said(self, who: str = "desk") -> list[tuple[str, str, str]]:
        """Say what was written to a recipient: thread and place, occasion, state."""
        return [(f"{row[0]}#{row[1]}", row[2], row[3]) for row in self.rows("thread, position, occasion, state", who)]

    def alerts(self, who: str = "desk") -> list[Alert]:
        return [record_of(row[0], Alert) for row in self.rows("facts", who)]

    def send_all(self) -> None:
        """Let everything that waits be sent."""
        with self.engine.begin() as connection:
            connection.execute(
                text("UPDATE alerts SET state = 'sent', settled_at = now(), attempts = 1 WHERE state = 'waiting'")
            )


@pytest.fixture
def room(engine: Engine) -> Newsroom:
    opened = Newsroom(engine)
    AudienceBook(engine).load(AlertSeeds(recipients=(DESK, NIGHT), rules=(VISITS, AGREEMENTS)))
    return opened


def on(first: int, last: int | None = None) -> When:
    return When(first=date(2026, 2, first), last=date(2026, 2, last or first), precision=Precision.DAY)


def told(**changes: Any) -> Report:
    return report(**{"city": None, "bodies": (DGSN,), "when": on(10), **changes})


def signed(**changes: Any) -> Report:
    return told(kind=EventKind.AGREEMENT, direction=None, **changes)


def test_a_new_event_is_written_to_each_recipient_with_all_that_is_known_of_it(room: Newsroom):
    number = room.tell(told())
    assert room.said() == room.said("night") == [("event/1#0", "first", "waiting")]
    [alert] = room.alerts()
    assert (alert.because, alert.due_at, alert.pace) == (("new-visits",), NOW, Pace.AT_ONCE)
    event = alert.happening
    assert (event.event_id, event.kind, event.direction, event.countries) == (
        1,
        EventKind.VISIT,
        Direction.OUTBOUND,
        ("ES",),
    )
    assert event.tellings == (telling(article_id=number, url=event.tellings[0].url, told_on=date(2026, 2, 11)),)


def test_one_more_outlet_is_no_new_message_but_what_waits_names_it(room: Newsroom):
    room.tell(told())
    room.tell(told(), source_id="rif")
    assert room.said() == [("event/1#0", "first", "waiting")]
    assert [each.outlet for each in room.alerts()[0].happening.tellings] == ["Atlas", "Atlas"]
    room.send_all()
    room.tell(told(), source_id="souss")
    assert room.said() == [("event/1#0", "first", "sent")]


def test_an_event_of_minor_outlets_is_told_once_two_tell_it(room: Newsroom):
    room.tell(told(), source_id="rif")
    assert room.said() == []
    room.tell(told(), source_id="rif")
    assert room.said() == []
    room.tell(told(), source_id="souss")
    assert room.said() == [("event/1#0", "first", "waiting")]


def test_a_fact_that_is_fixed_later_is_an_update_in_the_same_thread(room: Newsroom):
    room.tell(told(when=None))
    room.send_all()
    room.tell(told(city="madrid"))
    assert room.said() == [("event/1#0", "first", "sent"), ("event/1#1", "update", "waiting")]
    assert [each.fact for each in room.alerts()[1].changes] == ["when", "city"]


def test_a_visit_and_its_signing_are_a_first_alert_each_and_no_update(room: Newsroom):
    room.tell(told())
    room.send_all()
    room.tell(signed())
    assert room.said() == [("event/1#0", "first", "sent"), ("event/2#0", "first", "waiting")]
    # the other one has no rule for agreements: to him it is news of the visit
    assert room.said("night") == [("event/1#0", "first", "sent"), ("event/1#1", "update", "waiting")]
    assert room.alerts("night")[1].changes[0].after == "2 agreement"


@pytest.mark.parametrize(
    ("reports", "day"),
    [
        ((told(told=Told.RECALLED),), date(2026, 2, 11)),
        ((told(when=None),), date(2026, 2, 1)),
        (
            (told(when=When(first=date(2025, 6, 1), last=date(2025, 6, 1), precision=Precision.DAY)),),
            date(2026, 2, 11),
        ),
        ((told(kind=EventKind.MEETING, direction=None),), date(2026, 2, 11)),
    ],
)
def test_what_is_recalled_old_or_of_no_rule_is_written_to_nobody(room: Newsroom, reports: Sequence[Report], day: date):
    room.tell(*reports, on=day)
    assert room.said() == []


def test_what_the_seeds_know_is_written_to_nobody(room: Newsroom):
    known = """
- {id: madrid, kind: visit, direction: outbound, people: [abdellatif-hammouchi], countries: [ES], when: 2026-02-10}
"""
    room.book.load(read_history(known, file="history.yml"), RESOLVER)
    room.tell(told())
    assert room.said() == []


def test_a_retraction_goes_to_whoever_had_the_first_even_without_a_rule(room: Newsroom):
    room.tell(told())
    room.send_all()
    AudienceBook(room.engine).load(AlertSeeds(recipients=(DESK,), rules=(AGREEMENTS,)))
    room.corrections.retract(1, Hand(name="amina", because="the outlet withdrew it"))
    assert room.said() == [("event/1#0", "first", "sent"), ("event/1#1", "retraction", "waiting")]
    assert room.alerts()[1].happening.retracted_because == "the outlet withdrew it"


def test_what_is_retracted_before_anybody_heard_of_it_is_overtaken(room: Newsroom):
    room.tell(told())
    room.corrections.retract(1, Hand(name="amina", because="a mistake of ours"))
    assert room.said() == [("event/1#0", "first", "overtaken")]


def test_an_alert_that_somebody_began_to_send_is_not_rewritten(room: Newsroom):
    room.tell(told(when=None))
    with room.engine.begin() as connection:
        connection.execute(text("UPDATE alerts SET attempts = 1"))
    room.tell(told())
    assert room.said() == [("event/1#0", "first", "waiting"), ("event/1#1", "update", "waiting")]


def test_what_all_deny_is_retracted(room: Newsroom):
    room.tell(told())
    room.send_all()
    with room.engine.begin() as connection:
        connection.execute(text("UPDATE articles SET is_current = false"))  # the outlet took it back
    room.tell(told(told=Told.DENIED))
    assert room.said()[1:] == [("event/1#1", "retraction", "waiting")]


# ---------------------------------------------------------------- people put right


def test_two_events_that_prove_to_be_one_are_told_once_and_go_on_in_their_thread(room: Newsroom):
    room.tell(told(when=on(3)), on=date(2026, 2, 11))
    room.send_all()
    for name in ("atlas", "rif"):
        room.tell(told(when=on(11)), source_id=name)
    assert room.said() == [("event/1#0", "first", "sent"), ("event/2#0", "first", "waiting")]
    room.corrections.merge(2, 1, AMINA)
    assert room.said() == [("event/1#0", "first", "sent"), ("event/1#1", "update", "waiting")]
    room.send_all()
    room.tell(told(when=on(11), city="madrid"))
    assert room.said()[2:] == [("event/1#2", "update", "waiting")]


def test_who_was_told_of_two_that_prove_to_be_one_hears_so_once(room: Newsroom):
    room.tell(told(when=on(3)))
    room.tell(told(when=on(11)))
    room.send_all()
    room.corrections.merge(1, 2, AMINA)
    assert room.said()[2:] == [("event/2#1", "update", "waiting")]
    assert [(each.fact, each.after) for each in room.alerts()[-1].changes][:1] == [("merged", "2")]
    room.send_all()
    room.tell(told(when=on(3), city="madrid"))
    assert [each.fact for each in room.alerts()[-1].changes if each.fact == "merged"] == []


def test_what_is_muted_stays_so_when_it_proves_to_be_another(room: Newsroom):
    room.tell(told(when=on(3)))
    room.tell(told(when=on(11)))
    room.send_all()
    AudienceBook(room.engine).mute(Mute(recipient="desk", event_id=2), "amina")
    room.corrections.merge(1, 2, AMINA)
    assert room.said()[2:] == [("event/2#1", "update", "muted")]


def test_nothing_is_said_where_a_second_event_proves_to_be_the_first_as_it_was_told(room: Newsroom):
    room.tell(told(when=on(3)))
    room.send_all()
    room.tell(told(when=on(11)))
    room.corrections.merge(1, 2, AMINA)
    assert room.said() == [("event/1#0", "first", "sent"), ("event/2#0", "first", "overtaken")]


def test_two_that_wait_and_prove_to_be_one_are_one_message(room: Newsroom):
    room.tell(told(when=on(3)))
    room.tell(told(when=on(11)))
    room.corrections.merge(1, 2, AMINA)
    assert room.said() == [("event/1#0", "first", "waiting"), ("event/2#0", "first", "overtaken")]


def test_who_was_told_of_an_event_hears_that_it_was_two(room: Newsroom):
    numbers = [room.tell(told()) for _ in range(2)]
    room.send_all()
    room.corrections.split(1, numbers[:1], AMINA)
    assert room.said() == [
        ("event/1#0", "first", "sent"),
        ("event/1#1", "update", "waiting"),
        ("event/2#0", "first", "waiting"),
    ]
    assert [(each.fact, each.after) for each in room.alerts()[1].changes] == [("split", "2")]


# ---------------------------------------------------------------- who wants what, and when


def test_quiet_hours_and_digests_say_when(room: Newsroom):
    sleeper = recipient(quiet=QuietHours(start=NOW.replace(hour=11).time(), end=NOW.replace(hour=15).time()))
    daily = rule(id="daily", recipients=("night",), pace=Pace.DAILY)
    book = AudienceBook(room.engine)
    book.load(AlertSeeds(recipients=(sleeper, NIGHT), rules=(rule(), daily)))
    room.tell(told())
    assert room.rows("pace, due_at") == [("at_once", NOW.replace(hour=14))]
    assert room.rows("pace, due_at", "night") == [("daily", NOW.replace(day=13, hour=6))]


def test_what_is_muted_is_written_once_as_muted_and_is_news_when_the_mute_ends(room: Newsroom):
    AudienceBook(room.engine).mute(Mute(recipient="desk", country="ES", until=NOW + timedelta(hours=1)), "amina")
    for _ in range(3):
        room.tell(told())
    assert room.said() == [("event/1#0", "first", "muted")]
    room.now += timedelta(hours=2)
    room.tell(told())
    assert room.said() == [("event/1#0", "first", "muted"), ("event/1#1", "first", "waiting")]


def test_the_seeds_write_their_own_and_leave_alone_what_people_wrote(engine: Engine):
    book = AudienceBook(engine)
    seeds = AlertSeeds(recipients=(DESK, NIGHT), rules=(VISITS,))
    assert book.load(seeds) == Loaded(added=3)
    assert book.load(seeds) == Loaded(unchanged=3)
    mine = Rule(id="mine", recipients=("desk",), countries=("QA",))
    book.add(mine)
    book.add(recipient(channel="other"))
    changed = AlertSeeds(recipients=(DESK,), rules=(rule(least_outlets=3),))
    assert book.load(changed) == Loaded(changed=1, unchanged=1, retired=1)
    found = book.read()
    assert found.recipients == (recipient(channel="other"),)
    assert found.rules == (mine, rule(least_outlets=3))
    assert (book.remove("mine"), book.read().rules) == ("rule", (rule(least_outlets=3),))


def test_what_waits_for_a_recipient_who_leaves_is_overtaken(room: Newsroom):
    room.tell(told())
    AudienceBook(room.engine).load(AlertSeeds(recipients=(DESK,), rules=()))
    assert room.said("night") == [("event/1#0", "first", "overtaken")]


# ---------------------------------------------------------------- many at once, and again


def test_workers_that_meet_one_event_at_the_same_moment_write_one_alert(room: Newsroom):
    for _ in range(8):
        number = room.tell(told())
    with room.engine.begin() as connection:
        connection.execute(text("DELETE FROM alerts; UPDATE reports SET event_id = NULL, met_at = NULL"))
        connection.execute(text("DELETE FROM events"))

    def meet_all(_: int) -> None:
        book = EventBook(room.engine, lambda: NOW)
        while book.meet_next(RESOLVER) is not None:
            pass

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(meet_all, range(4)))
    assert number
    assert [occasion for _, occasion, _ in room.said()] == ["first"]


def test_a_replay_tells_nobody_anything_but_that_nothing_happened(room: Newsroom):
    room.tell(told())
    room.send_all()

    def replay(*reports: Report) -> None:
        with Replays(room.engine).claim(
            Again(rules="newer", force=True), 0, room.archive.start_run("replay", {})
        ) as one:
            assert one is not None
            said = one.kept.article
            assert said is not None
            one.settle(filed(rules="newer"), filing(article=said, reports=reports), RESOLVER)

    replay(told(), told(countries=("QA",)))
    assert room.said() == [("event/1#0", "first", "sent")]
    replay(told(countries=("QA",)))
    assert room.said() == [("event/1#0", "first", "sent"), ("event/1#1", "retraction", "waiting")]
    assert room.alerts()[1].happening.retracted_because == "nobody tells of it any more"
