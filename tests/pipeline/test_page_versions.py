"""A page that changed: what becomes of its article, of copies of that, and of what people are shown."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from analysis.records import Address, AddressState, Catch, Entry, OutcomeKind, VisitState
from builders import NOON, page, source, visit
from cli.sample_press import FOLDER
from command import Command
from desk_asking import reports_of, tags_of
from models.answers import ArticleFilter
from models.archive import Archive
from models.queries import Queries
from pipeline import work
from pipeline.library import Library, open_library
from pipeline.runs import run
from pipeline.work import Worker

HTML = "<html lang='fr'><head><title>{0}</title></head><body><h1>{0}</h1>{1}</body></html>"
TITLE = "Hammouchi en visite de travail à Madrid"
FIRST = (
    "Le directeur général de la Sûreté nationale, Abdellatif Hammouchi, a effectué lundi une visite de travail à "
    "Madrid, où il s'est entretenu avec le chef de la Police nationale espagnole de la lutte contre le terrorisme."
)
SECOND = (
    "Les deux responsables ont passé en revue les enquêtes communes des derniers mois et les moyens d'échanger plus "
    "vite les renseignements sur les réseaux qui recrutent des deux côtés du détroit."
)
THIRD = "Un communiqué précise que la délégation comptait aussi des cadres de la surveillance du territoire."
EMPTY = "<html><head><title>Vide</title></head><body></body></html>"


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library(FOLDER.parent)


@pytest.fixture
def archive(archive: Archive) -> Archive:
    archive.load_sources([source(), source(id="rif", name="Rif", hosts=("rif.example",))])
    return archive


def said(*paragraphs: str, title: str = TITLE) -> str:
    return HTML.format(title, "".join(f"<p>{each}</p>" for each in paragraphs))


def keep(archive: Archive, html: str, source_id: str = "atlas", hours: int = 0) -> int | None:
    """Keep what the one page of a source says now, as a crawl that looks again does."""
    url, now = f"https://{source_id}.example/1", NOON + timedelta(hours=hours)
    looked = Address(
        source_id=source_id, entry=Entry(url=url), way=None, found_at=NOON, state=AddressState.KEPT, looks=hours
    )
    kept = page(source_id=source_id, url=url, canonical_url=url, body=html.encode(), fetched_at=now)
    visited = visit(source_id=source_id, url=url, visited_at=now)
    with run(archive, "crawl", {}) as current:
        return archive.save([Catch(visit=visited, page=kept, addresses=(looked,))], current.id)[0]


def read(archive: Archive, library: Library, *, retry_failed: bool = False) -> list[tuple[str, str]]:
    """Read what waits, and return what became of it."""
    with run(archive, "process", {}) as current:
        worker = Worker(archive=archive, library=library, retry_failed=retry_failed)
        return [(outcome.kind, outcome.reason) for outcome in worker.settle_all(current)]


def test_a_changed_page_revises_its_article_and_only_that_is_shown(archive: Archive, engine: Engine, library: Library):
    keep(archive, said(FIRST, SECOND))
    assert read(archive, library) == [("filed", "")]
    queries = Queries(engine)
    tags, reports = tags_of(engine), reports_of(engine)
    keep(archive, said(FIRST, SECOND, THIRD, title=f"{TITLE} lundi"), hours=3)
    assert read(archive, library) == [("filed", "")]

    [current] = queries.articles(ArticleFilter())
    [former] = queries.articles(ArticleFilter(id=1))
    assert (current.id, current.revises_id, current.is_current, current.copy_kind) == (2, 1, True, None)
    assert (former.is_current, current.story_id) == (False, former.story_id)
    assert tags_of(engine) == tags
    assert [(each.article, each.evidence) for each in reports_of(engine)] == [(2, each.evidence) for each in reports]
    assert [(each.pages, each.articles) for each in queries.sources() if each.id == "atlas"] == [(2, 1)]
    assert all(one.holds for one in queries.conservation())
    assert [each.change for each in queries.history(1)] == [
        None,
        {"title_before": TITLE, "words_added": 15, "words_removed": 0, "paragraphs_added": 1, "paragraphs_removed": 0},
    ]


def test_a_page_that_only_looks_otherwise_changes_nothing(archive: Archive, engine: Engine, library: Library):
    keep(archive, said(FIRST, SECOND))
    keep(archive, said(FIRST, SECOND).replace("<body>", "<body><nav>Accueil</nav>"), hours=3)
    assert read(archive, library) == [("filed", ""), ("rejected", "unchanged")]
    assert [each.id for each in Queries(engine).articles(ArticleFilter())] == [1]


def test_a_revision_copies_neither_what_it_revises_nor_the_copies_of_that(
    archive: Archive, engine: Engine, library: Library
):
    keep(archive, said(FIRST, SECOND))
    keep(archive, said(FIRST, SECOND), "rif")
    read(archive, library)
    keep(archive, said(FIRST, SECOND, THIRD), hours=3)
    assert read(archive, library) == [("filed", "")]
    archive.load_sources([source(id="souss", hosts=("souss.example",))])
    keep(archive, said(FIRST, SECOND), "souss")
    assert read(archive, library) == [("copy", "same")]
    copies = {each.source_id: each.original_article_id for each in Queries(engine).copies()}
    assert copies == {"rif": 1, "souss": 1}
    assert {each.story_id for each in Queries(engine).articles(ArticleFilter())} == {1}


def test_a_copy_that_is_revised_stays_a_copy_of_its_original(archive: Archive, engine: Engine, library: Library):
    keep(archive, said(FIRST, SECOND))
    keep(archive, said(FIRST, SECOND), "rif")
    keep(archive, said(FIRST, SECOND, title="Visite à Madrid de Hammouchi"), "rif", hours=3)
    assert read(archive, library) == [("filed", ""), ("copy", "same"), ("copy", "same")]
    [copy] = Queries(engine).copies()
    assert (copy.article_id, copy.original_article_id) == (3, 1)


def test_a_withdrawal_is_seen_and_the_article_stands_until_it_is_said_again(
    archive: Archive, engine: Engine, library: Library
):
    def standing() -> list[tuple[int, int | None]]:
        return [(each.id, each.withdrawn_page_id) for each in Queries(engine).articles(ArticleFilter())]

    keep(archive, said(FIRST, SECOND))
    withdrawn = keep(archive, EMPTY, hours=3)
    assert read(archive, library)[1][0] == OutcomeKind.REJECTED
    assert standing() == [(1, withdrawn)]
    keep(archive, said(FIRST, SECOND) + "\n", hours=6)
    assert read(archive, library) == [("rejected", "unchanged")]
    assert standing() == [(1, None)]


def test_versions_are_read_in_their_order_by_however_many(archive: Archive, engine: Engine, library: Library):
    keep(archive, said(FIRST, SECOND))
    keep(archive, said(FIRST, SECOND, THIRD), hours=3)
    keep(archive, said(FIRST, THIRD), hours=6)
    run_id = archive.start_run("process", {})
    with archive.claim(run_id) as first, archive.claim(run_id) as second:
        assert (first.page_id, second) == (1, None)
        work.settle(first, library)
    assert read(archive, library) == [("filed", ""), ("filed", "")]
    assert [each.article_id for each in Queries(engine).history(2)] == [1, 2, 3]
    assert [each.id for each in Queries(engine).articles(ArticleFilter())] == [3]


def test_a_version_that_failed_and_is_read_after_a_later_one_is_outdated(
    archive: Archive, engine: Engine, library: Library, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as broken:
        broken.setattr(work, "MOST_TRIES", 0)
        keep(archive, said(FIRST, SECOND))
        assert read(archive, library) == [("failed", "DeadlyPageError")]
    keep(archive, said(FIRST, SECOND, THIRD), hours=3)
    assert read(archive, library) == [("filed", "")]
    assert read(archive, library, retry_failed=True) == [("rejected", "outdated")]
    assert [each.withdrawn_page_id for each in Queries(engine).articles(ArticleFilter())] == [None]


def test_an_article_shows_its_history(archive: Archive, engine: Engine, library: Library, marsad: Command):
    keep(archive, said(FIRST, SECOND))
    keep(archive, said(FIRST, SECOND, THIRD), hours=3)
    keep(archive, EMPTY, hours=6)
    read(archive, library)
    gone = visit(state=VisitState.HTTP_ERROR, status=404, detail="Not Found", visited_at=NOON + timedelta(hours=9))
    archive.save_visit(gone, 1)
    former = marsad("article", 1).stdout
    assert "version    not the current one: article 2 is\n" in former
    assert "no report of it counts: not the current one: article 2 is\n" in former
    shown = marsad("article", 2).stdout
    assert "version    withdrawn: its page says it no longer\n" in shown
    with engine.begin() as connection:
        connection.execute(text("UPDATE pages SET body = NULL, pruned_at = now() WHERE id = 3"))
    lines = marsad("article", 2).stdout.partition("Versions of its page")[2].splitlines()
    assert [line.split(maxsplit=1)[0] for line in lines[2:5]] == ["1", "2", "3"]
    assert "revised: 15 words more, 0 fewer; 1 paragraph new, 0 gone" in lines[3]
    assert lines[4].endswith("(its body was given up)")
    assert lines[5].endswith("no page there any more: 404 Not Found")
    history = json.loads(marsad("article", 1, "--json").stdout)["history"]
    assert [each["article_id"] for each in history] == [1, 2, None, None]
