"""`marsad alerts add`, `recipient`, `remove`, `mute`, `unmute`, `test`: who hears about what, put otherwise by hand."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from typing import Annotated
from uuid import uuid4

import typer

from analysis.alert_seeds import check_entry
from analysis.errors import UnknownNameError
from analysis.plain import record_of
from analysis.records import (
    Direction,
    EventKind,
    Language,
    Message,
    Mute,
    Notice,
    Occasion,
    Pace,
    QuietHours,
    Recipient,
    Rule,
    Told,
)
from analysis.settings import CHANNEL_PREFIX, Settings
from cli.alerts import GREATEST, app
from cli.context import database, say, settings
from cli.deliver import open_deliverer
from cli.names import find_country, find_tag, read_vocabulary
from models.audiences import AudienceBook

Name = Annotated[str, typer.Argument(metavar="ID", help="Its id: small letters, digits and hyphens.")]
To = Annotated[str, typer.Argument(metavar="RECIPIENT", help="Its id, as `marsad alerts list` says.")]
By = Annotated[str | None, typer.Option("--by", help="Who says so; none: the name of your account.")]


@app.command()
def add(  # noqa: PLR0913 each is an option of the command line
    rule: Name,
    *,
    to: Annotated[list[str], typer.Option(help="Who hears of it; may be given again, as all below.")],
    kind: Annotated[list[EventKind] | None, typer.Option(help="Of this kind.")] = None,
    direction: Annotated[list[Direction] | None, typer.Option(help="Of this direction.")] = None,
    country: Annotated[list[str] | None, typer.Option(help="With this country (two letters).")] = None,
    person: Annotated[list[str] | None, typer.Option(help="With this person (an id of seeds/people.yml).")] = None,
    body: Annotated[list[str] | None, typer.Option(help="With this body (an id of seeds/bodies.yml).")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="With this theme (an id of seeds/tags.yml).")] = None,
    language: Annotated[list[Language] | None, typer.Option(help="Told in this language.")] = None,
    told: Annotated[list[Told] | None, typer.Option(help="Told so; none: as news.")] = None,
    least_outlets: Annotated[int, typer.Option(min=1, help="Told by so many outlets.")] = 2,
    trusts_tier_one: Annotated[bool, typer.Option(help="Or by one of tier 1.")] = True,
    pace: Annotated[Pace, typer.Option(help="At once, or with a digest.")] = Pace.AT_ONCE,
) -> None:
    """Add a rule, or put another in the place of one of the same id: an event that has one of each list given."""
    seeds = read_vocabulary()
    written = Rule(
        id=rule,
        recipients=tuple(to),
        kinds=tuple(kind or ()),
        directions=tuple(direction or ()),
        countries=tuple(find_country(each, seeds) for each in country or ()),
        people=tuple(find_tag(each, seeds) for each in person or ()),
        bodies=tuple(find_tag(each, seeds) for each in body or ()),
        tags=tuple(find_tag(each, seeds) for each in tag or ()),
        languages=tuple(language or ()),
        told=tuple(told or (Told.NEWS,)),
        least_outlets=least_outlets,
        trusts_tier_one=trusts_tier_one,
        pace=pace,
    )
    with database() as opened:
        AudienceBook(opened.engine).add(check_entry(written))
    say(f"the rule {rule} is kept")


@app.command()
def recipient(  # noqa: PLR0913 each is an option of the command line
    name: Name,
    *,
    channel: Annotated[str, typer.Option(help="Name of its channel; the address is a setting.")],
    language: Annotated[Language, typer.Option(help="Language of the messages.")],
    zone: Annotated[str, typer.Option(help="Zone of the tz database.")] = "Africa/Casablanca",
    quiet: Annotated[str | None, typer.Option(metavar="HH:MM-HH:MM", help="Hours in which nothing is sent.")] = None,
    operator: Annotated[bool, typer.Option("--operator", help="Hears of troubles too.")] = False,
) -> None:
    """Add someone who is told things, or put another in the place of one of the same id."""
    start, _, end = (quiet or "").partition("-")
    written = Recipient(
        id=name,
        channel=channel,
        language=language,
        zone=zone,
        quiet=record_of({"start": start, "end": end}, QuietHours) if quiet else None,
        is_operator=operator,
    )
    with database() as opened:
        AudienceBook(opened.engine).add(check_entry(written))
    say(f"the recipient {name} is kept; its channel is {CHANNEL_PREFIX}{channel.upper()}")


@app.command()
def remove(name: Name) -> None:
    """Forget a rule or a recipient; those of the seeds come back with the next `marsad seeds load`."""
    with database() as opened:
        what = AudienceBook(opened.engine).remove(name)
    say(f"the {what} {name} is forgotten")


@app.command()
def mute(  # noqa: PLR0913 each is an option of the command line
    name: To,
    *,
    event: Annotated[int | None, typer.Option(min=1, max=GREATEST, help="This event.")] = None,
    country: Annotated[str | None, typer.Option(help="Events with this country (two letters).")] = None,
    rule: Annotated[str | None, typer.Option(help="What only this rule asks for.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"], help="In UTC.")] = None,
    by: By = None,
) -> None:
    """Let a recipient hear no more of an event, a country, a rule, or of anything; retractions are still told."""
    if sum(each is not None for each in (event, country, rule)) > 1:
        raise typer.BadParameter("name one of --event, --country and --rule")
    code = find_country(country, read_vocabulary()) if country else None
    ends = until and until.replace(tzinfo=UTC)
    wanted = Mute(recipient=name, event_id=event, country=code, rule=rule, until=ends)
    with database() as opened:
        number = AudienceBook(opened.engine).mute(wanted, by or getpass.getuser())
    say(f"muted; `marsad alerts unmute {number}` takes it back")


@app.command()
def unmute(number: Annotated[int, typer.Argument(metavar="MUTE", min=1, max=GREATEST, help="Its number.")]) -> None:
    """Let a mute end."""
    with database() as opened:
        AudienceBook(opened.engine).unmute(number)
    say(f"mute {number} is taken back")


@app.command()
def test(name: Annotated[str, typer.Argument(metavar="RECIPIENT|CHANNEL", help="Whom to write to.")]) -> None:
    """Send a message that says it is a trial, now, and say what the receiver answered; nothing is kept of it."""
    known = settings()
    with database() as opened:
        people = {each.id: each for each in AudienceBook(opened.engine).read().recipients}
        to = people.get(name) or _of_channel(name, known)
        address = known.channels.get(to.channel)
        if address is None:
            raise UnknownNameError(
                f"the channel `{to.channel}` has no address: set {CHANNEL_PREFIX}{to.channel.upper()}"
            )
        deliverer = open_deliverer(opened.engine, known)
    answer = deliverer.open_channel(address).send(deliverer.write_letter(_trial(to)))
    say(f"sent to {to.channel}: {answer}")


def _of_channel(name: str, known: Settings) -> Recipient:
    if name not in known.channels:
        raise UnknownNameError(f"there is no recipient or channel `{name}`: `marsad alerts list` lists recipients")
    return Recipient(id=name, channel=name, language=Language.ENGLISH)


def _trial(to: Recipient) -> Message:
    return Message(
        id=0,
        key=str(uuid4()),
        thread=(),
        recipient=to,
        occasion=Occasion.TRIAL,
        made_at=datetime.now(UTC),
        because=(),
        facts=Notice(headline=f"A trial of the channel {to.channel}", lines=("If you can read this, it works.",)),
    )
