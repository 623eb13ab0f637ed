"""A group of copies turns round when an earlier original comes to light, and stays one whoever files at once."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from alterations import made_up, rewritten
from sqlalchemy import Engine, Row, text

from analysis.dedupe import fingerprint, place
from analysis.recall import COMMON
from analysis.records import Basis, Outcome, OutcomeKind, Published
from builders import article, filed, filing, page, source, visit
from models.archive import Archive
from models.migrate import downgrade, upgrade

DISPATCH = made_up(300, seed=1)
OTHER = made_up(300, seed=2)


@pytest.fixture
def run_id(archive: Archive) -> int:
    agency = source(id="agency", hosts=("agency.example",), kind="agency")
    archive.load_sources([agency, *(source(id=name, hosts=(f"{name}.example",)) for name in ("atlas", "rif"))])
    return archive.start_run("process", {})


def keep(archive: Archive, run_id: int, day: int, words: str, source_id: str = "atlas") -> None:
    """Keep a page that says in its body what it will be read as."""
    number = archive.start_run("crawl", {})
    url = f"https://{source_id}.example/{number}"
    said = page(
        source_id=source_id,
        url=url,
        canonical_url=url,
        fetched_at=datetime(2026, 11, 1, tzinfo=UTC),
        body=f"{day}|{words}".encode(),
    )
    archive.save_page(said, visit(source_id=source_id, url=url), run_id)


def file_next(archive: Archive, run_id: int) -> bool:
    with archive.claim(run_id) as claim:
        if claim is None:
            return False
        day, _, words = claim.page.body.decode().partition("|")
        mark = fingerprint(words)
        placement = place(mark, claim.lookalikes(mark))
        copied = Outcome(kind=OutcomeKind.COPY, reason=placement.kind or "", rules="r1")
        published = Published(on=date(2026, 2, int(day)), at=None, basis=Basis.META)
        said = article(source_id=claim.page.source_id, url=claim.page.url, text=words, published=published)
        claim.settle(
            copied if placement.kind else filed(),
            filing(article=said, fingerprint=mark, placement=placement, reports=(), tags=()),
        )
    return True


def file_all(archive: Archive, run_id: int) -> None:
    while file_next(archive, run_id):
        pass


def standing(engine: Engine) -> Sequence[Row]:
    asked = """
        SELECT articles.id, copy_of_article_id, copy_kind, round(copy_share::numeric, 1)::float AS share,
            outcome, reason, story_id
        FROM articles JOIN pages ON pages.id = articles.page_id ORDER BY articles.id
    """
    with engine.connect() as connection:
        return connection.execute(text(asked)).all()


def test_an_earlier_printing_becomes_the_original_of_all_that_were_copies_of_another(
    archive: Archive, engine: Engine, run_id: int
):
    excerpt = " ".join(DISPATCH.split()[:150])
    for day, words in ((12, DISPATCH), (10, excerpt), (11, DISPATCH), (9, OTHER)):
        keep(archive, run_id, day, words)
    file_all(archive, run_id)
    assert standing(engine) == [
        (1, 3, "same", 1.0, "copy", "same", 1),
        (2, 3, "excerpt", 1.0, "copy", "excerpt", 1),
        (3, None, None, None, "filed", "", 1),
        (4, None, None, None, "filed", "", 2),
    ]
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT started_on FROM stories WHERE id = 1")) == date(2026, 2, 10)


def test_the_agency_is_the_original_of_what_was_printed_before_its_own_page(
    archive: Archive, engine: Engine, run_id: int
):
    for source_id in ("atlas", "agency", "rif"):
        keep(archive, run_id, 11, DISPATCH, source_id)
    file_all(archive, run_id)
    assert [(row.id, row.copy_of_article_id) for row in standing(engine)] == [(1, 2), (2, None), (3, 2)]


def test_a_text_is_found_after_more_edited_copies_than_a_key_leads_to(archive: Archive, engine: Engine, run_id: int):
    keep(archive, run_id, 1, DISPATCH)
    for number in range(COMMON + 6):
        keep(archive, run_id, 2, rewritten(DISPATCH, 0.05, seed=number))
    file_all(archive, run_id)
    assert {row.copy_of_article_id for row in standing(engine) if row.id != 1} == {1}
    with engine.connect() as connection:
        most = connection.scalar(text("SELECT max(texts) FROM (SELECT count(*) AS texts FROM shingles GROUP BY hash)"))
    assert most < COMMON  # what the copies have of the original is written once


def test_copies_filed_by_many_workers_at_once_are_one_group_of_the_earliest(
    archive: Archive, engine: Engine, run_id: int
):
    days = [15, 12, 18, 11, 16, 13, 17, 14]
    for day in days:
        keep(archive, run_id, day, f"{DISPATCH} {made_up(20, seed=day)}")
    with ThreadPoolExecutor(8) as workers:
        for done in [workers.submit(file_all, archive, run_id) for _ in range(8)]:
            done.result()
    rows = standing(engine)
    with engine.connect() as connection:
        [first] = connection.scalars(text("SELECT id FROM articles WHERE published_on = '2026-02-11'"))
    assert {row.copy_of_article_id for row in rows if row.id != first} == {first}
    assert [row.copy_of_article_id for row in rows if row.id == first] == [None]
    assert {row.story_id for row in rows} == {rows[0].story_id}


def test_an_index_of_all_hashes_becomes_one_of_keys(archive: Archive, engine: Engine, run_id: int):
    for number in range(12):
        keep(archive, run_id, 1 + number % 3, rewritten(made_up(900, seed=number % 4), 0.1, seed=number))
    keep(archive, run_id, 4, made_up(900, seed=9))
    keep(archive, run_id, 4, made_up(900, seed=9))
    file_all(archive, run_id)
    kept = "SELECT hash, fingerprint_id FROM shingles ORDER BY 1, 2"
    with engine.connect() as connection:
        before = connection.execute(text(kept)).all()
    downgrade(engine, "20261122_1300")
    upgrade(engine, "20261122_1310")
    with engine.connect() as connection:
        assert connection.execute(text(kept)).all() == before
