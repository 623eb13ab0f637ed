"""`marsad articles`: what was filed, the newest first; or what was not, and why."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from analysis.records import Language, OutcomeKind
from cli.context import database, extent
from cli.names import find_tag, read_vocabulary
from cli.output import AsCsv, AsJson, AsParquet, Output
from cli.tables import say_table
from models.answers import ArticleFilter, ArticleSummary, SettledPage
from models.queries import Queries
from models.sources import refuse_unknown_source

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Published on this day or later.")]


def articles(  # noqa: PLR0913 each is an option of the command line
    *,
    source: Annotated[str | None, typer.Option(help="Of this source.")] = None,
    language: Annotated[Language | None, typer.Option(help="In this language.")] = None,
    since: Day = None,
    tag: Annotated[str | None, typer.Option(help="With this tag: a theme, person, body, place or country.")] = None,
    copies: Annotated[bool | None, typer.Option("--copies/--originals", help="Only copies, or only originals.")] = None,
    rejected: Annotated[bool, typer.Option("--rejected", help="Pages that are no article of ours, and why.")] = False,
    failed: Annotated[bool, typer.Option("--failed", help="Pages that broke the reading, and the error.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many at the most.")] = 50,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    parquet: AsParquet = None,
) -> None:
    """List articles, the newest first; or, with --rejected or --failed, the pages that became none.

    Those pages can be chosen by --source only: they were not read as far as language, date, tags and copies.
    """
    output = Output(as_json, as_csv, parquet)
    wanted = ArticleFilter(
        source=source,
        language=language,
        since=since.date() if since else None,
        tag=find_tag(tag, read_vocabulary()) if tag else None,
        copies=copies,
        limit=limit,
    )
    unread = [kind for kind, is_wanted in ((OutcomeKind.REJECTED, rejected), (OutcomeKind.FAILED, failed)) if is_wanted]
    if unread:
        _refuse_idle_filters(wanted, unread)
    with database() as opened:
        if source is not None:
            refuse_unknown_source(opened.engine, source)
        queries = Queries(opened.engine)
        if unread:
            _tell_settled(queries, unread[0], wanted, output)
        else:
            _tell_articles(queries, wanted, output)


def _refuse_idle_filters(wanted: ArticleFilter, unread: list[OutcomeKind]) -> None:
    """Stop a call that asks of pages what is known of articles only."""
    if len(unread) > 1:
        raise typer.BadParameter("--rejected and --failed are two lists: ask for one of them")
    given = {
        "--language": wanted.language,
        "--since": wanted.since,
        "--tag": wanted.tag,
        "--copies and --originals": wanted.copies,
    }
    for name in (name for name, fact in given.items() if fact is not None):
        raise typer.BadParameter(f"--{unread[0]} lists pages that became no article: {name} cannot choose among them")


def _tell_articles(queries: Queries, wanted: ArticleFilter, output: Output) -> None:
    found = queries.articles(wanted)

    def as_table() -> None:
        rows = ((a.id, a.published_on or "no date", a.source_id, _title(a), " ".join(a.tags)) for a in found)
        title = extent(len(found), queries.count_articles(wanted), "article")
        say_table(title, ("id", "published", "source", "title", "tags"), rows)

    output.tell(ArticleSummary, found, as_table)


def _title(article: ArticleSummary) -> str:
    if article.copy_kind is None:
        return article.title
    original = article.copy_of_seed_id or f"article {article.copy_of_article_id}"
    return f"{article.title} ({article.copy_kind} of {original})"


def _tell_settled(queries: Queries, kind: OutcomeKind, wanted: ArticleFilter, output: Output) -> None:
    found = queries.settled(kind, source=wanted.source, limit=wanted.limit)

    def as_table() -> None:
        outcomes = queries.outcomes()
        total = sum(each.pages for each in outcomes if each.outcome == kind and wanted.source in {None, each.source_id})
        rows = ((page.source_id, page.reason, page.detail, page.url) for page in found)
        say_table(extent(len(found), total, "page"), ("source", "reason", "detail", "address"), rows)

    output.tell(SettledPage, found, as_table)
