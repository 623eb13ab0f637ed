"""Stories in Postgres: one for one news, whoever files and places at the same moment, and the first is the earliest."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from itertools import count

import pytest
from sqlalchemy import Engine, Row, text

from analysis.events import Resolver
from analysis.records import (
    Basis,
    CopyKind,
    KnownText,
    Outcome,
    OutcomeKind,
    Placement,
    Precision,
    Published,
    Report,
    When,
)
from builders import article, filed, filing, fingerprint, page, report, seed_document, source, visit
from models.archive import Archive
from models.event_book import EventBook
from models.story_book import Placed, StoryBook

RESOLVER = Resolver({"abdellatif-hammouchi", "dgsn"})
COPY = Outcome(kind=OutcomeKind.COPY, reason="edited", rules="r1")
WORDS = (
    "wheat harvest drought farmers prices bread ministry silo import ship harbour grain loan",
    "goal striker penalty referee stadium league coach derby whistle keeper header corner cup",
)


class Press:
    """Files articles, each of a page of its own."""

    def __init__(self, archive: Archive) -> None:
        archive.load_sources([source(id=name, hosts=(f"{name}.example",)) for name in ("atlas", "rif", "souss")])
        self._archive, self._numbers = archive, count(1)
        self.run_id = archive.start_run("process", {})

    def file(
        self,
        told_on: date,
        *reports: Report,
        source_id: str = "atlas",
        words: str = WORDS[0],
        copy_of: KnownText | None = None,
    ) -> None:
        number = next(self._numbers)
        url = f"https://{source_id}.example/{number}"
        fetched_at = datetime(2026, 11, 1, tzinfo=UTC)
        kept = page(source_id=source_id, url=url, canonical_url=url, fetched_at=fetched_at)
        self._archive.save_page(kept, visit(source_id=source_id, url=url), self.run_id)
        published = Published(on=told_on, at=None, basis=Basis.META)
        said = article(source_id=source_id, url=url, text=words, published=published)
        mark = fingerprint(exact=f"{number:032x}", hashes=tuple(range(number * 100, number * 100 + 8)))
        kind = None if copy_of is None else CopyKind.EDITED
        placement = Placement(copy_of=copy_of, kind=kind, share=None if copy_of is None else 0.7)
        written = filing(article=said, reports=reports, fingerprint=mark, placement=placement, tags=())
        with self._archive.claim(self.run_id) as claim:
            assert claim is not None
            claim.lookalikes(mark)
            claim.settle(filed() if copy_of is None else COPY, written)


@pytest.fixture
def press(archive: Archive) -> Press:
    return Press(archive)


@pytest.fixture
def book(engine: Engine) -> StoryBook:
    return StoryBook(engine)


def to_doha(day: int, **changes: object) -> Report:
    when = When(first=date(2026, 2, day), last=date(2026, 2, day), precision=Precision.DAY)
    return report(**{"city": None, "bodies": (), "countries": ("QA",), "when": when, **changes})


def meet(engine: Engine) -> None:
    events = EventBook(engine)
    while events.meet_next(RESOLVER) is not None:
        pass


def place_all(book: StoryBook) -> list[Placed]:
    return list(iter(book.place_next, None))


def stories(engine: Engine) -> Sequence[Row]:
    asked = "SELECT id, first_article_id, started_on, last_on, merged_into_id FROM stories ORDER BY id"
    with engine.connect() as connection:
        return connection.execute(text(asked)).all()


def story_of_each(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        return list(connection.scalars(text("SELECT story_id FROM articles ORDER BY id")))


def test_one_event_in_other_words_is_one_story_that_begins_with_its_earliest_article(
    press: Press, book: StoryBook, engine: Engine
):
    press.file(date(2026, 2, 11), to_doha(10))
    press.file(date(2026, 2, 10), to_doha(10), source_id="rif", words=WORDS[1])
    meet(engine)
    assert place_all(book) == [Placed(story_id=1), Placed(story_id=1, merged=(2,))]
    assert stories(engine) == [
        (1, 2, date(2026, 2, 10), date(2026, 2, 11), None),
        (2, 2, date(2026, 2, 10), date(2026, 2, 10), 1),
    ]
    assert story_of_each(engine) == [1, 1]


def test_a_story_waits_until_its_reports_have_met_the_events(press: Press, book: StoryBook, engine: Engine):
    press.file(date(2026, 2, 11), to_doha(10))
    press.file(date(2026, 2, 11), source_id="rif", words=WORDS[1])
    assert place_all(book) == [Placed(story_id=2)]
    meet(engine)
    assert place_all(book) == [Placed(story_id=1)]


def test_without_an_event_what_others_say_in_the_same_words_is_one_story(press: Press, book: StoryBook, engine: Engine):
    for source_id, words in (("atlas", WORDS[0]), ("rif", WORDS[1]), ("souss", WORDS[0])):
        press.file(date(2026, 2, 11), source_id=source_id, words=words)
    place_all(book)
    assert story_of_each(engine) == [1, 2, 1]


def test_copies_follow_their_original_and_make_its_story_last(press: Press, book: StoryBook, engine: Engine):
    press.file(date(2026, 2, 11), to_doha(10))
    press.file(date(2026, 2, 11), to_doha(10), source_id="rif", words=WORDS[1])
    press.file(date(2026, 2, 12), source_id="souss", copy_of=KnownText.article(2))
    meet(engine)
    place_all(book)
    press.file(date(2026, 2, 13), source_id="souss", copy_of=KnownText.article(2))
    assert story_of_each(engine) == [1, 1, 1, 1]
    assert stories(engine)[0] == (1, 1, date(2026, 2, 11), date(2026, 2, 13), None)


def test_copies_of_one_seed_document_are_one_story(archive: Archive, press: Press, engine: Engine):
    archive.load_seed_documents([seed_document(id="portrait")], {})
    for source_id in ("atlas", "rif"):
        press.file(date(2026, 2, 11), source_id=source_id, copy_of=KnownText.seed("portrait"))
    assert story_of_each(engine) == [1, 1]


def test_many_workers_that_place_at_once_make_one_story(press: Press, book: StoryBook, engine: Engine):
    for number in range(12):
        press.file(date(2026, 2, 11), to_doha(10), source_id=("atlas", "rif", "souss")[number % 3])
    meet(engine)
    with ThreadPoolExecutor(6) as workers:
        placed = [one for each in workers.map(lambda _: place_all(book), range(6)) for one in each]
    assert len(placed) == 12
    assert story_of_each(engine) == [1] * 12


def test_copies_filed_while_their_story_becomes_another_are_not_left_behind(
    press: Press, book: StoryBook, engine: Engine
):
    for source_id in ("atlas", "rif"):
        press.file(date(2026, 2, 11), to_doha(10), source_id=source_id)
    meet(engine)
    with ThreadPoolExecutor(2) as workers:
        placing = workers.submit(place_all, book)
        for _ in range(8):
            press.file(date(2026, 2, 11), source_id="souss", copy_of=KnownText.article(2))
        placing.result()
    assert story_of_each(engine) == [1] * 10
