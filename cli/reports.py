"""`marsad reports`: what articles say happened, each with the sentence that says so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

import typer

from analysis.records import Direction, EventKind, Happening, Precision, Report, Told
from cli.context import database, extent, say_json
from cli.names import country_names, find_country, read_vocabulary
from cli.tables import say_table
from models.answers import ReportFilter, ReportSummary
from models.event_queries import EventSummary
from models.queries import Queries
from models.sources import refuse_unknown_source

WAYS = {Direction.OUTBOUND: "to", Direction.INBOUND: "from", None: "with"}
COLUMNS = ("when", "what", "who", "source", "article", "sentence")


def reports(  # noqa: PLR0913 each is an option of the command line
    *,
    kind: Annotated[EventKind | None, typer.Option(help="Of this kind.")] = None,
    told: Annotated[Told | None, typer.Option(help="Told as news, recalled, announced or denied.")] = None,
    country: Annotated[str | None, typer.Option(help="With this country (two letters).")] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Published on this day or later.")
    ] = None,
    source: Annotated[str | None, typer.Option(help="Of this source.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many at the most.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print facts as JSON.")] = False,
) -> None:
    """List what articles say happened, visits, agreements and all other kinds, the newest articles first.

    One line is what one article says: the same visit stands here as often as articles tell of it, copies too.
    """
    seeds = read_vocabulary()
    wanted = ReportFilter(
        kind=kind,
        told=told,
        country=find_country(country, seeds) if country else None,
        since=since.date() if since else None,
        source=source,
    )
    with database() as opened:
        if source is not None:
            refuse_unknown_source(opened.engine, source)
        queries = Queries(opened.engine)
        found, total = queries.reports(wanted, limit=limit), queries.count_reports(wanted)
    if as_json:
        say_json(found)
        return
    names = country_names(seeds)
    rows = (_row(each, names) for each in found)
    say_table(extent(len(found), total, "report"), COLUMNS, rows, sentence_last=True)


def _row(report: ReportSummary, names: Mapping[str, str]) -> tuple[object, ...]:
    what, who = what_and_how(report, names), ", ".join(report.people)
    return when_of(report), what, who, report.source_id, report.article_id, report.evidence


def what_and_how(report: ReportSummary | EventSummary | Report, names: Mapping[str, str]) -> str:
    """Say what happened, and how it is told if not as news: `visit to Spain, madrid (recalled)`."""
    what = what_of(report, names)
    return what if report.told == Told.NEWS else f"{what} ({report.told})"


def what_of(report: ReportSummary | EventSummary | Report | Happening, names: Mapping[str, str]) -> str:
    """Say what happened: `visit to Spain, madrid`; names are those of countries, by their codes."""
    where = " and ".join(names.get(code, code) for code in report.countries) or report.city or ""
    city = f", {report.city}" if report.city and report.countries else ""
    way = WAYS[Direction(report.direction) if report.direction else None]
    return f"{report.kind} {way} {where}{city}" if where else f"{report.direction or ''} {report.kind}".strip()


def when_of(report: ReportSummary | EventSummary) -> str:
    """Say the days a report gives, as exact as they were printed."""
    first, last = report.first_on, report.last_on
    if first is None or last is None:
        return "not said"
    if report.precision == Precision.YEAR:
        return f"{first:%Y}"
    if report.precision == Precision.MONTH:
        return f"{first:%Y-%m}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first}" if first == last else f"{first} to {last:%d}"
    return f"{first} to {last}"
