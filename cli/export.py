"""`marsad export`: everything analysts can read, or the days of a slice, as files that other programs take."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analysis.errors import UnknownNameError
from cli.context import counted, database, say
from cli.rows import write_csv
from models.analyst import SLICED_BY, Column, read_dictionary, stream

if TYPE_CHECKING:
    import pyarrow as pa

Parts = Iterable[Sequence[Sequence[Any]]]
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
    with _complete(path) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as out:
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
    with _complete(path) as unfinished:
        writer(unfinished, columns, counted_parts())
    return count


@contextmanager
def _complete(path: Path) -> Iterator[Path]:
    """Give a name to write to, which becomes the file once all is written."""
    unfinished = path.with_name(f".{path.name}.part")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


# ---------------------------------------------------------------- the formats


def _write_csv(path: Path, columns: Sequence[Column], parts: Parts) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        write_csv(out, (each.name for each in columns), (row for part in parts for row in part))


def _write_jsonl(path: Path, columns: Sequence[Column], parts: Parts) -> None:
    names = [each.name for each in columns]
    with path.open("w", encoding="utf-8") as out:
        for part in parts:
            for row in part:
                line = dict(zip(names, row, strict=True))
                out.write(json.dumps(line, ensure_ascii=False, default=_plain) + "\n")


def _write_parquet(path: Path, columns: Sequence[Column], parts: Parts) -> None:
    import pyarrow as pa  # noqa: PLC0415 a large library that only this needs
    from pyarrow.parquet import ParquetWriter  # noqa: PLC0415 as above

    schema = pa.schema(
        [pa.field(each.name, _arrow_type(each.type), metadata={"meaning": each.meaning}) for each in columns]
    )
    with ParquetWriter(path, schema, compression="zstd") as writer:
        for part in parts:
            arrays = [
                pa.array([_storable(value) for value in values], type=field.type)
                for values, field in zip(zip(*part, strict=True), schema, strict=True)
            ]
            writer.write_batch(pa.record_batch(arrays, schema=schema))


def _arrow_type(named: str) -> pa.DataType:
    """Return the Arrow type of a type of Postgres; one that has none is written as text."""
    import pyarrow as pa  # noqa: PLC0415 as above

    if named.endswith("[]"):
        return pa.list_(_arrow_type(named.removesuffix("[]")))
    types = {
        "bigint": pa.int64(),
        "integer": pa.int32(),
        "smallint": pa.int16(),
        "boolean": pa.bool_(),
        "double precision": pa.float64(),
        "date": pa.date32(),
        "timestamp with time zone": pa.timestamp("us", tz="UTC"),
    }
    return types.get(named, pa.string())


def _storable(value: Any) -> Any:  # noqa: ANN401 of any column
    return json.dumps(value, ensure_ascii=False, default=_plain) if isinstance(value, dict) else value


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


WRITERS: dict[str, Callable[[Path, Sequence[Column], Parts], None]] = {
    "csv": _write_csv,
    "jsonl": _write_jsonl,
    "parquet": _write_parquet,
}
