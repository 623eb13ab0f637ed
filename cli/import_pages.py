"""`marsad import-pages`: pages saved elsewhere go through the same pipeline as those we fetch."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.errors import MarsadError
from analysis.hosts import home_hosts
from cli.context import Progress, counted, database, say, say_json
from models.archive import Archive
from models.sources import listed_sources
from pipeline.imports import import_pages as keep_pages
from pipeline.imports import read_index
from pipeline.runs import run


class UnreadableFilesError(MarsadError):
    """Some files of the index are not there, or broken; all others were imported."""


def import_pages(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Saved HTML, and index.tsv: file, url, fetched_at.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print facts as JSON.")] = False,
) -> None:
    """Keep the saved pages of a folder, for `marsad process` to read; a page that is kept already is left as it is.

    The index is tab-separated with the header `file url`, and `fetched_at` (ISO 8601) where it is known. A page belongs
    to the source of its host, others to the source `imported`.
    """
    saved = read_index(folder)
    with database() as opened, Progress("import", len(saved)) as shown:
        archive = Archive(opened.engine)
        hosts = {host: source.id for source in listed_sources(opened.engine) for host in home_hosts(source)}
        with run(archive, "import-pages", {"folder": folder.name}) as current:
            for _ in keep_pages(saved, hosts, archive, current):
                shown.step(current.counts)
    counts = {name: current.counts[name] for name in ("kept", "known", "unreadable")}
    say_json(counts) if as_json else say(", ".join(f"{count} {name}" for name, count in counts.items()))
    if counts["unreadable"]:
        files = counted(counts["unreadable"], "file")
        raise UnreadableFilesError(f"{files} of the index could not be read; all others are kept")
