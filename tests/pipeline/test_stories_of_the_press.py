"""The stories of the sample press are those a careful human sees, in any order, as lines and on Postgres alike."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import combinations

import pytest
from pages_of_press import fetched_truths, fill
from sample_truth import Truth, printed, truths
from sqlalchemy import Engine, text

from analysis.gists import abroad
from builders import source
from cli.sample_press import FOLDER, serve
from models.archive import Archive
from models.event_book import EventBook
from models.story_book import StoryBook
from pipeline.analyse import Analyst
from pipeline.library import open_library
from pipeline.meet import compile_resolver, meet_all
from pipeline.runs import run
from pipeline.seeds import read_corpus_file
from pipeline.tell import tell_all
from pipeline.work import Worker

Line = tuple[Truth, bytes]
Pair = frozenset[str]


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    with serve(port=0) as press:
        known = {truth.url: truth for truth in truths(press)}
        texts = {url: each.text for url, each in printed(press).items()}
    kept = [known[url] for url in texts if url in known and known[url].outcome in {"filed", "copy"}]
    return [(truth, line(truth, texts[truth.url])) for truth in sorted(kept, key=lambda truth: str(truth.published_on))]


def line(truth: Truth, words: str) -> bytes:
    day = truth.published_on and truth.published_on.isoformat()
    return json.dumps(
        {"id": truth.url, "url": truth.url, "title": truth.title, "text": words, "published": day}
    ).encode()


def pairs(stories: Iterable[tuple[str, object]]) -> set[Pair]:
    return {frozenset({one, other}) for (one, mine), (other, its) in combinations(stories, 2) if mine == its}


def true_pairs(known: Iterable[Truth]) -> set[Pair]:
    return pairs((truth.url, truth.story or truth.url) for truth in known)


def told_pairs(lines: Sequence[Line]) -> set[Pair]:
    analyst = Analyst(open_library(FOLDER.parent), read_corpus_file(FOLDER / "corpus.jsonl"))
    return pairs((truth.url, analyst.answer(each)["story"]) for truth, each in lines)


@pytest.mark.parametrize("step", [1, -1, 7])
def test_lines_in_any_order_tell_the_stories_of_the_manifest(lines: list[Line], step: int):
    ordered = [each for first in range(abs(step)) for each in lines[first::step]] if step > 0 else lines[::step]
    assert told_pairs(ordered) == true_pairs(truth for truth, _ in lines)


def test_postgres_tells_the_stories_of_the_manifest(archive: Archive, engine: Engine):
    library = open_library(FOLDER.parent)
    with serve(port=0) as press:
        known = fetched_truths(press)
        archive.load_sources([source(id=name, hosts=(name,)) for name in {truth.source for truth in known}])
        fill(archive, press)
    with run(archive, "process", {}) as current:
        settled = sum(1 for _ in Worker(archive=archive, library=library).settle_all(current))
        met = sum(1 for _ in meet_all(EventBook(engine), compile_resolver(library.vocabulary.seeds), current))
        book = StoryBook(engine, abroad(library.vocabulary.cities.values()))
        told = sum(1 for _ in tell_all(book, current))
    assert (settled, met > 0, told > current.counts["stories"]) == (len(known), True, True)
    with engine.connect() as connection:
        stories = connection.execute(text("SELECT url, story_id FROM articles")).all()
        strays = connection.scalar(
            text("SELECT count(*) FROM articles JOIN stories ON stories.id = story_id WHERE merged_into_id IS NOT NULL")
        )
    filed = [truth for truth in known if truth.outcome in {"filed", "copy"}]
    assert pairs((row.url, row.story_id) for row in stories) == true_pairs(filed)
    assert strays == 0
