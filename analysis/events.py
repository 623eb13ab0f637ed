"""Which accounts tell of one event, and what is best supported of it: by kind, sides and days, never by wording.

An event is no more than its accounts: `gather` makes its facts from them, and two sets of accounts are one event where
their facts agree (`likeness`). So it does not matter which account came first, nor in which language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Generic, TypeVar

from analysis.records import Account, Direction, Event, EventKind, Precision, Report, Told, When

Fact = TypeVar("Fact", bound=Hashable)
Key = TypeVar("Key", bound=Hashable)
Days = tuple[date, date]

_STRONGEST_FIRST = (Told.NEWS, Told.ANNOUNCED, Told.RECALLED, Told.DENIED)
_EXACT_FIRST = (Precision.DAY, Precision.MONTH, Precision.YEAR)

EXACT = 4.0
"""The likeness of an account to an event that another account gave the very same days; no other is as great."""
_GAP = timedelta(days=1)
"""Two printed days so near can be one: "on Tuesday night" and "on Wednesday"."""
_GAP_OF_VISITS = timedelta(days=2)
"""A visit has more days than any account prints; nobody comes twice within so few."""
_LASTING = frozenset({EventKind.VISIT, EventKind.CONFERENCE})
_BEFORE_THE_NEWS = timedelta(days=10)
"""News without a date is of the days before it."""
_AFTER_THE_NEWS = timedelta(days=60)
"""What is announced without a date comes within so many days, or is announced again."""
_PUT_OFF = timedelta(days=14)
"""What was only announced may come so much earlier or later than its date."""
_REMEMBERED = timedelta(days=3 * 366)
"""What is recalled without a date is the last of its kind, if that was within so many days."""


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


def disagreements(accounts: Sequence[Account]) -> Mapping[str, Mapping[object, tuple[str, ...]]]:
    """Return the facts of one event that its accounts print differently, each value with the sources that print it."""
    ordered = sorted(accounts, key=_age)
    facts: dict[str, list[tuple[object, str]]] = {
        "days": [(each.report.when, each.source_id) for each in ordered if each.report.when],
        "city": [(each.report.city, each.source_id) for each in ordered if each.report.city],
        "told": [(each.report.told, each.source_id) for each in ordered if each.report.told is not Told.RECALLED],
    }
    return {name: said for name, pairs in facts.items() if len(said := _who_said(pairs)) > 1}


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

    def resolve(self, account: Account, known: Mapping[Key, Sequence[Account]]) -> Resolution[Key]:
        """Find the event of an account among known ones (each as its accounts), and which of them it proves to be one.

        Known ones of another kind or country do no harm, they only cost time.
        """
        new, events = gather([account]), {key: gather(accounts) for key, accounts in known.items()}
        alike = self._alike(new, events)
        alike |= {key: EXACT for key in known if self._prints_the_days(new, events[key], known[key])}
        if not alike:
            return Resolution(unplaced=is_placeless(new))
        best = max(alike, key=lambda key: (alike[key], events[key].told_to))
        grown = gather([*known[best], account])
        others = self._alike(grown, {key: event for key, event in events.items() if key != best})
        return Resolution(key=best, merged=tuple(key for key in others if not is_placeless(events[key])))

    def _prints_the_days(self, new: Event, event: Event, accounts: Sequence[Account]) -> bool:
        """Tell whether an account of the event prints these very days, though most print others."""
        days = new.when and new.when.precision is Precision.DAY
        printed = days and any(each.report.when == new.when for each in accounts)
        return bool(printed) and self.likeness(new, replace(event, when=new.when)) is not None

    def _alike(self, new: Event, events: Mapping[Key, Event]) -> dict[Key, float]:
        found = {key: self.likeness(new, event) for key, event in events.items()}
        alike = {key: likeness for key, likeness in found.items() if likeness is not None}
        if is_placeless(new) and alike:  # the last of its kind, as who recalls without a date means
            named = max(alike.values())
            last = max((key for key in alike if alike[key] == named), key=lambda key: _end(events[key]))
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


# ---------------------------------------------------------------- days


def nearness(one: Event, other: Event) -> float | None:
    """Say how well the days of two events agree, None where they cannot be of one.

    2 for printed days that meet, 1 where a day is near or within a month or year, 0.5 where a day stands for no more
    than the day of the telling.
    """
    if one.when is None and other.when is None:
        return _nearness_of_undated(one, other)
    if one.when is None or other.when is None:
        return _nearness_to_undated(one, other) if one.when is None else _nearness_to_undated(other, one)
    if _meet(_days(one), _days(other)):
        return 2.0 if one.when.precision is other.when.precision is Precision.DAY else 1.0
    return 1.0 if _meet(_days(one), _widened(other, _slack(one, other))) else None


def is_placeless(event: Event) -> bool:
    """Tell whether nothing says when it was: it is recalled, without a date."""
    return event.when is None and event.told is Told.RECALLED


def _nearness_of_undated(one: Event, other: Event) -> float | None:
    if is_placeless(one) and is_placeless(other):
        return 0.25
    if is_placeless(one) or is_placeless(other):
        recalled, told = (one, other) if is_placeless(one) else (other, one)
        return 0.25 if timedelta() <= recalled.told_to - told.told_from <= _REMEMBERED else None
    return 0.5 if _meet(_told_days(one), _told_days(other)) else None


def _nearness_to_undated(undated: Event, dated: Event) -> float | None:
    if is_placeless(undated):
        return 0.25 if timedelta() <= undated.told_to - _days(dated)[0] <= _REMEMBERED else None
    return 0.5 if _meet(_told_days(undated), _widened(dated, _GAP)) else None


def _told_days(event: Event) -> Days:
    """Return the days on which an event without a date can have been, by when it was told."""
    if event.told is Told.ANNOUNCED:
        return event.told_from, event.told_from + _AFTER_THE_NEWS
    if event.told is Told.DENIED:
        return event.told_from - _BEFORE_THE_NEWS, event.told_from + _AFTER_THE_NEWS
    return event.told_from - _BEFORE_THE_NEWS, event.told_from


def _slack(one: Event, other: Event) -> timedelta:
    """Say how far apart the printed days of one event can be: nothing where only months or years are printed."""
    precisions = {each.when.precision for each in (one, other) if each.when}
    if precisions != {Precision.DAY}:
        return timedelta()
    if (one.told is Told.ANNOUNCED) != (other.told is Told.ANNOUNCED):
        return _PUT_OFF
    return _GAP_OF_VISITS if one.kind in _LASTING else _GAP


def _days(event: Event) -> Days:
    return (event.when.first, event.when.last) if event.when else _told_days(event)


def _end(event: Event) -> date:
    return _days(event)[1]


def _widened(event: Event, by: timedelta) -> Days:
    first, last = _days(event)
    return first - by, last + by


def _meet(one: Days, other: Days) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
