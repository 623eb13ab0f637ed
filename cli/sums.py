"""What one demo brought, in sentences: what was asked, fetched and read, and how little of it was fetched twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from analysis.records import OutcomeKind
from models.totals import WAITING, Totals


def describe_sums(requests: Mapping[str, int], known: Collection[str], before: Totals, after: Totals) -> Iterator[str]:
    """Say what was added to what was there: by the tables, and by the requests of the press (URL to how often)."""
    fetched = after.by_source.total() - before.by_source.total()
    read = _read(after) - _read(before)
    told = f"{counted(read.total(), 'page')} read: {_spelled(read)}" if read else "nothing was left to read"
    asked = counted(sum(requests.values()), "time")
    yield f"The press was asked {asked} and gave {counted(fetched, 'new page', none='no')}; {told}."
    if known:
        there = before.by_source.total()
        again = sum(url in known for url in requests)
        yield (
            f"{counted(there, 'page')} {_were(there)} there before; {again or 'none'} of them "
            f"{_were(again or 1)} fetched again."
        )


def counted(count: int, one: str, many: str | None = None, *, none: str = "0") -> str:
    """Say how many of a thing: `1 page`, `2 pages`, `0 pages` or, where `none` is `no`, `no pages`."""
    return f"{count or none} {one if count == 1 else many or f'{one}s'}"


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _read(totals: Totals) -> Counter[str]:
    return Counter({outcome: count for outcome, count in totals.by_outcome.items() if outcome != WAITING})


def _spelled(read: Counter[str]) -> str:
    words = {OutcomeKind.COPY.value: ("copy", "copies")}
    return ", ".join(counted(count, *words.get(outcome, (outcome, outcome))) for outcome, count in read.most_common())
