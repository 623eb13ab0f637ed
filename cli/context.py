"""What every command shares: the settings of this process, the database, and how facts and progress are said."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from dotenv import dotenv_values

from analysis.settings import PREFIX, Settings, read_settings

if TYPE_CHECKING:
    from models.database import Database
    from models.desk import Desk

PLURALS = {"copy": "copies"}  # of the words for what a page became; the others are no nouns
NOTHING_NEW = 99  # Airflow shows a task that ends so as skipped, and wakes no DAG after it


def settings() -> Settings:
    """Read the settings: the environment first, then `.env` in the working directory."""
    written = {name: value or "" for name, value in dotenv_values(Path(".env")).items() if name.startswith(PREFIX)}
    return read_settings({**written, **os.environ})


def clock() -> Callable[[], datetime]:
    """Return what tells the moment, for whether news is fresh: noon of the day of the settings, else the clock."""
    today = settings().today
    return (lambda: datetime.now(UTC)) if today is None else lambda: datetime.combine(today, time(12), UTC)


@contextmanager
def database() -> Iterator[Database]:
    """Open the database of the settings for one command, and close it after."""
    from models.database import open_database  # noqa: PLC0415 commands that read files only need no SQL

    with open_database(settings()) as opened:
        yield opened


@contextmanager
def desk() -> Iterator[Desk]:
    """Open the desk of analysts for one command."""
    from models.desk import PATIENT, open_desk  # noqa: PLC0415 as above

    with database() as opened, open_desk(opened.engine, PATIENT) as asked:
        yield asked


def say_json(facts: object) -> None:
    """Print facts as JSON on standard output."""
    print(json_of(facts))  # noqa: T201 the output of the command


def json_of(facts: object) -> str:
    """Write facts as JSON: records as objects, times and dates in ISO 8601."""
    return json.dumps(facts, ensure_ascii=False, indent=2, default=_plain)


def _plain(fact: Any) -> object:  # noqa: ANN401 whatever json does not know
    if is_dataclass(fact) and not isinstance(fact, type):
        return asdict(fact)
    return fact.isoformat() if isinstance(fact, date) else str(fact)


def say(line: str) -> None:
    """Print one line for a person on standard output."""
    print(line, flush=True)  # noqa: T201 the output of the command


def counted(count: int, one: str, many: str | None = None) -> str:
    """Say a number with its noun: `1 page`, `2 pages`; `many` is the plural where it is not made with an s."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def spelled(counts: Mapping[str, int]) -> str:
    """Say what things became, each with its number: `39 filed, 4 copies`; those that none became are left out."""
    return ", ".join(counted(count, name, PLURALS.get(name, name)) for name, count in counts.items() if count)


def extent(shown: int, total: int, what: str) -> str:
    """Say how much of a list is shown: `43 articles`, or `the newest 6 of 43 articles`."""
    whole = counted(total, what)
    return whole if shown >= total else f"the newest {shown} of {whole}"


class Progress:
    """Progress of one command: a bar on a terminal, a plain line every so often elsewhere, on standard error."""

    def __init__(self, what: str, total: int | None) -> None:
        """Begin at zero; a total of None is not known yet."""
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import Progress as Bar  # noqa: PLC0415
        from rich.progress import TextColumn  # noqa: PLC0415

        self._what, self._total, self._done = what, total, 0
        columns = (*Bar.get_default_columns(), TextColumn("{task.completed}{task.fields[tail]}"))
        self._bar = Bar(*columns, console=Console(stderr=True), transient=True) if sys.stderr.isatty() else None
        self._task = self._bar.add_task(what, total=total, tail="") if self._bar else None

    def step(self, counts: Mapping[str, int] | None = None) -> None:
        """Count one more thing done, and say what became of the things so far."""
        self._done += 1
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, advance=1, tail=self._tail(counts))
        elif self._done % 25 == 0:
            print(f"{self._what}: {self._done}{self._tail(counts)}", file=sys.stderr, flush=True)  # noqa: T201

    def _tail(self, counts: Mapping[str, int] | None) -> str:
        of = f" of {self._total}" if self._total is not None else ""
        told = spelled(counts or {})
        return f"{of}: {told}" if told else of

    def __enter__(self) -> Self:
        """Show the bar."""
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
