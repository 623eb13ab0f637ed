"""Pages that are read again: nothing is lost, numbers stay, and what people did to events stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, text

from analysis.events import Resolver
from analysis.records import (
    Basis,
    CopyKind,
    Difference,
    Filing,
    Fingerprint,
    KnownText,
    Outcome,
    OutcomeKind,
    Placement,
    Precision,
    Published,
    RejectionReason,
    Report,
    Told,
    When,
)
from builders import article, filed, filing, fingerprint, page, report, source, tag, visit
from desk_asking import event_of, events_of
from models.archive import Archive
from models.corrections import CorrectionBook
from models.event_book import EventBook
from models.hands import Hand
from models.queries import Queries
from models.replays import Again, Extent, Replays
from models.story_book import StoryBook

RESOLVER = Resolver({"abdellatif-hammouchi", "dgsn"})
OFF_TOPIC = Outcome(kind=OutcomeKind.REJECTED, reason=RejectionReason.OFF_TOPIC, detail="score 0.10", rules="r2")
AMINA = Hand(name="amina")
ALL = Again(rules="r2")


def on(day: int, last: int | None = None) -> When:
    return When(first=date(2026, 2, day), last=date(2026, 2, last or day), precision=Precision.DAY)


def told(**changes: Any) -> Report:
    return report(**{"city": None, "when": on(10), **changes})


def mark(number: int) -> Fingerprint:
    """Build a fingerprint that shares nothing with those of other numbers."""
    return fingerprint(exact=f"{number:032x}", hashes=tuple(range(number * 100, number * 100 + 8)))


def says(number: int, *reports: Report, **changes: Any) -> Filing:
    """Build what a page says, in a text of its own."""
    facts = {"article": article(title=f"عنوان {number}"), "fingerprint": mark(number), "reports": reports}
    return filing(**{**facts, **changes})


def copy_of(number: int, original: int, kind: CopyKind = CopyKind.EDITED) -> Filing:
    placed = Placement(copy_of=KnownText.article(original), kind=kind, share=0.9)
    return says(number, fingerprint=replace(mark(original), exact=f"{number:032x}"), placement=placed)


@pytest.fixture
def book(engine: Engine) -> EventBook:
    return EventBook(engine)


@pytest.fixture
def run_id(archive: Archive) -> int:
    archive.load_sources([source()])
    return archive.start_run("process", {})


def outcome_of(written: Filing | None, rules: str) -> Outcome:
    if written is None:
        return replace(OFF_TOPIC, rules=rules)
    kind = written.placement.kind
    return filed(rules=rules) if kind is None else Outcome(kind=OutcomeKind.COPY, reason=kind, rules=rules)


def keep(archive: Archive, run_id: int, *readings: Filing | None) -> None:
    """Keep a page for each reading, and settle it by the rules of yesterday."""
    for written in readings:
        crawl = archive.start_run("crawl", {})
        url = f"https://atlas.example/{crawl}"
        archive.save_page(page(url=url, canonical_url=url), visit(url=url), crawl)
        with archive.claim(run_id) as claim:
            claim.settle(outcome_of(written, "r1"), written)


def meet_all(book: EventBook) -> None:
    while book.meet_next(RESOLVER) is not None:
        pass


def replay(engine: Engine, run_id: int | None, *readings: Filing | None, again: Again = ALL) -> list[Difference]:
    """Read pages again, so that today's rules give these readings, and return what is otherwise."""
    replays, after, differences = Replays(engine), 0, []
    for written in readings:
        with replays.claim(again, after, run_id) as claim:
            after = claim.page_id
            if written is not None:
                claim.lookalikes(written.fingerprint)
            differences.append(claim.settle(outcome_of(written, "r2"), written, RESOLVER))
    with replays.claim(again, after, run_id) as none:
        assert none is None
    assert all(each.holds for each in Queries(engine).conservation())
    return differences


def rows(engine: Engine, query: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def standing(engine: Engine) -> list[tuple[Any, ...]]:
    return rows(
        engine,
        "SELECT a.id, p.outcome, a.copy_of_article_id, a.is_current, a.set_aside_at IS NOT NULL"
        " FROM articles a JOIN pages p ON p.id = a.page_id ORDER BY a.id",
    )


# ---------------------------------------------------------------- which pages


def test_pages_that_today_s_rules_read_are_passed_over_but_by_force(archive: Archive, engine: Engine, run_id: int):
    keep(archive, run_id, says(1), says(2), None)
    replays = Replays(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE pages SET rules = 'r2' WHERE id = 2"))
        connection.execute(text("UPDATE pages SET body = NULL, pruned_at = now() WHERE id = 3"))
    assert replays.measure(ALL) == Extent(pages=1, pruned=1)
    assert replays.measure(replace(ALL, force=True)) == Extent(pages=2, pruned=1)
    assert replays.measure(replace(ALL, source="rif")) == Extent(pages=0, pruned=0)
    assert (
        replays.measure(replace(ALL, article=1)) == replays.measure(replace(ALL, page=1)) == Extent(pages=1, pruned=0)
    )
    replay(engine, run_id, says(1))
    assert replays.measure(ALL) == Extent(pages=0, pruned=1)


def test_a_dry_replay_says_what_would_be_and_writes_nothing(archive: Archive, engine: Engine, run_id: int):
    keep(archive, run_id, says(1, told()))
    before = rows(engine, "SELECT p::text, a::text, r::text FROM pages p, articles a, reports r")
    [difference] = replay(engine, None, says(1, told(countries=("QA",))))
    assert [each.countries for each in difference.reports_added + difference.reports_removed] == [("QA",), ("ES",)]
    assert rows(engine, "SELECT p::text, a::text, r::text FROM pages p, articles a, reports r") == before
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")) == 2  # of two runs


# ---------------------------------------------------------------- articles


def test_an_article_keeps_its_number_and_its_story(archive: Archive, engine: Engine, run_id: int):
    keep(archive, run_id, says(1))
    now = says(1, article=article(title="عنوان آخر", author="أمينة"), tags=(tag(id="dst"),), fingerprint=mark(7))
    [difference] = replay(engine, run_id, now)
    assert [(each.field, each.before, each.after) for each in difference.fields] == [
        ("title", "عنوان 1", "عنوان آخر"),
        ("author", "", "أمينة"),
    ]
    assert ([each.id for each in difference.tags_added], [each.id for each in difference.tags_removed]) == (
        ["dst"],
        ["dgsn"],
    )
    assert rows(engine, "SELECT id, story_id, title, author FROM articles") == [(1, 1, "عنوان آخر", "أمينة")]
    assert rows(engine, "SELECT min(hash), max(hash), count(*) FROM shingles") == [(700, 707, 8)]
    assert rows(engine, "SELECT tag_id FROM tags") == [("dst",)]


def test_what_an_article_is_found_by_is_made_anew_and_its_story_begins_with_what_still_stands(
    archive: Archive, engine: Engine, run_id: int
):
    for number, day in ((1, 9), (2, 10)):
        published = Published(on=date(2026, 2, day), at=None, basis=Basis.META)
        keep(archive, run_id, says(number, article=article(text="زيارة الوفد", published=published), tags=()))
    stories = StoryBook(engine)
    assert [placed.story_id for placed in iter(stories.place_next, None)] == [1, 2]
    with engine.begin() as connection:
        connection.execute(text("UPDATE articles SET story_id = 1"))
    counted = "SELECT term, articles FROM gist_terms WHERE articles > 0 ORDER BY term"
    assert rows(engine, counted) == [("", 2), ("زياره", 2), ("وفد", 2)]

    moved = Published(on=date(2026, 2, 12), at=None, basis=Basis.META)
    replay(engine, run_id, None, says(2, article=article(text="زيارة الخبراء", published=moved), tags=()))
    assert rows(engine, "SELECT article_id, told_on, terms FROM gists") == [(2, date(2026, 2, 12), ["خبراء", "زياره"])]
    assert rows(engine, counted) == [("", 1), ("خبراء", 1), ("زياره", 1)]
    begins = rows(engine, "SELECT first_article_id, started_on, last_on FROM stories WHERE id = 1")
    assert begins == [(2, date(2026, 2, 12), date(2026, 2, 12))]

    first = says(1, article=article(text="زيارة الوفد"), tags=())
    replay(engine, run_id, first, says(2), again=replace(ALL, force=True))
    assert rows(engine, "SELECT count(*) FROM gists") == [(2,)]


def test_what_today_s_rules_read_as_before_is_no_difference(
    archive: Archive, engine: Engine, book: EventBook, run_id: int
):
    keep(archive, run_id, says(1, told()), None)
    meet_all(book)
    what = "SELECT a, t, r, e, f FROM articles a, tags t, reports r, events e, fingerprints f"
    before = rows(engine, what)
    assert [each.is_none for each in replay(engine, run_id, says(1, told()), None)] == [True, True]
    assert rows(engine, what) == before
    assert rows(engine, "SELECT DISTINCT rules, tries FROM pages") == [("r2", 0)]


def test_a_rejected_article_is_set_aside_and_comes_back(archive: Archive, engine: Engine, book: EventBook, run_id: int):
    keep(archive, run_id, says(1, told()))
    meet_all(book)
    [difference] = replay(engine, run_id, None)
    assert (difference.after.reason, difference.events.emptied) == ("off_topic", (1,))
    assert standing(engine) == [(1, "rejected", None, False, True)]
    assert rows(engine, "SELECT title FROM articles") == [("عنوان 1",)]
    assert rows(engine, "SELECT fingerprint_id FROM shingles") == rows(engine, "SELECT id FROM reports") == []
    [difference] = replay(engine, run_id, says(1, told()), again=Again(rules="r3"))
    assert (difference.events.made, difference.events.met) == ((), (1,))
    assert standing(engine) == [(1, "filed", None, True, False)]
    assert rows(engine, "SELECT count(*) FROM shingles") == [(8,)]


def test_a_rejected_page_that_is_an_article_now_is_filed(archive: Archive, engine: Engine, run_id: int):
    keep(archive, run_id, None)
    [difference] = replay(engine, run_id, says(1, told()))
    assert (difference.before.reason, difference.after.kind, difference.events.made) == ("off_topic", "filed", (1,))
    assert standing(engine) == [(1, "filed", None, True, False)]


# ---------------------------------------------------------------- copies


def test_a_copy_gets_another_original_when_its_own_is_set_aside(archive: Archive, engine: Engine, run_id: int):
    keep(archive, run_id, says(1), copy_of(2, 1, CopyKind.SAME), copy_of(3, 1))
    replay(engine, run_id, None, again=replace(ALL, page=1))
    assert standing(engine) == [
        (1, "rejected", None, False, True),
        (2, "filed", None, True, False),
        (3, "copy", 2, True, False),
    ]
    assert rows(engine, "SELECT DISTINCT story_id FROM articles") == [(1,)]


def test_an_original_that_is_a_copy_itself_leaves_its_copies_to_its_own_original(
    archive: Archive, engine: Engine, run_id: int
):
    keep(archive, run_id, says(1), says(2), copy_of(3, 2))
    replay(engine, run_id, says(1, fingerprint=mark(2)), copy_of(2, 1), copy_of(3, 1))
    assert [row[:3] for row in standing(engine)] == [(1, "filed", None), (2, "copy", 1), (3, "copy", 1)]


def test_what_an_article_is_held_against_was_there_before_it(archive: Archive, engine: Engine, run_id: int):
    keep(archive, run_id, says(1), copy_of(2, 1), says(3, fingerprint=mark(1)))
    replays = Replays(engine)
    with replays.claim(ALL, 0, run_id) as first:
        assert first.lookalikes(mark(1)) == ()
    with replays.claim(ALL, 2, run_id) as third:
        assert {each.original.article_id for each in third.lookalikes(mark(1))} == {1}


# ---------------------------------------------------------------- events


def test_a_report_that_says_the_same_keeps_its_event(archive: Archive, engine: Engine, book: EventBook, run_id: int):
    keep(archive, run_id, says(1, told(), told(countries=("QA",))))
    meet_all(book)
    before = rows(engine, "SELECT id, event_id FROM reports ORDER BY id")
    turned = says(1, told(countries=("QA",), city="doha", evidence="جملة."), told(rule="another"))
    [difference] = replay(engine, run_id, turned)
    assert (difference.reports_added, difference.reports_removed) == ((), ())
    assert rows(engine, "SELECT id, event_id FROM reports ORDER BY id") == before
    assert event_of(engine, before[1][1]).event.city == "doha"


def test_a_report_that_says_something_else_meets_the_events_without_its_old_place(
    archive: Archive, engine: Engine, book: EventBook, run_id: int
):
    keep(archive, run_id, says(1, told()), says(2, told(countries=("QA",))))
    meet_all(book)
    differences = replay(engine, run_id, says(1, told()), says(2, told()))
    assert [each.events.met for each in differences] == [(), (1,)]
    assert differences[1].events.emptied == (2,)
    gone = event_of(engine, 2)
    assert gone.event.retracted_at is not None
    assert [(each.action, each.done_by) for each in gone.acts] == [("retract", "rule")]


def test_an_event_that_nobody_told_of_stands_again_when_somebody_does(
    archive: Archive, engine: Engine, book: EventBook, run_id: int
):
    keep(archive, run_id, says(1, told()))
    meet_all(book)
    replay(engine, run_id, says(1))
    assert events_of(engine, news_only=True) == ()
    keep(archive, run_id, says(2, told(when=on(11))))
    meet_all(book)
    [event] = events_of(engine, news_only=True)
    assert (event.event, event.reports) == (1, 1)
    assert [each.action for each in event_of(engine, 1).acts] == ["retract", "confirm"]


def test_what_a_person_retracted_stays_so(archive: Archive, engine: Engine, book: EventBook, run_id: int):
    keep(archive, run_id, says(1, told()))
    meet_all(book)
    CorrectionBook(engine).retract(1, Hand(name="amina", because="it was another"))
    replay(engine, run_id, says(1, told(people=())))
    [event] = events_of(engine)
    assert (event.event, event.retracted_at is not None, event.reports) == (1, True, 1)


def test_what_a_person_merged_stays_one_though_every_report_is_read_otherwise(
    archive: Archive, engine: Engine, book: EventBook, run_id: int
):
    keep(archive, run_id, says(1, told(when=on(3))), says(2, told(when=on(20))))
    meet_all(book)
    CorrectionBook(engine).merge(1, 2, AMINA)
    replay(engine, run_id, says(1, told(when=on(3, 4))), says(2, told(when=on(20, 22), told=Told.RECALLED)))
    assert [(each.event, each.reports) for each in events_of(engine)] == [(1, 2)]


def test_what_a_person_took_apart_stays_two_though_every_report_is_read_otherwise(
    archive: Archive, engine: Engine, book: EventBook, run_id: int
):
    keep(archive, run_id, says(1, told()), says(2, told()))
    meet_all(book)
    CorrectionBook(engine).split(1, [2], AMINA)
    replay(engine, run_id, says(1, told(people=())), says(2, told(people=())))
    assert [(each.event, each.reports) for each in events_of(engine)] == [(2, 1), (1, 1)]
