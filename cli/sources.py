"""`marsad sources`: whom we follow, and what each brought."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from cli.context import counted, database, say, spelled
from cli.output import AsCsv, AsJson, AsParquet, Output
from cli.tables import say_table
from models.answers import SourceSummary
from models.queries import Queries
from models.sources import due_sources, followed_sources

COLUMNS = ("tier", "id", "name", "in", "pages", "of them", "last asked")


def sources(
    due: Annotated[bool, typer.Option(help="Only those whose time to be asked has come.")] = False,
    ids: Annotated[bool, typer.Option("--ids", help="Print ids only, one a line.")] = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    parquet: AsParquet = None,
) -> None:
    """List the sources in Postgres, by tier, with the pages, articles and copies each brought so far.

    For one that is closed or retired, and so not asked, that stands in place of the time it was last asked;
    `marsad crawl SOURCE` says more, and where its news can be had instead.
    """
    if due and ids and not (as_json or as_csv or parquet):
        _say_due_ids()
        return
    output = Output(as_json, as_csv, parquet)
    with database() as opened:
        wanted = due_sources(opened.engine, datetime.now(UTC)) if due else None
        found = [each for each in Queries(opened.engine).sources() if wanted is None or each.id in wanted]

    def as_table() -> None:
        if ids:
            for each in found:
                say(each.id)
        else:
            say_table(counted(len(found), "source"), COLUMNS, map(_row, found))

    output.tell(SourceSummary, found, as_table)


def _say_due_ids() -> None:
    """Say the ids of the sources that are due, tier by tier; asked every five minutes, it counts nothing else."""
    with database() as opened:
        due = due_sources(opened.engine, datetime.now(UTC))
        found = [each for each in followed_sources(opened.engine) if each.id in due]
    for each in sorted(found, key=lambda each: (each.tier, each.id)):
        say(each.id)


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
