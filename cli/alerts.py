"""`marsad alerts`: who hears about what, what was said to whom and why, and how to have it otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated

import typer

from analysis.records import Alert, Digest, Mute, Notice, QuietHours, Rule
from cli.context import counted, database, extent, say, say_json
from cli.names import country_names, read_vocabulary
from cli.reports import what_of
from cli.tables import say_table
from models.alert_queries import AlertFilter, AlertSummary, Attempt, list_alerts, read_alert
from models.alerts import AlertState
from models.audiences import AudienceBook

GREATEST = 2**63 - 1
COLUMNS = ("message", "made", "to", "occasion", "state", "what")

app = typer.Typer(name="alerts", help="Who hears about what, and what they were told.", invoke_without_command=True)

JsonOption = Annotated[bool, typer.Option("--json", help="Print facts as JSON.")]


@app.callback()
def alerts(  # noqa: PLR0913 each is an option of the command line
    context: typer.Context,
    *,
    recipient: Annotated[str | None, typer.Option(help="To this recipient.")] = None,
    state: Annotated[AlertState | None, typer.Option(help="That stand so.")] = None,
    event: Annotated[int | None, typer.Option(min=1, max=GREATEST, help="About this event.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many at the most.")] = 50,
    as_json: JsonOption = False,
) -> None:
    """List what was said, and is to be said, to whom, the newest first."""
    if context.invoked_subcommand is not None:
        return
    with database() as opened:
        wanted = AlertFilter(recipient=recipient, state=state, event_id=event, limit=limit)
        found = list_alerts(opened.engine, wanted)
    if as_json:
        say_json(found)
        return
    names = country_names(read_vocabulary())
    rows = (
        (each.id, _moment(each.made_at), each.recipient, each.occasion, _state(each), _what(each, names))
        for each in found
    )
    title = extent(len(found), len(found), "message") if len(found) < limit else f"the newest {limit} messages"
    say_table(title, COLUMNS, rows, sentence_last=True)


@app.command()
def why(
    number: Annotated[int, typer.Argument(metavar="ID", min=1, max=GREATEST, help="Of a message.")],
    as_json: JsonOption = False,
) -> None:
    """Say why a message was made, how it stands, and what became of every attempt to send it."""
    with database() as opened:
        found, attempts = read_alert(opened.engine, number)
        rules = {each.id: each for each in AudienceBook(opened.engine).read().rules}
    if as_json:
        say_json({"message": found, "attempts": attempts})
        return
    say(f"{found.occasion} to {found.recipient}: {_what(found, country_names(read_vocabulary()))}")
    for name, fact in _facts(found):
        say(f"{name:<10} {fact}")
    for name in found.because:
        say(f"{'because':<10} {name}: {_wants(rules[name]) if name in rules else 'a rule that is gone'}")
    say("")
    columns = ("when", "channel", "what became of it")
    say_table(counted(len(attempts), "attempt"), columns, map(_attempt, attempts), sentence_last=True)


@app.command("list")
def list_rules(as_json: JsonOption = False) -> None:
    """List recipients, rules and mutes, of the seeds and of people."""
    with database() as opened:
        book = AudienceBook(opened.engine)
        found, mutes = book.read(), book.mutes()
    if as_json:
        say_json({"recipients": found.recipients, "rules": found.rules, "mutes": mutes})
        return
    who = ((each.id, each.channel, each.language, each.zone, _quiet(each.quiet)) for each in found.recipients)
    say_table("Recipients", ("recipient", "channel", "language", "zone", "quiet"), who)
    say("")
    lines = ((each.id, ", ".join(each.recipients), _wants(each)) for each in found.rules)
    say_table("Rules", ("rule", "to", "wants"), lines, sentence_last=True)
    if mutes:
        say("")
        silent = ((number, each.recipient, _muted(each), _until(each)) for number, each in mutes.items())
        say_table("Mutes", ("mute", "recipient", "what", "until"), silent)


# ---------------------------------------------------------------- in words


def _what(alert: AlertSummary, names: Mapping[str, str]) -> str:
    """Say in a line what a message is about."""
    match alert.facts:
        case Alert(happening=happening):
            return f"event {happening.event_id}: {what_of(happening, names)}"
        case Notice(headline=headline):
            return headline
        case Digest(first=first, last=last):
            return f"digest of {first}" if first == last else f"digest of {first} to {last}"


def _state(alert: AlertSummary) -> str:
    tries = f" after {counted(alert.attempts, 'attempt')}" if alert.attempts > 1 else ""
    return f"{alert.state.replace('_', ' ')}{tries}"


def _facts(alert: AlertSummary) -> Iterator[tuple[str, object]]:
    yield "key", alert.key
    yield "thread", f"{alert.thread}, message {alert.position + 1} of it"
    yield "made", _moment(alert.made_at)
    if alert.state == AlertState.WAITING:
        yield "due", f"{_moment(alert.next_attempt_at or alert.due_at)}, {alert.pace.replace('_', ' ')}"
    yield "state", _state(alert) + (f", {_moment(alert.settled_at)}" if alert.settled_at else "")
    if isinstance(alert.facts, Alert):
        for change in alert.facts.changes:
            yield "new", f"{change.fact}: {change.before or 'nothing'} before, {change.after or 'nothing'} now"
        for each in alert.facts.happening.tellings:
            yield "told by", f"{each.outlet} (tier {each.tier}) on {each.told_on}: {each.url}"


def _attempt(attempt: Attempt) -> tuple[object, ...]:
    said = "cut off before its end" if attempt.ended_at is None else f"{attempt.state}: {attempt.detail}"
    return _moment(attempt.started_at), attempt.channel, said


def _wants(rule: Rule) -> str:
    lists = ("kinds", "directions", "countries", "people", "bodies", "tags", "languages")
    asked = [f"{name} {', '.join(getattr(rule, name))}" for name in lists if getattr(rule, name)] or ["everything"]
    trusted = " or one of tier 1" if rule.trusts_tier_one else ""
    outlets = f"told as {' or '.join(rule.told)} by {counted(rule.least_outlets, 'outlet')}{trusted}"
    return "; ".join([*asked, outlets, rule.pace.replace("_", " ")])


def _quiet(quiet: QuietHours | None) -> str:
    return f"{quiet.start:%H:%M} to {quiet.end:%H:%M}" if quiet else ""


def _muted(mute: Mute) -> str:
    named = {"event": mute.event_id, "country": mute.country, "rule": mute.rule}
    return next((f"{what} {name}" for what, name in named.items() if name is not None), "everything")


def _until(mute: Mute) -> str:
    return _moment(mute.until) if mute.until else "for good"


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
