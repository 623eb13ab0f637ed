"""Every page of the sample press ends as a careful human says, in memory and on Postgres alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from pages_of_press import fetched_truths, fill
from sample_truth import Truth
from sqlalchemy import Engine

from analysis.records import Filing, KnownText, Outcome, OutcomeKind, Report, TagKind
from builders import source
from cli.sample_press import FOLDER, serve
from desk_asking import reports_of
from memory import MemoryArchive
from models.answers import ArticleFilter
from models.archive import Archive
from models.queries import Queries
from pipeline.library import open_library
from pipeline.runs import run
from pipeline.work import Worker

KIND_OF_LIST = {"themes": TagKind.THEME, "people": TagKind.PERSON, "bodies": TagKind.BODY, "countries": TagKind.COUNTRY}


@dataclass(frozen=True, kw_only=True)
class Reading:
    """All pages of the press, read once."""

    archive: MemoryArchive
    truths: list[Truth]

    def filings(self) -> Iterator[tuple[Truth, Filing]]:
        for truth in self.truths:
            if truth.outcome in {OutcomeKind.FILED, OutcomeKind.COPY}:
                yield truth, self.archive.filing_of(truth.url)


@pytest.fixture(scope="module")
def reading() -> Reading:
    archive = MemoryArchive()
    with serve(port=0) as press:
        fill(archive, press)
        known = fetched_truths(press)
    worker = Worker(archive=archive, library=open_library(FOLDER.parent))
    with run(archive, "process", {}) as current:
        assert sum(1 for _ in worker.settle_all(current)) == len(known)
    return Reading(archive=archive, truths=known)


def wrong(reading: Reading, says) -> list[object]:
    """Gather what differs from the truth, all pages at once, so that a failure shows the whole of it."""
    return [told for truth, filing in reading.filings() if (told := says(truth, filing))]


def outcome_differs(truth: Truth, outcome: Outcome) -> bool:
    kept = {OutcomeKind.FILED, OutcomeKind.COPY}
    if truth.outcome in kept:
        # of a group of copies, whoever is read first is the original
        return outcome.kind not in kept if truth.copies else outcome.kind != truth.outcome
    return outcome.kind != truth.outcome or outcome.reason not in truth.reasons


def test_each_page_ends_as_the_manifest_says(reading: Reading) -> None:
    ends = [(truth, reading.archive.outcome_of(truth.url)) for truth in reading.truths]
    assert [(t.url, t.outcome, t.reasons, o) for t, o in ends if outcome_differs(t, o)] == []


def test_titles_languages_and_dates_are_those_printed(reading: Reading) -> None:
    def says(truth: Truth, filing: Filing) -> object:
        article = filing.article
        read = (article.title, str(article.language), article.published and article.published.on)
        true = (truth.title, truth.language, truth.published_on)
        return None if read == true else (truth.url, true, read)

    assert wrong(reading, says) == []


def test_each_article_carries_the_tags_a_reader_expects(reading: Reading) -> None:
    def says(truth: Truth, filing: Filing) -> object:
        found = {(tag.kind, tag.id) for tag in filing.tags}
        expected = {(KIND_OF_LIST[name], each) for name, ids in truth.tags.items() for each in ids}
        return (truth.url, sorted(expected - found)) if expected - found else None

    assert wrong(reading, says) == []


def test_copies_are_known_as_such_and_nothing_else_is(reading: Reading) -> None:
    def says(truth: Truth, filing: Filing) -> object:
        original = filing.placement.copy_of
        if truth.copies is None and truth.copy_of is None:
            return (truth.url, original) if original else None
        return None if original is None or is_of_group(reading, truth, original) else (truth.url, original)

    assert wrong(reading, says) == []
    groups = {truth.copies or truth.copy_of for truth in reading.truths if truth.copies or truth.copy_of}
    originals = [truth.url for truth, filing in reading.filings() if truth.copies and not filing.placement.copy_of]
    assert len(originals) == sum(1 for group in groups if not str(group).startswith("seed-"))


def is_of_group(reading: Reading, truth: Truth, original: KnownText) -> bool:
    if original.seed_id is not None:
        return truth.copy_of == original.seed_id
    other = next(t for t in reading.truths if reading.archive.pages[original.article_id].url == t.url)
    return other.copies == truth.copies


def facts(report: Report) -> dict[str, object]:
    when = report.when
    return {
        "kind": report.kind.value,
        "direction": report.direction and report.direction.value,
        "told": report.told.value,
        "countries": sorted(report.countries),
        "from": when and when.first,
        "to": when and when.last,
        "precision": when and when.precision.value,
    }


def expected_facts(row: dict[str, object]) -> dict[str, object]:
    return {
        "kind": row["kind"],
        "direction": row.get("direction"),
        "told": row["told"],
        "countries": sorted(row["countries"]),
        "from": row.get("from"),
        "to": row.get("to"),
        "precision": row.get("precision"),
    }


def test_each_article_tells_of_what_a_reader_reads_in_it(reading: Reading) -> None:
    def says(truth: Truth, filing: Filing) -> object:
        read = sorted((facts(report) for report in filing.reports), key=str)
        true = sorted((expected_facts(row) for row in truth.reports), key=str)
        return None if read == true else (truth.url, {"true": true, "read": read})

    assert wrong(reading, says) == []


def test_every_span_and_sentence_stands_in_its_article(reading: Reading) -> None:
    for _, filing in reading.filings():
        assert [tag for tag in filing.tags if tag.span.of(filing.article) != tag.surface] == []
        assert [each for each in filing.reports if each.span.of(filing.article) != each.evidence] == []


def test_every_outcome_names_the_rules_that_decided(reading: Reading) -> None:
    assert {outcome.rules for outcome in reading.archive.outcomes.values()} == {open_library(FOLDER.parent).rules}


def test_postgres_keeps_what_memory_keeps(reading: Reading, archive: Archive, engine: Engine) -> None:
    archive.load_sources([source(id=name, hosts=(name,)) for name in {truth.source for truth in reading.truths}])
    with serve(port=0) as press:
        fill(archive, press)
    worker = Worker(archive=archive, library=open_library(FOLDER.parent))
    with run(archive, "process", {}) as current:
        settled = [(outcome.kind, outcome.reason, outcome.detail) for outcome in worker.settle_all(current)]
    assert settled == [(each.kind, each.reason, each.detail) for each in reading.archive.outcomes.values()]

    queries, filings = Queries(engine), reading.archive.filings
    kept = sorted(queries.articles(ArticleFilter(limit=1000)), key=lambda article: article.page_id)
    assert [(a.page_id, a.title, a.copy_kind) for a in kept] == [
        (number, filing.article.title, filing.placement.kind) for number, filing in filings.items()
    ]
    assert len(reports_of(engine, most=1000)) == sum(len(filing.reports) for filing in filings.values())
    assert [one.holds for one in queries.conservation()] == [True]
