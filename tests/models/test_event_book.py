"""Events in Postgres: the same ones as in memory, made once by many workers, and put right by people."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, text

from analysis.errors import CorrectionError, UnknownNameError
from analysis.events import Resolver
from analysis.history import read_history
from analysis.records import (
    Account,
    Basis,
    Direction,
    EventKind,
    Part,
    Participant,
    Precision,
    Published,
    Report,
    Told,
    When,
)
from builders import article, filed, filing, fingerprint, page, report, source, visit
from desk_asking import event_of, events_of
from models.archive import Archive
from models.corrections import CorrectionBook
from models.event_book import EventBook
from models.hands import Hand
from models.questions.reports import differing
from models.seed_rows import Loaded
from pipeline.known_events import KnownEvents

CHIEF, DGSN = "abdellatif-hammouchi", "dgsn"
RESOLVER = Resolver({CHIEF, DGSN})
AMINA = Hand(name="amina")
HISTORY = """
- id: madrid-2022
  kind: visit
  direction: outbound
  people: [abdellatif-hammouchi]
  countries: [ES]
  when: 2022-06-16 to 2022-06-17
"""


def on(month: int, first: int, last: int | None = None) -> When:
    return When(first=date(2026, month, first), last=date(2026, month, last or first), precision=Precision.DAY)


@pytest.fixture
def book(engine: Engine) -> EventBook:
    return EventBook(engine)


@pytest.fixture
def run_id(archive: Archive) -> int:
    archive.load_sources([source(), source(id="rif", hosts=("rif.example",))])
    return archive.start_run("process", {})


def file_reports(archive: Archive, run_id: int, told_on: date, *reports: Report, source_id: str = "atlas") -> None:
    """File one more article that tells these reports."""
    number = archive.start_run("crawl", {})
    url = f"https://{source_id}.example/{number}"
    fetched_at = datetime(2026, 11, 1, tzinfo=UTC)
    archive.save_page(
        page(source_id=source_id, url=url, canonical_url=url, fetched_at=fetched_at),
        visit(source_id=source_id, url=url),
        number,
    )
    said = article(source_id=source_id, url=url, published=Published(on=told_on, at=None, basis=Basis.META))
    mark = fingerprint(exact=f"{number:032x}", hashes=tuple(range(number * 100, number * 100 + 8)))
    with archive.claim(run_id) as claim:
        assert claim is not None
        claim.settle(filed(), filing(article=said, reports=reports, fingerprint=mark))


def meet_all(book: EventBook) -> list[int | None]:
    """Let all reports that wait meet the events, and return the number of the event of each."""
    numbers: list[int | None] = []
    while (met := book.meet_next(RESOLVER)) is not None:
        numbers += [place.event_id for place in met.places]
    return numbers


def told(**changes: Any) -> Report:
    return report(**{"city": None, "bodies": (DGSN,), "when": None, **changes})


SCENE: Sequence[tuple[date, Report]] = (
    (date(2026, 2, 11), told(when=on(2, 10))),
    (date(2026, 2, 12), told(when=on(2, 13))),
    (date(2026, 2, 12), told(countries=("QA",))),
    (date(2026, 2, 13), told(when=on(2, 10, 13))),
    (date(2026, 2, 14), told(kind=EventKind.AGREEMENT, direction=None, when=on(2, 11))),
    (date(2026, 6, 1), told(told=Told.RECALLED)),
    (date(2026, 6, 1), told(told=Told.RECALLED, countries=("FR",))),
)


def test_postgres_makes_the_same_events_as_memory(archive: Archive, book: EventBook, run_id: int):
    for told_on, each in SCENE:
        file_reports(archive, run_id, told_on, each)
    known = KnownEvents(RESOLVER)
    in_memory = [known.meet(Account(report=each, source_id="atlas", told_on=on_day)) for on_day, each in SCENE]
    assert meet_all(book) == in_memory == [1, 2, 3, 1, 4, 1, None]


def test_an_event_holds_the_part_of_its_people_with_the_sources_that_say_so(
    engine: Engine, archive: Archive, book: EventBook, run_id: int
):
    guest = "fernando-grande-marlaska"
    came = (Participant(person=guest, part=Part.VISITOR), Participant(person=CHIEF, part=Part.HOST))
    visit_of = {"when": on(2, 10), "direction": Direction.INBOUND, "people": (guest, CHIEF)}
    file_reports(archive, run_id, date(2026, 2, 11), told(**visit_of, participants=came))
    file_reports(archive, run_id, date(2026, 2, 11), told(**visit_of, participants=came[:1]), source_id="rif")
    [event, _] = meet_all(book)

    assert event_of(engine, event).event.participants == (
        {"person": guest, "part": "visitor", "sources": ["atlas", "rif"]},
        {"person": CHIEF, "part": "host", "sources": ["atlas"]},
    )
    corrections = CorrectionBook(engine)
    corrections.fix(event, replace(corrections.look(event).facts, people=(guest,)), AMINA)
    with engine.connect() as connection:
        asked = text("SELECT person, part, sources FROM analyst.event_people WHERE event = :event")
        named = [tuple(row) for row in connection.execute(asked, {"event": event})]
    assert named == [(guest, "visitor", ["atlas", "rif"])]


def test_an_event_is_read_with_all_that_is_known_of_it(engine: Engine, archive: Archive, book: EventBook, run_id: int):
    file_reports(archive, run_id, date(2026, 2, 11), told(when=on(2, 10), city="madrid"))
    file_reports(
        archive, run_id, date(2026, 2, 12), told(when=on(2, 11), evidence="Une autre phrase."), source_id="rif"
    )
    file_reports(archive, run_id, date(2026, 2, 12), told(kind=EventKind.AGREEMENT, direction=None, when=on(2, 11)))
    meet_all(book)
    whole = event_of(engine, 1)
    assert [(each.source, each.evidence) for each in whole.reports] == [
        ("atlas", "فقرة أولى قصيرة."),
        ("rif", "Une autre phrase."),
    ]
    assert differing(whole.reports) == {"days": {on(2, 10): ("atlas",), on(2, 11): ("rif",)}}
    assert ([each.event for each in whole.linked], whole.acts) == ([2], ())
    assert (whole.event.city, whole.event.sources, whole.event.reports) == ("madrid", ("atlas", "rif"), 2)


def test_events_are_listed_by_what_is_asked(engine: Engine, archive: Archive, book: EventBook, run_id: int):
    for told_on, each in SCENE:
        file_reports(archive, run_id, told_on, each)
    file_reports(archive, run_id, date(2026, 3, 1), told(told=Told.ANNOUNCED, countries=("IT",), when=on(4, 1)))
    meet_all(book)

    def numbers(**wanted: Any) -> list[int]:
        return [each.event for each in events_of(engine, **wanted)]

    assert numbers() == [5, 3, 4, 1]
    assert numbers(kind=EventKind.AGREEMENT) == [4]
    assert numbers(country="QA") == [3]
    assert numbers(person=CHIEF, news_only=True) == [3, 4, 1]
    assert numbers(since=date(2026, 2, 12)) == [5, 3, 1]
    assert numbers(most=1) == [5]
    assert numbers(person="nobody") == []


def test_workers_that_meet_one_event_at_the_same_moment_make_one(engine: Engine, archive: Archive, run_id: int):
    for _ in range(12):
        file_reports(archive, run_id, date(2026, 2, 11), told(when=on(2, 10)), told(countries=("QA",)))
    with ThreadPoolExecutor(4) as workers:
        list(workers.map(lambda _: meet_all(EventBook(engine)), range(4)))
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM reports WHERE met_at IS NULL")) == 0
    assert [(each.countries, each.reports) for each in events_of(engine)] == [
        (("QA",), 12),
        (("ES",), 12),
    ]


def test_a_worker_that_dies_leaves_its_article_to_the_next(archive: Archive, book: EventBook, run_id: int):
    class MortalResolver(Resolver):
        def resolve(self, *_: object) -> Any:
            raise KeyboardInterrupt

    file_reports(archive, run_id, date(2026, 2, 11), told(when=on(2, 10)))
    with pytest.raises(KeyboardInterrupt):
        book.meet_next(MortalResolver(()))
    assert meet_all(book) == [1]


def test_what_a_source_corrects_is_corrected_and_stays_one_event(
    engine: Engine, archive: Archive, book: EventBook, run_id: int
):
    file_reports(archive, run_id, date(2026, 2, 11), told(when=on(2, 10)))
    meet_all(book)
    with engine.begin() as connection:
        connection.execute(text("UPDATE articles SET is_current = false"))
    file_reports(archive, run_id, date(2026, 2, 11), told(when=on(2, 11)))
    assert meet_all(book) == [1]
    whole = event_of(engine, 1)
    assert (whole.event.first_on, differing(whole.reports)) == (date(2026, 2, 11), {})


# ---------------------------------------------------------------- people put right


def test_two_events_that_a_person_merges_are_one_for_good(
    engine: Engine, archive: Archive, book: EventBook, run_id: int
):
    for day in (3, 20):
        file_reports(archive, run_id, date(2026, 2, day), told(when=on(2, day)))
    meet_all(book)
    CorrectionBook(engine).merge(1, 2, AMINA)
    file_reports(archive, run_id, date(2026, 2, 21), told(when=on(2, 20)))
    assert meet_all(book) == [1]
    assert [each.event for each in events_of(engine)] == [1]
    assert event_of(engine, 2).event.event == 1
    with pytest.raises(CorrectionError, match="one already"):
        CorrectionBook(engine).merge(1, 2, AMINA)


def test_what_a_person_takes_apart_no_rule_puts_together(
    engine: Engine, archive: Archive, book: EventBook, run_id: int
):
    for _ in range(3):
        file_reports(archive, run_id, date(2026, 2, 11), told(when=on(2, 10)))
    meet_all(book)
    numbers = [each.article for each in event_of(engine, 1).reports]
    assert CorrectionBook(engine).split(1, numbers[:1], AMINA) == 2
    with engine.begin() as connection:
        connection.execute(text("UPDATE reports SET event_id = NULL, met_at = NULL"))
    assert meet_all(book) == [2, 1, 1]
    [act] = event_of(engine, 2).acts
    kept = {name: act.facts[name] for name in ("from", "moved", "stayed")}
    assert (act.action, act.done_by) == ("split", "amina")
    assert kept == {"from": 1, "moved": numbers[:1], "stayed": numbers[1:]}
    with pytest.raises(CorrectionError, match="some must stay"):
        CorrectionBook(engine).split(1, numbers, AMINA)


def test_an_event_that_is_retracted_is_no_news(engine: Engine, archive: Archive, book: EventBook, run_id: int):
    file_reports(archive, run_id, date(2026, 2, 11), told(when=on(2, 10)))
    meet_all(book)
    CorrectionBook(engine).retract(1, Hand(name="amina", because="the outlet withdrew it"))
    assert events_of(engine, news_only=True) == ()
    [event] = events_of(engine)
    assert event.retracted_at is not None
    with pytest.raises(UnknownNameError, match="no event 7"):
        CorrectionBook(engine).retract(7, Hand(name="amina", because="no reason"))


# ---------------------------------------------------------------- known from the start


def test_what_the_seeds_know_is_no_news(engine: Engine, archive: Archive, book: EventBook, run_id: int):
    assert book.load(read_history(HISTORY, file="history.yml"), RESOLVER) == Loaded(added=1)
    when = When(first=date(2022, 6, 1), last=date(2022, 6, 30), precision=Precision.MONTH)
    file_reports(archive, run_id, date(2026, 2, 11), told(when=when))
    assert meet_all(book) == [1]
    [event] = events_of(engine)
    assert (event.is_known, event.reports, event.sources) == (True, 1, ("atlas",))
    assert events_of(engine, news_only=True) == ()


def test_events_of_the_seeds_follow_the_seeds(engine: Engine, book: EventBook):
    [known] = read_history(HISTORY, file="history.yml")
    book.load([known], RESOLVER)
    assert book.load([known], RESOLVER) == Loaded(unchanged=1)
    guest = replace(known.account.report, direction=Direction.INBOUND)
    changed = replace(known, account=replace(known.account, report=guest))
    assert book.load([changed], RESOLVER) == Loaded(changed=1)
    assert [(each.direction, each.retracted_at is None) for each in events_of(engine)] == [
        ("inbound", True),
        ("outbound", False),
    ]
    assert book.load([], RESOLVER) == Loaded(retired=1)
