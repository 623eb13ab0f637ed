"""What people put right of the sample press stands when all of it is read again, and when it is read otherwise."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from read_press import fill_with_press
from sqlalchemy import Engine, text

from analysis.records import NamedTag, Precision, TagFix, TagKind, When
from analysis.seeds import read_sources
from analysis.settings import Settings
from cli.sample_press import SamplePress, serve
from models.archive import Archive
from models.corrections import CorrectionBook
from models.hands import Hand
from models.replays import Again, Replays
from pipeline.library import open_library
from pipeline.meet import compile_resolver
from pipeline.replay import Replayer
from pipeline.runs import run
from pipeline.seeds import read_seeds, seeds_directory

AMINA = Hand(name="amina")
DAY = When(first=date(2026, 2, 27), last=date(2026, 2, 28), precision=Precision.DAY)
STANDS = """
    SELECT event, kind, first_on, last_on, city, retracted_at IS NULL AS stands, reports
    FROM analyst.events ORDER BY event
"""
TAGS = "SELECT kind, tag FROM analyst.tags WHERE article = :article ORDER BY 1, 2"


@pytest.fixture(scope="module")
def press() -> Iterator[SamplePress]:
    with serve(port=0) as opened:
        yield opened


def rows(engine: Engine, query: str, **facts: object) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query), facts)]


@pytest.mark.timeout(180)
def test_corrections_of_the_press_stand_though_every_page_is_read_again(engine: Engine, press: SamplePress):
    fill_with_press(engine, press)
    book = CorrectionBook(engine)
    query = "SELECT event, article FROM analyst.visits WHERE countries = '{ES}' AND first_on = '2026-02-19'"
    [(event, article)] = rows(engine, query)
    [(other,)] = rows(engine, "SELECT min(event) FROM analyst.events WHERE event <> :event", event=event)
    book.fix(event, replace(book.look(event).facts, when=DAY, city="seville"), AMINA)
    book.retract(other, AMINA)
    book.fix_tags(article, TagFix(added=(NamedTag(kind=TagKind.THEME, id="sahel"),)), AMINA)
    before, tags = rows(engine, STANDS), rows(engine, TAGS, article=article)
    assert ("theme", "sahel") in tags
    with engine.begin() as connection:  # as if other rules had read it: each report is told anew
        connection.execute(text("UPDATE reports SET countries = '{JP}'"))
    directory = seeds_directory(Settings())
    library = open_library(directory, read_sources(press.sources(), file="sources.yml"))
    resolver = compile_resolver(read_seeds(directory))
    again = Replayer(archive=Replays(engine), again=Again(rules="", force=True), library=library, resolver=resolver)
    with run(Archive(engine), "replay", {}) as current:
        deque(again.replay(current), maxlen=0)
    kept = {row[0]: row for row in rows(engine, STANDS)}
    assert kept[event] == next(row for row in before if row[0] == event)
    assert kept[other][5] is False
    assert rows(engine, TAGS, article=article) == tags
