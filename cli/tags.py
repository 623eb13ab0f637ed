"""`marsad tags`: themes, people, bodies, countries and places, and in how many articles each stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer

from analysis.records import TagKind
from cli.context import counted, desk
from cli.names import fill
from cli.output import AsCsv, AsJson, AsParquet, Output
from cli.tables import say_table
from models.questions.filters import PressLanguage, TagFilters
from models.questions.tags import TagCount, list_tags


def tags(  # noqa: PLR0913 each is an option of the command line
    *,
    kind: Annotated[TagKind | None, typer.Option(help="Of this kind.")] = None,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Told on this day or later.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Told on this day or earlier.")] = None,
    language: Annotated[PressLanguage | None, typer.Option(help="In articles of this language.")] = None,
    source: Annotated[str | None, typer.Option(help="In articles of this source.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many at the most.")] = 50,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    parquet: AsParquet = None,
) -> None:
    """List the tags, those of most articles first, with how many of these are copies."""
    output = Output(as_json, as_csv, parquet)
    days = {"since": since and since.date(), "until": until and until.date()}
    wanted = fill(TagFilters, kind=kind, language=language, source=source, most=limit, **days)
    with desk() as asked:
        found = list_tags(asked, wanted)
    output.tell(TagCount, found, lambda: _tell(found))


def _tell(found: Sequence[TagCount]) -> None:
    rows = ((each.kind, each.tag, each.name_en, each.name_ar, each.articles, each.copies) for each in found)
    say_table(counted(len(found), "tag"), ("kind", "tag", "name", "in Arabic", "articles", "copies"), rows)
