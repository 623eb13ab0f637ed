"""The days that running text speaks of, resolved against the day of publication, ranges kept as ranges.

A day and month without a year is the last such day up to the publication, or the next where that is over half a
year ago; a month alone, over nine months. Words such as "الماضي", "prochain", "of last year" decide where they stand.
A weekday alone is the last one, the day of publication included. A year alone counts only after a word that makes it a
time ("سنة 2022", "en 2022"). What is named after a day (حركة 20 فبراير) is no time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from analysis.arabic import canonical_with_map
from analysis.date_references import Placed, with_references
from analysis.date_words import (
    DAY,
    ENGLISH_MONTHS,
    ENGLISH_WORDS,
    LAST_MONTH,
    MONTH,
    MONTH_TWICE,
    MONTHS,
    NAMESAKE,
    NO_NUMBER_BEFORE,
    OF,
    SHORT_MONTHS,
    SPOKEN_DAYS,
    THIS_MONTH,
    TODAY,
    TOMORROW,
    TURN,
    TURNS,
    UNTIL,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    YEAR_AFTER,
    YEAR_TURN,
    YESTERDAY,
    Turn,
    day_numbers,
)
from analysis.records import When
from analysis.whens import day_of, day_range, month_of, year_of

_Reader = Callable[[re.Match[str], date, str], When | None]
_HALF_A_YEAR = timedelta(days=183)
_NINE_MONTHS = timedelta(days=274)
_A_MONTH = timedelta(days=31)
_ANY_TWO_DAYS = (date(1999, 3, 4), date(2042, 9, 19))


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundWhen:
    """A time named in a text: the characters `start` to `end` (exclusive) of the original, and the days meant."""

    start: int
    end: int
    when: When


def resolve_dates(text: str, published: date | None, named: When | None = None) -> tuple[FoundWhen, ...]:
    """Find the days, months and years that a text published on `published` names, in their order in the text.

    Without a day of publication only those count that are the same whichever day it was. `named` is the last time
    named before this text, which "the same month" leans on.
    """
    if published is not None:
        return tuple(_resolve(text, published, named))
    early, late = ([*_resolve(text, day, named)] for day in _ANY_TWO_DAYS)
    return tuple(each for each in early if each in late)


def _resolve(text: str, published: date, named: When | None) -> Iterator[FoundWhen]:
    form = canonical_with_map(text)
    taken = bytearray(len(form.text))
    placed: list[Placed] = []
    for pattern, read in _RULES:
        for match in pattern.finditer(form.text):
            start, end = match.span()
            if taken.find(1, start, end) < 0:
                when = read(match, published, text[slice(*form.original(start, end))])
                start = max(_lead(match).start(), taken.rfind(1, 0, start) + 1)
                taken[start:end] = b"\x01" * (end - start)
                placed.append((start, end, when))
    placed.sort(key=lambda one: one[:2])
    for start, end, when in with_references(form.text, placed, published, named):
        if when is not None:
            first, last = form.original(start, end)
            yield FoundWhen(start=first, end=last, when=when)


def _lead(match: re.Match[str]) -> re.Match[str]:
    """Match what stands before and belongs to it: "hier, mardi", "pasado"; empty where nothing does."""
    return cast("re.Match[str]", _LEAD.search(match.string, max(0, match.start() - _LEAD_LENGTH), match.start()))


def _named_after(match: re.Match[str]) -> bool:
    """Tell a place or movement that only bears the day in its name."""
    return NAMESAKE.search(match.string, max(0, match.start() - _LEAD_LENGTH), match.start()) is not None


def _turned_year(turn: Turn | None, published: date) -> int | None:
    shifts = {Turn.LAST_YEAR: -1, Turn.THIS_YEAR: 0, Turn.NEXT_YEAR: 1}
    return published.year + shifts[turn] if turn in shifts else None


def _nearest(month: int, day: int, published: date, turn: Turn | None, behind: timedelta = _HALF_A_YEAR) -> date | None:
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
    turn = _turn(match)
    year = int(match["year"]) if match["year"] else _turned_year(turn, published)
    return day_of(year, month, day) if year else _nearest(month, day, published, turn)


def _turn(match: re.Match[str]) -> Turn | None:
    word = match.groupdict().get("turn") or _lead(match)["head"]
    return TURNS[word] if word else None


def _named_month(match: re.Match[str]) -> int | None:
    """Read the month; None where two names of it disagree."""
    month, twin = MONTHS[match["month"]], match.groupdict().get("twin")
    return month if twin is None or MONTHS[twin] == month else None


def _is_loose(match: re.Match[str]) -> bool:
    """Tell a short name such as "mar" without a year, which may be another word."""
    return match["month"] in SHORT_MONTHS and match["year"] is None


def _read_nothing(*_: object) -> None:
    """Leave out what looks like a time and is none: a period such as 2025-2026."""


def _read_days(match: re.Match[str], published: date, _printed: str) -> When | None:
    month, numbers = _named_month(match), day_numbers(match["days"])
    if month is None or _is_loose(match) or (not match["year"] and _named_after(match)):
        return None
    last = _place(month, max(numbers), match, published)
    return day_range(last and day_of(last.year, month, min(numbers)), last)


def _read_english_days(match: re.Match[str], published: date, printed: str) -> When | None:
    name = match["month"]
    if not match["year"] and name not in ENGLISH_MONTHS:
        return None
    return None if name in ENGLISH_WORDS and not printed[0].isupper() else _read_days(match, published, printed)


def _read_two_months(match: re.Match[str], published: date, _printed: str) -> When | None:
    if match["first_month"] in SHORT_MONTHS or match["month"] in SHORT_MONTHS:
        return None
    last = _place(MONTHS[match["month"]], day_numbers(match["last"])[0], match, published)
    if last is None:
        return None
    month, day = MONTHS[match["first_month"]], day_numbers(match["first"])[0]
    year = int(match["first_year"] or (last.year if (month, day) <= (last.month, last.day) else last.year - 1))
    return day_range(day_of(year, month, day), last)


def _read_iso(match: re.Match[str], _published: date, _printed: str) -> When | None:
    found = day_of(int(match["year"]), int(match["month"]), int(match["day"]))
    return day_range(found, found)


def _read_day_of_month(match: re.Match[str], published: date, _printed: str) -> When | None:
    """Read "21 من الشهر الجاري": the month of the publication, the one before or the one after."""
    shift = {Turn.PAST: -1, Turn.NEXT: 1}.get(TURNS[match["turn"]], 0)
    months = published.year * 12 + published.month - 1 + shift
    found = day_of(months // 12, months % 12 + 1, int(match["day"]))
    return day_range(found, found)


def _read_spoken_month(match: re.Match[str], published: date, _printed: str) -> When:
    """Read "مطلع الشهر الجاري" or "last month"."""
    past = published.replace(day=1) - timedelta(days=1)
    return month_of(past.year, past.month) if match["past"] else month_of(published.year, published.month)


def _read_month(match: re.Match[str], published: date, _printed: str) -> When | None:
    month, turn = _named_month(match), _turn(match)
    if month is None or _is_loose(match):
        return None
    year = int(match["year"]) if match["year"] else _turned_year(turn, published)
    if year is None and month == published.month and turn in {Turn.PAST, Turn.NEXT}:
        year = published.year + (1 if turn is Turn.NEXT else -1)
    middle = date(published.year, published.month, 15)
    near = None if year else _nearest(month, 15, middle, turn, _NINE_MONTHS)
    return month_of(year or (near.year if near else published.year), month)


def _read_year(match: re.Match[str], published: date, _printed: str) -> When | None:
    year = int(match["year"]) if match["year"] else _turned_year(TURNS[match["turn"]], published)
    return year_of(year) if year else None


def _read_spoken_day(match: re.Match[str], published: date, _printed: str) -> When | None:
    """Read "أمس الثلاثاء": the weekday decides where the reprint of a day later still says yesterday."""
    shift = next(days for word, days in SPOKEN_DAYS.items() if re.search(word, match["spoken"]))
    said = published + timedelta(days=shift)
    if match["weekday"]:
        said += timedelta(days=(WEEKDAYS[match["weekday"]] - said.weekday() + 3) % 7 - 3)
    return day_range(said, said) if said <= published or shift >= 0 else None


def _read_weekdays(match: re.Match[str], published: date, _printed: str) -> When | None:
    if _named_after(match) or UNTIL.search(match.string, max(0, match.start() - _LEAD_LENGTH), match.start()):
        return None
    names = [WEEKDAYS[name] for name in re.findall(WEEKDAY, match["weekdays"])]
    behind = timedelta(days=(published.weekday() - names[-1]) % 7)
    turn = _turn(match)
    if turn is Turn.PAST and not behind:
        behind = timedelta(days=7)
    last = published - behind + timedelta(days=7 if turn is Turn.NEXT else 0)
    return day_range(last - timedelta(days=(names[-1] - names[0]) % 7), last)


# ---------------------------------------------------------------- the rules, the first that matches wins

_LIST = rf"(?: ?[,&-] ?| ?و ?| et (?:le )?| y (?:el )?| and | a | au | al | to | الي (?:غايه )?| حتي )(?:\b{WEEKDAY} )?"
_TO = rf"(?: ?- ?| a | au | al | to | until | الي (?:غايه )?| وحتي | حتي )(?:\b{WEEKDAY} )?"
_TAIL = rf"(?:{YEAR_AFTER}|,? (?P<turn>{TURN}))?"
_TIME_BEFORE = r"\b(?:سنه|عام|العام|في|منذ|خلال|en|in|depuis|since|desde|annee|ano|year)"
_MONTH_BEFORE = r"\b(?:شهر|في|خلال|منذ|en|in|depuis|since|desde|au mois de|mes de)"
_LEAD = re.compile(
    rf"(?:(?:\b(?:{YESTERDAY}|{TODAY}),? \(?)?\b{WEEKDAY}\)?,? (?:(?:le|el) )?)?"
    r"(?:\b(?P<head>pasado|ultimo|proximo|last|next) (?:dia )?)?$"
)
_LEAD_LENGTH = 40
_NUMBER = rf"(?P<days>{DAY}(?:{_LIST}{DAY}){{0,6}})"
_FIRST_YEAR = rf"(?:,? (?:de )?(?P<first_year>{YEAR})| {TURN})?"


def _rule(read: _Reader, *pattern: str) -> tuple[re.Pattern[str], _Reader]:
    return re.compile("".join(pattern)), read


_RULES = (
    # A period of years, and a day of every year, are no times of an event.
    _rule(_read_nothing, NO_NUMBER_BEFORE, r"(?:19|20)\d\d ?[-/] ?(?:(?:19|20)\d\d|\d\d(?![\d/.-]))(?!\d)"),
    _rule(_read_nothing, rf"\b(?:من|بين|de|du|between|from|entre) {YEAR}(?:{_TO}| ?و ?| et | y | and ){YEAR}"),
    _rule(
        _read_two_months,
        rf"{NO_NUMBER_BEFORE}(?P<first>{DAY}){OF}(?P<first_month>{MONTH}){_FIRST_YEAR}{_TO}",
        rf"(?P<last>{DAY}){OF}(?P<month>{MONTH}){_TAIL}",
    ),
    _rule(
        _read_two_months,
        rf"\b(?P<first_month>{MONTH}) (?P<first>{DAY}){_FIRST_YEAR}{_TO}(?P<month>{MONTH}) (?P<last>{DAY}){_TAIL}",
    ),
    _rule(
        _read_nothing,
        rf"{NO_NUMBER_BEFORE}{DAY}{OF}{MONTH} (?:من كل|كل|de chaque|of every|de cada) (?:سنه|عام|annee|year|ano)",
    ),
    _rule(_read_days, NO_NUMBER_BEFORE, _NUMBER, OF, MONTH_TWICE, _TAIL),
    _rule(_read_english_days, rf"\b(?P<month>{MONTH})\.? {_NUMBER}(?!\d|[.:/%]\d){_TAIL}"),
    _rule(_read_iso, NO_NUMBER_BEFORE, r"(?P<year>(?:19|20)\d\d)([-/.])(?P<month>\d\d?)\2(?P<day>\d\d?)(?![\d/-])"),
    _rule(_read_iso, NO_NUMBER_BEFORE, r"(?P<day>\d\d?)([-/.])(?P<month>\d\d?)\2(?P<year>(?:19|20)\d\d)(?![\d/-])"),
    _rule(
        _read_day_of_month,
        NO_NUMBER_BEFORE,
        rf"(?P<day>\d\d?) (?:من (?:هذا )?الشهر|du mois|del mes) (?P<turn>{TURN})",
    ),
    _rule(_read_spoken_month, rf"\b(?:(?P<past>{LAST_MONTH})|{THIS_MONTH})"),
    _rule(_read_month, rf"\b{MONTH_TWICE}(?:{YEAR_AFTER}|,? (?P<turn>{TURN}))"),
    _rule(
        _read_month,
        rf"\b(?P<turn>pasado|ultimo|proximo|last|next) (?:mes de )?(?P<month>{MONTH})(?P<year>)",
    ),
    _rule(_read_month, rf"{_MONTH_BEFORE} (?:شهر )?(?P<month>{MONTH})(?P<year>)(?! \d)"),
    _rule(_read_spoken_day, rf"\b(?P<spoken>{YESTERDAY})\b(?:,? \(?(?:يوم )?(?P<weekday>{WEEKDAY})\)?)?"),
    _rule(
        _read_spoken_day,
        rf"\b(?P<spoken>{TODAY}|{TOMORROW}),? \(?(?:يوم )?(?P<weekday>{WEEKDAY})\)?(?! (?:المقبل|القادم|prochain))",
    ),
    _rule(_read_weekdays, rf"\b(?P<weekdays>{WEEKDAY}(?:{_LIST}{WEEKDAY}){{0,6}})(?: (?P<turn>{TURN}))?"),
    _rule(_read_year, rf"{_TIME_BEFORE} (?P<turn>)(?P<year>{YEAR})(?! ?[-/] ?\d)"),
    _rule(_read_year, rf"\b(?P<year>)(?P<turn>{YEAR_TURN})"),
)
