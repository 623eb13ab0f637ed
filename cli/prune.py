"""`marsad prune`: give up the bodies of pages that became no article, once they are old."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from cli.context import Progress, counted, database, say, say_json
from models.archive import Archive
from models.database import Database
from models.retention import Pruned
from pipeline.retention import AT_ONCE
from pipeline.retention import prune as give_up
from pipeline.runs import run

MEBIBYTE = 1024 * 1024


def prune(
    days: Annotated[int, typer.Option(min=1, max=36_500, help="Keep what was fetched in so many days.")] = 30,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be given up, and keep it.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print facts as JSON.")] = False,
) -> None:
    """Give up the bodies of rejected pages that were fetched more than 30 days ago; row, hash and outcome stay.

    Pages of articles and copies are kept for good, and so are pages that wait or that broke the reading.
    """
    before = datetime.now(UTC) - timedelta(days=days)
    with database() as opened:
        pruned = Archive(opened.engine).count_prunable(before) if dry_run else _prune(opened, before, days)
    if as_json:
        say_json({"dry_run": dry_run, "before": before, "pages": pruned.pages, "bytes": pruned.size_bytes})
        return
    bodies = f"the bodies of {counted(pruned.pages, 'page')} fetched before {before:%Y-%m-%d}"
    verb = "would be given up" if dry_run else "given up"
    say(f"{verb}: {bodies}, {pruned.size_bytes / MEBIBYTE:.1f} MiB" if pruned.pages else "no body is due")


def _prune(opened: Database, before: datetime, days: int) -> Pruned:
    archive = Archive(opened.engine)
    portions = math.ceil(archive.count_prunable(before).pages / AT_ONCE)
    with run(archive, "prune", {"days": str(days)}) as current, Progress("prune", portions) as shown:
        for _ in give_up(archive, before, current):
            shown.step({"pages": current.counts["pages"]})
    return Pruned(pages=current.counts["pages"], size_bytes=current.counts["bytes"])
