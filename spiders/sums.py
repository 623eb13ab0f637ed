"""What a crawl came to, counted for each source."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from analysis.records import Catch, VisitState

_READ = frozenset({VisitState.FETCHED, VisitState.NOT_MODIFIED})


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceCrawl:
    """What a crawl came to for one source.

    `pages` are new, `changed` ones were kept before and say something else now. `known` addresses were listed and are
    kept already, `resting` ones failed before and are not due, `left` ones are due and were not asked for: they are
    beyond the limit, or their host wants to be left alone. `failed` counts visits that brought nothing by their state;
    `trouble` is empty unless ways of discovery were asked and none answered.
    """

    source_id: str
    pages: int
    known: int
    resting: int
    left: int
    failed: Mapping[VisitState, int]
    changed: int = 0
    trouble: str = ""


@dataclass(slots=True)
class _Tally:
    """The counts of one source while the crawl goes on."""

    pages: int = 0
    changed: int = 0
    known: set[str] = field(default_factory=set)
    resting: int = 0
    left: int = 0
    failed: Counter[VisitState] = field(default_factory=Counter)
    answered: int = 0
    troubles: list[str] = field(default_factory=list)


class Sums:
    """The counts of all sources of a crawl."""

    def __init__(self) -> None:
        self._tallies: defaultdict[str, _Tally] = defaultdict(_Tally)

    def wait(self, source_id: str, *, left: int = 0, resting: int = 0) -> None:
        """Count addresses that are not asked for now."""
        self._tallies[source_id].left += left
        self._tallies[source_id].resting += resting

    def list(self, source_id: str, known: Iterable[str], refused: Sequence[Catch]) -> None:
        """Count what a list named: addresses that are known, and those on other hosts."""
        tally = self._tallies[source_id]
        tally.known.update(known)
        tally.failed[VisitState.OFF_HOST] += len(refused)

    def count(self, catch: Catch, *, is_new: bool) -> None:
        """Count what one request came to."""
        if catch.visit is None:
            if catch.rhythm is not None and not catch.rhythm.is_child and not catch.rhythm.failures:
                self._tallies[catch.rhythm.source_id].answered += 1
            return
        tally = self._tallies[catch.visit.source_id]
        if is_new:
            tally.changed += catch.is_look
            tally.pages += not catch.is_look
        if catch.visit.state not in _READ:
            tally.failed[catch.visit.state] += 1
            if (way := catch.visit.way) is not None:
                tally.troubles.append(f"{way} {catch.visit.url}: {catch.visit.state} ({catch.visit.detail})")

    def results(self) -> tuple[SourceCrawl, ...]:
        """Return the counts of each source of which anything was heard."""
        return tuple(_result(source_id, tally) for source_id, tally in sorted(self._tallies.items()))


def _result(source_id: str, tally: _Tally) -> SourceCrawl:
    is_silent = tally.troubles and not tally.answered
    return SourceCrawl(
        source_id=source_id,
        pages=tally.pages,
        changed=tally.changed,
        known=len(tally.known),
        resting=tally.resting,
        left=tally.left,
        failed={state: count for state, count in tally.failed.items() if count},
        trouble=f"{source_id}: no way of discovery answered; {'; '.join(tally.troubles)}" if is_silent else "",
    )
