"""`marsad search`: articles that answer a question, with where they answer it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer

from cli.context import counted, desk
from cli.names import fill, find_country, find_tag, read_vocabulary
from cli.output import AsCsv, AsJson, AsParquet, Output
from cli.tables import say_table
from models.questions.articles import FoundArticle, search
from models.questions.filters import PressLanguage, SearchFilters

COLUMNS = ("article", "told on", "source", "headline")
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Told on this day or later.")]
LastDay = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Told on this day or earlier.")]


def search_articles(  # noqa: PLR0913 each is an option of the command line
    query: Annotated[str, typer.Argument(help='Names in any spelling, words; "a phrase", -without, one OR another.')],
    *,
    since: Day = None,
    until: LastDay = None,
    language: Annotated[PressLanguage | None, typer.Option(help="Written in this language.")] = None,
    source: Annotated[str | None, typer.Option(help="Of this source.")] = None,
    theme: Annotated[str | None, typer.Option(help="On this theme (an id of seeds/tags.yml).")] = None,
    country: Annotated[str | None, typer.Option(help="Naming this country (two letters).")] = None,
    newest: Annotated[bool, typer.Option("--newest", help="The newest first, not the best.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many at the most.")] = 20,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    parquet: AsParquet = None,
) -> None:
    """Search the articles: a name means who bears it, in any spelling and language; other words are stemmed."""
    output, seeds = Output(as_json, as_csv, parquet), read_vocabulary()
    wanted = fill(
        SearchFilters,
        q=query,
        since=since.date() if since else None,
        until=until.date() if until else None,
        language=language,
        source=source,
        theme=find_tag(theme, seeds) if theme else None,
        country=find_country(country, seeds) if country else None,
        most=limit,
        newest=newest,
    )
    with desk() as asked:
        found = search(asked, wanted)
    output.tell(FoundArticle, found, lambda: _tell(found))


def _tell(found: Sequence[FoundArticle]) -> None:
    rows = ((each.article, each.told_on, each.source, f"{each.title}\n{each.headline}") for each in found)
    say_table(counted(len(found), "article"), COLUMNS, rows, sentence_last=True)
