"""Files that other programs take, such as Parquet with typed columns; none is there before it is complete."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from analysis.cells import json_of

if TYPE_CHECKING:
    import pyarrow as pa

Parts = Iterable[Sequence[Sequence[Any]]]


@contextmanager
def complete(path: Path) -> Iterator[Path]:
    """Give a name to write to, which becomes the file once all is written."""
    unfinished = path.with_name(f".{path.name}.part")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def write_parquet(path: Path, schema: pa.Schema, parts: Parts) -> None:
    """Write rows, some at a time; what is a record of its own in a cell is written as JSON."""
    import pyarrow as pa  # noqa: PLC0415 a large library that only this needs
    from pyarrow.parquet import ParquetWriter  # noqa: PLC0415 as above

    with ParquetWriter(path, schema, compression="zstd") as writer:
        for part in parts:
            arrays = [
                pa.array([_storable(value, field.type) for value in values], type=field.type)
                for values, field in zip(zip(*part, strict=True), schema, strict=True)
            ]
            writer.write_batch(pa.record_batch(arrays, schema=schema))


def schema_of_record(record: type[Any]) -> pa.Schema:
    """Return the columns that records of a type fill."""
    import pyarrow as pa  # noqa: PLC0415 as above

    hints = get_type_hints(record)
    return pa.schema([pa.field(each.name, _type_of_hint(hints[each.name])) for each in fields(record)])


def type_of_postgres(named: str) -> pa.DataType:
    """Return the Arrow type of a type of Postgres; one that has none is written as text."""
    import pyarrow as pa  # noqa: PLC0415 as above

    if named.endswith("[]"):
        return pa.list_(type_of_postgres(named.removesuffix("[]")))
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


def _type_of_hint(hint: Any) -> pa.DataType:  # noqa: ANN401 of any field
    """Return the Arrow type of a type of Python, which may be None; one that has none is text."""
    import pyarrow as pa  # noqa: PLC0415 as above

    if get_origin(hint) is tuple:
        return pa.list_(_type_of_hint(get_args(hint)[0]))
    types = {
        int: pa.int64(),
        bool: pa.bool_(),
        float: pa.float64(),
        date: pa.date32(),
        datetime: pa.timestamp("us", tz="UTC"),
    }
    meant = next((each for each in get_args(hint) if each is not type(None)), hint)
    return types.get(meant, pa.string()) if meant is hint else _type_of_hint(meant)


def _storable(value: Any, stored: pa.DataType) -> Any:  # noqa: ANN401 of any column
    is_record = isinstance(value, Mapping) or (isinstance(value, list) and not hasattr(stored, "value_type"))
    if isinstance(value, list | tuple) and not is_record:
        return [json_of(each) if isinstance(each, Mapping) else each for each in value]
    return json_of(value) if is_record else value
