"""Digests on Postgres: what they take out of the outbox and what they count, each made once, for who asked for it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from analysis.alert_seeds import AlertSeeds
from analysis.plain import plain_of, record_of
from analysis.records import Alert, Basis, Coverage, Digest, Mute, Pace, Published, VisitState, Way
from builders import alert, article, filed, filing, fingerprint, happening, page, recipient, rule, source, visit
from models.announcing import write_message
from models.archive import Archive
from models.audiences import AudienceBook
from models.digests import DigestBook

SEVEN = datetime(2026, 2, 11, 6, tzinfo=UTC)
NOW = SEVEN + timedelta(minutes=20)
DAILY = rule(id="everything", kinds=(), pace=Pace.DAILY)
PARIS = "Europe/Paris"


class Desk:
    """A database with one recipient of a daily digest, where events are made by hand."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.book, self.archive = engine, DigestBook(engine), Archive(engine)
        self.archive.load_sources([source(), source(id="rif", name="Rif", hosts=("rif.example",), tier=2)])
        self.listens(DAILY)

    def listens(self, *rules, **changes) -> None:
        """Let the desk ask for digests, since long ago."""
        reader = recipient(zone=PARIS, **changes)
        AudienceBook(self.engine).load(AlertSeeds(recipients=(reader,), rules=rules))
        self.run("UPDATE alert_rules SET loaded_at = '2026-01-01'")

    def run(self, statement: str, **values) -> list:
        with self.engine.begin() as connection:
            found = connection.execute(text(statement), values)
            return list(found) if found.returns_rows else []

    def wait(self, number: int, due_at: datetime = SEVEN) -> Alert:
        """Let an alert wait for the digest."""
        self.run(
            "INSERT INTO events (id, kind, told, told_from, told_to, sources) OVERRIDING SYSTEM VALUE"
            " VALUES (:id, 'visit', 'news', '2026-02-10', '2026-02-10', '{atlas}')",
            id=number,
        )
        waits = alert(happening=happening(event_id=number), pace=Pace.DAILY, due_at=due_at)
        values = {"recipient": "desk", "thread": f"event/{number}", "event_id": number, "facts": plain_of(waits)}
        said = {"occasion": waits.occasion, "because": ["everything"], "pace": waits.pace, "due_at": due_at}
        with self.engine.begin() as connection:
            write_message(connection, values | said)
        return waits

    def make(self, now: datetime = NOW) -> list[int | None]:
        return [self.book.make(due, now) for due in self.book.due(now)]

    def digests(self) -> list[Digest]:
        rows = self.run("SELECT facts FROM alerts WHERE occasion = 'digest' ORDER BY id")
        return [record_of(facts, Digest) for (facts,) in rows]

    def states(self) -> list[tuple[str, str]]:
        return [tuple(row) for row in self.run("SELECT thread, state FROM alerts ORDER BY id")]


@pytest.fixture
def desk(engine: Engine) -> Desk:
    return Desk(engine)


def test_a_digest_takes_what_waits_for_it_and_leaves_what_is_for_the_next(desk: Desk) -> None:
    first, second = desk.wait(1), desk.wait(2)
    desk.wait(3, due_at=SEVEN + timedelta(days=1))
    assert desk.make() == [2]
    [made] = desk.digests()
    assert (made.first, made.last, made.alerts, made.stories) == (
        date(2026, 2, 11),
        date(2026, 2, 11),
        (first, second),
        (),
    )
    assert desk.states() == [
        ("event/1", "digested"),
        ("event/2", "digested"),
        ("event/3", "waiting"),
        ("digest/daily/2026-02-11", "waiting"),
    ]


def test_a_digest_is_made_once_however_many_make_it_at_a_time(desk: Desk) -> None:
    desk.wait(1)
    [due] = desk.book.due(NOW)
    with ThreadPoolExecutor(4) as workers:
        made = list(workers.map(lambda _: DigestBook(desk.engine).make(due, NOW), range(4)))
    assert sorted(made, key=str) == [1, None, None, None]
    assert desk.book.due(NOW + timedelta(hours=3)) == ()
    assert [each.period.thread for each in desk.book.due(NOW + timedelta(days=1))] == ["digest/daily/2026-02-12"]


def test_what_is_muted_meanwhile_is_not_told(desk: Desk) -> None:
    desk.wait(1)
    told = desk.wait(2)
    AudienceBook(desk.engine).mute(Mute(recipient="desk", event_id=1), made_by="editor")
    assert desk.make() == [1]
    assert desk.digests()[0].alerts == (told,)
    assert desk.states()[0] == ("event/1", "muted")


def test_an_empty_day_is_told_unless_nobody_wants_to_know(desk: Desk) -> None:
    assert desk.make() == [0]
    assert desk.digests()[0].coverage == Coverage(asked=0, answered=0, silent=(("Atlas", None), ("Rif", None)))
    desk.listens(DAILY, wants_empty_digests=False)
    assert desk.make(NOW + timedelta(days=1)) == [None]
    assert len(desk.digests()) == 1


def test_who_asks_for_none_gets_none_and_nobody_gets_one_of_before_he_asked(desk: Desk) -> None:
    desk.listens(rule())
    assert desk.book.due(NOW) == ()
    AudienceBook(desk.engine).load(AlertSeeds(recipients=(recipient(),), rules=(replace(DAILY, pace=Pace.WEEKLY),)))
    assert desk.book.due(NOW) == ()


def test_a_digest_waits_for_quiet_hours_to_end_as_any_message(desk: Desk) -> None:
    desk.wait(1)
    desk.make()
    [(due_at, pace)] = desk.run("SELECT due_at, pace FROM alerts WHERE occasion = 'digest'")
    assert (due_at, pace) == (NOW, "at_once")


def test_sources_are_counted_that_were_asked_and_that_answered(desk: Desk) -> None:
    run_id = desk.archive.start_run("crawl", {})
    for source_id, state, hour in (("atlas", VisitState.NOT_MODIFIED, 20), ("rif", VisitState.TIMED_OUT, 21)):
        asked = visit(
            source_id=source_id, way=Way.FEED, state=state, visited_at=datetime(2026, 2, 10, hour, tzinfo=UTC)
        )
        desk.archive.save_visit(asked, run_id)
    desk.run(
        "INSERT INTO standings (source_id, url, health, since, score, failures, asked_at, answered_at, kind, detail)"
        " VALUES ('rif', 'https://rif.example/feed', 'wavering', '2026-02-08', 2, 1, '2026-02-10', '2026-02-07',"
        " 'unreachable', '')"
    )
    desk.make()
    expected = Coverage(asked=2, answered=1, silent=(("Rif", date(2026, 2, 7)),))
    assert desk.digests()[0].coverage == expected


def test_stories_that_grew_are_named_by_their_first_article(desk: Desk) -> None:
    for number, (source_id, day) in enumerate([("atlas", 10), ("rif", 10), ("rif", 11), ("atlas", 1)], start=1):
        file_article(desk, number, source_id, date(2026, 2, day))
    desk.run("UPDATE articles SET filed_at = '2026-02-10T20:00Z', story_id = (SELECT min(id) FROM stories)")
    desk.make()
    [made] = desk.digests()
    [story] = made.stories
    assert (story.headline, story.url, story.came, story.outlets) == ("title 1", "https://atlas.example/1", 3, 2)
    assert made.coverage.articles == 4


def file_article(desk: Desk, number: int, source_id: str, day: date) -> None:
    """File an article of this number, title and day, a story of its own."""
    url = f"https://{source_id}.example/{number}"
    run_id = desk.archive.start_run("crawl", {})
    desk.archive.save_page(
        page(source_id=source_id, url=url, canonical_url=url), visit(source_id=source_id, url=url), run_id
    )
    said = article(
        source_id=source_id, url=url, title=f"title {number}", published=Published(on=day, at=None, basis=Basis.META)
    )
    mark = fingerprint(exact=f"{number:032x}", hashes=tuple(range(number * 100, number * 100 + 8)))
    with desk.archive.claim(desk.archive.start_run("process", {})) as claim:
        claim.settle(filed(), filing(article=said, fingerprint=mark, tags=(), reports=()))
