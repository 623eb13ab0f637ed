"""How well the days of two events agree, and when one without a date can have been."""

from __future__ import annotations

from datetime import date, timedelta

from analysis.records import Event, EventKind, Precision, Told

Days = tuple[date, date]

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


def end_of(event: Event) -> date:
    """Return the last day of an event, else the last on which it can have been."""
    return _days(event)[1]


def _widened(event: Event, by: timedelta) -> Days:
    first, last = _days(event)
    return first - by, last + by


def _meet(one: Days, other: Days) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
