"""Records as CSV for a spreadsheet: a cell is never a formula, the parts of a list are parted by blanks."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any, TextIO

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula (CWE-1236)."""


def say_csv(record: type[Any], rows: Iterable[Any]) -> None:
    """Print records on standard output, the names of their fields first."""
    names = [each.name for each in fields(record)]
    write_csv(sys.stdout, names, ([getattr(row, name) for name in names] for row in rows))


def write_csv(out: TextIO, names: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    """Write rows below the names of their columns."""
    writer = csv.writer(out)
    writer.writerow(names)
    writer.writerows([cell(value) for value in row] for row in rows)


def cell(value: Any) -> object:  # noqa: ANN401 of any column
    """Return what a cell shows of a value."""
    if isinstance(value, list | tuple):
        value = " ".join(str(each) for each in value)
    if isinstance(value, date):
        return value.isoformat()
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
