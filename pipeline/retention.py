"""Gives up the bodies of pages that are no articles of ours, some at a time, so that it can be killed and run again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from models.retention import Pruned
from pipeline.runs import Run

AT_ONCE = 500


class PruningArchive(Protocol):
    """Where bodies are kept."""

    def prune(self, before: datetime, most: int) -> Pruned:
        """Give up the bodies of at most so many rejected pages that were fetched before a moment."""


def prune(archive: PruningArchive, before: datetime, run: Run) -> Iterator[Pruned]:
    """Give up every body that is due, counting `pages` and `bytes` in the run; yields what each transaction did."""
    while (pruned := archive.prune(before, AT_ONCE)).pages:
        run.counts.update(pages=pruned.pages, bytes=pruned.size_bytes)
        yield pruned
