"""Bad input becomes one outcome with its reason, the work goes on, and nothing else is lost."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text

from analysis.errors import DatabaseUnavailableError, ExtractionError
from analysis.opening import MOST_BYTES
from analysis.records import OutcomeKind, Page, RunState
from builders import page, source, visit
from cli.sample_press import FOLDER
from memory import MemoryArchive
from models.archive import Archive
from pipeline import work
from pipeline.library import Library, open_library
from pipeline.runs import run
from pipeline.work import Worker

HTML = "<html lang='fr'><head><title>{0}</title></head><body><h1>{0}</h1><p>{1}</p></body></html>"
VISIT = (
    "Le directeur général de la Sûreté nationale, Abdellatif Hammouchi, a effectué lundi une visite de travail à "
    "Madrid, où il s'est entretenu avec le chef de la Police nationale espagnole de la lutte contre le terrorisme."
)
GOOD = HTML.format("Hammouchi en visite de travail à Madrid", VISIT).encode()
BAD = {
    "a PDF": (b"%PDF-1.7 \x00\x01 stream", "application/pdf", "not_html"),
    "a picture that says it is HTML": (b"\x89PNG\r\n\x1a\n" + bytes(200), "text/html", "not_html"),
    "nothing": (b"", "text/html", "empty"),
    "blanks": (b" \n\t " * 50, "text/html", "empty"),
    "20 MB and a byte": (b"<p>" + b"a" * MOST_BYTES, "text/html", "too_large"),
    "a page without text": (HTML.format("Vide", "").encode(), "text/html", "no_text"),
    "JSON": (b'{"title": "no page"}', "application/json", "not_html"),
}


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library(FOLDER.parent)


def keep(archive, name: str, body: bytes, content_type: str = "text/html") -> Page:
    url = f"https://atlas.example/{name.replace(' ', '-')}"
    kept = page(url=url, canonical_url=url, body=body, content_type=content_type)
    archive.save_page(kept, visit(url=url), 1)
    return kept


def read_all(archive, library: Library) -> dict[str, int]:
    with run(archive, "process", {}) as current:
        list(Worker(archive=archive, library=library).settle_all(current))
    return dict(current.counts)


def test_each_bad_page_is_one_rejection_with_its_reason_and_the_good_one_is_filed(library: Library) -> None:
    archive = MemoryArchive()
    for name, (body, content_type, _) in BAD.items():
        keep(archive, name, body, content_type)
    good = keep(archive, "good", GOOD)
    assert read_all(archive, library) == {OutcomeKind.REJECTED: len(BAD), OutcomeKind.FILED: 1}
    reasons = [archive.outcomes[number].reason for number in sorted(archive.pages)][:-1]
    assert dict(zip(BAD, reasons, strict=True)) == {name: reason for name, (_, _, reason) in BAD.items()}
    assert archive.filing_of(good.url).article.title == "Hammouchi en visite de travail à Madrid"


@pytest.mark.parametrize(
    "charset", ["utf-8", "iso-8859-1", "windows-1252", "windows-1256", "utf-16", "no-such-charset"]
)
def test_a_page_that_lies_about_its_charset_is_read_as_it_is(charset: str, library: Library) -> None:
    archive = MemoryArchive()
    for truth in ("utf-8", "cp1252"):
        body = HTML.format("Hammouchi en visite de travail à Madrid", VISIT).encode(truth)
        kept = keep(archive, f"{charset} but {truth}", body, f"text/html; charset={charset}")
        read_all(archive, library)
        assert archive.filing_of(kept.url).article.text == VISIT


@pytest.mark.parametrize("error", [ExtractionError("the tree has no root"), RecursionError("too deep"), MemoryError()])
def test_a_page_that_breaks_the_reading_is_failed_and_the_work_goes_on(error, library, monkeypatch) -> None:
    archive = MemoryArchive()
    broken, good = keep(archive, "broken", b"<p>broken</p>"), keep(archive, "good", GOOD)
    read = work.process

    def break_on_one(kept, *others):
        if kept.url == broken.url:
            raise error
        return read(kept, *others)

    monkeypatch.setattr(work, "process", break_on_one)
    assert read_all(archive, library) == {OutcomeKind.FAILED: 1, OutcomeKind.FILED: 1}
    failed = archive.outcome_of(broken.url)
    assert (failed.reason, failed.detail) == (type(error).__name__, str(error))
    assert archive.outcome_of(good.url).kind == OutcomeKind.FILED


def test_a_database_that_goes_away_ends_the_run_as_failed_and_leaves_the_page_waiting(library, monkeypatch) -> None:
    archive = MemoryArchive()
    keep(archive, "good", GOOD)

    def gone(*_):
        raise DatabaseUnavailableError("the database went away")

    monkeypatch.setattr("memory.MemoryClaim.lookalikes", gone)
    with pytest.raises(DatabaseUnavailableError):
        read_all(archive, library)
    assert archive.outcomes == {}
    assert archive.runs[1] == (RunState.FAILED, {}, "DatabaseUnavailableError: the database went away")


def test_an_article_that_postgres_refuses_is_failed_in_the_same_claim(
    archive: Archive, engine: Engine, library
) -> None:
    archive.load_sources([source()])
    archive.end_run(archive.start_run("crawl", {}), RunState.DONE, {})
    keep(archive, "first", GOOD)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE articles ADD CONSTRAINT none CHECK (false) NOT VALID"))
    assert read_all(archive, library) == {OutcomeKind.FAILED: 1}
    with engine.connect() as connection:
        outcome, reason, detail = connection.execute(text("SELECT outcome, reason, detail FROM pages")).one()
        assert (outcome, reason) == ("failed", "IntegrityError")
        assert VISIT not in detail
        assert connection.scalar(text("SELECT count(*) FROM articles")) == 0


@pytest.mark.parametrize(
    ("country", "at"), [("MA", "2026-02-10T16:11:00+01:00"), ("FR", "2026-02-10T16:11:00+01:00"), ("US", None)]
)
def test_a_time_without_zone_is_told_by_the_clock_of_its_source(country: str, at: str | None) -> None:
    archive = MemoryArchive()
    body = GOOD.replace(b"</h1>", b"</h1><time>10/02/2026 16:11</time>")
    kept = keep(archive, "timed", body)
    read_all(archive, open_library(FOLDER.parent, [source(country=country)]))
    published = archive.filing_of(kept.url).article.published
    assert (published.on.isoformat(), published.at and published.at.isoformat()) == ("2026-02-10", at)


@pytest.mark.parametrize("stray", ["\x00", "\x08", "\x0b", "\x0c", "\x1a", "\x1f", "\ufffe", "\ud800"])
def test_a_stray_control_character_costs_an_article_nothing(stray: str, library: Library) -> None:
    archive = MemoryArchive()
    text = VISIT.replace(" de travail", f" de{stray} travail")
    body = HTML.format(f"Hammouchi en visite{stray} à Madrid", text).encode("utf-8", "surrogatepass")
    kept = keep(archive, "stray", body)
    read_all(archive, library)
    article = archive.filing_of(kept.url).article
    assert (" ".join(article.title.split()), " ".join(article.text.split())) == ("Hammouchi en visite à Madrid", VISIT)
