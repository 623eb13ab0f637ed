"""`marsad process`: read the pages that wait, each to exactly one outcome."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer
from sqlalchemy import Engine

from analysis.errors import MarsadError
from analysis.records import OutcomeKind
from cli.context import NOTHING_NEW, Progress, clock, counted, database, say, say_json, settings, spelled
from models.archive import Archive
from models.live_runs import is_under_way
from models.sources import due_sources, followed_sources
from models.totals import count_waiting, is_unfinished
from pipeline.runs import run
from pipeline.seeds import seeds_directory

if TYPE_CHECKING:
    from pipeline.library import Library
    from pipeline.rounds import Reader

LOOK_SECONDS = 1.0


class PagesFailedError(MarsadError):
    """Pages broke the reading; they are kept with the error, and all others were read."""


def process(
    retry_failed: Annotated[bool, typer.Option(help="Read pages again that failed before.")] = False,
    while_crawling: Annotated[
        bool, typer.Option("--while-crawling", help="Stay while a crawl goes on, for the pages that it brings.")
    ] = False,
    deliver: Annotated[bool, typer.Option("--deliver", help="Send what comes due meanwhile, as it is read.")] = False,
    skip_if_nothing_waits: Annotated[bool, typer.Option(help="End with the exit code 99 if nothing waits.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print facts as JSON.")] = False,
) -> None:
    """Read every page that waits: each is filed, filed as a copy, rejected with a reason, or kept as failed.

    May be killed and run again at any time, and by several processes at once: a page is claimed, read and settled in
    one transaction. The exit code is 1 if a page broke the reading.
    """
    with database() as opened:
        engine = opened.engine
        may_come = _vigil(engine) if while_crawling else lambda: False
        if skip_if_nothing_waits and not (retry_failed or _waits(engine) or may_come()):
            raise typer.Exit(NOTHING_NEW)
        # made ready while a crawl begins: it takes seconds
        library = _open_library(engine)
        while skip_if_nothing_waits and not (retry_failed or _waits(engine)):
            if not may_come():
                raise typer.Exit(NOTHING_NEW)
            time.sleep(LOOK_SECONDS)
        with _sending(engine) if deliver else nullcontext(lambda: None) as send:
            reader = _reader(engine, library, send, retry_failed=retry_failed)
            counts = _read_all(engine, reader, may_come)
    say_json({"rules": library.rules, **counts}) if as_json else say(_line(counts))
    if counts[OutcomeKind.FAILED]:
        failed = counted(counts[OutcomeKind.FAILED], "page")
        raise PagesFailedError(f"{failed} broke the reading: see `marsad articles --failed`")


def _vigil(engine: Engine) -> Callable[[], bool]:
    from pipeline.rounds import Vigil  # noqa: PLC0415 as below

    def is_due() -> bool:
        return bool(due_sources(engine, datetime.now(UTC)))

    return Vigil(lambda: is_under_way(engine, "crawl"), is_due, time.monotonic).may_come


def _waits(engine: Engine) -> bool:
    return bool(count_waiting(engine)) or is_unfinished(engine)


@contextmanager
def _sending(engine: Engine) -> Iterator[Callable[[], None]]:
    """Lend what begins to send what is due, and does not wait for its end; the last of it is waited for here."""
    from cli.deliver import Sender  # noqa: PLC0415 as below

    with Sender(engine, settings()) as sender:
        yield sender.begin


def _open_library(engine: Engine) -> Library:
    from pipeline.library import open_library  # noqa: PLC0415 the extractor takes a second to load, and --help needs none

    return open_library(seeds_directory(settings()), followed_sources(engine))


def _read_all(engine: Engine, reader: Reader, may_come: Callable[[], bool]) -> dict[str, int]:
    """Read every waiting page as one run, and those that come as long as any may.

    Return how many pages ended how, and how many events and stories are new.
    """
    from pipeline.meet import EVENTS  # noqa: PLC0415 as above
    from pipeline.tell import STORIES  # noqa: PLC0415 as above

    asked = {"retry_failed": str(reader.worker.retry_failed)}
    with run(Archive(engine), "process", asked) as current, Progress("read", count_waiting(engine)) as shown:
        is_over = False
        while not is_over:
            for _ in reader.read_all(current):
                shown.step(current.counts)
            is_over = not may_come()
            time.sleep(0 if is_over else LOOK_SECONDS)
    return {name: current.counts[name] for name in (*OutcomeKind, EVENTS, STORIES)}


def _reader(engine: Engine, library: Library, send: Callable[[], None], *, retry_failed: bool) -> Reader:
    from analysis.gists import abroad  # noqa: PLC0415 as above
    from models.event_book import EventBook  # noqa: PLC0415 as above
    from models.story_book import StoryBook  # noqa: PLC0415 as above
    from pipeline.meet import compile_resolver  # noqa: PLC0415 as above
    from pipeline.rounds import Reader  # noqa: PLC0415 as above
    from pipeline.work import Worker  # noqa: PLC0415 as above

    return Reader(
        worker=Worker(archive=Archive(engine), library=library, retry_failed=retry_failed),
        events=EventBook(engine, clock()),
        stories=StoryBook(engine, abroad(library.vocabulary.cities.values())),
        resolver=compile_resolver(library.vocabulary.seeds),
        send=send,
        clock=time.monotonic,
    )


def _line(counts: dict[str, int]) -> str:
    pages = {kind.value: counts[kind] for kind in OutcomeKind}
    new = f"{counted(counts['events'], 'new event')}, {counted(counts['stories'], 'new story', 'new stories')}"
    if any(pages.values()):
        return f"{counted(sum(pages.values()), 'page')} read: {spelled(pages)}; {new}"
    return "no page waits to be read" + (f"; {new}" if counts["events"] or counts["stories"] else "")
