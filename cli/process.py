"""`marsad process`: read the pages that wait, each to exactly one outcome."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlalchemy import Engine

from analysis.errors import MarsadError
from analysis.records import OutcomeKind
from cli.context import NOTHING_NEW, Progress, clock, counted, database, say, say_json, settings, spelled
from models.archive import Archive
from models.sources import followed_sources
from models.totals import WAITING, is_unfinished, read_totals
from pipeline.runs import run
from pipeline.seeds import seeds_directory


class PagesFailedError(MarsadError):
    """Pages broke the reading; they are kept with the error, and all others were read."""


def process(
    retry_failed: Annotated[bool, typer.Option(help="Read pages again that failed before.")] = False,
    skip_if_nothing_waits: Annotated[bool, typer.Option(help="End with the exit code 99 if nothing waits.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print facts as JSON.")] = False,
) -> None:
    """Read every page that waits: each is filed, filed as a copy, rejected with a reason, or kept as failed.

    May be killed and run again at any time, and by several processes at once: a page is claimed, read and settled in
    one transaction. The exit code is 1 if a page broke the reading.
    """
    with database() as opened:
        waiting = read_totals(opened.engine).by_outcome[WAITING]
        if skip_if_nothing_waits and not (waiting or retry_failed or is_unfinished(opened.engine)):
            raise typer.Exit(NOTHING_NEW)
        rules, counts = _settle_all(opened.engine, waiting, retry_failed=retry_failed)
    say_json({"rules": rules, **counts}) if as_json else say(_line(counts))
    if counts[OutcomeKind.FAILED]:
        failed = counted(counts[OutcomeKind.FAILED], "page")
        raise PagesFailedError(f"{failed} broke the reading: see `marsad articles --failed`")


def _settle_all(engine: Engine, waiting: int, *, retry_failed: bool) -> tuple[str, dict[str, int]]:
    """Settle every waiting page as one run, and let what articles report meet the known events.

    Then let stories meet one another. Return the version of the rules, how many pages ended how, and how many events
    and stories are new.
    """
    from analysis.gists import abroad  # noqa: PLC0415 as below
    from models.event_book import EventBook  # noqa: PLC0415 as below
    from models.story_book import StoryBook  # noqa: PLC0415 as below
    from pipeline.library import open_library  # noqa: PLC0415 the extractor takes a second to load, and --help needs none
    from pipeline.meet import EVENTS, compile_resolver, meet_all  # noqa: PLC0415 as above
    from pipeline.tell import STORIES, tell_all  # noqa: PLC0415 as above
    from pipeline.work import Worker  # noqa: PLC0415 as above

    library = open_library(seeds_directory(settings()), followed_sources(engine))
    archive = Archive(engine)
    worker = Worker(archive=archive, library=library, retry_failed=retry_failed)
    with run(archive, "process", {"retry_failed": str(retry_failed)}) as current, Progress("read", waiting) as shown:
        for _ in worker.settle_all(current):
            shown.step(current.counts)
        for _ in meet_all(EventBook(engine, clock()), compile_resolver(library.vocabulary.seeds), current):
            pass
        for _ in tell_all(StoryBook(engine, abroad(library.vocabulary.cities.values())), current):
            pass
    return library.rules, {name: current.counts[name] for name in (*OutcomeKind, EVENTS, STORIES)}


def _line(counts: dict[str, int]) -> str:
    pages = {kind.value: counts[kind] for kind in OutcomeKind}
    new = f"{counted(counts['events'], 'new event')}, {counted(counts['stories'], 'new story', 'new stories')}"
    if any(pages.values()):
        return f"{counted(sum(pages.values()), 'page')} read: {spelled(pages)}; {new}"
    return "no page waits to be read" + (f"; {new}" if counts["events"] or counts["stories"] else "")
