"""Days in words: a day, two days, a range, a month or a year, as exact as they were printed."""

from __future__ import annotations

from datetime import date, timedelta

from babel.dates import format_date

from analysis.records import Precision, When
from channels.words import LanguageWords


def days_in_words(when: When, words: LanguageWords) -> str:
    """Say when something was: `les 26 et 27 juin 2026`, `en février 2026`, `entre le 1er et le 7 juin 2026`."""
    first, last = when.first, when.last
    if when.precision is Precision.DAY:
        return _days(first, last, words)
    if _is_year(first, last):
        return words.days.year.format(year=first.year)
    if _is_month(first, last):
        return words.days.month.format(month=_written(first, words.month_year, words))
    is_one_month = (first.year, first.month) == (last.year, last.month)
    start = _written(first, "d", words) if is_one_month else _until(first, last, words)
    return words.days.some_day.format(first=start, last=day_in_words(last, words))


def day_in_words(day: date, words: LanguageWords) -> str:
    """Say one day with its year: `26 juin 2026`."""
    return _written(day, words.day_month_year, words)


def _days(first: date, last: date, words: LanguageWords) -> str:
    if first == last:
        return words.days.day.format(first=day_in_words(first, words))
    is_one_month = (first.year, first.month) == (last.year, last.month)
    if not is_one_month:
        return words.days.days_apart.format(first=_until(first, last, words), last=day_in_words(last, words))
    pattern = words.days.two_days if last - first == timedelta(days=1) else words.days.days
    return pattern.format(first_day=_written(first, "d", words), last=day_in_words(last, words))


def _until(first: date, last: date, words: LanguageWords) -> str:
    """Say the first day of a range: its year only where the last one has another."""
    return day_in_words(first, words) if first.year != last.year else _written(first, words.day_month, words)


def _written(day: date, pattern: str, words: LanguageWords) -> str:
    written = format_date(day, pattern, locale=words.locale)
    is_first = day.day == 1 and words.first_of_month and written.startswith("1")
    return f"{words.first_of_month}{written[1:]}" if is_first else written


def _is_year(first: date, last: date) -> bool:
    return (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31))


def _is_month(first: date, last: date) -> bool:
    is_whole = first.day == 1 and (last + timedelta(days=1)).day == 1
    return is_whole and (first.year, first.month) == (last.year, last.month)
