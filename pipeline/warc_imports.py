"""WARC files brought in: pages of the outlets we follow go through the pipeline as if they had been fetched.

A file is read forward once at flat memory. How far it came is marked, so that an import that was killed goes on there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

from analysis.records import Catch, Page, Source, Visit, VisitState
from pipeline.imports import IMPORTED
from pipeline.runs import Run
from pipeline.warc import Refusal, read_page
from pipeline.warc_files import PROBE, Damage, Located, Tape, begins_record, read_records

DAMAGED = "damaged"
COUNTED = ("kept", "known", *Refusal, DAMAGED)
MARKED_EVERY = 500  # records
MOST_AT_ONCE, MOST_UNSAVED = 50, 8 * 1024 * 1024  # pages and bytes in one transaction
MOST_TOLD = 5  # damages; the others are counted
_HEAD = 64 * 1024  # bytes that tell one file from another, with its size


class MarkedArchive(Protocol):
    """Where imported pages go, and how far the import of a file came."""

    def load_sources(self, sources: Sequence[Source]) -> object:
        """Keep sources."""

    def save(self, catches: Sequence[Catch], run_id: int) -> tuple[int | None, ...]:
        """Keep pages with their visits; return for each its number, None where it is kept already."""

    def read_mark(self, digest: bytes) -> int | None:
        """Return the byte where the import of a file goes on, None where none was begun."""

    def write_mark(self, digest: bytes, name: str, position: int) -> None:
        """Note the byte where the import of a file goes on."""

    def forget_mark(self, digest: bytes) -> None:
        """Note that the import of a file came to its end."""


@dataclass(kw_only=True, slots=True)
class WarcImport:
    """One import: where pages go, whose they are, and the run that counts what became of each record.

    `source_of` names the source of a host, None for one whose pages are left out. `damages` gathers the first that
    were damaged. Pages are saved some at a time.
    """

    archive: MarkedArchive
    source_of: Callable[[str], str | None]
    run: Run
    damages: list[str] = field(default_factory=list)
    _unsaved: list[Catch] = field(default_factory=list)
    _unsaved_bytes: int = 0

    def read_file(self, path: Path, scope: str) -> Iterator[int]:
        """Import a file, yielding where each record begins; it goes on where an import of this scope was killed."""
        with path.open("rb") as file:
            digest = _digest(file, scope)
            mark = _go_to(file, self.archive.read_mark(digest))
            for number, position in enumerate(self.read_stream(file, path.name, mark), start=1):
                if number % MARKED_EVERY == 0:
                    self._save()
                    self.archive.write_mark(digest, path.name, position)
                yield position
            self.archive.forget_mark(digest)

    def read_stream(self, stream: BinaryIO, name: str, position: int = 0) -> Iterator[int]:
        """Import what comes from a stream, which stands at that byte of its file, yielding where each record begins."""
        self.archive.load_sources((IMPORTED,))
        for found in read_records(Tape(stream, position), lambda record: read_page(record, self.source_of)):
            match found:
                case Damage(position=near, reason=reason):
                    self.run.counts[DAMAGED] += 1
                    if len(self.damages) < MOST_TOLD:
                        self.damages.append(f"{name}, near byte {near}: {reason}")
                case Located(taken=Page() as page):
                    self._keep(page, name)
                case Located(taken=Refusal() as refusal):
                    self.run.counts[refusal] += 1
            yield found.position
        self._save()

    def _keep(self, page: Page, name: str) -> None:
        self._unsaved.append(Catch(visit=_visit(page, name), page=page))
        self._unsaved_bytes += len(page.body)
        if self._unsaved_bytes > MOST_UNSAVED or len(self._unsaved) == MOST_AT_ONCE:
            self._save()

    def _save(self) -> None:
        numbers = self.archive.save(self._unsaved, self.run.id)
        new = sum(number is not None for number in numbers)
        self.run.counts.update(kept=new, known=len(numbers) - new)
        self._unsaved, self._unsaved_bytes = [], 0


def _go_to(file: BinaryIO, mark: int | None) -> int:
    """Go to the mark if a record begins there, else to the beginning; return where that is."""
    if mark:
        file.seek(mark)
        if begins_record(file.read(PROBE)):
            file.seek(mark)
            return mark
    file.seek(0)
    return 0


def _digest(file: BinaryIO, scope: str) -> bytes:
    """Name a file by its first bytes, its size, and what is taken of it: it may be called otherwise the next time."""
    head = file.read(_HEAD)
    size = file.seek(0, 2)
    return hashlib.blake2b(f"{scope} {size} ".encode() + head, digest_size=16).digest()


def _visit(page: Page, name: str) -> Visit:
    return Visit(
        source_id=page.source_id,
        url=page.url,
        way=None,
        state=VisitState.FETCHED,
        visited_at=page.fetched_at,
        status=200,
        size_bytes=len(page.body),
        detail=f"imported from {name}",
    )
