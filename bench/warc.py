"""The import of a WARC file of 1 GB, and the export of what was kept: peak memory and records a second.

`python bench/warc.py [MEGABYTES]`. The file is made as Common Crawl's news are: a gzip member for each record, pages of
some 60 KB, one in twenty of a host we follow. `marsad import-warc` reads it in a process of its own on an embedded
Postgres (fsync on).
"""

from __future__ import annotations

import os
import random
import shutil
import string
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.records import Discovery, Language, Promise, Source, Way
from analysis.settings import Settings
from models.archive import Archive
from models.database import make_engine
from models.migrate import upgrade
from models.server import Server, data_folder

MEGABYTE = 1_000_000
POOL, PAGE_WORDS = 50, 8_000
OURS = 20  # one record in so many is of the host we follow
GOAL_MEGABYTES = 300
RESPONSE = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2026-02-10T12:00:00Z\r\nWARC-Target-URI: {url}\r\n"
    "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n"
    "Content-Type: application/http; msgtype=response\r\nContent-Length: {size}\r\n\r\n"
)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"


def pages() -> list[bytes]:
    """Make pages of random words, which pack about as well as real ones."""
    chance = random.Random(20260210)  # noqa: S311 words, not secrets
    words = ["".join(chance.choices(string.ascii_lowercase, k=chance.randint(2, 11))) for _ in range(20_000)]
    return [
        f"<html><title>{number}</title><p>{' '.join(chance.choices(words, k=PAGE_WORDS))}</p></html>".encode()
        for number in range(POOL)
    ]


def make_file(path: Path, size: int) -> int:
    """Write records until the file has so many bytes; return how many there are."""
    bodies, number = pages(), 0
    with path.open("wb") as file:
        while file.tell() < size:
            host = "atlas.example" if number % OURS == 0 else f"host-{number % 997}.example"
            block = HEAD + bodies[number % POOL].replace(b"</title>", b" %d</title>" % number)
            head = RESPONSE.format(url=f"https://{host}/{number}", number=number, size=len(block)).encode()
            file.write(zlib.compress(head + block + b"\r\n\r\n", 1, 31))
            number += 1
    return number


@contextmanager
def database(folder: Path) -> Iterator[str]:
    """Run an embedded Postgres that knows one source."""
    with Server(folder).open() as server:
        server.ensure_database("bench")
        engine = make_engine(server.url("bench"))
        upgrade(engine)
        Archive(engine).load_sources([_atlas()])
        engine.dispose()
        yield server.url("bench")


def _atlas() -> Source:
    return Source(
        id="atlas",
        name="Atlas",
        country="MA",
        home="https://atlas.example/",
        hosts=("atlas.example",),
        languages=(Language.FRENCH,),
        kind="news site",
        tier=1,
        discovery=(Discovery(way=Way.FEED, url="https://atlas.example/feed"),),
        promise=Promise(articles_a_day=(1, 20)),
    )


def measure(url: str, command: str, file: Path) -> tuple[float, float]:
    """Run a command on a file in a process of its own; return the seconds it took, and its peak memory in megabytes."""
    began = time.monotonic()
    variables = {**os.environ, "MARSAD_DATABASE_URL": url}
    words = [sys.executable, "-m", "cli.main", command, str(file)]
    quiet = [(os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)]
    process = os.posix_spawn(sys.executable, words, variables, file_actions=quiet)
    _, status, used = os.wait4(process, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"{command} failed")
    return time.monotonic() - began, used.ru_maxrss * 1024 / MEGABYTE


def main() -> None:
    """Make the file, bring it in twice, write what was kept over it; print the figures."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    folder = data_folder(Settings()) / "bench-warc"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "news.warc.gz"
    try:
        records = make_file(file, size * MEGABYTE)
        print(f"{size} MB, {records:,} records, one in {OURS} of a host we follow")
        with database(folder / "postgres") as url:
            for what in ("import-warc", "import-warc", "export-warc"):
                seconds, peak = measure(url, what, file)
                held = records // OURS if what == "export-warc" else records
                speed = f"{held:,} records, {held / seconds:,.0f} a second"
                print(f"{what}: {speed}, peak memory {peak:,.0f} MB")
        print(f"goal: under {GOAL_MEGABYTES} MB")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
