"""Kept pages written to a WARC file: one gzip member for each, at flat memory, to its name only when it is whole."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from analysis.records import Page
from pipeline.warc import response_record, warcinfo_record

STANDARD_OUTPUT = Path("-")


def write_warc(
    file: BinaryIO, filters: Iterable[str], made_at: datetime | None, pages: Iterable[tuple[Page, int]]
) -> Iterator[None]:
    """Write a warcinfo record and then each page, yielding after each; the same pages make the same bytes.

    `made_at` is what the file says of its age: the moment of its newest page, None where it has none.
    """
    file.write(warcinfo_record(filters, made_at or datetime.fromtimestamp(0, UTC)))
    for page, status in pages:
        file.write(response_record(page, status))
        yield


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file for writing that takes its name when the body is done; `-` is standard output.

    What a killed process leaves is beside it, with `.part` after its name.
    """
    if path == STANDARD_OUTPUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
