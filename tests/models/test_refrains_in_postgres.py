"""Refrains are learnt as articles are filed, once for each article, and two articles that share them are two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from alterations import made_up
from sqlalchemy import Engine, text

from analysis.dedupe import fingerprint, fingerprint_of, place
from analysis.records import Article, Basis, Filing, KnownText, Outcome, OutcomeKind, Placement, Published
from analysis.refrains import ARTICLES, leave_out
from builders import article, filed, filing, page, source, visit
from models.archive import Archive

ABOUT = f"{made_up(45, seed=90)}\n{made_up(45, seed=91)}"


@pytest.fixture
def run_id(archive: Archive) -> int:
    archive.load_sources([source(id=name, hosts=(f"{name}.example",)) for name in ("atlas", "rif")])
    return archive.start_run("process", {})


def said(number: int, words: str, source_id: str = "atlas") -> Article:
    """Build an article of the day of its number."""
    published = Published(on=date(2026, 2, number), at=None, basis=Basis.META)
    url = f"https://{source_id}.example/{number}"
    return article(source_id=source_id, url=url, title=f"عنوان {number}", text=words, published=published)


def file(archive: Archive, run_id: int, told: Article) -> Filing:
    """File an article as the pipeline does."""
    crawl = archive.start_run("crawl", {})
    kept = page(
        source_id=told.source_id, url=told.url, canonical_url=told.url, fetched_at=datetime(2026, 3, 1, tzinfo=UTC)
    )
    archive.save_page(kept, visit(source_id=told.source_id, url=told.url), crawl)
    with archive.claim(run_id) as claim:
        mark = fingerprint_of(leave_out(told.text, claim.refrains(told)))
        placement = place(mark, claim.lookalikes(mark))
        copied = Outcome(kind=OutcomeKind.COPY, reason=placement.kind or "", rules="r1")
        made = filing(article=told, fingerprint=mark, placement=placement, reports=(), tags=())
        claim.settle(copied if placement.kind else filed(), made)
    return made


def rows(engine: Engine, question: str) -> Sequence[object]:
    with engine.connect() as connection:
        return connection.execute(text(question)).all()


def test_articles_that_share_but_what_their_source_always_prints_are_copies_until_it_is_learnt(
    archive: Archive, engine: Engine, run_id: int
):
    made = [
        file(archive, run_id, said(number, f"{made_up(50, seed=number)}\n{ABOUT}")) for number in range(1, ARTICLES + 3)
    ]
    assert [each.placement.copy_of for each in made[1:ARTICLES]] == [KnownText.article(1)] * (ARTICLES - 1)
    assert [each.placement for each in made[ARTICLES:]] == [Placement(), Placement()]
    assert made[-1].fingerprint == fingerprint(made_up(50, seed=ARTICLES + 2))
    assert rows(engine, "SELECT DISTINCT articles, first_on, last_on FROM refrains WHERE articles > 1") == [
        (ARTICLES + 2, date(2026, 2, 1), date(2026, 2, ARTICLES + 2))
    ]


def test_a_dispatch_that_many_sources_print_is_a_refrain_of_none(archive: Archive, engine: Engine, run_id: int):
    dispatch = made_up(300, seed=1)
    file(archive, run_id, said(1, dispatch, "rif"))
    for number in range(2, ARTICLES + 4):
        printed = f"{dispatch}\n{made_up(30, seed=number)}"
        assert file(archive, run_id, said(number, printed)).placement.copy_of == KnownText.article(1)
    assert rows(engine, "SELECT max(articles) FROM refrains") == [(1,)]


def test_a_source_that_prints_but_copies_is_known_by_what_it_adds_to_them(
    archive: Archive, engine: Engine, run_id: int
):
    for number in range(1, ARTICLES + 1):
        dispatch = made_up(200, seed=number)
        file(archive, run_id, said(number, dispatch, "rif"))
        file(archive, run_id, said(number, f"{dispatch}\n{ABOUT}"))
    assert rows(engine, "SELECT articles FROM refrains WHERE articles > 1") == [(ARTICLES,)] * 2


def test_an_article_filed_again_under_its_title_is_counted_once(archive: Archive, engine: Engine, run_id: int):
    first = said(1, f"{made_up(50, seed=1)}\n{ABOUT}")
    file(archive, run_id, first)
    file(archive, run_id, replace(first, url="https://atlas.example/again", text=f"{made_up(300, seed=2)}\n{ABOUT}"))
    assert rows(engine, "SELECT DISTINCT articles FROM refrains") == [(1,)]
