"""`marsad import-warc`: WARC files, such as Common Crawl's news, go through the same pipeline as what we fetch."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated
from urllib.parse import unquote, urlsplit

import typer
from sqlalchemy import Engine

from analysis.errors import MarsadError
from analysis.hosts import home_hosts
from cli.context import Progress, counted, database, say, say_json
from models.archive import Archive
from models.sources import listed_sources
from pipeline.imports import IMPORTED
from pipeline.runs import run
from pipeline.warc_imports import COUNTED, DAMAGED, WarcImport

STANDARD_INPUT = "-"
MANY = 100


class UnreadableWarcError(MarsadError):
    """A file is not there or not a file of ours, or parts of it are damaged; all else was imported."""


def import_warc(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="WARC files, gzip or plain, or file: URLs; - is a pipe.")
    ],
    every_host: Annotated[
        bool, typer.Option("--all", help="Keep pages of hosts we do not know too, as source `imported`.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print facts as JSON.")] = False,
) -> None:
    """Keep the HTML pages of WARC files, for `marsad process` to read; one that is kept already is left as it is.

    A page belongs to the source of its host; what is left out is counted by its reason. An import that was killed goes
    on near where it was, if it is run again on the same file.
    """
    paths = [_path(name) for name in files]
    with database() as opened:
        whole = _import(opened.engine, paths, every_host=every_host)
    counts = {name: whole.run.counts[name] for name in COUNTED}
    say_json(counts) if as_json else say(
        ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "nothing"
    )
    if whole.damages:
        more = counts[DAMAGED] - len(whole.damages)
        places = [*whole.damages, *([f"and {counted(more, 'other place')}"] if more else [])]
        raise UnreadableWarcError("\n".join(["parts are damaged, all else is kept:", *places]))


def _path(name: str) -> Path | None:
    """Return the path of a file that is there, None for standard input."""
    if name == STANDARD_INPUT:
        return None
    address = urlsplit(name)
    if address.scheme in {"http", "https", "s3", "ftp"}:
        raise UnreadableWarcError(f"{name} is not on this machine: fetch it first, such as with wget --continue")
    path = Path(unquote(address.path)) if address.scheme == "file" else Path(name)
    if not path.is_file():
        raise UnreadableWarcError(f"there is no file {path}")
    return path


def _import(engine: Engine, paths: Sequence[Path | None], *, every_host: bool) -> WarcImport:
    archive = Archive(engine)
    hosts = {host: source.id for source in listed_sources(engine) for host in home_hosts(source)}
    unknown = IMPORTED.id if every_host else None
    names = {"files": " ".join(path.name if path else STANDARD_INPUT for path in paths), "all": str(every_host)}
    with run(archive, "import-warc", names) as current, Progress("import, in hundreds of records", None) as shown:
        whole = WarcImport(archive=archive, source_of=lambda host: hosts.get(host, unknown), run=current)
        for number, _ in enumerate(_read(whole, paths, "all" if every_host else "hosts we know")):
            if number % MANY == 0:
                shown.step(current.counts)
    return whole


def _read(whole: WarcImport, paths: Sequence[Path | None], scope: str) -> Iterator[int]:
    for path in paths:
        yield from (
            whole.read_stream(sys.stdin.buffer, "standard input") if path is None else whole.read_file(path, scope)
        )
