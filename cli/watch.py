"""`marsad watch`: is anything lost, stuck or broken, and which source does not do what it promises?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from analysis.errors import MarsadError
from analysis.records import Health, KnownTrouble, Trouble
from cli.context import counted, database, say, say_json, spelled
from cli.tables import say_table
from models.answers import Conservation
from models.archive import Archive
from models.queries import Queries
from models.sources import followed_sources
from pipeline.health import Checkup, check_health
from pipeline.runs import run
from pipeline.watch import RECENT, find_pause, find_trouble

NEXT_LINE = "\n"


class TroubleError(MarsadError):
    """Something an operator must look at; a sentence each."""


def watch(
    days: Annotated[int, typer.Option(min=1, max=36_500, help="Add up the runs of so many days.")] = 7,
    full: Annotated[bool, typer.Option("--full", help="Tell troubles that stand as whole as new ones.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print facts as JSON.")] = False,
) -> None:
    """Add up each run, then hold every source against its promise: what is new, what still stands, what is mended.

    A run is pages fetched = filed + copies + rejected + failed + waiting; runs of the last days are looked at, and any
    older one some page of which still waits. The exit code is 1 where a sum does not come out, where no source was
    asked for hours, and for a day where a source has a new trouble that costs articles.
    """
    now = datetime.now(UTC)
    with database() as opened, run(Archive(opened.engine), "watch", {"days": str(days)}) as current:
        kept = Queries(opened.engine).conservation(now - timedelta(days=days))
        sources = followed_sources(opened.engine)
        with Archive(opened.engine).health() as book:
            checkup = check_health(book, sources, now)
        lost = tuple(find_trouble(kept, now))
        trouble = (*lost, *find_pause(sources, checkup.asked_at, now))
        current.counts.update(runs=len(kept), trouble=len(trouble), new_troubles=len(checkup.troubles.new))
    if as_json:
        _say_facts(kept, trouble, checkup)
    else:
        _tell_sums(kept, lost=bool(lost))
        _tell_checkup(checkup, now, full=full)
    if told := [*trouble, *_grave(checkup, now)]:
        raise TroubleError("\n".join(told))


def _grave(checkup: Checkup, now: datetime) -> Iterator[str]:
    """Say which sources have a trouble that costs articles and was first told within the last day."""
    known = [one for one, _ in checkup.troubles.standing.values() if now - one.raised_at < RECENT]
    told: list[Trouble | KnownTrouble] = [*checkup.troubles.new, *known]
    grave = [f"{each.source_id} is {_spoken(each)}" for each in told if each.hard]
    if grave:
        yield f"{counted(len(grave), 'grave trouble')} of sources, told first within a day: {', '.join(grave)}"


def _say_facts(kept: Sequence[Conservation], trouble: Sequence[str], checkup: Checkup) -> None:
    troubles = checkup.troubles
    say_json(
        {
            "runs": len(kept),
            "pages": sum(one.fetched for one in kept),
            "trouble": trouble,
            "sources": checkup.stands,
            "new": troubles.new,
            "standing": [{"known": known, "found": found} for known, found in troubles.standing.values()],
            "not_looked_at": troubles.kept,
            "mended": troubles.mended,
            "line_down": checkup.offline,
            "asked_at": checkup.asked_at,
        }
    )


def _tell_sums(kept: Sequence[Conservation], *, lost: bool) -> None:
    fetched = sum(one.fetched for one in kept)
    if not lost:
        say(f"{counted(fetched, 'page')} of {counted(len(kept), 'run')}: each became exactly one thing, none is lost")


def _tell_checkup(checkup: Checkup, now: datetime, *, full: bool) -> None:
    troubles, stands = checkup.troubles, Counter(each.health for each in checkup.stands.values())
    told = spelled({health.value: stands[health] for health in Health})
    say(f"{counted(len(checkup.stands), 'source')} followed{': ' if told else ''}{told}")
    if checkup.offline:
        hours = ", ".join(f"{hour:%d %b %H} h" for hour in checkup.offline)
        say(f"our own line was down, and what failed then blames no source: {hours} UTC")
    _tell_whole("New trouble", troubles.new, now)
    standing = [found for _, found in troubles.standing.values()]
    if full:
        _tell_whole("Standing trouble", standing, now)
    elif standing:
        rows = ((each.source_id, each.kind, _moment(each.since), _brief(each)) for each in standing)
        say("")
        say_table(f"Standing trouble: {len(standing)}", ("source", "what", "since", "seen"), rows, sentence_last=True)
    for each in troubles.healed:
        say(f"mended: {each.source_id} is not {_spoken(each)} any more, as it was since {_moment(each.since)}")


def _tell_whole(title: str, found: Sequence[Trouble], now: datetime) -> None:
    """Tell troubles, the grave ones first: what and since when, what is seen, what was tried, what to do."""
    if not found:
        return
    say(f"\n{title}: {len(found)}")
    for each in sorted(found, key=lambda trouble: not trouble.hard):
        age = counted((now - each.since).days, "day")
        say(f"{each.source_id}: {_spoken(each)} since {_moment(each.since)} ({age}){'' if each.hard else ', soft'}")
        say(f"  seen   {each.seen}")
        say(f"  tried  {each.tried.replace(NEXT_LINE, NEXT_LINE + ' ' * 9)}")
        say(f"  do     {each.advice}")


def _spoken(trouble: Trouble | KnownTrouble) -> str:
    """Say a kind as a word that follows *is*."""
    return trouble.kind.replace("_", " ")


def _brief(trouble: Trouble) -> str:
    return f"{trouble.seen}" if trouble.hard else f"{trouble.seen} (soft)"


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"
