"""What people put right stands: whatever is told later or read again, each act once, and who heard hears of it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import ProgrammingError

from analysis.alert_seeds import AlertSeeds
from analysis.errors import ConflictError, CorrectionError, UnknownNameError
from analysis.events import Resolver
from analysis.plain import record_of
from analysis.records import (
    Alert,
    Basis,
    Direction,
    EventKind,
    NamedTag,
    Precision,
    Published,
    Report,
    TagFix,
    TagKind,
    When,
)
from analysis.register import Name
from builders import article, filed, filing, fingerprint, page, recipient, report, rule, source, tag, visit
from models.archive import Archive
from models.audiences import AudienceBook
from models.corrections import CorrectionBook
from models.event_book import EventBook
from models.hands import CORRECTOR, Hand
from models.labelled import read_corrections
from models.replays import Again, Replays

CHIEF = "abdellatif-hammouchi"
RESOLVER = Resolver({CHIEF, "dgsn"})
NOW = datetime(2026, 2, 12, 12, tzinfo=UTC)
AMINA, KARIM = Hand(name="amina"), Hand(name="karim")
KEY = UUID(int=7)


def on(first: int, last: int | None = None, month: int = 2) -> When:
    return When(first=date(2026, month, first), last=date(2026, month, last or first), precision=Precision.DAY)


def told(**changes: Any) -> Report:
    return report(**{"city": None, "bodies": ("dgsn",), "when": on(10), **changes})


class Room:
    """A database in which articles are filed, events made and put right, at one moment."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.archive = engine, Archive(engine)
        self.events, self.book = EventBook(engine, lambda: NOW), CorrectionBook(engine, lambda: NOW)
        self.archive.load_sources([source(), source(id="rif", hosts=("rif.example",))])
        self.archive.load_names([Name(kind=TagKind.THEME, id="drugs", shown={}, spellings=frozenset())])
        AudienceBook(engine).load(AlertSeeds(recipients=(recipient(),), rules=(rule(),)))
        self.run = self.archive.start_run("process", {})

    def tell(self, *reports: Report, source_id: str = "atlas", day: int = 11) -> int:
        """File an article that tells these reports, let them meet the events, and return its number."""
        number = self.archive.start_run("crawl", {})
        url = f"https://{source_id}.example/{number}"
        kept = page(source_id=source_id, url=url, canonical_url=url, fetched_at=NOW)
        self.archive.save_page(kept, visit(source_id=source_id, url=url), number)
        with self.archive.claim(self.run) as claim:
            claim.settle(filed(), self.says(number, reports, source_id=source_id, day=day))
        while self.events.meet_next(RESOLVER) is not None:
            pass
        return self.one("SELECT max(id) FROM articles")

    def says(self, number: int, reports: Sequence[Report], source_id: str = "atlas", day: int = 11) -> Any:
        dated = Published(on=date(2026, 2, day), at=None, basis=Basis.META)
        said = article(source_id=source_id, url=f"https://{source_id}.example/{number}", published=dated)
        mark = fingerprint(exact=f"{number:032x}", hashes=tuple(range(number * 100, number * 100 + 8)))
        return filing(article=said, reports=tuple(reports), fingerprint=mark, tags=(tag(),))

    def replay(self, *readings: Sequence[Report] | None) -> None:
        """Read all pages again, so that they tell these."""
        after = 0
        for number, reports in enumerate(readings):
            with Replays(self.engine).claim(Again(rules=f"r{number}", force=True), after, self.run) as claim:
                after = claim.page_id
                claim.settle(filed(rules="new"), self.says(int(claim.page.url[-1]), reports), RESOLVER)

    def one(self, query: str) -> Any:
        with self.engine.connect() as connection:
            return connection.scalar(text(query))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]

    def days(self) -> list[tuple[Any, ...]]:
        return self.rows("SELECT event, first_on, reports FROM analyst.events ORDER BY event")

    def fix(self, event: int = 1, hand: Hand = AMINA, **facts: Any) -> int:
        return self.book.fix(event, replace(self.book.look(event).facts, **facts), hand)

    def send_all(self) -> None:
        with self.engine.begin() as connection:
            connection.execute(text("UPDATE alerts SET state = 'sent', settled_at = now(), attempts = 1"))

    def alerts(self) -> list[tuple[str, list[tuple[str, str | None, str | None]]]]:
        found = [record_of(row[0], Alert) for row in self.rows("SELECT facts FROM alerts ORDER BY id")]
        return [(str(each.occasion), [(one.fact, one.before, one.after) for one in each.changes]) for each in found]


@pytest.fixture
def room(engine: Engine) -> Room:
    return Room(engine)


# ---------------------------------------------------------------- it stands


def test_a_date_that_a_person_fixed_stands_whatever_is_told_later(room: Room):
    room.tell(told())
    room.fix(when=on(12))
    for _ in range(3):
        room.tell(told(), source_id="rif")
    assert room.days() == [(1, date(2026, 2, 12), 4)]


def test_a_report_of_the_fixed_day_and_one_of_the_former_are_of_the_event(room: Room):
    room.tell(told())
    room.fix(when=on(10, month=9))
    room.tell(told(when=on(10, month=9)))
    room.tell(told(), source_id="rif")
    assert room.days() == [(1, date(2026, 9, 10), 3)]


def test_what_is_told_of_the_former_day_belongs_rather_to_another_event_of_that_day(room: Room):
    room.tell(told())
    room.fix(when=on(10, month=9))
    room.tell(told(when=on(14)))
    room.tell(told(when=on(13)), source_id="rif")
    assert [(event, reports) for event, _, reports in room.days()] == [(1, 1), (2, 2)]


def test_a_fix_survives_that_every_report_is_read_otherwise(room: Room):
    room.tell(told())
    room.fix(when=on(10, month=9), city="tangier", countries=("PT",), kind=EventKind.MEETING, direction=None)
    room.replay([told(people=())])
    room.replay([])
    room.replay([told(people=(), when=on(10, 11))])
    facts = "SELECT event, kind, direction, city, countries, first_on, reports, retracted_at FROM analyst.events"
    assert room.rows(facts) == [(1, "meeting", None, "tangier", ["PT"], date(2026, 9, 10), 1, None)]


def test_a_fix_goes_with_an_event_that_proves_to_be_another(room: Room):
    room.tell(told(when=on(3)))
    room.tell(told(when=on(20)))
    room.fix(2, when=on(21))
    room.book.merge(1, 2, KARIM)
    assert room.days() == [(1, date(2026, 2, 21), 2)]


def test_the_last_word_on_a_fact_counts_and_can_be_taken_back(room: Room):
    room.tell(told())
    room.fix(when=on(12))
    room.fix(when=on(13), people=(CHIEF, "guest"), hand=KARIM)
    assert room.days() == [(1, date(2026, 2, 13), 1)]
    room.book.release(1, AMINA)
    assert room.days() == [(1, date(2026, 2, 10), 1)]
    room.tell(told(when=on(10, 11)))
    room.tell(told(when=on(10, 11)), source_id="rif")
    assert room.one("SELECT last_on FROM analyst.events") == date(2026, 2, 11)
    assert room.one("SELECT people FROM analyst.events") == [CHIEF]


def test_a_retraction_is_taken_back_and_what_was_confirmed_is_not_retracted_by_rule(room: Room):
    room.tell(told())
    room.book.retract(1, AMINA)
    assert room.one("SELECT retracted_at IS NOT NULL FROM events")
    room.book.restore(1, KARIM)
    room.replay([])
    assert not room.one("SELECT retracted_at IS NOT NULL FROM events")
    room.book.retract(1, AMINA)
    room.book.confirm(1, KARIM)
    assert not room.one("SELECT retracted_at IS NOT NULL FROM events")
    acts = "SELECT action, done_by FROM event_log ORDER BY id"
    assert room.rows(acts) == [
        *(("retract", "amina"), ("restore", "karim")),
        *(("retract", "amina"), ("confirm", "karim")),
    ]


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"when": When(first=date(2026, 2, 2), last=date(2026, 2, 1), precision=Precision.DAY)}, "after the last"),
        ({"kind": EventKind.MEETING}, "only a visit"),
        ({"countries": ("MA",)}, "Morocco"),
        ({"countries": (), "bodies": ()}, "foreign side"),
    ],
)
def test_facts_that_cannot_be_are_refused(room: Room, facts: dict[str, Any], why: str):
    room.tell(told())
    with pytest.raises(CorrectionError, match=why):
        room.fix(**facts)
    assert room.one("SELECT count(*) FROM event_log") == 0


@pytest.mark.parametrize("name", ["", " ", "rule", "Rule", "a\nb", "x" * 81])
def test_nobody_corrects_without_a_name_or_as_the_rules(name: str):
    with pytest.raises(CorrectionError, match="name"):
        Hand(name=name)


# ---------------------------------------------------------------- once, and one after the other


def test_what_is_sent_twice_is_done_once(room: Room):
    room.tell(told())
    room.tell(told(), source_id="rif")
    hand = Hand(name="amina", key=KEY, seen=0)
    made = [room.book.split(1, [1], hand) for _ in range(3)]
    assert (made, room.one("SELECT count(*) FROM event_log")) == ([2, 2, 2], 1)


def test_the_same_fix_and_verdict_again_are_no_acts(room: Room):
    room.tell(told())
    for _ in range(2):
        room.fix(when=on(12))
        room.book.confirm(1, AMINA)
    assert room.rows("SELECT action FROM event_log ORDER BY id") == [("correct",), ("confirm",)]


def test_of_two_who_put_one_event_right_at_the_same_moment_one_is_told_of_the_other(room: Room):
    room.tell(told())
    seen, both = room.book.look(1), Barrier(2)

    def correct(name: str, day: int) -> str:
        both.wait()
        try:
            room.book.fix(1, replace(seen.facts, when=on(day)), Hand(name=name, seen=seen.seen))
        except ConflictError as error:
            return str(error)
        return name

    with ThreadPoolExecutor(2) as several:
        ended = list(several.map(correct, ("amina", "karim"), (12, 13)))
    [winner] = [each for each in ended if each in {"amina", "karim"}]
    [other] = [each for each in ended if each != winner]
    assert other.startswith(f"{winner} was here at ")
    assert room.rows("SELECT done_by FROM event_log") == [(winner,)]
    assert room.days() == [(1, on(12 if winner == "amina" else 13).first, 1)]


def test_one_form_sent_by_many_hands_at_once_is_done_once(room: Room):
    room.tell(told())
    room.tell(told(when=on(20)))
    hand = Hand(name="amina", key=KEY, seen=0)
    with ThreadPoolExecutor(4) as several:
        assert list(several.map(lambda _: room.book.merge(1, 2, hand), range(8))) == [1] * 8
    assert room.one("SELECT count(*) FROM event_log") == 1


def test_a_split_is_seen_by_whoever_looked_at_the_event_before(room: Room):
    room.tell(told())
    room.tell(told(), source_id="rif")
    room.book.split(1, [1], AMINA)
    with pytest.raises(ConflictError, match="amina was here"):
        room.book.confirm(1, Hand(name="karim", seen=0))


# ---------------------------------------------------------------- who heard hears of it


def test_a_correction_goes_to_whoever_had_the_first_even_where_no_rule_covers_it_now(room: Room):
    room.tell(told())
    room.send_all()
    room.fix(kind=EventKind.MEETING, direction=None, countries=("PT",), when=on(12))
    room.tell(told(), source_id="rif")  # what waits says it still
    changes = [
        ("kind", "visit", "meeting"),
        ("direction", "outbound", None),
        ("when", "2026-02-10/2026-02-10 day", "2026-02-12/2026-02-12 day"),
        ("countries", "ES", None),
        ("countries", None, "PT"),
    ]
    assert room.alerts() == [("first", []), ("update", changes)]
    room.send_all()
    room.tell(told(), source_id="rif")
    assert len(room.alerts()) == 2


def test_who_was_told_that_nothing_happened_hears_that_it_did(room: Room):
    room.tell(told())
    room.send_all()
    room.book.retract(1, AMINA)
    room.send_all()
    room.book.restore(1, KARIM)
    assert room.alerts()[2] == ("update", [("told", "denied", "news")])


# ---------------------------------------------------------------- tags


DRUGS = NamedTag(kind=TagKind.THEME, id="drugs")


def tags(room: Room) -> list[tuple[Any, ...]]:
    return room.rows("SELECT kind, tag, times FROM analyst.tags ORDER BY 1, 2")


def test_tags_that_a_person_put_right_stand_at_each_reading(room: Room):
    room.tell(told())
    [(kind, name, _)] = tags(room)
    room.book.fix_tags(1, TagFix(added=(DRUGS,), removed=(NamedTag(kind=TagKind(kind), id=name),)), AMINA)
    assert tags(room) == [("theme", "drugs", 1)]
    assert room.one("SELECT words @@ $$'theme:drugs'$$::tsquery FROM searches")
    room.replay([told()])
    assert tags(room) == [("theme", "drugs", 1)]
    with pytest.raises(UnknownNameError, match="theme:none"):
        room.book.fix_tags(1, TagFix(added=(NamedTag(kind=TagKind.THEME, id="none"),)), AMINA)


def test_an_article_that_is_none_of_ours_is_set_aside_until_that_is_taken_back(room: Room):
    room.tell(told())
    room.send_all()
    room.book.fix_tags(1, TagFix(relevant=False), AMINA)
    stands = "SELECT outcome, reason, detail, (SELECT count(*) FROM analyst.articles) FROM pages"
    aside = [("rejected", "off_topic", "by hand: amina", 0)]
    assert room.rows(stands) == aside
    assert [occasion for occasion, _ in room.alerts()] == ["first", "retraction"]
    room.replay([told()])
    assert room.rows(stands) == aside
    room.book.fix_tags(1, TagFix(relevant=True), KARIM)
    room.replay([told()])
    assert room.rows(stands) == [("filed", "", "", 1)]
    assert room.days()[0][2] == 1


# ---------------------------------------------------------------- what is kept, and who may write it


def test_a_correction_is_labelled_data_with_what_rules_and_reports_had_said(room: Room):
    room.tell(told())
    room.fix(when=on(12), hand=Hand(name="amina", because="the ministry says so"))
    [kept] = read_corrections(room.engine)
    day, former = {"first": "2026-02-12", "last": "2026-02-12", "precision": "day"}, "2026-02-10"
    assert (kept["event"], kept["done_by"], kept["because"]) == (1, "amina", "the ministry says so")
    assert kept["is_now"] == {"when": day}
    assert kept["was"] == {"when": {**day, "first": former, "last": former}}
    assert kept["rules"]["when"]["first"] == former
    [said] = kept["reports"]
    assert (said["source"], said["first_on"], said["evidence"]) == ("atlas", former, told().evidence)


def test_the_role_of_the_page_can_do_all_of_this_and_no_more(room: Room):
    for source_id in ("atlas", "rif", "atlas"):
        room.tell(told(), source_id=source_id)
    room.tell(told(when=on(20)))
    book = CorrectionBook(room.engine, lambda: NOW, role=CORRECTOR)
    book.fix(1, replace(book.look(1).facts, when=on(12), direction=Direction.INBOUND), AMINA)
    book.release(1, AMINA)
    for act in (book.confirm, book.retract, book.restore):
        act(1, AMINA)
    book.split(1, [1], AMINA)
    book.merge(1, 2, AMINA)
    book.fix_tags(2, TagFix(added=(DRUGS,)), AMINA)
    book.fix_tags(3, TagFix(relevant=False), AMINA)
    book.fix_tags(3, TagFix(relevant=True), AMINA)
    for forbidden in (
        *("DELETE FROM event_log", "UPDATE event_log SET done_by = 'x'", "SELECT body FROM pages"),
        *("UPDATE articles SET text = ''", "DELETE FROM events", "INSERT INTO names VALUES ('theme', 'x')"),
        *("UPDATE reports SET evidence = ''", "DELETE FROM alerts", "UPDATE recipients SET entry = '{}'"),
    ):
        with room.engine.begin() as connection:
            connection.execute(text(f"SET LOCAL ROLE {CORRECTOR}"))
            with pytest.raises(ProgrammingError, match="permission denied"):
                connection.execute(text(forbidden))
