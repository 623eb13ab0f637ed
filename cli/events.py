"""`marsad events` and `marsad event`: what happened, once each, however many report it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

import typer

from analysis.errors import UnknownNameError
from analysis.records import EventKind, When
from cli.context import counted, desk, say, say_json
from cli.names import country_names, fill, find_country, find_tag, read_vocabulary
from cli.output import AsCsv, AsJson, AsParquet, Output
from cli.reports import days_of, what_and_how
from cli.tables import say_table
from models.questions.events import ActFacts, EventFacts, WholeEvent, list_events, merged_into, read_event
from models.questions.filters import GREATEST, MOST, EventFilters
from models.questions.reports import differing, when_of

COLUMNS = ("event", "when", "what", "who", "told by", "sentence")

app = typer.Typer(name="events", help="What happened, once each; and how to put it right.", invoke_without_command=True)

Event = Annotated[int, typer.Argument(metavar="ID", min=1, max=GREATEST, help="Its id, as `marsad events` says.")]


@app.callback()
def events(  # noqa: PLR0913 each is an option of the command line
    context: typer.Context,
    *,
    kind: Annotated[EventKind | None, typer.Option(help="Of this kind.")] = None,
    country: Annotated[str | None, typer.Option(help="With this country (two letters).")] = None,
    person: Annotated[str | None, typer.Option(help="With this person (an id of seeds/people.yml).")] = None,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="On this day or later.")] = None,
    news_only: Annotated[
        bool, typer.Option("--news-only", help="Leave out what is recalled, announced, denied, retracted or old.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many at the most.")] = 50,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    parquet: AsParquet = None,
) -> None:
    """List what happened, visits, agreements and all other kinds, each once, the newest first."""
    if context.invoked_subcommand is not None:
        return
    output, seeds = Output(as_json, as_csv, parquet), read_vocabulary()
    wanted = fill(
        EventFilters,
        kind=kind,
        country=find_country(country, seeds) if country else None,
        person=find_tag(person, seeds) if person else None,
        since=since.date() if since else None,
        news_only=news_only,
        most=limit,
    )
    with desk() as asked:
        found = list_events(asked, wanted)
    output.tell(EventFacts, found, lambda: _tell(found, limit, country_names(seeds)))


def _tell(found: Sequence[EventFacts], limit: int, names: Mapping[str, str]) -> None:
    title = counted(len(found), "event") if len(found) < limit else f"the newest {limit} events"
    say_table(title, COLUMNS, (_row(each, names) for each in found), sentence_last=True)


def event(
    number: Event,
    as_json: Annotated[bool, typer.Option("--json", help="Print facts as JSON.")] = False,
) -> None:
    """Show one event: its facts, everything that was reported of it with the sentences, and what disagrees."""
    with desk() as asked:
        whole = read_event(asked, merged_into(asked, number) or number, MOST)
    if whole is None:
        raise UnknownNameError(f"there is no event {number}: `marsad events` lists them")
    differences = list(_differences(whole))
    if as_json:
        say_json({**asdict(whole), "disagreements": differences})
        return
    say(what_and_how(whole.event, country_names(read_vocabulary())))
    for name, fact in _facts(whole):
        say(f"{name:<10} {fact}")
    say("")
    rows = (
        (each.told_on, each.source, each.article, each.told, days_of(each), each.evidence) for each in whole.reports
    )
    columns = ("told on", "source", "article", "told", "when", "sentence")
    say_table(counted(len(whole.reports), "report"), columns, rows, sentence_last=True)
    if differences:
        say("")
        lines = ((each["fact"], each["value"], ", ".join(each["sources"])) for each in differences)
        say_table("What its sources print differently", ("fact", "value", "sources"), lines)
    if whole.acts:
        say("")
        say_table("What was done to it", ("when", "what", "by", "facts"), map(_act, whole.acts))


def _act(act: ActFacts) -> tuple[object, ...]:
    """Show an act without what is kept of it for whoever learns from corrections."""
    facts = {name: value for name, value in act.facts.items() if name not in {"rules", "reports", "with"}}
    return f"{act.done_at:%Y-%m-%d %H:%M}", act.action, act.done_by, facts


def _row(each: EventFacts, names: Mapping[str, str]) -> tuple[object, ...]:
    what = what_and_how(each, names) + (" (retracted)" if each.retracted_at else "")
    return each.event, days_of(each), what, ", ".join(each.people), tellers(each.sources), each.evidence


def tellers(sources: Sequence[str]) -> str:
    """Say who tells it: `atlas and 3 others`; what no outlet told stands in seeds/history.yml."""
    if not sources:
        return "the seeds alone"
    first, *others = sources
    return f"{first} and {counted(len(others), 'other')}" if others else first


def _facts(whole: WholeEvent) -> Iterator[tuple[str, object]]:
    each = whole.event
    yield "event", each.event
    yield "when", days_of(each)
    yield "who", ", ".join(each.people) or "not said"
    for said in each.participants:
        yield said["part"], f"{said['person']} (by {', '.join(said['sources'])})"
    yield "bodies", ", ".join(each.bodies) or "not said"
    yield "told", f"{each.told_from} to {each.told_to}, by {', '.join(each.sources) or 'the seeds alone'}"
    if each.is_known:
        yield "known", "from the start: it stands in seeds/history.yml"
    if each.retracted_at:
        yield "retracted", f"{each.retracted_at:%Y-%m-%d}"
    if whole.linked:
        yield "with", ", ".join(f"event {other.event}" for other in whole.linked)


def _differences(whole: WholeEvent) -> Iterator[dict[str, Any]]:
    for fact, said in differing(whole.reports, {"days": when_of(whole.event), "city": whole.event.city}).items():
        for value, sources in said.items():
            yield {"fact": fact, "value": _plain(value), "sources": sources}


def _plain(value: object) -> str:
    if isinstance(value, When):
        return f"{value.first}" if value.first == value.last else f"{value.first} to {value.last}"
    return value.value if isinstance(value, StrEnum) else str(value)
