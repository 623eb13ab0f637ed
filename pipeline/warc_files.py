"""WARC files read record by record, whatever is broken in them: what is damaged is told, and the rest is read.

Reading is `fastwarc`'s. It stops at the first damage; here the next place is looked for where a record begins.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Generic, TypeVar

from fastwarc.warc import ArchiveIterator, WarcRecord

CHUNK = 64 * 1024
WINDOW = 1024 * 1024  # of what was read last; the reader is some chunks ahead of the record it stumbles over
PROBE = 512  # compressed bytes that are enough to see how a record begins
_GZIP = 31  # `wbits` of zlib.decompressobj
_GZIP_MAGIC, _BEGINNING = b"\x1f\x8b\x08", b"WARC/1."
_MAY_BEGIN = re.compile(re.escape(_GZIP_MAGIC) + b"|" + re.escape(_BEGINNING))

_Taken = TypeVar("_Taken")


class TruncatedRecordError(OSError):
    """A file ends before a record does."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Located(Generic[_Taken]):
    """What was taken of one record, and the byte of the file where the record begins."""

    position: int
    taken: _Taken


@dataclass(frozen=True, kw_only=True, slots=True)
class Damage:
    """A part of a file that cannot be read, near a byte of it, and why."""

    position: int
    reason: str


class Tape:
    """A stream read forward only, such as a pipe, that remembers the last of what was read."""

    def __init__(self, stream: BinaryIO, position: int = 0) -> None:
        """Begin where the stream stands, which is that byte of its file."""
        self._stream, self._kept = stream, bytearray()
        self._kept_from = self._position = position

    def read(self, size: int = -1) -> bytes:
        """Return some of the next bytes, at most `size`; none at the end."""
        if self._position == self._kept_to:
            self._pull()
        begin = self._position - self._kept_from
        piece = bytes(self._kept[begin : begin + size if size >= 0 else None])
        self._position += len(piece)
        return piece

    def tell(self) -> int:
        """Return the byte of the file that is read next."""
        return self._position

    def find_record(self, after: int) -> bool:
        """Go to the next place where a record begins, from `after` on if that is still remembered; False at the end."""
        while True:
            is_more = self._pull()
            after = max(after, self._kept_from)
            upto = max(after, self._kept_to - PROBE) if is_more else self._kept_to
            for found in _MAY_BEGIN.finditer(self._kept, after - self._kept_from):
                place = self._kept_from + found.start()
                if place < upto and begins_record(bytes(self._kept[found.start() : found.start() + PROBE])):
                    self._position = place
                    return True
            if not is_more:
                return False
            after = upto

    @property
    def _kept_to(self) -> int:
        return self._kept_from + len(self._kept)

    def _pull(self) -> bool:
        piece = self._stream.read(CHUNK)
        self._kept += piece
        surplus = max(0, len(self._kept) - WINDOW)
        del self._kept[:surplus]
        self._kept_from += surplus
        return bool(piece)


def begins_record(head: bytes) -> bool:
    """Tell whether bytes are the beginning of a WARC record, plain or in a gzip member of its own."""
    if not head.startswith(_GZIP_MAGIC):
        return head.startswith(_BEGINNING)
    try:
        return zlib.decompressobj(_GZIP).decompress(head, len(_BEGINNING)) == _BEGINNING
    except zlib.error:
        return False


def read_records(tape: Tape, take: Callable[[WarcRecord], _Taken]) -> Iterator[Located[_Taken] | Damage]:
    """Yield what `take` makes of each record, and each damage once; `take` reads of a record what it wants.

    `take` may raise OSError for a record that is damaged in itself.
    """
    told, is_more = -1, True
    while is_more:
        last = tape.tell()
        try:
            for record in ArchiveIterator(tape, parse_http=False):  # type: ignore[arg-type] # it is only read
                last = record.stream_pos
                yield Located(position=last, taken=_take_whole(record, take))
                told = -1
        except OSError as error:
            if told < 0:  # one damage can be stumbled over again at the places where it might have ended
                yield Damage(position=last, reason=str(error))
            told = last
            is_more = tape.find_record(last + 1)
        else:
            is_more = False


def _take_whole(record: WarcRecord, take: Callable[[WarcRecord], _Taken]) -> _Taken:
    taken = take(record)
    before = record.reader.tell()
    if before + record.reader.consume() < record.content_length:
        raise TruncatedRecordError("the file ends in the middle of a record")
    return taken
