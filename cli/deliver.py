"""`marsad deliver`: send what is due, and say what became of it."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated, Self

import typer
from sqlalchemy import Engine

from analysis.errors import MarsadError
from analysis.settings import CHANNEL_PREFIX, Settings
from cli.context import NOTHING_NEW, counted, database, say, say_json, settings
from models.outbox import Outbox, Waiting
from pipeline.runs import run

if TYPE_CHECKING:
    from pipeline.deliver import Deliverer

LOOK_SECONDS = 1.0


class MessagesGivenUpError(MarsadError):
    """Messages were given up, because a receiver refused them for good or did not take them for a day."""


def deliver(
    minutes: Annotated[float, typer.Option(min=0, max=1440, help="Stay so long, for what becomes due.")] = 0,
    skip_if_nothing_is_due: Annotated[bool, typer.Option(help="End with the exit code 99 if nothing is due.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print facts as JSON.")] = False,
) -> None:
    """Send every message that is due by the channel of its recipient, each recipient's in their order.

    What is not taken is tried again by a later run, ever later, and given up after a day: then operators are told and
    the exit code is 1. May be killed and run again at any time, and by several processes at once.
    """
    known = settings()
    with database() as opened:
        waiting = Outbox(opened.engine).due(datetime.now(UTC))
        if skip_if_nothing_is_due and not _is_anything_to_do(waiting, known):
            _tell_homeless(waiting, known)
            raise typer.Exit(NOTHING_NEW)
        counts = send_now(opened.engine, known, minutes)
        waiting = Outbox(opened.engine).due(datetime.now(UTC))
    _say(counts, waiting, known, as_json=as_json)


def _is_anything_to_do(waiting: Iterable[Waiting], known: Settings) -> bool:
    """Tell whether anything can be sent, or has waited too long for an address and is to be given up."""
    return any(each.channel in known.channels or each.is_stale for each in waiting)


def send_now(engine: Engine, known: Settings, minutes: float = 0) -> Counter[str]:
    """Send what is due and what becomes due for so long, as one run, and count what became of it."""
    from models.archive import Archive  # noqa: PLC0415 the other commands start faster without

    with run(Archive(engine), "deliver", {"minutes": f"{minutes:g}"}) as current:
        counts = _deliver(engine, known, time.monotonic() + minutes * 60)
        current.counts.update(counts)
    return counts


def _deliver(engine: Engine, known: Settings, until: float) -> Counter[str]:
    """Send what is due until the time is over, and count what became of it."""
    deliverer, counts = open_deliverer(engine, known), Counter[str]()
    while True:
        counts += deliverer.deliver_due()
        if time.monotonic() + LOOK_SECONDS > until:
            return Counter({name: counts[name] for name in ("sent", "failed", "given_up")})
        time.sleep(LOOK_SECONDS)


def open_deliverer(engine: Engine, known: Settings) -> Deliverer:
    """Make ready who delivers, with the wording of the seeds and the channels of the settings."""
    from channels.letters import write_letter  # noqa: PLC0415 a second to load, and --help needs none
    from channels.open import open_channel  # noqa: PLC0415 as above
    from pipeline.deliver import Deliverer  # noqa: PLC0415 as above
    from pipeline.seeds import read_seeds, read_wording, seeds_directory  # noqa: PLC0415 as above

    directory = seeds_directory(known)
    wording = read_wording(directory, read_seeds(directory), known.web_url)
    return Deliverer(
        archive=Outbox(engine),
        addresses=known.channels,
        open_channel=open_channel,
        write_letter=partial(write_letter, wording=wording),
        clock=lambda: datetime.now(UTC),
        chance=random.random,
    )


class Sender:
    """Sends what is due beside something else that does not wait for it; leaving its block waits for the end."""

    def __init__(self, engine: Engine, known: Settings) -> None:
        self._engine, self._known = engine, known
        self._worker = ThreadPoolExecutor(1)
        self._sending: Future[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._worker:
            self.begin()
        if self._sending is not None:
            self._sending.result()

    def begin(self) -> None:
        """Begin to send what is due, unless that is under way; raises what ended it the last time."""
        if self._sending is None or self._sending.done():
            if self._sending is not None:
                self._sending.result()
            self._sending = self._worker.submit(self._send)

    def _send(self) -> None:
        if _is_anything_to_do(Outbox(self._engine).due(datetime.now(UTC)), self._known):
            send_now(self._engine, self._known)


# ---------------------------------------------------------------- what became of it


def _say(counts: Mapping[str, int], waiting: Iterable[Waiting], known: Settings, *, as_json: bool) -> None:
    homeless = {each.recipient: each.due for each in waiting if each.channel not in known.channels}
    if as_json:
        say_json({**{name: counts[name] for name in ("sent", "failed", "given_up")}, "without_address": homeless})
    else:
        later = f", {counted(counts['failed'], 'attempt')} failed and comes again" if counts["failed"] else ""
        say(f"{counted(counts['sent'], 'message')} sent{later}")
        _tell_homeless(waiting, known)
    if counts["given_up"]:
        raise MessagesGivenUpError(
            f"{counted(counts['given_up'], 'message')} given up: `marsad alerts --state given_up` lists them"
        )


def _tell_homeless(waiting: Iterable[Waiting], known: Settings) -> None:
    """Say which channels have messages and no address."""
    for each in waiting:
        if each.channel not in known.channels:
            name = f"{CHANNEL_PREFIX}{each.channel.upper()}"
            say(f"{counted(each.due, 'message')} to {each.recipient} cannot go out: set {name}")
