"""`marsad sources`: whom we follow, and what each brought."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from cli.context import database, say, say_json, say_table
from models.queries import Queries
from models.sources import due_sources


def sources(
    due: Annotated[bool, typer.Option(help="Only those whose time to be asked has come.")] = False,
    ids: Annotated[bool, typer.Option("--ids", help="Print ids only, one a line.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print facts as JSON.")] = False,
) -> None:
    """List the sources in Postgres, by tier, with the pages, articles and copies each brought so far.

    For one that is closed, and so never asked, the reason stands in place of the time it was last asked;
    `marsad crawl SOURCE` says more, and where its news can be had instead.
    """
    with database() as opened:
        wanted = due_sources(opened.engine, datetime.now(UTC)) if due else None
        found = [each for each in Queries(opened.engine).sources() if wanted is None or each.id in wanted]
    if as_json:
        say_json(found)
    elif ids:
        for each in found:
            say(each.id)
    else:
        columns = ("tier", "id", "name", "in", "pages", "filed", "copies", "waiting", "last asked")
        say_table(
            f"{len(found)} sources",
            columns,
            (
                (
                    s.tier,
                    s.id,
                    s.name,
                    " ".join(s.languages),
                    s.pages,
                    s.articles,
                    s.copies,
                    s.waiting,
                    s.closed or _minute(s.last_visit_at),
                )
                for s in found
            ),
        )


def _minute(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else "never"
