"""`marsad digest`: make the daily and weekly digests that are due; `marsad deliver` sends them."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.context import clock, counted, database, say, say_json
from models.archive import Archive
from models.digests import DigestBook
from pipeline.runs import run


def digest(as_json: Annotated[bool, typer.Option("--json", help="Print facts as JSON.")] = False) -> None:
    """Make the digests whose time has come: at seven in the morning by the clock of each recipient, weekly on Mondays.

    Each is made once, of what waited for it since the last one, however often this runs or is killed.
    """
    now = clock()()
    with database() as opened:
        book, made = DigestBook(opened.engine), list[dict[str, object]]()
        with run(Archive(opened.engine), "digest", {}) as current:
            for due in book.due(now):
                alerts = book.make(due, now)
                if alerts is not None:
                    current.counts.update(digests=1, alerts=alerts)
                    made.append({"recipient": due.recipient.id, "digest": due.period.thread, "alerts": alerts})
    if as_json:
        say_json(made)
    else:
        alerts = current.counts["alerts"]
        say(f"{counted(len(made), 'digest')} of {counted(alerts, 'alert')} made" if made else "no digest is due")
