"""The dates with a year that outlets print over an article or write into its metadata, read without ever guessing.

A day printed with digits alone is day, month, year, as all four languages of this press write it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

from analysis.arabic import canonical_with_map
from analysis.date_words import (
    DAY,
    MONTH,
    MONTH_TWICE,
    MONTHS,
    NO_NUMBER_BEFORE,
    OF,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    YEAR_AFTER,
    day_numbers,
)

_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_MACHINE = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?")
_MAIL = re.compile(r"(?:[A-Za-z]{3}, ?)?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d")
_DATES = (
    re.compile(rf"{NO_NUMBER_BEFORE}(?P<day>{DAY}){OF}{MONTH_TWICE}{YEAR_AFTER}"),
    re.compile(rf"\b(?P<month>{MONTH})\.? (?P<day>{DAY}),? ?(?P<year>{YEAR})"),
    re.compile(
        rf"{NO_NUMBER_BEFORE}(?P<year>(?:19|20)\d\d)(?P<sign>[-/.])(?P<month>\d\d?)(?P=sign)(?P<day>\d\d?)(?!\d|[-/]\d)"
    ),
    re.compile(
        rf"{NO_NUMBER_BEFORE}(?P<day>\d\d?)(?P<sign>[-/.])(?P<month>\d\d?)(?P=sign)(?P<year>(?:19|20)\d\d)(?!\d|[-/]\d)"
    ),
)
_CLOCK = (
    r"(?P<hour>[01]?\d|2[0-3])(?: ?h ?(?P<after_h>[0-5]\d)?|:(?P<minute>[0-5]\d)(?::[0-5]\d)?)"
    r"(?! ?\d)(?: ?(?P<half>am|pm|a\.m|p\.m|صباحا|مساء|زوالا|ص|م)\b)?"
    r"(?: ?\(?(?P<utc>gmt|utc|بتوقيت (?:غرينتش|غرينيتش|جرينتش)|ت\.? ?غ\b)(?: ?(?P<ahead>[+-]\d\d?)(?::?00)?\b)?)?"
)
_CLOCK_AFTER = re.compile(rf"(?:[ ,|/(@•·t-]|علي |الساعه|a las |at |a |ora )*{_CLOCK}")
_CLOCK_BEFORE = re.compile(rf"(?<![\d:]){_CLOCK}[ ,|-]*(?:le |el |on |يوم )?$")
_AFTERNOON = frozenset({"pm", "p.m", "مساء", "زوالا", "م"})
_REVISED = re.compile(
    r"(?:تحديث|تعديل|mis a jour|mise a jour|modifie|maj|actualise|updated|modified|actualizado)\W*(?:\w+\W+)?$"
)
_NEAR = 24
# A year of two digits counts only where nothing else stands: in a text it may be a version, a score or an hour.
_SHORT = re.compile(
    rf"(?:{WEEKDAY},? )?(?P<day>\d\d?)(?P<sign>[./])(?P<month>\d\d?)(?P=sign)(?P<year>\d\d)(?:[ ,-]*{_CLOCK})?"
)
_CENTURY = 2000
_WEEKDAY_BEFORE = re.compile(rf"\b(?P<weekday>{WEEKDAY})\)?,? ?(?:le |el |dia )?$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """A day, and the moment where it is printed to the minute and the zone is known.

    `weekday_differs` tells that another weekday is printed beside it: the number is believed.
    """

    on: date
    at: datetime | None = None
    weekday_differs: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundDate:
    """A printed date: characters `start` to `end` (exclusive) of the text, its day, and the time beside it if any.

    The time is as printed, in UTC where the text says so, else without zone. `revised` tells that it is the date of a
    revision ("mis à jour le …"), `weekday_differs` that the weekday printed before it is another.
    """

    start: int
    end: int
    on: date
    time: time | None = None
    revised: bool = False
    weekday_differs: bool = False


def find_dates(text: str) -> tuple[FoundDate, ...]:
    """Find the complete dates (day, month, year) printed in a text, in order."""
    form = canonical_with_map(text)
    found: list[FoundDate] = []
    for match in sorted(_matches(form.text), key=re.Match.start):
        on = _read_day(match)
        start, end = form.original(*_span(match))
        if on is None or (found and start < found[-1].end):
            continue
        revised = _REVISED.search(form.text, max(0, match.start() - 2 * _NEAR), match.start()) is not None
        differs = _weekday_differs(match, on)
        at = _time_beside(match)
        found.append(FoundDate(start=start, end=end, on=on, time=at, revised=revised, weekday_differs=differs))
    return tuple(found)


def read_date(text: str, zone: tzinfo | None) -> Moment | None:
    """Read a text that states one date, for people or for machines; None where it states none, or several.

    A time without a zone is taken to be of `zone`; without one it is left out. Midnight sharp is no time.
    """
    bare = text.strip()
    try:
        if _MACHINE.fullmatch(bare):
            return moment(datetime.fromisoformat(bare), zone)
        if _MAIL.match(bare):
            return moment(parsedate_to_datetime(bare), zone)
    except (ValueError, TypeError, OverflowError):
        return None
    stated = [found for found in find_dates(bare) if not found.revised]
    if len({found.on for found in stated}) != 1:
        return None
    surest = max(stated, key=lambda found: found.time is not None)
    read = moment(datetime.combine(surest.on, surest.time or time()), zone)
    return replace(read, weekday_differs=any(found.weekday_differs for found in stated)) if read else None


def moment(stated: datetime, zone: tzinfo | None) -> Moment | None:
    """Make a moment of a stated time; None for a year that no web page is of.

    A time in UTC is one that a machine converted, so its day is that of `zone`; with another offset, the day stands.
    """
    if not _FIRST_YEAR <= stated.year <= _LAST_YEAR:
        return None
    has_time = stated.time().replace(tzinfo=None) != time()
    if stated.tzinfo is None:
        return Moment(on=stated.date(), at=stated.replace(tzinfo=zone) if has_time and zone else None)
    if not has_time:
        return Moment(on=stated.date())
    here = stated.astimezone(zone) if zone and not stated.utcoffset() else stated
    return Moment(on=here.date(), at=stated)


def _matches(text: str) -> Iterator[re.Match[str]]:
    short = _SHORT.fullmatch(text)
    if short:
        yield short
    for pattern in _DATES:
        yield from pattern.finditer(text)


def _span(match: re.Match[str]) -> tuple[int, int]:
    """Return where the date itself stands, without the weekday and the time that a short one may have beside it."""
    return (match.start("day"), match.end("year")) if _is_short(match) else match.span()


def _is_short(match: re.Match[str]) -> bool:
    return match.re is _SHORT


def _read_day(match: re.Match[str]) -> date | None:
    words = match.groupdict()
    month = MONTHS.get(words["month"]) or int(words["month"])
    if words.get("twin") and MONTHS[words["twin"]] != month:
        return None
    try:
        return date(int(words["year"]) + _is_short(match) * _CENTURY, month, day_numbers(words["day"])[0])
    except ValueError:
        return None


def _weekday_differs(match: re.Match[str], on: date) -> bool:
    start = _span(match)[0]
    before = _WEEKDAY_BEFORE.search(match.string, max(0, start - _NEAR), start)
    return before is not None and WEEKDAYS[before["weekday"]] != on.weekday()


def _time_beside(match: re.Match[str]) -> time | None:
    text, (start, end) = match.string, _span(match)
    clock = _CLOCK_AFTER.match(text, end, end + 2 * _NEAR) or _CLOCK_BEFORE.search(text, max(0, start - _NEAR), start)
    if clock is None:
        return None
    hour, minute = int(clock["hour"]), int(clock["minute"] or clock["after_h"] or 0)
    if clock["half"] and hour <= 12:  # noqa: PLR2004 twelve hours a half
        hour = hour % 12 + (12 if clock["half"] in _AFTERNOON else 0)
    ahead = timedelta(hours=int(clock["ahead"] or 0))
    return time(hour, minute, tzinfo=timezone(ahead) if clock["utc"] else None)
