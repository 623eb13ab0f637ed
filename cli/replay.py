"""`marsad replay`: read kept pages again with today's rules, and show what is otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Annotated

import typer

from analysis.records import Difference
from cli.context import Progress, counted, database, say, say_json, settings
from cli.process import PagesFailedError
from cli.replay_tables import tell_differences
from models.archive import Archive
from models.database import Database
from models.replays import Again, Extent, Replays
from models.sources import followed_sources, refuse_unknown_source
from pipeline.runs import Run, run
from pipeline.seeds import rules_version, seeds_directory

GREATEST = 2**63 - 1
COUNTED = ("pages", "changed", "failed", "events_made", "events_met", "events_emptied")


@dataclass(frozen=True, kw_only=True, slots=True)
class Replayed:
    """What a replay came to: how much there was to read, what it counted, and the pages that are otherwise."""

    rules: str
    dry_run: bool
    extent: Extent
    counts: Mapping[str, int]
    differences: tuple[Difference, ...]


def replay(  # noqa: PLR0913 each is an option of the command line
    *,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Fetched on this day or later.")] = None,
    source: Annotated[str | None, typer.Option(help="Of this source.")] = None,
    page: Annotated[int | None, typer.Option(min=1, max=GREATEST, help="This page.")] = None,
    article: Annotated[int | None, typer.Option(min=1, max=GREATEST, help="The page of this article.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="How many pages at the most.")] = None,
    force: Annotated[bool, typer.Option(help="Also those that today's rules read already.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be otherwise, and change nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print facts as JSON.")] = False,
) -> None:
    """Read kept pages again with today's rules: outcome, article, tags, reports, copies and events; no alert is sent.

    Pages that these rules read already are passed over, so that one that was killed goes on where it was. Without
    `--since` all pages are read. The exit code is 1 if a page broke the reading; it stays as it was.
    """
    again = Again(
        rules=rules_version(seeds_directory(settings())),
        since=since and since.replace(tzinfo=UTC),
        source=source,
        page=page,
        article=article,
        force=force,
    )
    with database() as opened:
        if source is not None:
            refuse_unknown_source(opened.engine, source)
        done = _replay(opened, again, limit, is_dry=dry_run)
    say_json(done) if as_json else _tell(done)
    if failed := done.counts["failed"]:
        raise PagesFailedError(f"{counted(failed, 'page')} broke the reading and stayed as before")


def _replay(opened: Database, again: Again, limit: int | None, *, is_dry: bool) -> Replayed:
    from pipeline.library import open_library  # noqa: PLC0415 the extractor takes a second to load, and --help needs none
    from pipeline.meet import compile_resolver  # noqa: PLC0415 as above
    from pipeline.replay import Replayer  # noqa: PLC0415 as above

    library = open_library(seeds_directory(settings()), followed_sources(opened.engine))
    replays = Replays(opened.engine)
    extent = replays.measure(again)
    resolver = compile_resolver(library.vocabulary.seeds)
    replayer = Replayer(archive=replays, again=again, library=library, resolver=resolver)
    found = []
    total = min(extent.pages, limit or extent.pages)
    with _counting(opened, again, is_dry=is_dry) as current, Progress("replay", total) as shown:
        for difference in islice(replayer.replay(current, is_dry=is_dry), limit):
            shown.step({"otherwise": current.counts["changed"]})
            if not difference.is_none:
                found.append(difference)
    counts = {name: current.counts[name] for name in COUNTED}
    return Replayed(rules=again.rules, dry_run=is_dry, extent=extent, counts=counts, differences=tuple(found))


@contextmanager
def _counting(opened: Database, again: Again, *, is_dry: bool) -> Iterator[Run]:
    """Count in a row of `runs`, but for a dry run, which writes none."""
    if is_dry:
        yield Run(id=0)
        return
    asked = {name: str(value) for name in ("since", "source", "page", "article") if (value := getattr(again, name))}
    with run(Archive(opened.engine), "replay", {**asked, "force": str(again.force)}) as current:
        yield current


def _tell(done: Replayed) -> None:
    read = counted(done.counts["pages"], "page")
    how = "would be read" if done.dry_run else "read"
    say(f"{read} {how} again with the rules {done.rules}: {done.counts['changed']} otherwise")
    if done.extent.pruned:
        say(f"{counted(done.extent.pruned, 'page')} cannot be: the body was given up, and the outcome stays")
    tell_differences(done.differences)
