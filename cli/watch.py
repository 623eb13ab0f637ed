"""`marsad watch`: is anything lost, stuck or broken?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from analysis.errors import MarsadError
from cli.context import counted, database, say, say_json
from models.archive import Archive
from models.queries import Queries
from pipeline.runs import run
from pipeline.watch import find_trouble


class TroubleError(MarsadError):
    """Something an operator must look at; a sentence each."""


def watch(
    days: Annotated[int, typer.Option(min=1, max=36_500, help="Add up the runs of so many days.")] = 7,
    as_json: Annotated[bool, typer.Option("--json", help="Print facts as JSON.")] = False,
) -> None:
    """Add up each run: pages fetched = filed + copies + rejected + failed + waiting; exit code 1 if it does not.

    Runs of the last days are looked at, and any older one some page of which still waits.
    """
    now = datetime.now(UTC)
    with database() as opened, run(Archive(opened.engine), "watch", {"days": str(days)}) as current:
        kept = Queries(opened.engine).conservation(now - timedelta(days=days))
        trouble = tuple(find_trouble(kept, now))
        current.counts.update(runs=len(kept), trouble=len(trouble))
    fetched = sum(one.fetched for one in kept)
    if as_json:
        say_json({"runs": len(kept), "pages": fetched, "trouble": trouble})
    elif not trouble:
        say(f"{counted(fetched, 'page')} of {counted(len(kept), 'run')}: each became exactly one thing, none is lost")
    if trouble:
        raise TroubleError("\n".join(trouble))
