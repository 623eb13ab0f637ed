"""Each command changes the tables that docs/architecture.md says it writes, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from warc_writing import Answer, by_fastwarc

from cli.sample_press import FOLDER, SamplePress, serve
from command import Command

ARCHITECTURE = Path(__file__).parents[2] / "docs" / "architecture.md"
TABLES = text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'")

# as other rules could have read it
READ_OTHERWISE = """
    UPDATE articles SET title = 'Un titre';
    UPDATE stories SET started_on = '2020-01-01';
    UPDATE gists SET terms = '{other}';
    UPDATE fingerprints SET words = words + 1 WHERE article_id IS NOT NULL;
    DELETE FROM tags;
    DELETE FROM searches;
    UPDATE reports SET countries = '{JP}';
    UPDATE events SET countries = '{JP}';
"""


@pytest.fixture(scope="module")
def press() -> Iterator[SamplePress]:
    with serve(port=0) as opened:
        yield opened


def written_by() -> dict[str, set[str]]:
    """Read the table of the document: a command, and the tables it writes."""
    rows = re.findall(r"^\| `marsad ([^`]+)` \| [^|]* \| ([^|]*) \|$", ARCHITECTURE.read_text("utf-8"), re.MULTILINE)
    return {command: set(re.findall(r"[a-z_]{4,}", re.sub(r"\([^)]*\)", "", tables))) for command, tables in rows}


def contents(engine: Engine) -> dict[str, str]:
    with engine.connect() as connection:
        names = list(connection.scalars(TABLES))
        digest = "SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {} t"
        return {name: connection.scalar(text(digest.format(name))) for name in names}


@contextmanager
def changes(engine: Engine, tables: set[str]) -> Iterator[None]:
    before = contents(engine)
    yield
    assert {name for name, digest in contents(engine).items() if digest != before[name]} == tables


@pytest.mark.timeout(180)
def test_each_command_writes_its_own_tables_only(
    engine: Engine, press: SamplePress, tmp_path: Path, marsad: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARSAD_TODAY", "2026-02-22")  # when what the press tells is news
    monkeypatch.setenv("MARSAD_CHANNEL_DESK", f"file:{tmp_path / 'letters'}")
    sources = tmp_path / "sources.yml"
    sources.write_text(press.sources().replace("delay_seconds: 0.2", "delay_seconds: 0.02"), "utf-8")
    saved = tmp_path / "saved"
    saved.mkdir()
    (saved / "one.html").write_text("<html><title>Un titre</title><p>Un paragraphe.</p></html>", "utf-8")
    (saved / "index.tsv").write_text(
        "file\turl\tfetched_at\none.html\thttps://elsewhere.example/1\t2020-01-01\n", "utf-8"
    )
    said = written_by()

    with changes(engine, said["seeds load"]):
        marsad("seeds", "load", "--sources", sources, "--corpus", FOLDER / "corpus.jsonl")
    with changes(engine, said["backfill"]):
        marsad("backfill", "sample-mawjaz", "--from", "2020-01-01", "--to", "2027-12-31")
    with changes(engine, said["crawl"]):
        marsad("crawl")
    with changes(engine, said["import-pages"]):
        marsad("import-pages", saved)
    (tmp_path / "one.warc").write_bytes(by_fastwarc([Answer(url="https://elsewhere.example/2")], packed=False))
    with changes(engine, said["import-warc"]):
        marsad("import-warc", "--all", tmp_path / "one.warc")
    with changes(engine, set()):
        marsad("export-warc", tmp_path / "all.warc.gz")
    with changes(engine, said["process"]):
        marsad("process")
    with changes(engine, said["digest"]):
        marsad("digest")
    with changes(engine, said["deliver"]):
        marsad("deliver")
    with engine.begin() as connection:
        connection.execute(text(READ_OTHERWISE))
    with changes(engine, said["replay"]):
        marsad("replay", "--force")
    with changes(engine, set()):
        marsad("replay", "--force", "--dry-run")
    with changes(engine, said["watch"]):
        marsad("watch")
    with changes(engine, said["prune"]):
        marsad("prune")
    for command in ("sources", "articles", "overview", "alerts"):
        with changes(engine, set()):
            marsad(command)
