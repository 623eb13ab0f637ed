"""Every subcommand with its sentence, and where it is: its module is imported when it is asked for, and not before."""

# ruff: noqa: E501  # a line for each command

from __future__ import annotations

from importlib import import_module
from typing import Any

from typer import Typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command, get_group

COMMANDS = (
    ("crawl", "crawl:crawl", "Fetch the pages that are new at the sources we follow, politely, and keep each as it was served."),
    ("backfill", "backfill:backfill", "Walk back through the archive of a source for the pages of a period, and fetch them, some at a time."),
    ("import-pages", "import_pages:import_pages", "Keep the saved pages of a folder, for `marsad process` to read; a page that is kept already is left as it is."),
    ("import-warc", "import_warc:import_warc", "Keep the HTML pages of WARC files, for `marsad process` to read; one that is kept already is left as it is."),
    ("export-warc", "export_warc:export_warc", "Write the pages that are kept to a WARC 1.1 file, each with the headers it was served with."),
    ("process", "process:process", "Read every page that waits: each is filed, filed as a copy, rejected with a reason, or kept as failed."),
    ("replay", "replay:replay", "Read kept pages again with today's rules: outcome, article, tags, reports, copies and events; no alert is sent."),
    ("digest", "digest:digest", "Make the digests whose time has come: at seven in the morning by the clock of each recipient, weekly on Mondays."),
    ("deliver", "deliver:deliver", "Send every message that is due by the channel of its recipient, each recipient's in their order."),
    ("watch", "watch:watch", "Add up each run, then hold every source against its promise: what is new, what still stands, what is mended."),
    ("health", "health:health", "Say whether marsad itself is well: commands that run as they should, nothing that waits too long, room to grow."),
    ("feeds", "feeds:feeds", "Write a feed and a calendar of all events, and of each kind, country and rule."),
    ("coverage", "coverage:coverage", "Show by day and source what was asked, answered, new and an article, and which sources were silent since when."),
    ("prune", "prune:prune", "Give up the bodies of rejected pages that were fetched more than 30 days ago; row, hash and outcome stay."),
    ("source", "source:source", "Look at an outlet and propose its entry: which feeds, sitemaps and searches answer, what its pages become."),
    ("sources", "sources:sources", "List the sources in Postgres, by tier, with the pages, articles and copies each brought so far."),
    ("search", "search:search_articles", "Search the articles: a name means who bears it, in any spelling and language; other words are stemmed."),
    ("events", "corrections:app", "What happened, once each; and how to put it right."),
    ("event", "events:event", "Show one event: its facts, everything that was reported of it with the sentences, and what disagrees."),
    ("reports", "reports:reports", "List what articles say happened, visits, agreements and all other kinds, the newest articles first."),
    ("stories", "stories:stories", "List stories, the last told first, with who told each first and how many do."),
    ("story", "stories:story", "Show one story: the articles that tell it in the order of their days, how it grew, and its events."),
    ("articles", "articles:articles", "List articles, the newest first; or, with --rejected or --failed, the pages that became none."),
    ("article", "article:article", "Show one article: where it is from, why it was filed, what was found in it with the sentences, and its text."),
    ("copies", "stories:copies", "List all copies of an article, or of its original, with how each relates to it and the share they have."),
    ("tags", "tags:tags", "List the tags, those of most articles first, with how many of these are copies."),
    ("tag", "tag:tag", "Put the tags of an article right; what was put right stands whenever it is read again."),
    ("overview", "overview:overview", "Show what was fetched, filed and rejected and why, which copies were found, which tags, and what happened."),
    ("alerts", "listening:app", "Who hears about what, and what they were told."),
    ("export", "export:export", "Write what analysts can read as a file for each view, with a dictionary of what each column means."),
    ("analyse", "analyse:analyse", "Read texts as JSON lines, and write for each one line of JSON: what it says and whose copy it is."),
    ("extract", "extract:extract", "Read one page: title, date with its grounds, author, section, text and the rest, or why it is no article."),
    ("compare", "compare:compare_files", "Say whether the first text is a copy of the second, by which share, and show the passages they have in common."),
    ("web", "web:web", "Serve the page where analysts read what was found: events, stories, articles, sources and alerts."),
    ("seeds", "seeds:app", "The sources we follow, the words we look for, the texts we know from the start."),
    ("db", "db:app", "The database: make its tables, see how it stands, connect to it."),
    ("demo", "demo:demo", "Show the pipeline at work: a press of six sample outlets, Postgres, and a real Airflow on this machine."),
    ("sample-press", "sample_press:sample_press", "Serve the sample press on loopback until Ctrl-C: six small outlets whose news is invented."),
)  # fmt: skip
"""Name, module of this folder and what of it, and the first sentence of its help: a test holds each against the command."""
PLACES = {name: place for name, place, _ in COMMANDS}


class LazyGroup(TyperGroup):
    """Lists the commands by their sentences, and imports the one that is run."""

    def __init__(self, **attributes: Any) -> None:  # noqa: ANN401 whatever typer hands a group
        """Know each command by its name and sentence."""
        told = {name: TyperCommand(name, help=sentence) for name, _, sentence in COMMANDS}
        super().__init__(**{**attributes, "commands": told})

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 of the click in typer
        """Find the command that was asked for, and import it."""
        name, told, rest = super().resolve_command(ctx, args)
        return name, load(name) if told is not None and name is not None else None, rest


def load(name: str) -> TyperCommand | TyperGroup:
    """Import a command."""
    module, _, attribute = PLACES[name].partition(":")
    found = getattr(import_module(f"cli.{module}"), attribute)
    if isinstance(found, Typer):
        return get_group(found)
    alone = Typer(add_completion=False)
    alone.command(name)(found)
    return get_command(alone)  # type: ignore[return-value]  # of one function it makes a TyperCommand
