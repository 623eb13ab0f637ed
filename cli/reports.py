"""`marsad reports`: what articles say happened, each with the sentence that says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated

import typer

from analysis.records import Direction, EventKind, Happening, Precision, Report, Told
from cli.context import database, extent
from cli.names import country_names, fill, find_country, read_vocabulary
from cli.output import AsCsv, AsJson, AsParquet, Output
from cli.tables import say_table
from models.desk import PATIENT, open_desk
from models.questions.events import EventFacts
from models.questions.filters import ReportFilters
from models.questions.reports import ReportFacts, count_reports, list_reports
from models.sources import refuse_unknown_source

WAYS = {Direction.OUTBOUND: "to", Direction.INBOUND: "from", None: "with"}
COLUMNS = ("when", "what", "who", "source", "article", "sentence")


def reports(  # noqa: PLR0913 each is an option of the command line
    *,
    kind: Annotated[EventKind | None, typer.Option(help="Of this kind.")] = None,
    told: Annotated[Told | None, typer.Option(help="Told as news, recalled, announced or denied.")] = None,
    country: Annotated[str | None, typer.Option(help="With this country (two letters).")] = None,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Told on this day or later.")] = None,
    source: Annotated[str | None, typer.Option(help="Of this source.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many at the most.")] = 50,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    parquet: AsParquet = None,
) -> None:
    """List what articles say happened, visits, agreements and all other kinds, the newest articles first.

    One line is what one article says: the same visit stands here as often as articles tell of it, copies too.
    """
    output, seeds = Output(as_json, as_csv, parquet), read_vocabulary()
    wanted = fill(
        ReportFilters,
        kind=kind,
        told=told,
        country=find_country(country, seeds) if country else None,
        since=since.date() if since else None,
        source=source,
        most=limit,
    )
    with database() as opened:
        if source is not None:
            refuse_unknown_source(opened.engine, source)
        with open_desk(opened.engine, PATIENT) as asked:
            found, total = list_reports(asked, wanted), count_reports(asked, wanted)
    output.tell(ReportFacts, found, lambda: _tell(found, total, country_names(seeds)))


def _tell(found: Sequence[ReportFacts], total: int, names: Mapping[str, str]) -> None:
    rows = (_row(each, names) for each in found)
    say_table(extent(len(found), total, "report"), COLUMNS, rows, sentence_last=True)


def _row(report: ReportFacts, names: Mapping[str, str]) -> tuple[object, ...]:
    what, who = what_and_how(report, names), ", ".join(report.people)
    return days_of(report), what, who, report.source, report.article, report.evidence


def what_and_how(report: ReportFacts | EventFacts | Report, names: Mapping[str, str]) -> str:
    """Say what happened, and how it is told if not as news: `visit to Spain, madrid (recalled)`."""
    what = what_of(report, names)
    return what if report.told == Told.NEWS else f"{what} ({report.told})"


def what_of(report: ReportFacts | EventFacts | Report | Happening, names: Mapping[str, str]) -> str:
    """Say what happened: `visit to Spain, madrid`; names are those of countries, by their codes."""
    where = " and ".join(names.get(code, code) for code in report.countries) or report.city or ""
    city = f", {report.city}" if report.city and report.countries else ""
    way = WAYS[Direction(report.direction) if report.direction else None]
    return f"{report.kind} {way} {where}{city}" if where else f"{report.direction or ''} {report.kind}".strip()


def days_of(report: ReportFacts | EventFacts) -> str:
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
