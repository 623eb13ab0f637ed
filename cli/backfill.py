"""`marsad backfill`: the pages that a source published in a period, found by its archives and fetched in portions."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from analysis.errors import MarsadError
from analysis.periods import Period
from analysis.records import Source
from cli.context import NOTHING_NEW, Progress, counted, database, say, say_json, settings
from models.archive import Archive
from models.backfills import Backfills, Walk, WalkProgress
from models.database import Database
from models.sources import followed_sources
from pipeline.runs import run

SIGNALLED = 128


class NoArchiveError(MarsadError):
    """A source has no way into its past, or is being asked by another command."""


def backfill(  # noqa: PLR0913 options of a command
    name: Annotated[str, typer.Argument(metavar="SOURCE", help="Id of a source.")],
    *,
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day of publication.")],
    last: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day of publication, included.")],
    limit: Annotated[int, typer.Option(min=0, help="Fetch at most so many pages now.")] = 500,
    lists: Annotated[int, typer.Option(min=0, help="Ask for at most so many lists now.")] = 500,
    again: Annotated[bool, typer.Option("--again", help="Walk from the beginning, as if for the first time.")] = False,
    skip_if_done: Annotated[
        bool, typer.Option("--skip-if-done", help="End with the exit code 99 if all is done.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print facts as JSON.")] = False,
) -> None:
    """Walk back through the archive of a source for the pages of a period, and fetch them, some at a time.

    Its sitemaps, the posts of its WordPress and its lists of numbered pages are asked as politely as a crawl does; what
    they name is fetched after all news. Run it again, also after it was killed: it goes on where it was, and says how
    far that is.
    """
    if first > last:
        raise typer.BadParameter("--from must not be after --to")
    with database() as opened:
        [source] = followed_sources(opened.engine, [name])
        walk = Walk(source_id=source.id, period=Period(first=first.date(), last=last.date()))
        before = _begin(opened, walk, source, again=again)
        is_done = not before.lists_waiting and not before.pages_waiting
        if not is_done:
            _go_on(opened, walk, source, (lists, limit))
        after = Backfills(opened.engine).progress(walk)
    say_json(asdict(after)) if as_json else _tell(source, walk, after)
    if is_done and skip_if_done:
        raise typer.Exit(NOTHING_NEW)


def _begin(opened: Database, walk: Walk, source: Source, *, again: bool) -> WalkProgress:
    from spiders.backfill import first_steps  # noqa: PLC0415 Scrapy takes a second to load, and --help needs none

    steps = first_steps(source, walk.period)
    if not steps:
        ways = "a sitemap, WordPress, or a listing with {page} in its address"
        raise NoArchiveError(f"`{source.id}` has no way into its past: its entry needs {ways}")
    book = Backfills(opened.engine)
    if again:
        book.forget(walk)
    book.begin(walk, steps)
    return book.progress(walk)


def _go_on(opened: Database, walk: Walk, source: Source, most: tuple[int, int]) -> None:
    """Ask for some lists and pages, as one run."""
    from spiders.backfill import Backfill, BackfillSpider  # noqa: PLC0415 as above
    from spiders.save import Ledger, Terms  # noqa: PLC0415 as above
    from spiders.settings import Limits, scrapy_settings  # noqa: PLC0415 as above
    from spiders.start import CrawlStoppedError, run_spider  # noqa: PLC0415 as above

    archive, said = Archive(opened.engine), settings()
    limits = Limits(public_only=not said.allow_private_addresses)
    period = {"from": walk.period.first.isoformat(), "to": walk.period.last.isoformat()}
    with run(archive, "backfill", {"source": source.id, **period}) as current, Progress("backfill", None) as shown:
        if not archive.reserve_sources(current.id, [source]):
            raise NoArchiveError(f"another command is asking `{source.id}`, or a host of it: try again later")
        terms = Terms(run_id=current.id, clock=lambda: datetime.now(UTC), most=most[1])
        ledger = Ledger(archive, terms, each=shown.step)
        walking = Backfill(walk=walk, book=Backfills(opened.engine), most_lists=most[0], each=shown.step)
        try:
            run_spider(
                BackfillSpider,
                scrapy_settings([source], said.user_agent, limits),
                sources=[source],
                ledger=ledger,
                limits=limits,
                backfill=walking,
            )
        except CrawlStoppedError as stopped:
            raise typer.Exit(SIGNALLED + stopped.number) from stopped
        finally:
            current.counts.update(pages=sum(result.pages for result in ledger.results()))


def _tell(source: Source, walk: Walk, far: WalkProgress) -> None:
    lists = far.lists_read + far.lists_waiting + far.lists_failed
    pages = far.pages_kept + far.pages_waiting + far.pages_lost
    failed = f", {far.lists_failed} given up" if far.lists_failed else ""
    lost = f", {far.pages_lost} given up" if far.pages_lost else ""
    say(f"{source.id} from {walk.period.first} to {walk.period.last}")
    say(f"lists: {far.lists_read} of {lists} read{failed}")
    say(f"pages that backfills of it found: {far.pages_kept} of {pages} kept{lost}")
    left = [counted(far.lists_waiting, "list"), counted(far.pages_waiting, "page")]
    say("done" if not far.lists_waiting and not far.pages_waiting else f"to go: {' and '.join(left)}; run it again")
