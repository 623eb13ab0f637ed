"""Channels for trying: standard output, and a file of one JSON object for each letter."""

from __future__ import annotations

import fcntl
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.records import Letter
from channels.channel import ChannelError


class StandardOutput:
    """Prints the plain text of each letter."""

    def send(self, letter: Letter) -> str:
        """Print it, with its subject as a heading."""
        sys.stdout.write(f"{letter.subject}\n\n{letter.text}\n\n")
        sys.stdout.flush()
        return "printed"

    def knows(self, letter: Letter) -> bool | None:  # noqa: ARG002 what was printed is not kept
        """Nobody knows what was read of it."""
        return None


@dataclass(frozen=True, slots=True)
class File:
    """Appends letters to a file, a line each, whole or not at all; a line that was torn off is no letter."""

    path: Path

    def send(self, letter: Letter) -> str:
        """Append it, and wait until it is on the disk."""
        try:
            with self.path.open("a+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                file.write(_torn(file.fileno()) + _line_of(letter))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise ChannelError(f"the file cannot be written: {error.strerror}") from error
        return "written"

    def knows(self, letter: Letter) -> bool:
        """Look the key up among the lines."""
        return letter.key in set(self._keys())

    def _keys(self) -> Iterator[str]:
        if not self.path.exists():
            return
        for line in self.path.read_bytes().splitlines():
            try:
                yield json.loads(line)["key"]
            except (ValueError, KeyError, TypeError):
                continue  # torn off, or not ours


def _torn(descriptor: int) -> bytes:
    """Return the line feed that ends a line somebody died over."""
    size = os.fstat(descriptor).st_size
    return b"\n" if size and os.pread(descriptor, 1, size - 1) != b"\n" else b""


def _line_of(letter: Letter) -> bytes:
    names = ("key", "thread", "occasion", "subject", "text", "short", "body")
    return json.dumps({name: getattr(letter, name) for name in names}, ensure_ascii=False).encode() + b"\n"
