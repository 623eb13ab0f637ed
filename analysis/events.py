"""Which accounts tell of one event, and what is best supported of it: by kind, sides and days, never by wording.

An event is no more than its accounts: `gather` makes its facts from them, and two sets of accounts are one event where
their facts agree (`likeness`). So it does not matter which account came first, nor in which language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Generic, TypeVar

from analysis.nearness import end_of, is_placeless, nearness
from analysis.parts import best_parts
from analysis.records import Account, Direction, Event, Precision, Report, Told, When

Fact = TypeVar("Fact", bound=Hashable)
Key = TypeVar("Key", bound=Hashable)

_STRONGEST_FIRST = (Told.NEWS, Told.ANNOUNCED, Told.RECALLED, Told.DENIED)
_EXACT_FIRST = (Precision.DAY, Precision.MONTH, Precision.YEAR)

EXACT = 4.0
"""The likeness of an account to an event that another account gave the very same days; no other is as great."""
_AS_TOLD = 0.1
"""The likeness of an account to an event that people fixed and that tells of it as it was before: the least of all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolution(Generic[Key]):
    """What became of an account: the key of its event among the known ones, and of those that prove to be the same.

    `key` is None for a new event. An account that is `unplaced` belongs to none: it recalls something that nobody can
    tell from others of its kind.
    """

    key: Key | None = None
    merged: tuple[Key, ...] = ()
    unplaced: bool = False


# ---------------------------------------------------------------- from accounts to an event


def gather(accounts: Sequence[Account]) -> Event:
    """Make an event of its accounts; copies count only where nobody tells it in words of their own.

    Facts are the best supported ones: a date printed by two sources beats one, a day beats a month. The order of the
    accounts is nothing.
    """
    ordered = sorted(accounts, key=_age)
    heard = [each for each in ordered if not each.copied]
    own, all_told = [each.report for each in heard], [each.report for each in ordered]
    return Event(
        kind=all_told[0].kind,
        direction=_most_common(own, lambda each: each.direction) or _most_common(all_told, lambda each: each.direction),
        told=min((each.told for each in own or all_told), key=_STRONGEST_FIRST.index),
        people=_by_support(each.people for each in own or all_told),
        bodies=_by_support(each.bodies for each in own or all_told),
        countries=_by_age(each.countries for each in all_told),
        city=_most_common(own, lambda each: each.city) or _most_common(all_told, lambda each: each.city),
        when=best_when(heard) or best_when(ordered),
        told_from=ordered[0].told_on,
        told_to=ordered[-1].told_on,
        sources=tuple(dict.fromkeys(each.source_id for each in ordered)),
        participants=best_parts(heard or ordered),
    )


def best_when(accounts: Iterable[Account]) -> When | None:
    """Choose the days that most sources support: the most exact kind first; a part of a range supports it by half."""
    printed: dict[When, set[str]] = {}
    for each in accounts:
        if each.report.when is not None:
            printed.setdefault(each.report.when, set()).add(each.source_id)
    if not printed:
        return None
    return min(printed, key=lambda when: _rank_of_days(when, printed))


def disagreements(
    accounts: Sequence[Account], stands: Mapping[str, object] = MappingProxyType({})
) -> Mapping[str, Mapping[object, tuple[str, ...]]]:
    """Return the facts of one event that its accounts print differently, each value with the sources that print it.

    What they all print otherwise than it `stands` (days, city), for people fixed it, is such a fact too.
    """
    ordered = sorted(accounts, key=_age)
    facts: dict[str, list[tuple[object, str]]] = {
        "days": [(each.report.when, each.source_id) for each in ordered if each.report.when],
        "city": [(each.report.city, each.source_id) for each in ordered if each.report.city],
        "told": [(each.report.told, each.source_id) for each in ordered if each.report.told is not Told.RECALLED],
    }
    heard = {name: _who_said(pairs) for name, pairs in facts.items()}
    is_otherwise = {name for name, value in stands.items() if heard[name].keys() - {value}}
    return {name: said for name, said in heard.items() if len(said) > 1 or name in is_otherwise}


def _who_said(pairs: Iterable[tuple[object, str]]) -> dict[object, tuple[str, ...]]:
    said: dict[object, tuple[str, ...]] = {}
    for value, source_id in pairs:
        said[value] = tuple(dict.fromkeys((*said.get(value, ()), source_id)))
    return said


def _age(account: Account) -> tuple[date, str, str]:
    """Order accounts by age; what is after the day only makes the order the same each time."""
    return account.told_on, account.source_id, account.report.evidence


def _rank_of_days(when: When, printed: Mapping[When, set[str]]) -> tuple[int, float, int, date, date]:
    parts = [sources for other, sources in printed.items() if other != when and _is_part(other, when)]
    support = len(printed[when]) + len(set[str]().union(*parts)) / 2
    return _EXACT_FIRST.index(when.precision), -support, -len(printed[when]), when.first, when.last


def _is_part(one: When, other: When) -> bool:
    return one.precision is other.precision and other.first <= one.first and one.last <= other.last


def _most_common(reports: Iterable[Report], fact: Callable[[Report], Fact | None]) -> Fact | None:
    """Return what most reports say, of equals what was said first; None where none says it."""
    said = Counter(value for each in reports if (value := fact(each)) is not None)
    return next((value for value, _ in said.most_common(1)), None)


def _by_support(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Name everyone whom anyone names, those named most first."""
    return tuple(name for name, _ in Counter(name for names in lists for name in dict.fromkeys(names)).most_common())


def _by_age(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Name everyone in the order in which they were first named."""
    return tuple(dict.fromkeys(name for names in lists for name in names))


# ---------------------------------------------------------------- the same or another


class Resolver:
    """Tells events apart; `ours` are the ids of the people and bodies of Morocco, who are on every event's one side."""

    def __init__(self, ours: Iterable[str]) -> None:
        self.ours = frozenset(ours)

    def resolve(
        self,
        account: Account,
        known: Mapping[Key, Sequence[Account]],
        fixed: Mapping[Key, Sequence[Event]] = MappingProxyType({}),
    ) -> Resolution[Key]:
        """Find the event of an account among known ones (each as its accounts), and which of them it proves to be one.

        Known ones of another kind or country do no harm, they only cost time. `fixed` are those that people fixed: as
        each stands now, and before it by what else it is known again.
        """
        new, events = gather([account]), {key: gather(accounts) for key, accounts in known.items()}
        stands = events | {key: faces[0] for key, faces in fixed.items() if key in known}
        alike = self._alike(new, stands)
        alike |= {key: EXACT for key in known if key not in fixed and self._prints_the_days(new, known[key])}
        for key in fixed.keys() & known.keys():
            if any(self.likeness(new, face) is not None for face in (events[key], *fixed[key][1:])):
                alike.setdefault(key, _AS_TOLD)
        if not alike:
            return Resolution(unplaced=is_placeless(new))
        best = max(alike, key=lambda key: (alike[key], stands[key].told_to))
        grown = stands[best] if best in fixed else gather([*known[best], account])
        others = self._alike(grown, {key: event for key, event in stands.items() if key != best})
        return Resolution(key=best, merged=tuple(key for key in others if not is_placeless(stands[key])))

    def _prints_the_days(self, new: Event, accounts: Sequence[Account]) -> bool:
        """Tell whether an account of the event prints these very days, though most print others."""
        days = new.when and new.when.precision is Precision.DAY
        printed = days and any(each.report.when == new.when for each in accounts)
        return bool(printed) and self.likeness(new, replace(gather(accounts), when=new.when)) is not None

    def _alike(self, new: Event, events: Mapping[Key, Event]) -> dict[Key, float]:
        found = {key: self.likeness(new, event) for key, event in events.items()}
        alike = {key: likeness for key, likeness in found.items() if likeness is not None}
        if is_placeless(new) and alike:  # the last of its kind, as who recalls without a date means
            named = max(alike.values())
            last = max((key for key in alike if alike[key] == named), key=lambda key: end_of(events[key]))
            return {last: named}
        return alike

    def likeness(self, one: Event, other: Event) -> float | None:
        """Return None for two events, and for one the more the more they share: days above all, then names."""
        if one.kind is not other.kind or _differ(one.direction, other.direction):
            return None
        if not self._has_one_side(one, other) or self._has_other_people(one, other):
            return None
        days = nearness(one, other)
        return None if days is None else days + self._shared(one, other)

    def _has_one_side(self, one: Event, other: Event) -> bool:
        """Tell whether the foreign side can be one: countries within countries, or else a foreign body of both."""
        if one.countries and other.countries:
            mine, theirs = set(one.countries), set(other.countries)
            return mine <= theirs or theirs <= mine
        return bool(self._foreign(one.bodies) & self._foreign(other.bodies))

    def _has_other_people(self, one: Event, other: Event) -> bool:
        """Tell two by who came or went: another of ours to one country, other guests from one country."""
        if one.direction is Direction.OUTBOUND:
            return _disjoint(self.ours & {*one.people}, self.ours & {*other.people})
        if one.direction is not Direction.INBOUND:
            return False
        if _disjoint(self._foreign(one.people), self._foreign(other.people)):
            return True
        # outlets call one guest's service by different names; that two of one country come on one day is rarer
        return one.when != other.when and _disjoint(self._foreign(one.bodies), self._foreign(other.bodies))

    def _shared(self, one: Event, other: Event) -> float:
        names = self._foreign((*one.people, *one.bodies)) & self._foreign((*other.people, *other.bodies))
        return min(len(names), 3) / 4 + (one.city is not None and one.city == other.city) / 8

    def _foreign(self, names: Iterable[str]) -> frozenset[str]:
        return frozenset(names) - self.ours


def _differ(one: Direction | None, other: Direction | None) -> bool:
    return one is not None and other is not None and one is not other


def _disjoint(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and bool(other) and one.isdisjoint(other)
