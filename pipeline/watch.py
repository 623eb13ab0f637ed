"""Does it add up, and do we ask at all? What is wrong with marsad itself, before anything is said of the sources."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta

from analysis.records import Source
from models.answers import Conservation

PATIENCE = timedelta(hours=2)
RECENT = timedelta(days=1)
LONGEST_PAUSE = timedelta(hours=6)


def find_trouble(kept: Iterable[Conservation], now: datetime) -> Iterator[str]:
    """Say, a sentence each, what an operator must look at: sums that do not come out, pages that wait, pages that fail.

    Waiting is trouble after two hours; failures are told for a day, and stay in `marsad articles --failed` after that.
    """
    for one in kept:
        age = now - one.started_at
        if not one.holds:
            yield _broken_sum(one)
        if one.waiting and age > PATIENCE:
            yield f"of what run {one.run_id} fetched, {one.waiting} still wait to be read: run `marsad process`"
        if one.failed_at and now - one.failed_at < RECENT:
            yield f"of what run {one.run_id} fetched, {one.failed} broke the reading: see `marsad articles --failed`"


def find_pause(sources: Collection[Source], asked_at: datetime | None, now: datetime) -> Iterator[str]:
    """Say so where no source was asked for hours: that is our silence, and none of theirs.

    Where nothing was ever asked, nothing has begun yet.
    """
    cadence = timedelta(minutes=min((source.cadence_minutes for source in sources), default=0))
    if asked_at is not None and sources and now - asked_at > max(LONGEST_PAUSE, 2 * cadence):
        hours = (now - asked_at) // timedelta(hours=1)
        yield (
            f"no source was asked for {hours} hours, since {asked_at:%Y-%m-%d %H:%M} UTC: "
            "see whether the schedule runs, or run `marsad crawl`"
        )


def _broken_sum(one: Conservation) -> str:
    return (
        f"run {one.run_id} does not add up: {one.fetched} pages fetched, {one.pages} kept, but {one.filed} filed "
        f"+ {one.copies} copies + {one.rejected} rejected + {one.failed} failed + {one.waiting} waiting, "
        f"and {one.articles} articles"
    )
