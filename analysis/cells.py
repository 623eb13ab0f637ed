"""Rows as CSV for a spreadsheet: a cell is never a formula, the parts of a list are parted by blanks."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TextIO

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula (CWE-1236)."""


def write_csv(out: TextIO, names: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    """Write rows below the names of their columns."""
    writer = csv.writer(out)
    writer.writerow(names)
    writer.writerows([cell(value) for value in row] for row in rows)


def cell(value: Any) -> object:  # noqa: ANN401 of any column
    """Return what a cell shows of a value."""
    if isinstance(value, Mapping):
        return json_of(value)
    if isinstance(value, list | tuple):
        if any(isinstance(each, Mapping) for each in value):
            return json_of(value)
        value = " ".join(str(each) for each in value)
    if isinstance(value, date):
        return value.isoformat()
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def json_of(value: object) -> str:
    """Return a value in one line of JSON, days and moments in ISO 8601."""
    return json.dumps(value, ensure_ascii=False, default=plain)


def plain(value: object) -> str:
    """Say what JSON has no form for."""
    return value.isoformat() if isinstance(value, date) else str(value)
