"""`marsad crawl`: fetch what is new at the sources, as one run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from sqlalchemy import Engine

from analysis.errors import MarsadError
from analysis.records import Source
from cli.context import NOTHING_NEW, Progress, counted, database, say, say_json, settings
from cli.crawl_plan import tell_plan
from models.archive import Archive
from models.sources import due_sources, followed_sources
from pipeline.runs import run
from spiders.save import Ledger, Terms
from spiders.settings import Limits
from spiders.sums import SourceCrawl

SIGNALLED = 128


class CrawlError(MarsadError):
    """No way of discovery of a source answered; the message has a line for each such source."""


def crawl(  # noqa: PLR0913, PLR0917 options of a command
    names: Annotated[list[str] | None, typer.Argument(metavar="SOURCE", help="Ids of sources; none: all due.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Ask for at most so many pages of each source.")] = 500,
    minutes: Annotated[
        int | None, typer.Option(min=1, help="Ask for no more pages after so many minutes; the next crawl goes on.")
    ] = None,
    due: Annotated[bool, typer.Option("--due", help="Ask the named sources only for what is due.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be asked and why; ask nobody.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print facts as JSON.")] = False,
    skip_if_nothing_new: Annotated[
        bool, typer.Option("--skip-if-nothing-new", help="End with the exit code 99 if no page is new or changed.")
    ] = False,
) -> None:
    """Fetch the pages that are new at the sources we follow, politely, and keep each as it was served.

    Sources that are named are asked now, by the first of their ways that works; without names, all that are due are. A
    page that is kept is asked for again twice in its first two days if it became an article, and kept once more if it
    changed; one that failed is asked for again after an hour, then after two, four and so on, six times in all.
    Whatever happens, what was fetched so far is kept, and the next crawl goes on from there. A source that another
    crawl is asking at the moment, or that shares a host with such a one, is left to it. The exit code is 1 if no way of
    discovery of some source answered, and 130 or 143 after Ctrl-C or SIGTERM.
    """
    from spiders.start import CrawlStoppedError  # noqa: PLC0415 Scrapy takes a second to load, and --help needs none

    until = _now() + timedelta(minutes=minutes) if minutes else None
    terms = Terms(run_id=0, clock=_now, most=limit, only_due=due or not names, until=until)
    if dry_run:
        with database() as opened:
            tell_plan(opened.engine, _chosen(opened.engine, names or ()), terms, as_json=as_json)
        return
    try:
        results = _crawl(names or (), terms, as_json=as_json)
    except CrawlStoppedError as stopped:
        raise typer.Exit(SIGNALLED + stopped.number) from stopped
    if skip_if_nothing_new and not any(result.pages or result.changed for result in results):
        raise typer.Exit(NOTHING_NEW)


def _now() -> datetime:
    return datetime.now(UTC)


def _chosen(engine: Engine, names: Sequence[str]) -> tuple[Source, ...]:
    """Return the named sources, or all that are due."""
    followed = followed_sources(engine, names)
    if names:
        return followed
    due = due_sources(engine, _now())
    return tuple(source for source in followed if source.id in due)


def _crawl(names: Sequence[str], terms: Terms, *, as_json: bool) -> Sequence[SourceCrawl]:
    """Crawl as one run, and say what came of it, also if it was stopped; raises CrawlError for silent sources."""
    with database() as opened, Progress("crawl", None) as progress:
        archive, sources = Archive(opened.engine), _chosen(opened.engine, names)
        with run(archive, "crawl", {"sources": " ".join(names), "limit": str(terms.most)}) as current:
            ledger = Ledger(archive, replace(terms, run_id=current.id), each=progress.step)
            free = archive.reserve_sources(current.id, sources)
            busy = [source.id for source in sources if source.id not in free]
            try:
                _fetch([source for source in sources if source.id in free], ledger)
            finally:
                results = ledger.results()
                current.counts.update(_count(results))
            _tell(results, busy, as_json=as_json)
            silent = [result.trouble for result in results if result.trouble]
            if silent:
                raise CrawlError("\n".join(silent))
    return results


def _fetch(sources: Sequence[Source], ledger: Ledger) -> None:
    from spiders.start import crawl as crawl_sources  # noqa: PLC0415 as above

    said = settings()
    if said.contact is None:
        typer.echo("no MARSAD_CONTACT is set: an outlet that minds our requests has nobody to write to", err=True)
    if sources:
        crawl_sources(sources, ledger, said.user_agent, Limits(public_only=not said.allow_private_addresses))


def _count(results: Iterable[SourceCrawl]) -> Counter[str]:
    """Add up what is kept with the run: pages, known addresses, and visits that failed by their state."""
    counts = Counter[str]()
    for result in results:
        counts.update({name: getattr(result, name) for name in ("pages", "changed", "known", "resting", "left")})
        counts.update({state.value: count for state, count in result.failed.items()})
    return counts


def _tell(results: Sequence[SourceCrawl], busy: Sequence[str], *, as_json: bool) -> None:
    if as_json:
        facts = {"pages": sum(result.pages for result in results), "busy": busy}
        say_json({**facts, "sources": [asdict(result) for result in results]})
        return
    for result in results:
        say(_line(result))
    for source_id in busy:
        say(f"{source_id}: left alone, another crawl is asking it now")
    if not results and not busy:
        say("no source is due; `marsad crawl SOURCE` asks one all the same, `marsad sources` lists them")


def _line(result: SourceCrawl) -> str:
    """Say what came of one source: `atlas: 12 new pages, 30 known, 1 robots_forbid`."""
    counts = {"changed": result.changed, "known": result.known}
    counts |= {"resting after a failure": result.resting, "left for the next crawl": result.left}
    counts.update({state.value: count for state, count in result.failed.items()})
    told = [f"{count} {name}" for name, count in counts.items() if count]
    return f"{result.source_id}: {', '.join([counted(result.pages, 'new page'), *told])}"
