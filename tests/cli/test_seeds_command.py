"""`marsad seeds` from outside: lines on standard output, trouble on standard error, and the exit code between them."""

from __future__ import annotations

import json
from pathlib import Path

from alterations import made_up
from typer.testing import CliRunner

from analysis.errors import MarsadError
from analysis.seeds import fill_searches, read_corpus
from analysis.settings import Settings
from cli.main import app
from models.sources import listed_sources
from pipeline.seeds import read_source_files, read_topic, seeds_directory

RUNNER = CliRunner()
SOURCES = read_source_files(seeds_directory(Settings()) / "sources")


def folder_of(place: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (place / f"{name}.txt").write_text(text, encoding="utf-8")
    return place


def test_each_text_of_a_folder_becomes_a_line_that_can_be_read_back(tmp_path):
    told = RUNNER.invoke(app, ["seeds", "fingerprint", str(folder_of(tmp_path, one=made_up(150), two=made_up(90)))])
    assert told.exit_code == 0
    assert [each.id for each in read_corpus(told.stdout, file="-")] == ["one", "two"]


def test_a_file_that_is_no_text_is_named_and_the_others_are_still_written(tmp_path):
    out = tmp_path / "lines.jsonl"
    folder = folder_of(tmp_path, empty="", good=made_up(150))
    told = RUNNER.invoke(app, ["seeds", "fingerprint", str(folder), "--out", str(out)])
    assert (told.exit_code, told.stdout, told.stderr) == (1, "", "empty.txt: there is no text in it\n")
    assert [each.id for each in read_corpus(out.read_text(encoding="utf-8"), file=out.name)] == ["good"]


def test_lines_that_cannot_be_written_are_an_error_in_one_sentence(tmp_path):
    out = tmp_path / "gone" / "lines.jsonl"
    told = RUNNER.invoke(app, ["seeds", "fingerprint", str(folder_of(tmp_path, one=made_up(90))), "--out", str(out)])
    assert isinstance(told.exception, MarsadError)
    assert str(told.exception) == f"cannot write {out}: No such file or directory"


def test_the_seeds_are_checked_and_counted():
    told = RUNNER.invoke(app, ["seeds", "check", "--json"])
    assert told.exit_code == 0
    assert json.loads(told.stdout)["sources"] == len(SOURCES)


def test_the_seeds_are_loaded_once_and_a_second_time_changes_nothing(database_url, monkeypatch):
    monkeypatch.setenv("MARSAD_DATABASE_URL", database_url)
    first, second = (RUNNER.invoke(app, ["seeds", "load", "--json"]) for _ in range(2))
    counts = [{name: facts["added"] for name, facts in json.loads(told.stdout).items()} for told in (first, second)]
    assert counts[0].keys() == {"sources", "seed_documents", "names", "recipients_and_rules", "known_events"}
    assert (counts[0]["sources"], counts[0]["seed_documents"]) == (len(SOURCES), 5)
    assert counts[0]["known_events"] > 0
    assert set(counts[1].values()) == {0}


def test_loaded_sources_are_read_back_as_the_seeds_say_with_what_they_search_for(engine, database_url, monkeypatch):
    monkeypatch.setenv("MARSAD_DATABASE_URL", database_url)
    assert RUNNER.invoke(app, ["seeds", "load"]).exit_code == 0
    filled = fill_searches(SOURCES, read_topic(seeds_directory(Settings())))
    assert listed_sources(engine) == tuple(sorted(filled, key=lambda source: source.id))
    assert any(source.searches for source in filled)


def test_sources_of_ones_own_are_added_and_retire_none(database_url, monkeypatch):
    monkeypatch.setenv("MARSAD_DATABASE_URL", database_url)
    RUNNER.invoke(app, ["seeds", "load"])
    sample = Path(__file__).parents[2] / "seeds" / "sample" / "sources.yml"
    told = RUNNER.invoke(app, ["seeds", "load", "--sources", str(sample), "--json"])
    facts = json.loads(told.stdout)["sources"]
    assert (facts["added"] > 0, facts["retired"]) == (True, 0)


def test_a_mistake_in_a_seed_file_stops_the_check_with_its_line(tmp_path, monkeypatch):
    monkeypatch.setenv("MARSAD_SEEDS_DIR", str(tmp_path))
    (tmp_path / "topic.yml").write_text("threshold: much\n", encoding="utf-8")
    for name in ("people", "bodies", "places", "tags", "events"):
        (tmp_path / f"{name}.yml").write_text("[]\n", encoding="utf-8")
    told = RUNNER.invoke(app, ["seeds", "check"])
    assert told.exit_code == 1
    assert str(told.exception).startswith("topic.yml, line 1: expected")
