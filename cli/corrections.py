"""`marsad events confirm`, `retract`, `fix`, `merge`, `split` and `corrections`: what people put right, and its log."""

from __future__ import annotations

import getpass
import json
from dataclasses import replace
from typing import Annotated, Any

import typer

from analysis.errors import CorrectionError
from analysis.history import read_days
from analysis.records import Direction, EventKind, Facts, When
from cli.context import clock, counted, database, say
from cli.events import Event, app
from cli.names import find_country, find_tag, read_vocabulary
from cli.tables import say_table
from models.corrections import CorrectionBook
from models.hands import Hand
from models.labelled import read_corrections

NONE = "none"

By = Annotated[str | None, typer.Option("--by", help="Who says so; none: the name of your account.")]
Because = Annotated[str, typer.Option(help="Why, for whoever asks.")]


@app.command()
def confirm(event: Event, because: Because = "", by: By = None) -> None:
    """Say that an event is right as it stands."""
    with database() as opened:
        number = CorrectionBook(opened.engine, clock()).confirm(event, hand_of(by, because))
    say(f"event {number} is confirmed")


@app.command()
def retract(
    event: Event,
    because: Because = "",
    by: By = None,
    *,
    undo: Annotated[bool, typer.Option("--undo", help="Let it stand again.")] = False,
) -> None:
    """Mark an event as one that did not happen; what was reported of it stays."""
    if not (because or undo):
        raise CorrectionError("say why it did not happen, with --because")
    with database() as opened:
        book, hand = CorrectionBook(opened.engine, clock()), hand_of(by, because)
        number = book.restore(event, hand) if undo else book.retract(event, hand)
    say(f"event {number} {'stands again' if undo else 'is retracted'}")


@app.command()
def merge(kept: Event, gone: Event, because: Because = "", by: By = None) -> None:
    """Let two events be one: the first one keeps its id, and the other one's reports go there."""
    with database() as opened:
        number = CorrectionBook(opened.engine, clock()).merge(kept, gone, hand_of(by, because))
    say(f"event {gone} is event {number} now")


@app.command()
def split(
    event: Event,
    articles: Annotated[list[int], typer.Argument(metavar="ARTICLE", min=1, help="Articles that tell of another.")],
    because: Because = "",
    by: By = None,
) -> None:
    """Take apart what is two events: what these articles tell of it becomes another, and no rule merges them again."""
    with database() as opened:
        made = CorrectionBook(opened.engine, clock()).split(event, articles, hand_of(by, because))
    say(f"event {made} is what {counted(len(articles), 'article')} told of event {event}")


@app.command()
def fix(  # noqa: PLR0913 each is an option of the command line
    event: Event,
    *,
    when: Annotated[
        str | None, typer.Option(help="2026-02, 2026-02-19 or '2026-02-19 to 2026-02-20'; `none`: nobody knows.")
    ] = None,
    city: Annotated[str | None, typer.Option(help="A place of the seeds, or as printed; `none`.")] = None,
    kind: Annotated[EventKind | None, typer.Option(help="Of which kind it is.")] = None,
    direction: Annotated[Direction | None, typer.Option(help="Which way a visit went.")] = None,
    country: Annotated[list[str] | None, typer.Option(help="All countries of the foreign side; or `none`.")] = None,
    body: Annotated[list[str] | None, typer.Option(help="All bodies that take part; or `none`.")] = None,
    person: Annotated[list[str] | None, typer.Option(help="All people who take part; or `none`.")] = None,
    as_told: Annotated[bool, typer.Option("--as-told", help="Take back all that was fixed of it.")] = False,
    because: Because = "",
    by: By = None,
) -> None:
    """Fix facts of an event; what is told of it later no longer changes them. What is not named stays as it is."""
    given = {"when": when, "city": city, "kind": kind, "direction": direction}
    lists = {"countries": country, "bodies": body, "people": person}
    asked = {name: value for name, value in {**given, **lists}.items() if value}
    if bool(asked) == as_told:
        raise CorrectionError("name the facts to fix, or say --as-told")
    with database() as opened:
        book = CorrectionBook(opened.engine, clock())
        seen = book.look(event)
        hand = replace(hand_of(by, because), seen=seen.seen)
        number = book.release(event, hand) if as_told else book.fix(event, _fixed(seen.facts, asked), hand)
    say(f"event {number} is {'as its reports tell it' if as_told else 'fixed'}")


@app.command()
def corrections(
    *,
    as_jsonl: Annotated[
        bool,
        typer.Option("--jsonl", help="Print labelled data: reports, the rules' word and the person's."),
    ] = False,
) -> None:
    """List what people put right or confirmed, the first first."""
    with database() as opened:
        found = read_corrections(opened.engine)
        if as_jsonl:
            for each in found:
                say(json.dumps(each, ensure_ascii=False, default=str))
            return
        rows = [(_moment(each), each["done_by"], each["action"], _of(each), _said(each)) for each in found]
    say_table(counted(len(rows), "correction"), ("when", "who", "what", "of", "now"), rows, sentence_last=True)


def hand_of(by: str | None, because: str = "") -> Hand:
    """Return who corrects: the name that was given, else of the account."""
    return Hand(name=by or getpass.getuser(), because=because)


def _fixed(facts: Facts, asked: dict[str, Any]) -> Facts:
    """Return facts with those that a person named instead of theirs."""
    read: dict[str, Any] = {name: _read(name, said) for name, said in asked.items()}
    if read.get("kind", EventKind.VISIT) is not EventKind.VISIT:
        read.setdefault("direction", None)  # only a visit has one
    return replace(facts, **read)


def _read(name: str, said: Any) -> Any:  # noqa: ANN401 of any fact
    match name:
        case "when":
            return _days(said)
        case "city":
            return None if said == NONE else said
        case "countries":
            return tuple(find_country(each, read_vocabulary()) for each in said if each != NONE)
        case "bodies" | "people":
            return tuple(find_tag(each, read_vocabulary()) for each in said if each != NONE)
    return said


def _days(said: str) -> When | None:
    try:
        return None if said == NONE else read_days(said)
    except ValueError as error:
        raise CorrectionError(f"--when {said}: {error}") from None


def _moment(each: dict[str, Any]) -> str:
    return f"{each['done_at']:%Y-%m-%d %H:%M}"


def _of(each: dict[str, Any]) -> str:
    return f"article {each['article']}" if each["event"] is None else f"event {each['event']}"


def _said(each: dict[str, Any]) -> str:
    facts = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in (each["is_now"] or {}).items()]
    beside = [f"event {each['other_event']}"] if each["other_event"] else []
    return "; ".join([*facts, *beside, *filter(None, [each["because"]])])
