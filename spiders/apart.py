"""Reads a long list in a process of its own, so that one which takes too much time or memory is given up.

A list is what a stranger sends, and no parser of feeds or HTML promises an end: tags that are nested deeply enough, or
links in great number, keep ours busy for minutes, and with them the whole crawl.
"""

from __future__ import annotations

import asyncio
import pickle
import resource
import sys
from dataclasses import dataclass

from analysis.errors import UnreadableListError
from analysis.records import Discovery
from spiders.ways import Found, read_found

LONG_BYTES = 256 * 1024  # shorter lists are read where they come in: a process takes longer to start than they to read
MOST_SECONDS = 20  # of a processor; a sitemap of 50,000 pages takes three
MOST_MEMORY_BYTES = 1024 * 1024 * 1024  # a sitemap of 50 MiB, the most there may be, takes a fifth


@dataclass(frozen=True, kw_only=True, slots=True)
class List:
    """What a way of discovery answered, found at `url`; `pages` as `read_found` takes it."""

    discovery: Discovery
    body: bytes
    url: str
    pages: int | None = None


async def read_list(answered: List, seconds: int = MOST_SECONDS) -> Found:
    """Read a list; UnreadableListError where it is none, or takes more than `seconds` of a processor to read."""
    if len(answered.body) <= LONG_BYTES:
        return _read(answered)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "spiders.apart", str(seconds)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate(pickle.dumps(answered))
    if process.returncode:
        raise UnreadableListError(f"{answered.url} answers with a list that takes too much time or memory to read")
    found: Found | UnreadableListError = pickle.loads(said)  # noqa: S301 our own process wrote it
    if isinstance(found, UnreadableListError):
        raise found
    return found


def _read(answered: List) -> Found:
    return read_found(answered.discovery, answered.body, answered.url, answered.pages)


def _main(seconds: int) -> None:
    """Read one list from standard input within limits that the kernel holds, whatever becomes of the crawl."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    said: Found | UnreadableListError
    try:
        said = _read(pickle.load(sys.stdin.buffer))  # noqa: S301 our own process wrote it
    except UnreadableListError as error:
        said = error
    except Exception as error:  # noqa: BLE001 it is told there
        said = UnreadableListError(f"{type(error).__name__}: {error}")
    sys.stdout.buffer.write(pickle.dumps(said))


if __name__ == "__main__":
    _main(int(sys.argv[1]))
