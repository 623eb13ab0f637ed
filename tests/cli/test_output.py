"""Every list in each form that can be asked for: the same rows, whatever the form."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import typer

from analysis.errors import MarsadError
from cli.output import Output


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A record with a field of each sort."""

    number: int
    name: str | None
    day: date | None
    at: datetime
    people: tuple[str, ...]
    share: float | None
    is_known: bool
    facts: dict[str, object]


NOON = datetime(2026, 2, 11, 12, tzinfo=UTC)
ROWS = (
    Row(
        number=1,
        name="=1+1",
        day=date(2026, 2, 11),
        at=NOON,
        people=("أمينة", "b"),
        share=0.5,
        is_known=True,
        facts={"day": date(2026, 1, 2)},
    ),
    Row(number=2, name=None, day=None, at=NOON, people=(), share=None, is_known=False, facts={}),
)


def test_json_has_the_facts_as_they_are(capsys: pytest.CaptureFixture[str]):
    Output(as_json=True, as_csv=False, parquet=None).tell(Row, ROWS, pytest.fail)
    [first, second] = json.loads(capsys.readouterr().out)
    assert (first["name"], first["day"], first["people"], second["name"]) == (
        "=1+1",
        "2026-02-11",
        ["أمينة", "b"],
        None,
    )


def test_csv_has_no_formula(capsys: pytest.CaptureFixture[str]):
    Output(as_json=False, as_csv=True, parquet=None).tell(Row, ROWS, pytest.fail)
    [first, second] = csv.DictReader(capsys.readouterr().out.splitlines())
    assert first == {
        "number": "1",
        "name": "'=1+1",
        "day": "2026-02-11",
        "at": "2026-02-11T12:00:00+00:00",
        "people": "أمينة b",
        "share": "0.5",
        "is_known": "True",
        "facts": '{"day": "2026-01-02"}',
    }
    assert (second["name"], second["people"]) == ("", "")


@pytest.mark.parametrize("rows", [ROWS, ()], ids=["rows", "none"])
def test_parquet_has_types(tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: tuple[Row, ...]):
    file = tmp_path / "rows.parquet"
    Output(as_json=False, as_csv=False, parquet=file).tell(Row, rows, pytest.fail)
    table = pq.read_table(file)
    assert [str(each) for each in table.schema.types] == [
        *("int64", "string", "date32[day]", "timestamp[us, tz=UTC]", "list<element: string>", "double", "bool"),
        "string",
    ]
    assert [row["people"] for row in table.to_pylist()] == [list(each.people) for each in rows]
    assert [path.name for path in tmp_path.iterdir()] == ["rows.parquet"]
    assert f"{len(rows)} row" in capsys.readouterr().out


def test_a_table_is_what_nobody_need_ask_for():
    told = []
    Output(as_json=False, as_csv=False, parquet=None).tell(Row, ROWS, lambda: told.append("a table"))
    assert told == ["a table"]


def test_two_forms_are_refused_before_anything_is_done(tmp_path: Path):
    with pytest.raises(typer.BadParameter, match="exclude each other"):
        Output(as_json=True, as_csv=False, parquet=tmp_path / "x")


def test_a_file_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path):
    with pytest.raises(MarsadError, match="cannot write"):
        Output(as_json=False, as_csv=False, parquet=tmp_path / "no" / "x").tell(Row, ROWS, pytest.fail)


@dataclass(frozen=True, kw_only=True, slots=True)
class Several:
    """A record that holds several others."""

    parts: tuple[Mapping[str, object], ...]


def test_records_in_a_list_are_json_in_a_cell(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    rows, file = (Several(parts=({"person": "أمينة", "sources": ["a"]},)), Several(parts=())), tmp_path / "x.parquet"
    Output(as_json=False, as_csv=True, parquet=None).tell(Several, rows, pytest.fail)
    assert list(csv.reader(capsys.readouterr().out.splitlines()))[1:] == [
        ['[{"person": "أمينة", "sources": ["a"]}]'],
        [""],
    ]
    Output(as_json=False, as_csv=False, parquet=file).tell(Several, rows, pytest.fail)
    assert pq.read_table(file).to_pylist() == [{"parts": ['{"person": "أمينة", "sources": ["a"]}']}, {"parts": []}]
