"""One execution of one command as a row that says what it did, also when it did not end well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from analysis.records import RunState


class RunArchive(Protocol):
    """Where runs are kept."""

    def start_run(self, command: str, arguments: Mapping[str, str]) -> int:
        """Open a run and return its number."""

    def end_run(self, run_id: int, state: RunState, counts: Mapping[str, int], error: str = "") -> None:
        """Close a run with what it counted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """A run under way: its number, and what it has counted so far."""

    id: int
    counts: Counter[str] = field(default_factory=Counter)


@contextmanager
def run(archive: RunArchive, command: str, arguments: Mapping[str, str]) -> Iterator[Run]:
    """Open a run for the body and close it as done, or as failed with the error that ended it, which goes on up."""
    current = Run(id=archive.start_run(command, arguments))
    try:
        yield current
    except BaseException as error:
        archive.end_run(current.id, RunState.FAILED, current.counts, f"{type(error).__name__}: {error}")
        raise
    archive.end_run(current.id, RunState.DONE, current.counts)
