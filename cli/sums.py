"""What one demo brought, in sentences: what was asked, fetched and read, and how little of it was fetched twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from cli.context import counted, spelled
from models.totals import WAITING, Totals


def describe_sums(requests: Mapping[str, int], known: Collection[str], before: Totals, after: Totals) -> Iterator[str]:
    """Say what was added to what was there: by the tables, and by the requests of the press (URL to how often)."""
    fetched = after.by_source.total() - before.by_source.total()
    read = _read(after) - _read(before)
    told = f"{counted(read.total(), 'page')} read: {spelled(read)}" if read else "nothing was left to read"
    asked, gave = sum(requests.values()), counted(fetched, "new page") if fetched else "no new pages"
    if asked:
        yield f"The press was asked {counted(asked, 'time')} and gave {gave}; {told}."
    else:
        yield f"No outlet was due: all had been asked within the last minute; {told}."
    if known:
        there = before.by_source.total()
        again = sum(url in known for url in requests)
        yield (
            f"{counted(there, 'page')} {_were(there)} there before; {again or 'none'} of them "
            f"{_were(again or 1)} fetched again."
        )


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _read(totals: Totals) -> Counter[str]:
    return Counter({outcome: count for outcome, count in totals.by_outcome.most_common() if outcome != WAITING})
