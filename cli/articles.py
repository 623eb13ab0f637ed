"""`marsad articles`: what was filed, the newest first; or what was not, and why."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from analysis.records import Language, OutcomeKind
from cli.context import database, say_json, say_table
from models.answers import ArticleFilter, ArticleSummary, SettledPage
from models.queries import Queries

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
    as_json: Annotated[bool, typer.Option("--json", help="Print facts as JSON.")] = False,
) -> None:
    """List articles, the newest first; or, with --rejected or --failed, the pages that became none."""
    with database() as opened:
        queries = Queries(opened.engine)
        if rejected or failed:
            kind = OutcomeKind.REJECTED if rejected else OutcomeKind.FAILED
            _tell_settled(queries.settled(kind, limit=limit), as_json=as_json)
            return
        wanted = ArticleFilter(
            source=source,
            language=language,
            since=since.date() if since else None,
            tag=tag,
            copies=copies,
            limit=limit,
        )
        _tell_articles(queries.articles(wanted), as_json=as_json)


def _tell_articles(found: tuple[ArticleSummary, ...], *, as_json: bool) -> None:
    if as_json:
        say_json(found)
        return
    rows = ((a.id, a.published_on or "no date", a.source_id, a.title, _copy(a), " ".join(a.tags)) for a in found)
    say_table(f"{len(found)} articles", ("id", "published", "source", "title", "copy", "tags"), rows)


def _copy(article: ArticleSummary) -> str:
    if article.copy_kind is None:
        return ""
    original = article.copy_of_seed_id or f"article {article.copy_of_article_id}"
    return f"{article.copy_kind} of {original}"


def _tell_settled(found: tuple[SettledPage, ...], *, as_json: bool) -> None:
    if as_json:
        say_json(found)
        return
    rows = ((page.source_id, page.reason, page.detail, page.url) for page in found)
    say_table(f"{len(found)} pages", ("source", "reason", "detail", "address"), rows)
