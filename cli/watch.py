"""`marsad watch`: is anything lost, stuck or broken?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from analysis.errors import MarsadError
from cli.context import database, say, say_json
from models.archive import Archive
from models.queries import Queries
from pipeline.runs import run
from pipeline.watch import find_trouble


class TroubleError(MarsadError):
    """Something an operator must look at; a sentence each."""


def watch(as_json: Annotated[bool, typer.Option("--json", help="Print facts as JSON.")] = False) -> None:
    """Add up every run: fetched = filed + copies + rejected + failed + waiting. The exit code is 1 if it does not."""
    with database() as opened, run(Archive(opened.engine), "watch", {}) as current:
        kept = Queries(opened.engine).conservation()
        trouble = tuple(find_trouble(kept, datetime.now(UTC)))
        current.counts.update(runs=len(kept), trouble=len(trouble))
    fetched = sum(one.fetched for one in kept)
    if as_json:
        say_json({"runs": len(kept), "pages": fetched, "trouble": trouble})
    elif not trouble:
        say(f"{fetched} pages of {len(kept)} runs: each became exactly one thing, none is lost")
    if trouble:
        raise TroubleError("\n".join(trouble))
