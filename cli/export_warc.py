"""`marsad export-warc`: kept pages as a WARC file, which other tools of web archiving read."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from analysis.errors import MarsadError
from cli.context import Progress, counted, database, say, say_json
from models.exports import Chosen, ExportFilter, open_export
from models.sources import refuse_unknown_source
from pipeline.warc_exports import STANDARD_OUTPUT, whole_file, write_warc


class UnwritableFileError(MarsadError):
    """The file cannot be written there."""


Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Fetched on this day or later, in UTC.")]
LastDay = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Fetched on this day or earlier.")]


def export_warc(  # noqa: PLR0913 each is an option of the command line
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Such as pages.warc.gz; - is standard output.")],
    *,
    source: Annotated[str | None, typer.Option(help="Of this source.")] = None,
    since: Day = None,
    until: LastDay = None,
    relevant: Annotated[bool, typer.Option("--relevant", help="Only pages that became an article or a copy.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print facts as JSON.")] = False,
) -> None:
    """Write the pages that are kept to a WARC 1.1 file, each with the headers it was served with.

    The same pages make the same file, byte for byte. A page whose body retention gave up is left out, and counted.
    """
    wanted = ExportFilter(
        source=source, since=since.date() if since else None, until=until.date() if until else None, relevant=relevant
    )
    try:
        chosen = _export(file, wanted)
    except OSError as error:
        raise UnwritableFileError(f"{file} cannot be written: {error.strerror or error}") from error
    gone = f"; {counted(chosen.gone, 'page')} left out, for the body was given up" if chosen.gone else ""
    line = f"{counted(chosen.pages, 'page')} written to {file}{gone}"
    if file == STANDARD_OUTPUT:
        print(line, file=sys.stderr)  # noqa: T201 standard output is the file
    else:
        say_json({"file": str(file), "pages": chosen.pages, "gone": chosen.gone}) if as_json else say(line)


def _export(path: Path, wanted: ExportFilter) -> Chosen:
    with database() as opened:
        if wanted.source is not None:
            refuse_unknown_source(opened.engine, wanted.source)
        with open_export(opened.engine, wanted) as export, Progress("export", export.chosen.pages) as shown:
            with whole_file(path) as file:
                for _ in write_warc(file, wanted.said(), export.chosen.newest_at, export.pages()):
                    shown.step()
            return export.chosen
