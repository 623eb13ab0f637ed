"""What people ask of the tables, on a small archive where every answer is known."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from analysis.errors import UnknownNameError
from analysis.records import (
    Article,
    Basis,
    CopyKind,
    EventKind,
    Field,
    KnownText,
    Language,
    Outcome,
    OutcomeKind,
    Placement,
    Published,
    RejectionReason,
    RunState,
    Span,
    TagKind,
    Told,
    VisitState,
)
from builders import NOON, article, filed, filing, page, report, seed_document, source, tag, visit
from desk_asking import reports_of, tags_of
from models.answers import (
    ArticleFilter,
    Conservation,
    CopySummary,
    FoundTag,
    OutcomeCount,
    SettledPage,
    SourceSummary,
)
from models.archive import Archive
from models.desk import open_desk
from models.queries import Queries
from models.questions.filters import ReportFilters
from models.questions.reports import ReportFacts, count_reports
from models.questions.tags import TagCount

SPAIN = tag(kind=TagKind.COUNTRY, id="ES", span=Span(field=Field.TEXT, start=0, end=4), surface="فقرة")


def dated(day: int, **changes: object) -> Article:
    return article(published=Published(on=date(2026, 2, day), at=None, basis=Basis.URL), **changes)


@pytest.fixture
def queries(archive: Archive, engine: Engine) -> Queries:
    """Fill an archive: news, its copy, a copy of a seed, an undated one, a rejection, a failure and a waiting page."""
    archive.load_sources([source(), source(id="rif", name="Rif", tier=2)])
    archive.load_seed_documents([seed_document()], {})
    crawl = archive.start_run("crawl", {})
    for number, source_id in enumerate(["atlas", "rif", "rif", "atlas", "atlas", "rif", "rif"], start=1):
        url = f"https://{source_id}.example/{number}"
        kept = page(source_id=source_id, url=url, canonical_url=url)
        archive.save_page(kept, visit(source_id=source_id, url=url), crawl)
    archive.save_visit(visit(source_id="rif", url="https://rif.example/9", state=VisitState.TIMED_OUT), crawl)
    archive.end_run(crawl, RunState.DONE, {"pages": 7})
    _process(archive)
    return Queries(engine)


def _process(archive: Archive) -> None:
    run_id = archive.start_run("process", {})
    copy = Outcome(kind=OutcomeKind.COPY, reason="excerpt", rules="r1")
    excerpt = {"kind": CopyKind.EXCERPT, "share": 0.8}
    decisions = [
        (filed(), filing(article=dated(1, title="خبر"), tags=(tag(), SPAIN))),
        (
            copy,
            filing(
                article=dated(2, source_id="rif", title="نسخة"),
                placement=Placement(copy_of=KnownText.article(1), **excerpt),
            ),
        ),
        (
            copy,
            filing(
                article=dated(3, source_id="rif", language=Language.FRENCH),
                placement=Placement(copy_of=KnownText.seed("portrait"), **excerpt),
                tags=(),
                reports=(),
            ),
        ),
        (filed(), filing(article=article(published=None, undated_because="no date"), tags=(), reports=())),
        (Outcome(kind=OutcomeKind.REJECTED, reason=RejectionReason.OFF_TOPIC, detail="score 0.1", rules="r1"), None),
        (Outcome(kind=OutcomeKind.FAILED, reason="ExtractionError", detail="broke", rules="r1"), None),
    ]
    for outcome, written in decisions:
        with archive.claim(run_id) as claim:
            claim.settle(outcome, written)


def ids(queries: Queries, **wanted: object) -> list[int]:
    return [each.id for each in queries.articles(ArticleFilter(**wanted))]


def test_sources_say_what_they_brought(queries: Queries):
    atlas, rif = queries.sources()
    assert atlas == SourceSummary(
        id="atlas",
        name="Atlas",
        name_ar="أطلس",
        country="MA",
        home="https://atlas.example/",
        languages=("ar", "fr"),
        kind="news site",
        tier=1,
        closed=None,
        retired_at=None,
        pages=3,
        waiting=0,
        articles=2,
        copies=0,
        last_visit_at=NOON,
        last_page_at=NOON,
    )
    assert (rif.pages, rif.waiting, rif.articles, rif.copies) == (4, 1, 0, 2)


def test_articles_come_the_newest_first_and_the_undated_last(queries: Queries):
    assert ids(queries) == [3, 2, 1, 4]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"source": "rif"}, [3, 2]),
        ({"language": "fr"}, [3]),
        ({"since": date(2026, 2, 2)}, [3, 2]),
        ({"tag": "ES"}, [1]),
        ({"tag": "dgsn"}, [2, 1]),
        ({"copies": True}, [3, 2]),
        ({"copies": False}, [1, 4]),
        ({"limit": 1}, [3]),
        ({"source": "rif", "copies": False}, []),
    ],
)
def test_articles_are_chosen(queries: Queries, wanted: dict[str, object], found: list[int]):
    assert ids(queries, **wanted) == found


def test_an_article_comes_with_its_facts(queries: Queries):
    [_, copy, news, _] = queries.articles(ArticleFilter())
    assert (news.title, news.tags, news.because, news.undated_because) == ("خبر", ("ES", "dgsn"), ("زيارة عمل",), None)
    assert (copy.copy_of_article_id, copy.copy_kind, copy.copy_share) == (1, "excerpt", 0.8)
    assert copy.story_id == news.story_id
    assert queries.article_text(1) == article().text
    with pytest.raises(UnknownNameError, match="there is no article 99"):
        queries.article_text(99)


def test_outcomes_are_counted_by_source_and_reason(queries: Queries):
    every = queries.outcomes()
    assert every == (
        OutcomeCount(source_id="atlas", outcome="filed", reason="", pages=2),
        OutcomeCount(source_id="atlas", outcome="rejected", reason="off_topic", pages=1),
        OutcomeCount(source_id="rif", outcome="copy", reason="excerpt", pages=2),
        OutcomeCount(source_id="rif", outcome="failed", reason="ExtractionError", pages=1),
        OutcomeCount(source_id="rif", outcome=None, reason="", pages=1),
    )
    crawl, process = 1, 2
    assert queries.outcomes(fetched_in=[crawl]) == every
    assert queries.outcomes(fetched_in=[process]) == ()
    assert queries.outcomes(settled_in=[process]) == every[:-1]


def test_copies_stand_beside_their_originals(queries: Queries):
    of_seed, of_article = queries.copies()
    assert of_article == CopySummary(
        article_id=2,
        source_id="rif",
        url="https://atlas.example/1",
        title="نسخة",
        published_on=date(2026, 2, 2),
        kind="excerpt",
        share=0.8,
        original_article_id=1,
        original_seed_id=None,
        original_source_id="atlas",
        original_title="خبر",
    )
    assert (of_seed.original_seed_id, of_seed.original_title, of_seed.original_source_id) == ("portrait", "عنوان", None)


@pytest.mark.usefixtures("queries")
def test_tags_are_counted_in_articles(engine: Engine):
    body, country = tags_of(engine)
    named = {"name_ar": None, "name_fr": None, "name_es": None, "name_en": None}
    assert body == TagCount(kind="body", tag="dgsn", articles=2, copies=1, **named)
    assert country == TagCount(kind="country", tag="ES", articles=1, copies=0, **named)
    assert tags_of(engine, kind=TagKind.COUNTRY, source="rif") == ()
    assert [each.articles for each in tags_of(engine, since=date(2026, 2, 2), most=1)] == [1]


@pytest.mark.usefixtures("queries")
def test_reports_say_where_they_stand(engine: Engine):
    first, second = reports_of(engine)
    assert (first.article, second.article) == (2, 1)
    wanted = report()
    assert second == ReportFacts(
        event=None,
        report=1,
        article=1,
        source="atlas",
        outlet="Atlas",
        outlet_ar="أطلس",
        language="ar",
        url="https://atlas.example/1",
        title="خبر",
        told_on=date(2026, 2, 1),
        copy_kind=None,
        kind="visit",
        direction="outbound",
        told="news",
        people=wanted.people,
        bodies=wanted.bodies,
        countries=wanted.countries,
        city="Madrid",
        first_on=wanted.when.first,
        last_on=wanted.when.last,
        precision="day",
        evidence=wanted.evidence,
        field=wanted.span.field,
        span_start=wanted.span.start,
        span_end=wanted.span.end,
        rule="visit-out",
    )


@pytest.mark.usefixtures("queries")
@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, [2, 1]),
        ({"kind": EventKind.AGREEMENT}, []),
        ({"told": Told.NEWS}, [2, 1]),
        ({"country": "ES", "since": date(2026, 2, 2)}, [2]),
        ({"country": "FR"}, []),
        ({"source": "atlas"}, [1]),
        ({"article": 2}, [2]),
    ],
)
def test_reports_are_chosen_and_counted(engine: Engine, wanted: dict[str, object], found: list[int]):
    assert [each.article for each in reports_of(engine, **wanted)] == found
    with open_desk(engine) as desk:
        assert count_reports(desk, ReportFilters(most=1, **wanted)) == len(found)


def test_an_article_has_its_tags_with_the_words_and_its_original(queries: Queries):
    assert queries.tags_of(1) == (
        FoundTag(kind="body", id="dgsn", surfaces=("عنوان",)),
        FoundTag(kind="country", id="ES", surfaces=("فقرة",)),
    )
    assert [each.original_article_id for each in queries.copies(article=2)] == [1]
    assert queries.copies(article=1) == ()
    assert ids(queries, story=queries.articles(ArticleFilter(id=1))[0].story_id) == [2, 1]
    assert queries.count_articles(ArticleFilter(limit=1)) == 4


def test_rejections_come_with_their_reasons(queries: Queries):
    [rejected] = queries.settled(OutcomeKind.REJECTED)
    assert rejected == SettledPage(
        page_id=5,
        source_id="atlas",
        url="https://atlas.example/5",
        outcome="rejected",
        reason="off_topic",
        detail="score 0.1",
        rules="r1",
        outcome_at=rejected.outcome_at,
    )
    assert queries.settled(OutcomeKind.FAILED, settled_in=[1]) == ()
    assert queries.settled(OutcomeKind.REJECTED, source="rif") == ()


def test_the_nearest_misses_come_the_highest_score_first(archive: Archive, engine: Engine):
    archive.load_sources([source()])
    run_id = archive.start_run("process", {})
    for score in ("0.10", "0.44", "0.00"):
        url = f"https://atlas.example/{score}"
        archive.save_page(page(url=url, canonical_url=url), visit(url=url), run_id)
        missed = Outcome(
            kind=OutcomeKind.REJECTED, reason=RejectionReason.OFF_TOPIC, detail=f"score {score}: x", rules="r"
        )
        with archive.claim(run_id) as claim:
            claim.settle(missed, None)
    assert [each.detail for each in Queries(engine).nearest_misses(limit=2)] == ["score 0.44: x", "score 0.10: x"]


def test_runs_come_the_last_first(queries: Queries):
    assert [(run.command, run.state) for run in queries.runs()] == [("process", "running"), ("crawl", "done")]
    assert [run.counts for run in queries.runs(command="crawl")] == [{"pages": 7}]


def test_nothing_is_lost(queries: Queries):
    [crawl] = queries.conservation()
    assert crawl == Conservation(
        run_id=1,
        command="crawl",
        started_at=crawl.started_at,
        fetched=7,
        pages=7,
        filed=2,
        copies=2,
        rejected=1,
        failed=1,
        waiting=1,
        articles=4,
        failed_at=crawl.failed_at,
    )
    assert crawl.failed_at is not None
    assert crawl.holds


def test_an_article_that_was_lost_is_noticed(queries: Queries, engine: Engine):
    with engine.begin() as connection:
        connection.execute(text("UPDATE stories SET first_article_id = NULL"))
        connection.execute(text("DELETE FROM articles WHERE id = 3"))
    assert not queries.conservation()[0].holds


def test_runs_long_past_are_added_up_only_while_a_page_of_theirs_waits(archive, engine):
    read, waiting = (crawled(archive, url) for url in ("https://atlas.example/read", "https://atlas.example/waiting"))
    with engine.begin() as connection:
        connection.execute(text("UPDATE runs SET started_at = now() - interval '30 days'"))
        connection.execute(
            text(
                "UPDATE pages SET outcome = 'rejected', reason = 'empty', rules = 'r', outcome_at = now(), "
                "outcome_run_id = run_id WHERE run_id = :read"
            ),
            {"read": read},
        )
    week_ago = datetime.now(UTC) - timedelta(days=7)
    assert [one.run_id for one in Queries(engine).conservation(week_ago)] == [waiting]
    assert [one.run_id for one in Queries(engine).conservation()] == [read, waiting]


def crawled(archive, url):
    archive.load_sources([source()])
    run_id = archive.start_run("crawl", {})
    archive.save_page(page(url=url, canonical_url=url), visit(url=url), run_id)
    archive.end_run(run_id, RunState.DONE, {})
    return run_id


def test_what_a_page_says_beside_its_text_is_kept(archive: Archive, engine: Engine):
    said = {"subtitle": "Sous le titre", "section": "Société", "image": "https://atlas.example/a.jpg"}
    archive.load_sources([source()])
    run_id = archive.start_run("process", {})
    archive.save_page(page(), visit(), run_id)
    with archive.claim(run_id) as claim:
        claim.settle(filed(), filing(article=article(**said, outlet_tags=("eau", "écoles"))))
    [kept] = Queries(engine).articles(ArticleFilter())
    assert {name: getattr(kept, name) for name in said} == said
    assert kept.outlet_tags == ("eau", "écoles")
