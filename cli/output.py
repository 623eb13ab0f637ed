"""The form a list is given in, decided here for all commands: a table for people, or JSON, CSV, a Parquet file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any

import typer

from analysis.cells import write_csv
from analysis.errors import MarsadError
from cli.context import counted, say, say_json

AsJson = Annotated[bool, typer.Option("--json", help="Print facts as JSON.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print facts as CSV.")]
AsParquet = Annotated[
    Path | None, typer.Option("--parquet", metavar="FILE", help="Write facts to this file as Parquet.")
]


@dataclass(frozen=True, slots=True)
class Output:
    """What was asked for; without any of the three it is a table."""

    as_json: bool
    as_csv: bool
    parquet: Path | None

    def __post_init__(self) -> None:
        """Refuse a call that asks for two forms, before anything is done."""
        if sum((self.as_json, self.as_csv, self.parquet is not None)) > 1:
            raise typer.BadParameter("--json, --csv and --parquet exclude each other")

    def tell(self, record: type[Any], found: Sequence[Any], as_table: Callable[[], None], facts: object = None) -> None:
        """Give records in the form that was asked for; `facts` are what JSON holds, where that is more than they."""
        if self.as_json:
            say_json(found if facts is None else facts)
        elif self.as_csv:
            _print(record, found)
        elif self.parquet is not None:
            _write(self.parquet, record, found)
        else:
            as_table()


def _print(record: type[Any], found: Sequence[Any]) -> None:
    names = [each.name for each in fields(record)]
    write_csv(sys.stdout, names, ([getattr(row, name) for name in names] for row in found))


def _write(path: Path, record: type[Any], found: Sequence[Any]) -> None:
    from cli.files import complete, schema_of_record, write_parquet  # noqa: PLC0415 the other forms need no Parquet

    names = [each.name for each in fields(record)]
    rows = [[getattr(each, name) for name in names] for each in found]
    try:
        with complete(path) as unfinished:
            write_parquet(unfinished, schema_of_record(record), [rows] if rows else [])
    except OSError as error:
        raise MarsadError(f"cannot write {path}: {error.strerror or error}") from error
    say(f"{path}: {counted(len(rows), 'row')}")
