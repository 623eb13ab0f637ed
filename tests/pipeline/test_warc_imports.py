"""Imports of WARC files on Postgres: nothing twice, nothing missed, whenever they are killed."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from warc_writing import Answer, by_fastwarc

from analysis.records import RunState
from builders import source
from models.archive import Archive
from models.queries import Queries
from pipeline import warc_imports
from pipeline.runs import Run
from pipeline.warc_imports import WarcImport

ALL = [f"https://atlas.example/{number}" for number in range(20)]
ANSWERS = [Answer(url=url, warc=(("WARC-Date", f"2026-02-10T12:00:{second:02}Z"),)) for second, url in enumerate(ALL)]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(warc_imports, "MARKED_EVERY", 4)
    monkeypatch.setattr(warc_imports, "MOST_AT_ONCE", 3)
    path = tmp_path / "news.warc.gz"
    path.write_bytes(by_fastwarc(ANSWERS))
    return path


def begin(archive: Archive, hosts: dict[str, str] | None = None) -> WarcImport:
    archive.load_sources([source()])
    known = {"atlas.example": "atlas"} if hosts is None else hosts
    return WarcImport(archive=archive, source_of=known.get, run=Run(id=archive.start_run("import-warc", {})))


def kept(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(text("SELECT url FROM pages ORDER BY fetched_at")))


def test_an_import_that_was_killed_goes_on_near_where_it_was(archive: Archive, engine: Engine, file: Path):
    killed = begin(archive)
    list(islice(killed.read_file(file, "hosts"), 10))  # the eighth is marked, and two after it are not saved yet
    assert kept(engine) == ALL[:8]
    again = begin(archive)
    assert len(list(again.read_file(file, "hosts"))) == 13
    assert kept(engine) == ALL
    assert again.run.counts == {"kept": 12, "known": 1}


def test_an_import_that_came_to_its_end_reads_all_of_a_file_again(archive: Archive, engine: Engine, file: Path):
    list(begin(archive).read_file(file, "hosts"))
    again = begin(archive)
    assert len(list(again.read_file(file, "hosts"))) == 20
    assert again.run.counts == {"kept": 0, "known": 20}
    assert kept(engine) == ALL


def test_another_scope_or_another_file_begins_at_the_beginning(archive: Archive, file: Path, tmp_path: Path):
    list(islice(begin(archive, {}).read_file(file, "hosts"), 10))
    assert len(list(begin(archive).read_file(file, "all"))) == 20
    other = tmp_path / "other.warc.gz"
    other.write_bytes(by_fastwarc([*ANSWERS, Answer()]))
    assert len(list(begin(archive).read_file(other, "hosts"))) == 21


def test_pages_of_an_import_add_up(archive: Archive, engine: Engine, file: Path):
    whole = begin(archive)
    list(whole.read_file(file, "hosts"))
    archive.end_run(whole.run.id, RunState.DONE, whole.run.counts)
    [sums] = Queries(engine).conservation()
    assert (sums.holds, sums.fetched, sums.waiting) == (True, 20, 20)
