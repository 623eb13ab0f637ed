"""What an article tells as news, and the terms it does so with: all that its story is chosen by.

The headline gives no terms: two headlines of one event share few words, and two of one form share most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import log

from analysis.arabic import canonical, words
from analysis.records import Article, EventKind, Field, Language, Precision, Report, Tag, TagKind, Told
from analysis.vocabulary import MOROCCO, City

LEAD = 700
"""Characters of the text that say what an article is about; what follows is background, which other stories share."""
FRESH = timedelta(days=7)
"""What ended longer ago is recalled, however it is told."""

DAY, COUNTRY, PLACE = "day:", f"{TagKind.COUNTRY}:", f"{TagKind.PLACE}:"
_NAMES = frozenset({TagKind.PERSON, TagKind.BODY, TagKind.COUNTRY, TagKind.PLACE})
_EVE = timedelta(days=1)
"""A paper is dated by the day after what it tells, or the reader's zone by the day before."""
_THESE_DAYS = timedelta(days=3)
_STAGES = (Told.NEWS, Told.ANNOUNCED, Told.DENIED)
_WRITTEN_ON = ("وال", "بال", "فال", "كال", "لل", "ال")
_SHORTEST = 3
_BEFORE, _NAMES_BEFORE = 100, 10
"""Articles that are taken for seen before the first one, and in how many of them each name stood."""


@dataclass(frozen=True, kw_only=True, slots=True)
class News:
    """An event as one article tells it, by its number: as news, as what is to come, or as what did not happen."""

    event: int
    stage: Told
    kind: EventKind
    countries: frozenset[str]
    first: date
    last: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Gist:
    """What one article tells: its news, the main one first, and the names, days and words of its lead.

    Names and days are ids with a colon, the same in all languages; words are those of `language`. `recalls` where
    all it reports is past: an analysis.
    """

    told_on: date
    source_id: str
    language: Language
    news: tuple[News, ...]
    terms: frozenset[str]
    recalls: bool = False

    @property
    def names(self) -> frozenset[str]:
        """Return the names and days among the terms."""
        return frozenset(filter(is_name, self.terms))


def is_name(term: str) -> bool:
    """Tell a name or day, which is the same in all languages, from a word."""
    return ":" in term


def find_news(reports: Iterable[tuple[Report, int | None]], told_on: date) -> tuple[News, ...]:
    """Return what an article tells as news on a day, each report with the number of its event; the main news first.

    That is what its headline or lead says, what happened before what is to come, and of that the last. What a lead
    says happened in these days is news, though it is told as what is known, where the article has no other.
    """
    known = [(report, event) for report, event in reports if event is not None]
    fresh = [pair for pair in known if _is_fresh(pair[0], told_on)] or [
        pair for pair in known if _is_of_these_days(pair[0], told_on)
    ]
    ranked = sorted(fresh, key=lambda pair: _rank(pair[0], told_on))
    found = [_news(report, event, told_on) for report, event in ranked]
    return tuple({(each.event, each.stage): each for each in reversed(found)}.values())[::-1]


def abroad(cities: Iterable[City]) -> dict[str, str]:
    """Return the country of each city that is not in Morocco, by their ids."""
    return {city.id: city.country for city in cities if city.country != MOROCCO}


def add_countries(gist: Gist, country_of: Mapping[str, str]) -> Gist:
    """Let the cities abroad that an article names stand for their countries: not every article names both."""
    cities = (term.removeprefix(PLACE) for term in gist.terms if term.startswith(PLACE))
    return replace(gist, terms=gist.terms | {f"{COUNTRY}{country_of[each]}" for each in cities if each in country_of})


def weigh(articles: int, seen: int, term: str) -> float:
    """Say what a term tells of an article, when it stands in `seen` of so many articles: less what many print.

    Names of the seeds are common from the start, for what is about our topic is full of them.
    """
    return log((articles + _BEFORE) / (seen + (_NAMES_BEFORE if is_name(term) else 1))) ** 2


def find_terms(article: Article, tags: Iterable[Tag], reports: Iterable[Report]) -> frozenset[str]:
    """Return the names, printed days and words of an article's lead."""
    lead = _lead(article.text)
    names = {f"{tag.kind}:{tag.id}" for tag in tags if tag.kind in _NAMES and _is_early(tag.span.field, tag.span.start)}
    days = {
        f"{DAY}{day}"
        for each in reports
        if each.told is not Told.RECALLED and each.when and each.when.precision is Precision.DAY
        for day in (each.when.first, each.when.last)
    }
    return frozenset(
        names | days | {_stem(word) for word in words(canonical(lead)) if len(word) >= _SHORTEST or word.isdigit()}
    )


def _lead(text: str) -> str:
    """Cut a text after its lead, between two words."""
    if len(text) <= LEAD:
        return text
    return text[:LEAD].rpartition(" ")[0] or text[:LEAD]


def _is_early(field: Field, start: int) -> bool:
    return field is Field.TITLE or start < LEAD


def _stem(word: str) -> str:
    """Take off what Arabic writes before a noun; two articles that tell one thing rarely inflect it alike."""
    return next(
        (word[len(each) :] for each in _WRITTEN_ON if word.startswith(each) and len(word) > len(each) + 2), word
    )


def _is_fresh(report: Report, told_on: date) -> bool:
    if report.told is Told.RECALLED:
        return False
    return report.when is None or report.when.last >= told_on - FRESH


def _is_of_these_days(report: Report, told_on: date) -> bool:
    days = report.when if report.when and report.when.precision is Precision.DAY else None
    is_early = _is_early(report.span.field, report.span.start)
    return days is not None and is_early and told_on - _THESE_DAYS <= days.last <= told_on + _EVE


def _stage(report: Report, told_on: date) -> Told:
    """Say as what a report is told: what was announced and has begun is news, and no news what is still to come."""
    if report.when is None or report.told is Told.DENIED:
        return report.told
    return Told.ANNOUNCED if report.when.first > told_on + _EVE else Told.NEWS


def _rank(report: Report, told_on: date) -> tuple[bool, int, int, bool, int]:
    last = report.when.last if report.when else told_on
    in_title = report.span.field is Field.TITLE
    is_late = not _is_early(report.span.field, report.span.start)
    return is_late, _STAGES.index(_stage(report, told_on)), -last.toordinal(), not in_title, report.span.start


def _news(report: Report, event: int, told_on: date) -> News:
    return News(
        event=event,
        stage=_stage(report, told_on),
        kind=report.kind,
        countries=frozenset(report.countries),
        first=report.when.first if report.when else told_on,
        last=report.when.last if report.when else told_on,
    )
