"""`marsad export`: everything analysts can read, or the days of a slice, as files that other programs take."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any

import typer

from analysis.cells import json_of, write_csv
from analysis.errors import UnknownNameError
from cli.context import counted, database, say
from cli.files import Parts, complete, type_of_postgres, write_parquet
from models.analyst import SLICED_BY, Column, read_dictionary, stream

DICTIONARY = "dictionary.csv"


class Format(StrEnum):
    """How rows are written."""

    PARQUET = "parquet"
    CSV = "csv"
    JSONL = "jsonl"


def export(
    folder: Annotated[Path, typer.Argument(help="Where the files go; it is made where there is none.")],
    *,
    written_as: Annotated[Format, typer.Option("--format", help="How rows are written.")] = Format.PARQUET,
    view: Annotated[list[str] | None, typer.Option(help="Only this view of `analyst`; may be said again.")] = None,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Rows of this day or later.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Rows of this day or earlier.")] = None,
) -> None:
    """Write what analysts can read as a file for each view, with a dictionary of what each column means.

    A view without days, such as sources, comes whole. A file is there when it is complete, and not before.
    """
    wanted = _views(view)
    first, last = since and since.date(), until and until.date()
    folder.mkdir(parents=True, exist_ok=True)
    with database() as opened:
        columns = [each for each in read_dictionary(opened.engine) if each.view in wanted]
        _write_dictionary(folder / DICTIONARY, columns)
        for name, of_view in groupby(columns, lambda column: column.view):
            parts = stream(opened.engine, name, first, last)
            count = _write(folder / f"{name}.{written_as}", [*of_view], parts)
            say(f"{name}: {counted(count, 'row')}")


def _views(named: Sequence[str] | None) -> frozenset[str]:
    for name in named or ():
        if name not in SLICED_BY:
            raise UnknownNameError(f"there is no view `{name}` to export; there are {', '.join(SLICED_BY)}")
    return frozenset(named or SLICED_BY)


def _write_dictionary(path: Path, columns: Sequence[Column]) -> None:
    rows = ((each.view, each.name, each.type, each.meaning, each.view_meaning) for each in columns)
    with complete(path) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as out:
        write_csv(out, ("view", "column", "type", "meaning", "a row is"), rows)


def _write(path: Path, columns: Sequence[Column], parts: Parts) -> int:
    """Write the rows of a view, part by part, and count them."""
    count = 0

    def counted_parts() -> Iterator[Sequence[Sequence[Any]]]:
        nonlocal count
        for part in parts:
            count += len(part)
            yield part

    writer = WRITERS[path.suffix.removeprefix(".")]
    with complete(path) as unfinished:
        writer(unfinished, columns, counted_parts())
    return count


# ---------------------------------------------------------------- the formats


def _write_csv(path: Path, columns: Sequence[Column], parts: Parts) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        write_csv(out, (each.name for each in columns), (row for part in parts for row in part))


def _write_jsonl(path: Path, columns: Sequence[Column], parts: Parts) -> None:
    names = [each.name for each in columns]
    with path.open("w", encoding="utf-8") as out:
        for part in parts:
            for row in part:
                out.write(json_of(dict(zip(names, row, strict=True))) + "\n")


def _write_parquet(path: Path, columns: Sequence[Column], parts: Parts) -> None:
    import pyarrow as pa  # noqa: PLC0415 a large library that only this needs

    meant = [pa.field(each.name, type_of_postgres(each.type), metadata={"meaning": each.meaning}) for each in columns]
    write_parquet(path, pa.schema(meant), parts)


WRITERS: dict[str, Callable[[Path, Sequence[Column], Parts], None]] = {
    "csv": _write_csv,
    "jsonl": _write_jsonl,
    "parquet": _write_parquet,
}
