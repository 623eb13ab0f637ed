"""What the archive keeps, and what it gives back."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest
from sqlalchemy import Engine, select

from analysis.errors import DatabaseUnavailableError, UnknownNameError
from analysis.records import KnownText, Lookalike, RunState, VisitState
from builders import closure, entry, fingerprint, page, seed_document, source, visit
from models.archive import Archive
from models.database import make_engine
from models.pages import PageRow, RunRow, VisitRow
from models.queries import Queries
from models.seed_rows import Loaded
from models.seeds import SeedDocumentRow, SourceRow

ARABIC_URL = "https://atlas.example/" + "%d8%b2%d9%8a%d8%a7%d8%b1%d8%a9-" * 300


@pytest.fixture
def run_id(archive: Archive) -> int:
    archive.load_sources([source()])
    return archive.start_run("crawl", {"source": "atlas"})


def visits(engine: Engine) -> list[tuple[object, ...]]:
    asked = select(VisitRow.url, VisitRow.way, VisitRow.state, VisitRow.page_id).order_by(VisitRow.id)
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(asked)]


def test_a_page_comes_back_as_it_was_kept(archive: Archive, run_id: int):
    headers = (("Set-Cookie", "a=é"), ("Content-Encoding", "gzip"), ("Set-Cookie", "b"))
    kept = page(entry=entry(), body=bytes(range(256)) * 40, headers=headers)
    number = archive.save_page(kept, visit(), run_id)
    with archive.claim(run_id) as claim:
        assert (claim.page_id, claim.page) == (number, kept)


def test_an_imported_page_has_no_entry(archive: Archive, run_id: int):
    archive.save_page(page(entry=None, content_type=None, body=b""), visit(), run_id)
    with archive.claim(run_id) as claim:
        assert claim.page == page(entry=None, content_type=None, body=b"")


def test_a_page_is_kept_once_and_each_visit_to_it(archive: Archive, engine: Engine, run_id: int):
    first = archive.save_page(page(), visit(), run_id)
    again = archive.save_page(page(url="https://www.atlas.example/1?utm_source=x"), visit(), run_id)
    assert first is not None
    assert again is None
    assert visits(engine) == [
        ("https://atlas.example/1", None, VisitState.FETCHED, first),
        ("https://atlas.example/1", None, VisitState.FETCHED, None),
    ]


def test_an_address_of_any_length_names_a_page(archive: Archive, run_id: int):
    assert archive.save_page(page(url=ARABIC_URL, canonical_url=ARABIC_URL), visit(url=ARABIC_URL), run_id) is not None
    assert archive.seen([ARABIC_URL, ARABIC_URL + "x", "https://atlas.example/1"]) == {ARABIC_URL}


def test_nothing_was_seen_of_nothing(archive: Archive):
    assert archive.seen([]) == frozenset()


def test_words_of_others_lose_what_postgres_cannot_hold_and_the_body_keeps_it(archive: Archive, run_id: int):
    odd = page(
        entry=entry(title="a\x00b\ud800c"),
        content_type="text/html\x00",
        body=b"\x00\xff",
        headers=(("X\x00", "\x00"),),
    )
    archive.save_page(odd, visit(detail="\udfff"), run_id)
    with archive.claim(run_id) as claim:
        assert claim.page.entry.title == "a\ufffdb\ufffdc"
        assert claim.page.content_type == "text/html\ufffd"
        assert claim.page.headers == (("X\ufffd", "\ufffd"),)
        assert claim.page.body == b"\x00\xff"


def test_a_page_of_an_unknown_source_is_refused_whole(archive: Archive, engine: Engine, run_id: int):
    with pytest.raises(UnknownNameError, match="there is no source `rif`"):
        archive.save_page(page(source_id="rif"), visit(source_id="rif"), run_id)
    with pytest.raises(UnknownNameError, match="there is no source `rif`"):
        archive.save_visit(visit(source_id="rif"), run_id)
    assert visits(engine) == []


def test_a_visit_that_cannot_be_written_takes_its_page_with_it(archive: Archive, run_id: int):
    with pytest.raises(UnknownNameError):
        archive.save_page(page(), visit(source_id="rif"), run_id)
    assert archive.seen([page().canonical_url]) == frozenset()


def test_sources_are_added_changed_and_left_alone(archive: Archive):
    rif = source(id="rif", name="Rif")
    assert archive.load_sources([source(), rif]) == Loaded(added=2)
    assert archive.load_sources([source(), source(id="rif", name="Le Rif")]) == Loaded(changed=1, unchanged=1)
    assert archive.load_sources([source()]) == Loaded(unchanged=1)


def test_a_source_that_left_the_whole_list_is_retired_until_it_comes_back(archive: Archive, engine: Engine):
    rif = source(id="rif")
    archive.load_sources([source(), rif])
    assert archive.load_sources([source()], whole=True) == Loaded(unchanged=1, retired=1)
    assert archive.load_sources([source()], whole=True) == Loaded(unchanged=1)
    with engine.connect() as connection:
        retired = connection.scalars(select(SourceRow.id).where(SourceRow.retired_at.is_not(None)))
        assert retired.all() == ["rif"]
    assert archive.load_sources([source(), rif], whole=True) == Loaded(changed=1, unchanged=1)


def test_a_closed_source_is_retired_like_any_other(archive: Archive):
    archive.load_sources([source(), source(id="walled", closed=closure(), discovery=())])
    assert archive.load_sources([source()], whole=True) == Loaded(unchanged=1, retired=1)


def test_the_source_of_imported_pages_is_in_no_list_and_is_not_retired(archive: Archive):
    archive.load_sources([source(id="imported", discovery=())])
    assert archive.load_sources([source()], whole=True) == Loaded(added=1)


def test_seed_documents_are_added_changed_and_left_alone(archive: Archive):
    document = seed_document()
    assert archive.load_seed_documents([document], {}) == Loaded(added=1)
    assert archive.load_seed_documents([document], {}) == Loaded(unchanged=1)
    assert archive.load_seed_documents([seed_document(title=None)], {}) == Loaded(changed=1)


def test_the_text_of_a_seed_document_stays_when_it_is_not_given_again(archive: Archive, engine: Engine):
    archive.load_seed_documents([seed_document()], {"portrait": "نص"})
    assert archive.load_seed_documents([seed_document()], {}) == Loaded(unchanged=1)
    with engine.connect() as connection:
        assert connection.scalar(select(SeedDocumentRow.text)) == "نص"


def test_a_text_of_no_seed_document_is_refused(archive: Archive):
    with pytest.raises(UnknownNameError, match="there is a text `stray`, but no such seed document"):
        archive.load_seed_documents([seed_document()], {"stray": "نص"})


def test_a_seed_document_is_known_by_its_last_fingerprint_only(archive: Archive, run_id: int):
    archive.load_seed_documents([seed_document(fingerprint=fingerprint())], {})
    archive.load_seed_documents([seed_document()], {})
    archive.save_page(page(), visit(), run_id)
    known = KnownText.seed("portrait")
    with archive.claim(run_id) as claim:
        assert claim.lookalikes(fingerprint()) == ()
        assert claim.lookalikes(seed_document().fingerprint) == (
            Lookalike(text=known, original=known, fingerprint=seed_document().fingerprint),
        )


def test_a_run_says_what_it_did(archive: Archive, engine: Engine):
    run_id = archive.start_run("crawl", {"source": "atlas"})
    archive.end_run(run_id, RunState.FAILED, {"pages": 3}, "the press\x00 is silent")
    [run] = Queries(engine).runs()
    assert (run.command, run.arguments, run.state, run.counts) == ("crawl", {"source": "atlas"}, "failed", {"pages": 3})
    assert run.error == "the press\ufffd is silent"
    assert run.started_at <= run.ended_at


KILLED_RUN = """
import sys, time
from models.archive import Archive
from models.database import make_engine
archive = Archive(make_engine(sys.argv[1]))
print(archive.start_run("process", {}), flush=True)
time.sleep(60)
"""


def test_a_run_whose_process_was_killed_is_marked_broken_by_the_next(
    archive: Archive, database_url: str, engine: Engine
):
    alive = archive.start_run("process", {})
    with subprocess.Popen([sys.executable, "-c", KILLED_RUN, database_url], stdout=subprocess.PIPE) as process:
        killed = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
    archive.end_run(archive.start_run("crawl", {}), RunState.DONE, {})
    assert _states(engine)[killed] == RunState.RUNNING
    last = archive.start_run("process", {})
    states = _states(engine)
    assert (states[alive], states[killed], states[last]) == (RunState.RUNNING, RunState.BROKEN, RunState.RUNNING)


def _states(engine: Engine) -> dict[int, str]:
    with engine.connect() as connection:
        return dict(connection.execute(select(RunRow.id, RunRow.state)).all())


def test_a_source_is_reserved_for_one_run_until_that_ends(archive: Archive):
    rif, souss = source(id="rif", hosts=("rif.example",)), source(id="souss", hosts=("souss.example",), discovery=())
    first, other = archive.start_run("crawl", {}), archive.start_run("crawl", {})
    assert archive.reserve_sources(first, [source(), rif]) == {"atlas", "rif"}
    assert archive.reserve_sources(other, [source(), souss]) == {"souss"}
    archive.end_run(first, RunState.DONE, {})
    assert archive.reserve_sources(other, [source()]) == {"atlas"}
    assert archive.reserve_sources(other, []) == frozenset()


def test_a_source_is_left_to_the_run_that_has_one_of_its_hosts(archive: Archive):
    blogs = [source(id=name, hosts=(f"{name}.example", "www.blogs.example"), discovery=()) for name in ("one", "two")]
    first, other = archive.start_run("crawl", {}), archive.start_run("crawl", {})
    mobile = source(id="mobile", hosts=("m.blogs.example",), discovery=())
    free = source(id="free", hosts=("two.example",), discovery=())
    assert archive.reserve_sources(first, blogs[:1]) == {"one"}
    assert archive.reserve_sources(other, [blogs[1], mobile]) == frozenset()
    assert archive.reserve_sources(other, [free]) == {"free"}
    assert archive.reserve_sources(first, blogs) == {"one"}


def test_a_database_that_is_gone_is_told_in_one_sentence():
    away = Archive(make_engine("postgresql://marsad:secret@127.0.0.1:1/marsad"))
    with pytest.raises(DatabaseUnavailableError, match="went away") as caught:
        away.seen(["https://atlas.example/1"])
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_outcomes_of_pages_are_null_until_they_are_settled(archive: Archive, engine: Engine, run_id: int):
    archive.save_page(page(), visit(), run_id)
    with engine.connect() as connection:
        assert connection.execute(select(PageRow.outcome, PageRow.reason, PageRow.rules)).one() == (None, "", None)
