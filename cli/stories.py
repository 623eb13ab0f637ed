"""`marsad stories`, `story` and `copies`: who tells one news, day by day, and who prints one text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated

import typer

from analysis.errors import UnknownNameError
from analysis.passages import compare
from analysis.stories import QUIET
from cli.compare import tell_passages, verdict
from cli.context import counted, database, desk, say, say_json
from cli.names import country_names, fill, read_vocabulary
from cli.output import AsCsv, AsJson, AsParquet, Output
from cli.tables import say_table
from models.printings import CopyGroup, Printing, read_copies
from models.questions.filters import GREATEST, StoryFilters
from models.questions.stories import StoryFacts, Teller, list_stories, read_story, story_merged_into

BAR = 40
LISTED = ("story", "from", "to", "articles", "copies", "sources", "first told by", "its title")

Number = Annotated[int, typer.Argument(metavar="ID", min=1, max=GREATEST, help="Its id, as `marsad article` says.")]


def stories(  # noqa: PLR0913 each is an option of the command line
    *,
    least: Annotated[int, typer.Option(min=1, max=10_000, help="Told by so many articles at the least.")] = 1,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Told on this day or later.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Begun on this day or earlier.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many at the most.")] = 50,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    parquet: AsParquet = None,
) -> None:
    """List stories, the last told first, with who told each first and how many do."""
    output = Output(as_json, as_csv, parquet)
    days = {"since": since and since.date(), "until": until and until.date()}
    wanted = fill(StoryFilters, least=least, most=limit, **days)
    with desk() as asked:
        found = list_stories(asked, wanted)
    output.tell(StoryFacts, found, lambda: _tell_list(found, limit))


def _tell_list(found: Sequence[StoryFacts], limit: int) -> None:
    title = counted(len(found), "story", "stories") if len(found) < limit else f"the last {limit} stories"
    rows = ((s.story, s.started_on, s.last_on, s.articles, s.copies, s.sources, s.first_source, s.title) for s in found)
    say_table(title, LISTED, rows, sentence_last=True)


def story(number: Number, *, as_json: AsJson = False) -> None:
    """Show one story: the articles that tell it in the order of their days, how it grew, and its events."""
    with desk() as asked:
        found = read_story(asked, story_merged_into(asked, number) or number)
    if found is None:
        raise UnknownNameError(f"there is no story {number}: `marsad article ID` names that of an article")
    if as_json:
        say_json(found)
        return
    say(_standing(found.story))
    rows = ((each.article, each.told_on, each.source, each.language, _title(each)) for each in found.articles)
    say_table(counted(len(found.articles), "article"), ("id", "day", "source", "language", "title"), rows)
    most = max((each.articles for each in found.growth), default=1)
    say_table(
        "growth",
        ("day", "articles", "new sources", ""),
        ((g.day, g.articles, g.new_sources, "#" * -(-g.articles * BAR // max(most, BAR))) for g in found.growth),
    )
    names = country_names(read_vocabulary())
    events = (
        (each.event, each.kind, ", ".join(names.get(c, c) for c in each.countries), each.first_on, each.reports)
        for each in found.events
    )
    say_table(counted(len(found.events), "event"), ("event", "kind", "countries", "first day", "reports"), events)


def copies(
    article: Number,
    *,
    passages: Annotated[bool, typer.Option("--passages", help="Show what each shares with the original.")] = False,
    as_json: AsJson = False,
) -> None:
    """List all copies of an article, or of its original, with how each relates to it and the share they have."""
    with database() as opened:
        found = read_copies(opened.engine, article)
    if as_json:
        say_json(found)
        return
    rows = ((p.article_id, p.published_on or "no date", p.source_id, _relation(p), p.title) for p in found.articles)
    say_table(_heading(found), ("id", "published", "source", "relation", "title"), rows)
    if passages:
        _tell_all_passages(found)


def _standing(found: StoryFacts) -> str:
    has_ended = date.today() - found.last_on > QUIET  # noqa: DTZ011 days of the press are those of its calendar
    until = f"to {found.last_on}" if has_ended else f"last told on {found.last_on}"
    return f"story {found.story}, from {found.started_on} {until}, first told by article {found.first_article}"


def _title(teller: Teller) -> str:
    if teller.copy_kind is None:
        return teller.title
    return f"{teller.title} ({teller.copy_kind} of {teller.copy_of_seed or teller.copy_of})"


def _heading(found: CopyGroup) -> str:
    original = f"seed document {found.seed_id}" if found.seed_id else f"article {found.articles[0].article_id}"
    return f"{counted(sum(each.kind is not None for each in found.articles), 'copy', 'copies')} of {original}"


def _relation(printing: Printing) -> str:
    return "original" if printing.kind is None else f"{printing.kind}, {printing.share or 0:.0%}"


def _tell_all_passages(found: CopyGroup) -> None:
    original = found.original_text
    if original is None:
        say(f"\nthe text of {found.seed_id} is not at hand: only its fingerprint is kept")
        return
    for each in (printing for printing in found.articles if printing.kind is not None):
        shared = compare(each.text, original)
        say(f"\narticle {each.article_id} beside its original: {verdict(shared)}")
        tell_passages(shared.passages, each.text, original)
