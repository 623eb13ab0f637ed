"""The events met so far, in memory: what `marsad analyse` has where the pipeline has Postgres."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from analysis.events import Resolver, gather
from analysis.history import KnownEvent
from analysis.records import Account, Event, EventKind

_Side = tuple[EventKind, str]


class KnownEvents:
    """Gives each account its event, an old one or a new one, by numbers counted from 1."""

    def __init__(
        self,
        resolver: Resolver,
        history: Iterable[KnownEvent] = (),
        told_of_merge: Callable[[int, Sequence[int]], None] = lambda kept, gone: None,  # noqa: ARG005 nobody asks
    ) -> None:
        """Begin with the events that are known from the start; who keeps numbers is told which become another."""
        self._told_of_merge = told_of_merge
        self._resolver = resolver
        self._accounts: dict[int, list[Account]] = {}
        self._by_side: defaultdict[_Side, set[int]] = defaultdict(set)
        self._last = 0
        self._names = {self.meet(each.account): each.id for each in history}

    def meet(self, account: Account) -> int | None:
        """Return the number of the event an account tells of; None where it recalls what cannot be told apart.

        Events that prove to be one keep the lowest of their numbers.
        """
        keys = set[int]().union(*(self._by_side[side] for side in _sides(account)))
        found = self._resolver.resolve(account, {key: self._accounts[key] for key in keys})
        if found.unplaced:
            return None
        if found.key is None:
            return self._begin(account)
        return self._put(account, {found.key, *found.merged})

    def name(self, number: int) -> str:
        """Return the name of an event: as the seeds call it, else `e` and its number."""
        return self._names.get(number, f"e{number}")

    def event(self, number: int) -> Event:
        """Return an event as its accounts make it today."""
        return gather(self._accounts[number])

    def _begin(self, account: Account) -> int:
        self._last += 1
        self._accounts[self._last] = []
        return self._put(account, {self._last})

    def _put(self, account: Account, keys: Iterable[int]) -> int:
        kept, *gone = sorted(keys)
        if gone:
            self._told_of_merge(kept, gone)
        moved = [account, *(each for key in gone for each in self._accounts.pop(key))]
        self._accounts[kept].extend(moved)
        for each in moved:
            for side in _sides(each):
                self._by_side[side] -= set(gone)
                self._by_side[side].add(kept)
        return kept


def _sides(account: Account) -> list[_Side]:
    """Name what an account is looked up by: its kind, with each country, else with each body."""
    report = account.report
    return [(report.kind, name) for name in (*report.countries, *report.bodies)]
