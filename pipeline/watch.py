"""Does it add up? Every page fetched must have become exactly one thing, and none may wait or fail unnoticed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from models.answers import Conservation

PATIENCE = timedelta(hours=2)
RECENT = timedelta(days=1)


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


def _broken_sum(one: Conservation) -> str:
    return (
        f"run {one.run_id} does not add up: {one.fetched} pages fetched, {one.pages} kept, but {one.filed} filed "
        f"+ {one.copies} copies + {one.rejected} rejected + {one.failed} failed + {one.waiting} waiting, "
        f"and {one.articles} articles"
    )
