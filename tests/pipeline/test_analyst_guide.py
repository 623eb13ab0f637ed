"""The analyst's guide says what the sample press answers, question by question."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from guide import GUIDE, QUESTION, ask
from pyarrow import parquet
from read_press import fill_with_press

from cli.sample_press import serve
from command import run_marsad
from models.analyst import SLICED_BY
from models.database import make_engine
from models.server import Server
from postgres import create_database, drop_database

QUESTIONS = list(QUESTION.finditer(GUIDE.read_text("utf-8")))


@pytest.fixture(scope="module")
def read_press(server: Server, template: str) -> Iterator[str]:
    """Read the whole sample press into a database, and return its address."""
    url = create_database(server, "guide", template)
    engine = make_engine(url)
    with serve(port=0) as press:
        fill_with_press(engine, press)
    engine.dispose()
    yield url
    drop_database(server, "guide")


def test_there_are_thirty_questions():
    assert len(QUESTIONS) == 30


@pytest.mark.parametrize("question", QUESTIONS, ids=range(1, len(QUESTIONS) + 1))
def test_a_question_is_answered_as_the_guide_says(read_press: str, question):
    assert ask(read_press, question["sql"]) == question["answer"]


# ---------------------------------------------------------------- the same from the command line


def test_a_search_shows_where_it_is_answered(read_press: str):
    told = run_marsad(read_press, "search", "Hammouchi Doha", "--language", "fr").stdout
    assert "sample-semaphore" in told
    assert "⟦Hammouchi⟧" in told


def test_a_search_is_told_as_json_and_csv(read_press: str):
    found = json.loads(run_marsad(read_press, "search", "حموشي", "--newest", "--limit", 3, "--json").stdout)
    rows = list(
        csv.DictReader(run_marsad(read_press, "search", "حموشي", "--newest", "--limit", 3, "--csv").stdout.splitlines())
    )
    assert [str(each["article"]) for each in found] == [row["article"] for row in rows]
    assert [each["told_on"] for each in found] == sorted((each["told_on"] for each in found), reverse=True)
    assert len(found) == 3


def test_a_theme_that_is_none_is_told(read_press: str):
    said = run_marsad(read_press, "search", "a", "--theme", "migratoin", code=1).stderr
    assert "near it: `migration`" in said


@pytest.fixture(scope="module")
def exported(read_press: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folders = {form: tmp_path_factory.mktemp(form) for form in ("parquet", "csv", "jsonl")}
    for form, folder in folders.items():
        run_marsad(read_press, "export", folder, "--format", form)
    return folders


@pytest.mark.parametrize("view", SLICED_BY)
def test_each_format_holds_every_row_of_a_view(read_press: str, exported: dict[str, Path], view: str):
    count = int(ask(read_press, f"SELECT count(*) FROM analyst.{view};").split("\n")[2])  # noqa: S608 a name of the list
    table = parquet.read_table(exported["parquet"] / f"{view}.parquet").to_pylist()
    with (exported["csv"] / f"{view}.csv").open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    lines = [json.loads(line) for line in (exported["jsonl"] / f"{view}.jsonl").read_text("utf-8").splitlines()]
    assert (len(table), len(rows), len(lines)) == (count, count, count)
    for one, other in zip(table, lines, strict=True):
        assert {name: value for name, value in one.items() if isinstance(value, str | int | list)} == {
            name: other[name] for name, value in one.items() if isinstance(value, str | int | list)
        }


def test_the_dictionary_says_what_every_column_means(exported: dict[str, Path]):
    with (exported["csv"] / "dictionary.csv").open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert {row["view"] for row in rows} == {*SLICED_BY}
    assert [row for row in rows if not row["meaning"] or not row["a row is"]] == []
    schema = parquet.read_schema(exported["parquet"] / "events.parquet")
    meant = {row["column"]: row["meaning"] for row in rows if row["view"] == "events"}
    assert {field.name: field.metadata[b"meaning"].decode() for field in schema} == meant


def test_a_slice_has_the_rows_of_its_days(read_press: str, tmp_path: Path):
    run_marsad(read_press, "export", tmp_path, "--view", "articles", "--since", "2026-02-10", "--until", "2026-02-11")
    days = parquet.read_table(tmp_path / "articles.parquet", columns=["told_on"]).column(0).to_pylist()
    assert {*days} == {date(2026, 2, 10), date(2026, 2, 11)}
    assert sorted(each.name for each in tmp_path.iterdir()) == ["articles.parquet", "dictionary.csv"]


def test_a_view_that_is_none_is_told(read_press: str, tmp_path: Path):
    assert (
        "there is no view `pages` to export"
        in run_marsad(read_press, "export", tmp_path, "--view", "pages", code=1).stderr
    )
