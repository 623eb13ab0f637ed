"""What every command shares: the settings of this process, the database, and how facts and progress are shown."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

from dotenv import dotenv_values

from analysis.settings import PREFIX, Settings, read_settings
from models.database import Database, open_database

NOTHING_NEW = 99  # Airflow shows a task that ends so as skipped, and wakes no DAG after it


def settings() -> Settings:
    """Read the settings: the environment first, then `.env` in the working directory."""
    written = {name: value or "" for name, value in dotenv_values(Path(".env")).items() if name.startswith(PREFIX)}
    return read_settings({**written, **os.environ})


@contextmanager
def database() -> Iterator[Database]:
    """Open the database of the settings for one command, and close it after."""
    with open_database(settings()) as opened:
        yield opened


def say_json(facts: object) -> None:
    """Print facts as JSON on standard output: records as objects, times and dates in ISO 8601."""
    print(json.dumps(facts, ensure_ascii=False, indent=2, default=_plain))  # noqa: T201 the output of the command


def _plain(fact: Any) -> object:  # noqa: ANN401 whatever json does not know
    if is_dataclass(fact) and not isinstance(fact, type):
        return asdict(fact)
    return fact.isoformat() if isinstance(fact, date) else str(fact)


def say(line: str) -> None:
    """Print one line for a person on standard output."""
    print(line, flush=True)  # noqa: T201 the output of the command


def say_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print rows as a table; as wide as the terminal, or as wide as needed where there is none."""
    from rich.console import Console  # noqa: PLC0415 commands that print no table start faster
    from rich.table import Table  # noqa: PLC0415

    table = Table(title=title, title_justify="left", title_style="bold", header_style="dim", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    Console(width=None if sys.stdout.isatty() else 160).print(table)


class Progress:
    """Progress of one command: a bar on a terminal, a plain line every so often elsewhere, on standard error."""

    def __init__(self, what: str, total: int | None) -> None:
        """Begin at zero; a total of None is not known yet."""
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import Progress as Bar  # noqa: PLC0415

        self._what, self._total, self._done = what, total, 0
        self._bar = Bar(console=Console(stderr=True), transient=True) if sys.stderr.isatty() else None
        self._task = self._bar.add_task(what, total=total) if self._bar else None

    def step(self, counts: Mapping[str, int] | None = None) -> None:
        """Count one more thing done, and say what became of the things so far."""
        self._done += 1
        if self._bar is not None and self._task is not None:
            self._bar.advance(self._task)
        elif self._done % 25 == 0:
            self._line(counts)

    def _line(self, counts: Mapping[str, int] | None) -> None:
        of = f" of {self._total}" if self._total is not None else ""
        tail = ", ".join(f"{count} {name}" for name, count in (counts or {}).items())
        print(f"{self._what}: {self._done}{of}{': ' if tail else ''}{tail}", file=sys.stderr, flush=True)  # noqa: T201

    def __enter__(self) -> Self:
        """Show the bar."""
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
