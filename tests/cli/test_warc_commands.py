"""`marsad export-warc` and `marsad import-warc` as a person runs them."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from warc_writing import Answer, by_fastwarc, by_warcio
from warcio.archiveiterator import ArchiveIterator

from analysis.records import Outcome, OutcomeKind, RejectionReason
from builders import NOON, filed, filing, page, source, visit
from command import MARSAD, Command, run_marsad
from models.archive import Archive
from models.database import make_engine
from postgres import create_database, drop_database

REJECTED = Outcome(kind=OutcomeKind.REJECTED, reason=RejectionReason.OFF_TOPIC, detail="score 0.1", rules="r1")
HEADERS = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Content-Length", "9"))


@pytest.fixture
def other_url(server, template):
    """Make a second database."""
    yield create_database(server, "other", template)
    drop_database(server, "other")


@pytest.fixture
def full(archive: Archive) -> Archive:
    """Keep an article, a page that was rejected, and one that waits, a day each."""
    archive.load_sources([source(), source(id="rif", hosts=("rif.example",), discovery=())])
    run_id = archive.start_run("crawl", {})
    for number, outcome in enumerate([filed(), REJECTED, None]):
        url, day = f"https://atlas.example/{number}", NOON + timedelta(days=number)
        kept = page(url=url, canonical_url=url, fetched_at=day, headers=HEADERS, content_type="text/html")
        archive.save_page(kept, visit(url=url), run_id)
        if outcome is not None:
            with archive.claim(run_id) as claim:
                claim.settle(outcome, filing() if outcome.kind == OutcomeKind.FILED else None)
    return archive


def records(file: Path) -> list[tuple[str, bytes]]:
    """Return all there is in a file, whatever the order."""
    with file.open("rb") as stream:
        return sorted((str(record.rec_headers), record.raw_stream.read()) for record in ArchiveIterator(stream))


def urls(file: Path) -> list[str]:
    with file.open("rb") as stream:
        records = [record.rec_headers["WARC-Target-URI"] for record in ArchiveIterator(stream, check_digests="raise")]
    return [url for url in records if url]


@pytest.mark.usefixtures("full")
def test_what_is_exported_and_imported_elsewhere_is_exported_the_same(
    marsad: Command, other_url: str, tmp_path: Path
) -> None:
    first, second, third = (tmp_path / f"{number}.warc.gz" for number in range(3))
    assert marsad("export-warc", first).stdout == f"3 pages written to {first}\n"
    marsad("export-warc", second)
    assert first.read_bytes() == second.read_bytes()
    assert sorted(tmp_path.iterdir()) == [first, second]
    other = make_engine(other_url)
    Archive(other).load_sources([source()])
    other.dispose()
    assert run_marsad(other_url, "import-warc", first).stdout == "3 kept\n"
    assert run_marsad(other_url, "import-warc", f"file://{first}").stdout == "3 known\n"
    run_marsad(other_url, "export-warc", third)
    assert records(first) == records(third)


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        (["--source", "atlas"], [0, 1, 2]),
        (["--source", "rif"], []),
        (["--since", "2026-02-11"], [1, 2]),
        (["--until", "2026-02-11"], [0, 1]),
        (["--since", "2026-02-11", "--until", "2026-02-11"], [1]),
        (["--relevant"], [0]),
    ],
)
@pytest.mark.usefixtures("full")
def test_pages_are_chosen(marsad: Command, tmp_path: Path, words: list[str], numbers: list[int]) -> None:
    marsad("export-warc", tmp_path / "some.warc.gz", *words)
    assert urls(tmp_path / "some.warc.gz") == [f"https://atlas.example/{number}" for number in numbers]


def test_a_body_that_was_given_up_is_left_out_and_counted(full: Archive, marsad: Command, tmp_path: Path) -> None:
    assert full.prune(NOON + timedelta(days=9), 10).pages == 1
    said = marsad("export-warc", tmp_path / "a.warc.gz").stdout
    assert said.endswith("a.warc.gz; 1 page left out, for the body was given up\n")
    assert urls(tmp_path / "a.warc.gz") == ["https://atlas.example/0", "https://atlas.example/2"]


@pytest.mark.usefixtures("full")
def test_standard_output_is_the_file_and_nothing_else(database_url: str, tmp_path: Path) -> None:
    variables = {**os.environ, "MARSAD_DATABASE_URL": database_url}
    done = subprocess.run([MARSAD, "export-warc", "-"], env=variables, capture_output=True, check=True)
    (tmp_path / "a.warc.gz").write_bytes(done.stdout)
    assert len(urls(tmp_path / "a.warc.gz")) == 3
    piped = subprocess.run(
        [MARSAD, "import-warc", "-"], env=variables, input=done.stdout, capture_output=True, check=True
    )
    assert piped.stdout == b"3 known\n"


@pytest.mark.usefixtures("full")
def test_a_file_that_cannot_be_written_is_told(marsad: Command, tmp_path: Path) -> None:
    told = marsad("export-warc", tmp_path / "no" / "such.warc.gz", code=1).stderr
    assert told.endswith("such.warc.gz cannot be written: No such file or directory\n")


MIXED = [
    Answer(url="https://www.atlas.example/1?utm_source=x"),
    Answer(url="https://elsewhere.example/1"),
    Answer(url="https://atlas.example/gone", status="404 Not Found"),
    Answer(url="https://atlas.example/moved", status="301 Moved"),
    Answer(url="https://atlas.example/file.pdf", headers=(("Content-Type", "application/pdf"),)),
]


def test_a_news_file_of_many_hosts_gives_the_pages_of_ours(
    archive: Archive, engine: Engine, marsad: Command, tmp_path: Path
) -> None:
    archive.load_sources([source()])
    file = tmp_path / "news.warc.gz"
    file.write_bytes(by_warcio(MIXED, "1.0"))
    said = json.loads(marsad("import-warc", "--json", file).stdout)
    assert {name: count for name, count in said.items() if count} == {
        "kept": 1,
        "other_host": 1,
        "redirect": 1,
        "http_error": 1,
        "other_type": 1,
    }
    assert marsad("import-warc", "--all", file).stdout.startswith("1 kept, 1 known, 1 redirect")
    with engine.connect() as connection:
        found = connection.execute(text("SELECT source_id, canonical_url, fetched_at FROM pages ORDER BY id")).all()
    assert [tuple(row) for row in found] == [
        ("atlas", "https://atlas.example/1", NOON),
        ("imported", "https://elsewhere.example/1", NOON),
    ]


def test_damage_is_told_and_the_rest_is_kept(archive: Archive, marsad: Command, tmp_path: Path) -> None:
    archive.load_sources([source()])
    file = tmp_path / "cut.warc.gz"
    file.write_bytes(by_warcio([Answer(), Answer(url="https://atlas.example/2")])[:-30])
    done = marsad("import-warc", file, code=1)
    assert done.stdout == "1 kept, 1 damaged\n"
    assert "all else is kept:\ncut.warc.gz, near byte " in done.stderr


def test_of_many_damages_the_first_are_told_and_the_others_counted(
    archive: Archive, marsad: Command, tmp_path: Path
) -> None:
    archive.load_sources([source()])
    whole = [by_fastwarc([Answer(url=f"https://atlas.example/{number}")]) for number in range(14)]
    (tmp_path / "a.warc.gz").write_bytes(b"".join(part[2 * (place % 2) :] for place, part in enumerate(whole)))
    done = marsad("import-warc", tmp_path / "a.warc.gz", code=1)
    assert done.stdout == "7 kept, 7 damaged\n"
    assert done.stderr.endswith("\nand 2 other places\n")


@pytest.mark.parametrize(
    ("name", "told"),
    [("none.warc.gz", "there is no file none.warc.gz"), ("https://x.example/a.warc.gz", "is not on this machine")],
)
def test_a_file_that_is_not_here_is_told(marsad: Command, name: str, told: str) -> None:
    assert told in marsad("import-warc", name, code=1).stderr
