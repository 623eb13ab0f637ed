"""`marsad story`, `copies` and `compare`: what a person is shown of one news, one text and two files."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alterations import made_up
from sqlalchemy import Engine

from analysis.dedupe import fingerprint, place
from analysis.records import Basis, Outcome, OutcomeKind, Published
from analysis.settings import Settings
from builders import article, filed, filing, page, report, source, visit
from command import Command
from models.archive import Archive
from models.event_book import EventBook
from models.story_book import StoryBook
from pipeline.meet import compile_resolver
from pipeline.seeds import read_seeds, seeds_directory

DISPATCH, OWN_WORDS = made_up(200, seed=1), made_up(200, seed=2)


@pytest.fixture
def one_news(archive: Archive, engine: Engine) -> None:
    """File one visit told by two outlets in their own words, and an excerpt of the first."""
    archive.load_sources([source(id=name, hosts=(f"{name}.example",)) for name in ("atlas", "rif", "souss")])
    run_id = archive.start_run("process", {})
    for name, day, words in (
        ("atlas", 10, DISPATCH),
        ("rif", 11, OWN_WORDS),
        ("souss", 11, " ".join(DISPATCH.split()[:90])),
    ):
        url = f"https://{name}.example/1"
        kept = page(source_id=name, url=url, canonical_url=url, fetched_at=datetime(2026, 11, 1, tzinfo=UTC))
        archive.save_page(kept, visit(source_id=name, url=url), run_id)
        published = Published(on=date(2026, 2, day), at=None, basis=Basis.META)
        said = article(source_id=name, url=url, title=f"News of {name}", text=words, published=published)
        with archive.claim(run_id) as claim:
            placement = place(fingerprint(words), claim.lookalikes(fingerprint(words)))
            copied = Outcome(kind=OutcomeKind.COPY, reason=placement.kind or "", rules="r1")
            written = filing(article=said, reports=(report(),), fingerprint=fingerprint(words), placement=placement)
            claim.settle(copied if placement.kind else filed(), written)
    resolver = compile_resolver(read_seeds(seeds_directory(Settings())))
    for act in (lambda: EventBook(engine).meet_next(resolver), StoryBook(engine).place_next):
        while act() is not None:
            pass


@pytest.mark.usefixtures("one_news")
def test_a_story_lists_its_articles_by_day_how_it_grew_and_its_event(marsad: Command):
    told = json.loads(marsad("story", "2", "--json").stdout)
    facts = told["story"]
    assert (facts["story"], facts["first_article"], facts["started_on"], facts["last_on"]) == (
        1,
        1,
        "2026-02-10",
        "2026-02-11",
    )
    assert [(each["article"], each["source"], each["copy_kind"]) for each in told["articles"]] == [
        (1, "atlas", None),
        (2, "rif", None),
        (3, "souss", "excerpt"),
    ]
    assert told["growth"] == [
        {"day": "2026-02-10", "articles": 1, "new_sources": 1},
        {"day": "2026-02-11", "articles": 2, "new_sources": 2},
    ]
    assert [(each["event"], each["kind"], each["reports"]) for each in told["events"]] == [(1, "visit", 3)]
    said = marsad("story", "1").stdout
    assert said.startswith("story 1, from 2026-02-10 ")
    assert "first told by article 1" in said
    assert "News of souss (excerpt of 1)" in said
    assert "there is no story 99" in marsad("story", "99", code=1).stderr


@pytest.mark.usefixtures("one_news")
def test_copies_are_listed_beside_their_original_with_the_passages_they_share(marsad: Command):
    said = marsad("copies", "3", "--passages").stdout
    assert said == marsad("copies", "1", "--passages").stdout
    assert said.startswith("1 copy of article 1\n")
    assert "excerpt, 100%" in said
    assert "article 3 beside its original: excerpt (100% the same): 100% of the first and 45% of the second" in said
    assert "there is no article 99" in marsad("copies", "99", code=1).stderr


def test_two_files_are_compared_side_by_side(marsad: Command, tmp_path: Path):
    one, other = tmp_path / "one.txt", tmp_path / "other.txt"
    one.write_text("أعلنت المديريّة العامّة للأمن الوطنيّ اليوم أمرا", "utf-8")
    other.write_text("قالت: اعلنت المديرية العامة للامن الوطني اليوم", "utf-8")
    said = marsad("compare", one, other).stdout
    assert said.splitlines() == [
        "no copy: 86% of the first and 86% of the second stand in 1 passage of both",
        "",
        "1  6 words: characters 0 to 43, and 6 to 46 of the other",
        said.splitlines()[3],
    ]
    left, right = said.splitlines()[3].split("|")
    assert (left.strip("\u200e "), right.strip("\u200e ")) == (
        "أعلنت المديريّة العامّة للأمن الوطنيّ اليوم",
        "اعلنت المديرية العامة للامن الوطني اليوم",
    )
    told = json.loads(marsad("compare", one, other, "--json").stdout)
    assert [each["other_text"] for each in told["passages"]] == ["اعلنت المديرية العامة للامن الوطني اليوم"]


def test_a_file_that_cannot_be_read_is_told(marsad: Command, tmp_path: Path):
    broken = tmp_path / "broken.txt"
    broken.write_bytes(b"\xff\xfe\xff")
    assert f"{broken}: expected UTF-8" in marsad("compare", broken, broken, code=1).stderr
    assert "No such file" in marsad("compare", tmp_path / "gone.txt", broken, code=1).stderr
