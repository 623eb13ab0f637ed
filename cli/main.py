"""The `marsad` command: each subcommand is a module of this folder; errors a person can mend become one sentence."""

from __future__ import annotations

import sys
from io import TextIOWrapper

import typer

from analysis.errors import MarsadError
from cli import db, seeds
from cli.alerts import app as alerts
from cli.analyse import analyse
from cli.article import article
from cli.articles import articles
from cli.backfill import backfill
from cli.compare import compare_files
from cli.coverage import coverage
from cli.crawl import crawl
from cli.deliver import deliver
from cli.demo import demo
from cli.digest import digest
from cli.events import app as events
from cli.events import event
from cli.export import export
from cli.export_warc import export_warc
from cli.extract import extract
from cli.feeds import feeds
from cli.health import health
from cli.import_pages import import_pages
from cli.import_warc import import_warc
from cli.listening import add, mute, recipient, remove, test, unmute
from cli.overview import overview
from cli.process import process
from cli.prune import prune
from cli.replay import replay
from cli.reports import reports
from cli.sample_press import sample_press
from cli.search import search_articles
from cli.source import source
from cli.sources import sources
from cli.stories import copies, story
from cli.watch import watch
from cli.web import web

app = typer.Typer(
    name="marsad",
    help="Read the Moroccan press for security diplomacy: fetch, read, tell copies apart, tag, keep.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for command in (
    *(crawl, backfill, import_pages, import_warc, export_warc, process, replay),
    *(digest, deliver, watch, health, feeds, coverage, prune),
    *(source, sources, articles, article, reports, event, story, copies, overview),
    *(export, analyse, extract, demo, sample_press, web),
):
    app.command()(command)
for act in (add, recipient, remove, mute, unmute, test):
    alerts.command()(act)
app.command(name="compare")(compare_files)
app.command(name="search")(search_articles)
app.add_typer(events)
app.add_typer(alerts)
app.add_typer(seeds.app)
app.add_typer(db.app)


def main() -> None:
    """Run the command line: 0 is done, 1 is a MarsadError told in one sentence, 2 is a wrong call."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that cannot show Arabic is shown its numbers
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except MarsadError as error:
        print(f"marsad: {error}", file=sys.stderr)  # noqa: T201 the one sentence
        sys.exit(1)


if __name__ == "__main__":
    main()
