"""Readers of dates in running text: each turns what one rule of `date_rules` matched into the days meant, or none."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import cast

from analysis.date_words import (
    AFTER_TOMORROW,
    BEFORE_YESTERDAY,
    COUNTS,
    ENGLISH_MONTHS,
    ENGLISH_WORDS,
    MONTHS,
    NAMESAKE,
    SEASONS,
    SHORT_MONTHS,
    SPOKEN_DAYS,
    TODAY,
    TURNS,
    UNTIL,
    WEEKDAY,
    WEEKDAYS,
    WEEKS,
    YESTERDAY,
    Turn,
    day_numbers,
)
from analysis.records import Precision, When
from analysis.whens import day_of, day_range, month_of, year_of

Reader = Callable[[re.Match[str], date, str], When | None]
"""Reads a match in canonical text, given the day of publication and the words as printed."""

HALF_A_YEAR = timedelta(days=183)
_NINE_MONTHS = timedelta(days=274)
_A_MONTH = timedelta(days=31)
_A_WEEK = timedelta(days=7)
_YEAR_SHIFTS = {Turn.LAST_YEAR: -1, Turn.THIS_YEAR: 0, Turn.NEXT_YEAR: 1}
_MONTH_SHIFTS = {Turn.PAST: -1, Turn.NEXT: 1}
_LEAD = re.compile(
    rf"(?:(?:\b(?:{BEFORE_YESTERDAY}|{YESTERDAY}|{TODAY}|{AFTER_TOMORROW}),? \(?)?"
    rf"\b(?P<weekday>{WEEKDAY})(?:(?: ?[,&-] ?| ?و ?| et | y | and | au | al | to | الي ){WEEKDAY}){{0,3}}"
    r"\)?,? (?:(?:le|el) )?)?(?:\b(?P<head>pasado|ultimo|proximo|last|next) (?:dia )?)?$"
)
_LEAD_LENGTH = 40


def lead(match: re.Match[str]) -> re.Match[str]:
    """Match what stands before and belongs to it: "hier, mardi", "pasado"; empty where nothing does."""
    return cast("re.Match[str]", _LEAD.search(match.string, max(0, match.start() - _LEAD_LENGTH), match.start()))


def is_named_after(match: re.Match[str]) -> bool:
    """Tell a place or movement that only bears the day in its name."""
    return NAMESAKE.search(match.string, max(0, match.start() - _LEAD_LENGTH), match.start()) is not None


# ---------------------------------------------------------------- which of the days of a name


def turn_of(match: re.Match[str]) -> Turn | None:
    """Return what the word beside a date makes of it: past, coming, of this month."""
    word = match.groupdict().get("turn") or lead(match)["head"]
    return TURNS[word] if word else None


def _turned_year(turn: Turn | None, published: date) -> int | None:
    return published.year + _YEAR_SHIFTS[turn] if turn in _YEAR_SHIFTS else None


def _nearest(month: int, day: int, published: date, turn: Turn | None, behind: timedelta = HALF_A_YEAR) -> date | None:
    """Find the day of that name that the wording allows and that is nearest, the past first."""
    named = [found for year in (-1, 0, 1) if (found := day_of(published.year + year, month, day))]
    past = max((found for found in named if found <= published), default=None)
    coming = min((found for found in named if found >= published), default=None)
    if turn is Turn.PAST:
        return past
    if turn is Turn.NEXT:
        return coming
    if turn is Turn.THIS:
        return next((found for found in named if abs(found - published) <= _A_MONTH), None)
    return past if past and published - past <= behind else coming


def _place(month: int, day: int, match: re.Match[str], published: date) -> date | None:
    """Find the day by the year that is printed after it, else by the word beside it, else by nearness."""
    turn = turn_of(match)
    year = int(match["year"]) if match["year"] else _turned_year(turn, published)
    return day_of(year, month, day) if year else _nearest(month, day, published, turn)


def _named_month(match: re.Match[str]) -> int | None:
    """Read the month; None where two names of it disagree."""
    month, twin = MONTHS[match["month"]], match.groupdict().get("twin")
    return month if twin is None or MONTHS[twin] == month else None


def _is_loose(match: re.Match[str]) -> bool:
    """Tell a short name such as "mar" without a year, which may be another word."""
    return match["month"] in SHORT_MONTHS and match["year"] is None


# ---------------------------------------------------------------- days


def read_nothing(*_: object) -> None:
    """Leave out what looks like a time and is none: a period such as 2025-2026."""


def read_days(match: re.Match[str], published: date, _printed: str) -> When | None:
    """Read "26 et 27 juin 2025", "8-12 فبراير" or "Feb. 10"."""
    return None if _is_loose(match) else _read_days(match, published)


def _read_days(match: re.Match[str], published: date) -> When | None:
    month, numbers = _named_month(match), day_numbers(match["days"])
    if month is None or (not match["year"] and is_named_after(match)):
        return None
    last = _place(month, max(numbers), match, published)
    return day_range(last and day_of(last.year, month, min(numbers)), last)


def read_english_days(match: re.Match[str], published: date, printed: str) -> When | None:
    """Read "May 5 and 6" or "Oct. 6": a month first and without a year only in English, and with a capital."""
    name = match["month"]
    if not match["year"] and name in SHORT_MONTHS and match.string[match.end("month")] == "." and printed[0].isupper():
        return _read_days(match, published)
    if not match["year"] and name not in ENGLISH_MONTHS:
        return None
    return None if name in ENGLISH_WORDS and not printed[0].isupper() else read_days(match, published, printed)


def read_two_months(match: re.Match[str], published: date, _printed: str) -> When | None:
    """Read "29 دجنبر إلى 2 يناير": a first day without a year is the last such before the other."""
    if match["first_month"] in SHORT_MONTHS or match["month"] in SHORT_MONTHS:
        return None
    last = _place(MONTHS[match["month"]], day_numbers(match["last"])[0], match, published)
    if last is None:
        return None
    month, day = MONTHS[match["first_month"]], day_numbers(match["first"])[0]
    year = int(match["first_year"] or (last.year if (month, day) <= (last.month, last.day) else last.year - 1))
    return day_range(day_of(year, month, day), last)


def read_iso(match: re.Match[str], _published: date, _printed: str) -> When | None:
    """Read a day in digits: the year first, or the day."""
    found = day_of(int(match["year"]), int(match["month"]), int(match["day"]))
    return day_range(found, found)


def read_days_of_month(match: re.Match[str], published: date, _printed: str) -> When | None:
    """Read "21 من الشهر الجاري" or "du 8 au 12 courant": of the month of the publication, the one before or after."""
    turn = match.groupdict().get("turn")
    year, month = _shifted(published, _MONTH_SHIFTS.get(TURNS[turn], 0) if turn else 0)
    numbers = day_numbers(match["days"])
    return day_range(day_of(year, month, min(numbers)), day_of(year, month, max(numbers)))


def read_spoken_day(match: re.Match[str], published: date, _printed: str) -> When | None:
    """Read "أمس الثلاثاء": the weekday decides where the reprint of a day later still says yesterday."""
    shift = spoken_shift(match)
    said = published + shift
    weekday = match.groupdict().get("weekday")
    if weekday:
        said += timedelta(days=(WEEKDAYS[weekday] - said.weekday() + 3) % 7 - 3)
    return day_range(said, said) if said <= published or shift >= timedelta() else None


def spoken_shift(match: re.Match[str]) -> timedelta:
    """Return how long after the publication the spoken day is: before it, of yesterday."""
    words = match["spoken"]
    return timedelta(next(days for word, days in SPOKEN_DAYS.items() if re.fullmatch(rf"(?:يوم )?(?:{word})", words)))


def read_days_ago(match: re.Match[str], published: date, _printed: str) -> When:
    """Read "il y a deux jours"."""
    printed = match["count"]
    day = published - timedelta(days=int(printed) if printed.isdigit() else COUNTS[printed])
    return When(first=day, last=day, precision=Precision.DAY)


def read_weekdays(match: re.Match[str], published: date, _printed: str) -> When | None:
    """Read "الخميس والجمعة": the last ones, the day of publication included, unless a word says which."""
    if is_named_after(match) or UNTIL.search(match.string, max(0, match.start() - _LEAD_LENGTH), match.start()):
        return None
    names = [WEEKDAYS[name] for name in re.findall(WEEKDAY, match["weekdays"])]
    behind = timedelta(days=(published.weekday() - names[-1]) % 7)
    turn = turn_of(match)
    if turn is Turn.PAST and not behind:
        behind = _A_WEEK
    last = published - behind + (_A_WEEK if turn is Turn.NEXT else timedelta())
    return day_range(last - timedelta(days=(names[-1] - names[0]) % 7), last)


def read_numbered_weekday(match: re.Match[str], published: date, _printed: str) -> When:
    """Read "el martes 17", without a month: the nearest day that bears both, else the last of its weekday."""
    weekday, number = WEEKDAYS[match["weekday"]], int(match["number"])
    possible = (day_of(*_shifted(published, shift), number) for shift in (-1, 0, 1))
    both = [day for day in possible if day and day.weekday() == weekday and abs(day - published) <= _A_MONTH]
    last = published - timedelta(days=(published.weekday() - weekday) % 7)
    day = min(both, key=lambda day: abs(day - published), default=last)
    return When(first=day, last=day, precision=Precision.DAY)


# ---------------------------------------------------------------- weeks, months, seasons, years


def read_week(match: re.Match[str], published: date, _printed: str) -> When:
    """Read "la semaine dernière", Monday to Sunday, or one weekday of it: "الثلاثاء من الأسبوع الماضي"."""
    shift = -1 if match["past"] else 1 if match["next"] else 0
    monday = published - timedelta(days=published.weekday()) + shift * _A_WEEK
    if match["weekday"]:
        day = monday + timedelta(days=WEEKDAYS[match["weekday"]])
        return When(first=day, last=day, precision=Precision.DAY)
    return When(first=monday, last=monday + timedelta(days=6), precision=Precision.MONTH)


def read_week_of_month(match: re.Match[str], published: date, printed: str) -> When | None:
    """Read "الأسبوع الأول من مارس 2025": its seven days, of which none is said to be the one."""
    month = read_month(match, published, printed)
    if month is None:
        return None
    last = 7 * WEEKS[match["week"]] if match["week"] else month.last.day
    first = month.first.replace(day=last - 6)
    return When(first=first, last=month.first.replace(day=last), precision=Precision.MONTH)


def read_spoken_month(match: re.Match[str], published: date, _printed: str) -> When:
    """Read "مطلع الشهر الجاري" or "last month"."""
    return month_of(*_shifted(published, -1 if match["past"] else 1 if match["next"] else 0))


def read_month(match: re.Match[str], published: date, _printed: str) -> When | None:
    """Read "septembre 2021", or a month without a year: past within nine months, else coming."""
    month, turn = _named_month(match), turn_of(match)
    if month is None or _is_loose(match):
        return None
    year = int(match["year"]) if match["year"] else _turned_year(turn, published)
    if year is None and month == published.month and turn in {Turn.PAST, Turn.NEXT}:
        year = published.year + (1 if turn is Turn.NEXT else -1)
    middle = date(published.year, published.month, 15)
    near = None if year else _nearest(month, 15, middle, turn, _NINE_MONTHS)
    return month_of(year or (near.year if near else published.year), month)


def read_season(match: re.Match[str], _published: date, _printed: str) -> When:
    """Read "صيف 2024" as its three months, of which none is said to be the one."""
    first = next(month for words, month in SEASONS.items() if _is(words, match))
    year = int(match["year"])
    last = date(year, first + 2, monthrange(year, first + 2)[1])
    return When(first=date(year, first, 1), last=last, precision=Precision.MONTH)


def read_year(match: re.Match[str], published: date, _printed: str) -> When | None:
    """Read "سنة 2019" or "l'année dernière"."""
    year = int(match["year"]) if match["year"] else _turned_year(TURNS[match["turn"]], published)
    return year_of(year) if year else None


def _is(words: str, match: re.Match[str]) -> bool:
    return re.compile(words).match(match.string, match.start("season"), match.end("season")) is not None


def _shifted(published: date, months: int) -> tuple[int, int]:
    """Return year and month so many months after the publication."""
    count = published.year * 12 + published.month - 1 + months
    return count // 12, count % 12 + 1
