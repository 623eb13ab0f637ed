"""`marsad sources`: whom we follow, and what each brought."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from cli.context import counted, database, say, say_json, spelled
from cli.tables import say_table
from models.answers import SourceSummary
from models.queries import Queries
from models.sources import due_sources

COLUMNS = ("tier", "id", "name", "in", "pages", "of them", "last asked")


def sources(
    due: Annotated[bool, typer.Option(help="Only those whose time to be asked has come.")] = False,
    ids: Annotated[bool, typer.Option("--ids", help="Print ids only, one a line.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print facts as JSON.")] = False,
) -> None:
    """List the sources in Postgres, by tier, with the pages, articles and copies each brought so far.

    For one that is closed or retired, and so not asked, that stands in place of the time it was last asked;
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
        say_table(counted(len(found), "source"), COLUMNS, map(_row, found))


def _row(source: SourceSummary) -> tuple[object, ...]:
    return (
        source.tier,
        source.id,
        source.name,
        " ".join(source.languages),
        source.pages or "",
        spelled({"filed": source.articles, "copy": source.copies, "waiting": source.waiting}),
        _asked(source),
    )


def _asked(source: SourceSummary) -> str:
    """Say when a source was last asked, or why it is not asked any more."""
    if source.retired_at is not None:
        return f"retired {source.retired_at:%Y-%m-%d}"
    return f"closed: {source.closed.replace('_', ' ')}" if source.closed else _minute(source.last_visit_at)


def _minute(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else "never"
