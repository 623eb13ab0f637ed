"""Pages wait until they are settled, once each, whoever works on them and whatever happens meanwhile."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from analysis.errors import DatabaseUnavailableError
from analysis.records import (
    Address,
    AddressState,
    Catch,
    CopyKind,
    Filing,
    Fingerprint,
    KnownText,
    Lookalike,
    Outcome,
    OutcomeKind,
    Placement,
    RejectionReason,
)
from builders import NOON, article, entry, filed, filing, fingerprint, page, seed_document, source, tag, visit
from models import claims
from models.archive import Archive
from models.articles import ArticleRow, ShingleRow, StoryRow
from models.claims import Claim
from models.database import make_engine
from models.fingerprints import lock_placing
from models.pages import PageRow
from models.queries import Queries

FAILED = Outcome(kind=OutcomeKind.FAILED, reason="ValueError", detail="broken", rules="r1")
COPY = Outcome(kind=OutcomeKind.COPY, reason=CopyKind.EDITED, rules="r1")
REJECTED = Outcome(kind=OutcomeKind.REJECTED, reason=RejectionReason.OFF_TOPIC, detail="score 0.1", rules="r1")


@pytest.fixture
def run_id(archive: Archive) -> int:
    archive.load_sources([source()])
    return archive.start_run("process", {})


def keep(archive: Archive, run_id: int, number: int) -> int:
    url = f"https://atlas.example/{number}"
    return archive.save_page(page(url=url, canonical_url=url), visit(url=url), run_id)


def look_again(archive: Archive, run_id: int, number: int) -> int:
    """Keep a page that says something else now."""
    url = f"https://atlas.example/{number}"
    looked = Address(source_id="atlas", entry=entry(url=url), way=None, found_at=NOON, state=AddressState.KEPT, looks=1)
    changed = page(url=url, canonical_url=url, body=b"<html>changed</html>")
    [kept] = archive.save([Catch(visit=visit(url=url), page=changed, addresses=(looked,))], run_id)
    return kept


def settle(archive: Archive, run_id: int, outcome: Outcome, written: Filing | None = None) -> None:
    with archive.claim(run_id) as claim:
        claim.settle(outcome, written)


def file_as_pipeline(claim: Claim, written: Fingerprint) -> None:
    """File as news, or as a copy of the first lookalike, as the pipeline would."""
    found = claim.lookalikes(written)
    placement = Placement(copy_of=found[0].original, kind=CopyKind.EDITED, share=0.9) if found else Placement()
    claim.settle(COPY if found else filed(), filing(fingerprint=written, placement=placement))


def outcomes(engine: Engine) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(select(PageRow.outcome, PageRow.reason).order_by(PageRow.id))]


def test_pages_are_taken_the_oldest_first_and_each_once(archive: Archive, run_id: int):
    kept = [keep(archive, run_id, number) for number in range(3)]
    assert take_all(archive, run_id) == kept


def take_all(archive: Archive, run_id: int) -> list[int]:
    """Settle every page that waits, and return their numbers in the order in which they were taken."""
    taken = []
    while True:
        with archive.claim(run_id) as claim:
            if claim is None:
                return taken
            taken.append(claim.page_id)
            claim.settle(REJECTED, None)


@pytest.mark.parametrize("late", ["backfill", "import-warc", "import-pages"])
def test_what_a_crawl_brings_is_read_before_what_imports_and_backfills_do(archive: Archive, run_id: int, late: str):
    old, new = archive.start_run(late, {}), archive.start_run("crawl", {})
    imported = [keep(archive, old, number) for number in range(20)]
    news = [keep(archive, new, number) for number in range(20, 25)]
    assert take_all(archive, run_id) == [*news, *imported]


def test_an_import_goes_on_while_news_comes_in(archive: Archive, run_id: int):
    old, new = archive.start_run("import-warc", {}), archive.start_run("crawl", {})
    imported = [keep(archive, old, number) for number in range(3)]
    for number in range(3, 3 + 4 * claims.OLDEST_EVERY):
        keep(archive, new, number)
    taken = take_all(archive, run_id)
    turns = [taken.index(each) + 1 for each in imported]
    assert turns == [claims.OLDEST_EVERY, 2 * claims.OLDEST_EVERY, 3 * claims.OLDEST_EVERY]


def test_an_older_version_is_read_before_a_newer_one_though_an_import_brought_it(archive: Archive, run_id: int):
    old, new = archive.start_run("import-warc", {}), archive.start_run("crawl", {})
    first, second = keep(archive, old, 1), look_again(archive, new, 1)
    other = keep(archive, new, 2)
    assert take_all(archive, run_id) == [other, first, second]


def test_two_workers_take_two_pages(archive: Archive, run_id: int):
    first, second = keep(archive, run_id, 1), keep(archive, run_id, 2)
    with archive.claim(run_id) as one, archive.claim(run_id) as other, archive.claim(run_id) as none:
        assert (one.page_id, other.page_id, none) == (first, second, None)


def test_an_article_is_written_with_all_that_was_found_in_it(archive: Archive, engine: Engine, run_id: int):
    keep(archive, run_id, 1)
    settle(archive, run_id, filed(), filing())
    with engine.connect() as connection:
        found = connection.execute(select(ArticleRow.__table__)).one()
        story = connection.execute(select(StoryRow.__table__)).one()
        tags = connection.execute(text("SELECT kind, tag_id, field, span_start, span_end, surface FROM tags")).one()
        reports = connection.execute(text("SELECT kind, direction, told, countries, precision FROM reports")).one()
    wanted = article()
    assert (found.title, found.text, found.language) == (wanted.title, wanted.text, wanted.language)
    assert (found.published_on, found.published_basis, found.words) == (wanted.published.on, "meta", 90)
    assert (found.score, found.because, found.copy_kind) == (0.75, ["زيارة عمل"], None)
    assert (story.id, story.first_article_id, story.started_on) == (found.story_id, found.id, wanted.published.on)
    assert tags == ("body", "dgsn", "title", 0, 5, "عنوان")
    assert reports == ("visit", "outbound", "news", ["ES"], "day")


def test_an_undated_article_begins_its_story_on_the_day_of_the_fetch(archive: Archive, engine: Engine, run_id: int):
    keep(archive, run_id, 1)
    undated = article(published=None, undated_because="no date in the page")
    settle(archive, run_id, filed(), filing(article=undated))
    with engine.connect() as connection:
        assert connection.scalar(select(StoryRow.started_on)) == page().fetched_at.date()


def test_seeds_and_articles_are_known_by_one_index(archive: Archive, run_id: int):
    seed = seed_document()
    archive.load_seed_documents([seed], {})
    keep(archive, run_id, 1)
    keep(archive, run_id, 2)
    settle(archive, run_id, filed(), filing())
    both = fingerprint(exact="ef" * 16, hashes=(1, 2, 3, 4, 101, 102, 103))
    with archive.claim(run_id) as claim:
        found = claim.lookalikes(both)
    kinds = [(each.text.seed_id, each.fingerprint) for each in found]
    assert kinds == [(None, fingerprint()), ("portrait", seed.fingerprint)]


def test_a_copy_of_a_copy_leads_to_the_first_original(archive: Archive, run_id: int):
    archive.load_seed_documents([seed_document()], {})
    for number in range(3):
        keep(archive, run_id, number)
    original = KnownText.seed("portrait")
    copied = fingerprint(hashes=(101, 102, 103, 104, 9, 10, 11))
    placement = Placement(copy_of=original, kind=CopyKind.EDITED, share=0.6)
    settle(archive, run_id, COPY, filing(fingerprint=copied, placement=placement))
    with archive.claim(run_id) as claim:
        [only] = claim.lookalikes(fingerprint(exact="00" * 16, hashes=(9, 10, 11)))
    assert only == Lookalike(text=KnownText.article(only.text.article_id), original=original, fingerprint=copied)


def test_a_copy_of_an_article_is_in_its_story(archive: Archive, engine: Engine, run_id: int):
    for number in range(3):
        keep(archive, run_id, number)
        with archive.claim(run_id) as claim:
            file_as_pipeline(claim, fingerprint())
    with engine.connect() as connection:
        [(first, *rest)] = connection.execute(select(StoryRow.first_article_id)).all()
        copies = connection.execute(select(ArticleRow.copy_of_article_id).order_by(ArticleRow.id)).scalars().all()
    assert (rest, copies) == ([], [None, first, first])


def test_two_workers_that_file_two_copies_at_once_make_one_copy(archive: Archive, engine: Engine, run_id: int):
    for number in range(8):
        keep(archive, run_id, number)
    together = threading.Barrier(8)

    def work() -> None:
        with archive.claim(run_id) as claim:
            together.wait()
            file_as_pipeline(claim, fingerprint())

    with ThreadPoolExecutor(8) as workers:
        for done in [workers.submit(work) for _ in range(8)]:
            done.result()
    assert sorted(outcomes(engine)) == [("copy", "edited")] * 7 + [("filed", "")]
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM stories")) == 1


def test_the_same_text_again_is_found_by_its_digest_and_makes_no_key_common(
    archive: Archive, engine: Engine, run_id: int
):
    for number in range(3):
        keep(archive, run_id, number)
    settle(archive, run_id, filed(), filing())
    with archive.claim(run_id) as claim:
        placement = Placement(copy_of=claim.lookalikes(fingerprint())[0].original, kind=CopyKind.SAME, share=1.0)
        claim.settle(Outcome(kind=OutcomeKind.COPY, reason="same", rules="r1"), filing(placement=placement))
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM shingles")) == len(fingerprint().hashes)
    with archive.claim(run_id) as claim:
        assert [each.original.article_id for each in claim.lookalikes(fingerprint(hashes=()))] == [1, 1]


def test_keys_of_very_many_texts_tell_nothing_alone(archive: Archive, engine: Engine, run_id: int):
    keep(archive, run_id, 1)
    with engine.begin() as connection:
        connection.execute(
            ShingleRow.__table__.insert(),
            [{"hash": common, "fingerprint_id": number} for common in (1, 2, 3) for number in range(1000, 1065)],
        )
    settle(archive, run_id, filed(), filing())
    keep(archive, run_id, 2)
    with archive.claim(run_id) as claim:
        assert claim.lookalikes(fingerprint(exact="00" * 16, hashes=(1, 2, 3, 4))) == ()
        assert len(claim.lookalikes(fingerprint(exact="00" * 16, hashes=(1, 2, 3, 4, 5)))) == 1


def test_what_the_database_refuses_can_be_settled_as_failed(archive: Archive, engine: Engine, run_id: int):
    keep(archive, run_id, 1)
    with archive.claim(run_id) as claim:
        claim.lookalikes(fingerprint())
        with pytest.raises(IntegrityError):
            claim.settle(filed(), filing(tags=(tag(), tag())))
        claim.settle(FAILED, None)
    assert outcomes(engine) == [("failed", "ValueError")]
    assert Queries(engine).conservation()[0].holds


@pytest.mark.parametrize("words", ["a\x00b", "a\ud800b"])
def test_a_text_that_postgres_cannot_hold_is_refused_and_its_page_can_fail(
    archive: Archive, engine: Engine, run_id: int, words: str
):
    keep(archive, run_id, 1)
    with archive.claim(run_id) as claim:
        with pytest.raises(ValueError, match=r"NUL|surrogates"):
            claim.settle(filed(), filing(article=article(text=words), tags=(), reports=()))
        claim.settle(Outcome(kind=OutcomeKind.FAILED, reason="ValueError", detail=words, rules="r1"), None)
    assert outcomes(engine) == [("failed", "ValueError")]


@pytest.mark.parametrize(("outcome", "written"), [(filed(), None), (REJECTED, filing())])
def test_an_outcome_and_its_article_belong_together(
    archive: Archive, run_id: int, outcome: Outcome, written: Filing | None
):
    keep(archive, run_id, 1)
    with archive.claim(run_id) as claim, pytest.raises(ValueError, match="article"):
        claim.settle(outcome, written)


def test_a_page_that_its_worker_dies_over_waits_again(archive: Archive, engine: Engine, run_id: int):
    def die() -> None:
        with archive.claim(run_id) as claim:
            claim.settle(filed(), filing())
            raise KeyboardInterrupt

    keep(archive, run_id, 1)
    with pytest.raises(KeyboardInterrupt):
        die()
    assert outcomes(engine) == [(None, "")]
    settle(archive, run_id, filed(), filing())


KILLED = """
import sys, time
from builders import filed, filing, fingerprint
from models.archive import Archive
from models.database import make_engine
with Archive(make_engine(sys.argv[1])).claim(int(sys.argv[2])) as claim:
    claim.lookalikes(fingerprint())
    claim.settle(filed(), filing())
    print("settled", flush=True)
    time.sleep(60)
"""


def test_a_page_whose_worker_is_killed_waits_again_and_blocks_nobody(
    archive: Archive, engine: Engine, database_url: str, run_id: int, request: pytest.FixtureRequest
):
    keep(archive, run_id, 1)
    command = [sys.executable, "-c", KILLED, database_url, str(run_id)]
    folders = {"PYTHONPATH": str(request.config.rootpath / "tests")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=folders) as process:
        process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    with engine.connect() as connection:
        gone = "SELECT count(*) = 0 FROM pg_locks WHERE locktype = 'advisory' AND classid = 0"
        while not connection.scalar(text(gone)):
            connection.rollback()
    with archive.claim(run_id) as claim:
        file_as_pipeline(claim, fingerprint())
    assert outcomes(engine) == [("filed", "")]


def test_failed_pages_wait_again_when_asked_for_but_once_in_a_run(archive: Archive, engine: Engine, run_id: int):
    keep(archive, run_id, 1)
    settle(archive, run_id, FAILED)
    with archive.claim(run_id) as claim, archive.claim(run_id, retry_failed=True) as same_run:
        assert (claim, same_run) == (None, None)
    later = archive.start_run("process", {"retry": "failed"})
    with archive.claim(later, retry_failed=True) as claim:
        claim.settle(filed(), filing())
    assert outcomes(engine) == [("filed", "")]


def test_a_limit_of_the_database_that_a_page_exceeds_is_trouble_of_the_page(
    archive: Archive, engine: Engine, run_id: int
):
    keep(archive, run_id, 1)
    no_index_holds_it = "".join(chr(0x4E00 + number) for number in range(9000))
    with archive.claim(run_id) as claim:
        with pytest.raises(OperationalError, match="index row"):
            claim.settle(filed(), filing(tags=(tag(id=no_index_holds_it),)))
        claim.settle(FAILED, None)
    assert outcomes(engine) == [("failed", "ValueError")]


def test_trouble_of_the_database_is_no_trouble_of_the_page(
    archive: Archive, engine: Engine, database_url: str, run_id: int
):
    keep(archive, run_id, 1)
    impatient = make_engine(f"{database_url}&options=-clock_timeout%3D20")
    with engine.begin() as other:
        lock_placing(other)
        with (
            pytest.raises(DatabaseUnavailableError, match="cannot go on: canceling statement due to lock timeout"),
            Archive(impatient).claim(run_id) as claim,
        ):
            claim.lookalikes(fingerprint())
    impatient.dispose()
    assert outcomes(engine) == [(None, "")]


def test_a_page_that_failed_goes_to_no_run_that_began_before_it_did(archive: Archive, run_id: int):
    keep(archive, run_id, 1)
    settle(archive, run_id, FAILED)
    later = archive.start_run("process", {"retry": "failed"})
    with archive.claim(later, retry_failed=True) as claim:
        claim.settle(FAILED, None)
    with archive.claim(run_id, retry_failed=True) as claim:  # two such runs would hand it to and fro for ever
        assert claim is None


def test_the_tries_of_a_page_are_counted_until_it_is_settled(archive: Archive, run_id: int):
    keep(archive, run_id, 1)
    for tries in (1, 2):
        with archive.claim(run_id) as claim:
            assert claim.tries == tries
    settle(archive, run_id, FAILED)
    later = archive.start_run("process", {})
    with archive.claim(later, retry_failed=True) as claim:
        assert claim.tries == 1


def test_workers_that_claim_at_once_count_no_try_of_one_anothers_pages(archive: Archive, run_id: int):
    for number in range(8):
        keep(archive, run_id, number)
    together = threading.Barrier(8)

    def claim_one() -> tuple[int, int]:
        together.wait()
        with archive.claim(run_id) as claim:
            together.wait()
            claim.settle(REJECTED, None)
            return claim.page_id, claim.tries

    with ThreadPoolExecutor(8) as workers:
        claimed = [each.result() for each in [workers.submit(claim_one) for _ in range(8)]]
    assert len({page_id for page_id, _ in claimed}) == 8
    assert {tries for _, tries in claimed} == {1}


def test_a_worker_that_breaks_while_it_claims_lets_the_others_claim(
    archive: Archive, engine: Engine, run_id: int, monkeypatch: pytest.MonkeyPatch
):
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    keep(archive, run_id, 1)
    with monkeypatch.context() as broken:
        broken.setattr(claims, "_next_try", interrupt)
        with pytest.raises(KeyboardInterrupt), archive.claim(run_id):
            pass
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = 0")) == 0
    settle(archive, run_id, filed(), filing())


def test_a_database_that_goes_away_in_the_middle_is_told_apart_from_a_broken_page(
    archive: Archive, engine: Engine, run_id: int
):
    def lose() -> None:
        with archive.claim(run_id) as claim, engine.connect() as other:
            working = "FROM pg_stat_activity WHERE state = 'idle in transaction'"
            other.execute(text(f"SELECT pg_terminate_backend(pid) {working}"))
            claim.lookalikes(fingerprint())

    keep(archive, run_id, 1)
    with pytest.raises(DatabaseUnavailableError, match="went away"):
        lose()
    settle(archive, run_id, filed(), filing())
    assert outcomes(engine) == [("filed", "")]
