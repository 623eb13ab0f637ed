"""When an article was published, from what its page proves; a page that proves nothing has no date.

The surest source that says anything counts: JSON-LD, meta elements, the time element beside the heading, the address,
the line under the heading, and last what the feed said. Nothing is ever filled in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta, tzinfo

from lxml import html

from analysis.evidence import Evidence, is_aside, lines_around, surroundings
from analysis.publication import CASABLANCA, Moment, find_dates, moment, read_date
from analysis.records import Basis, Page, Published
from analysis.statements import Statement, one_line
from analysis.urls import host

_URL_DAY = re.compile(r"(?<!\d)(20\d\d|19\d\d)([/_-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)")
_EITHER_ORDER = re.compile(r"(?<!\d)(?:0?[1-9]|1[0-2])[/.-](?:0?[1-9]|1[0-2])[/.-]\d{4}(?!\d)")
_URL_DIGITS = re.compile(r"[/_.-](20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_SLACK = timedelta(days=1)
_COUNTRY_LETTERS = 2


def find_published(evidence: Evidence) -> tuple[Published | None, str | None]:
    """Return when the article was published, or None and the reason in words.

    A date more than a day after the fetch is refused. The minute comes from the surest source that names the same day
    to the minute.
    """
    latest = evidence.page.fetched_at.astimezone(CASABLANCA).date() + _SLACK
    stated = list(_until_complete((basis, found) for basis, found in _moments(evidence) if found.on <= latest))
    if stated:
        basis, found = _printed(stated)
        at = next(
            (other.at for _, other in stated if other.at and (other is stated[0][1] or other.on == found.on)), None
        )
        return Published(on=found.on, at=at, basis=basis), None
    refused = [f"{found.on} ({basis})" for basis, found in _moments(evidence)]
    if refused:
        return None, f"the only date stated lies after the fetch: {', '.join(refused)}"
    return None, "neither the page nor its entry states a complete date"


def _printed(stated: Sequence[tuple[Basis, Moment]]) -> tuple[Basis, Moment]:
    """Take the surest, or, where that is a moment in UTC, the day that the outlet prints for it in its own zone."""
    surest = stated[0]
    if surest[1].at is None or surest[1].at.utcoffset():
        return surest
    possible = {(surest[1].at + timedelta(hours=hours)).date() for hours in (-10, 3)}
    printed = (each for each in stated[1:] if each[1].at is None and each[1].on in possible)
    day = next(printed, surest)
    return surest if day[1].on == surest[1].on else day


def _until_complete(stated: Iterable[tuple[Basis, Moment]]) -> Iterator[tuple[Basis, Moment]]:
    """Give what is stated, no further than a moment that leaves nothing open: neither the minute nor the zone."""
    for each in stated:
        yield each
        if each[1].at and each[1].at.utcoffset():
            return


def _moments(evidence: Evidence) -> Iterator[tuple[Basis, Moment]]:
    zone = evidence.zone
    readers: tuple[tuple[Basis, Callable[[], Moment | None]], ...] = (
        (Basis.JSON_LD, lambda: _from_statements(evidence.statements, zone)),
        (Basis.META, lambda: _from_meta(evidence, zone)),
        (Basis.TIME_ELEMENT, lambda: _from_time_element(evidence, zone)),
        (Basis.URL, lambda: _from_url(evidence.page.url)),
        (Basis.VISIBLE_TEXT, lambda: _from_lines(evidence, zone)),
        (Basis.ENTRY, lambda: _from_entry(evidence.page)),
    )
    return ((basis, found) for basis, read in readers if (found := read()) is not None)


def zone_of(url: str, country: str | None = None) -> tzinfo | None:
    """Return the zone of times that an outlet prints without one: Morocco's for its own, none for another country's.

    The country (ISO 3166-1 alpha-2) is that of the source; where it is not known, the ending of the host tells.
    """
    if country is None:
        ending = host(url).rpartition(".")[2]
        country = ending.upper() if len(ending) == _COUNTRY_LETTERS else "MA"
    return CASABLANCA if country == "MA" else None


def _from_statements(statements: Sequence[Statement], zone: tzinfo | None) -> Moment | None:
    """Read the date of JSON-LD; none where it speaks of several articles of different days."""
    found = [read for each in statements if (read := _read_stated(each.published, zone))]
    return found[0] if len({each.on for each in found}) == 1 else None


def _from_meta(evidence: Evidence, zone: tzinfo | None) -> Moment | None:
    marked = evidence.root.xpath(".//*[@itemprop='datePublished'][not(self::meta)]")
    stated = [*evidence.meta.published, *(_stated_by(element) for element in marked[:1])]
    return next((read for each in stated if (read := _read_stated(each, zone))), None)


def _read_stated(text: str, zone: tzinfo | None) -> Moment | None:
    """Read a date written for machines, where 06/12/2025 may be of June or of December, and so is none."""
    return None if _EITHER_ORDER.search(text) else read_date(text, zone)


def _stated_by(element: html.HtmlElement) -> str:
    """Return the date an element states: the abbr of Blogger's pages states it in its title."""
    stated = element.get("datetime") or element.get("content") or (element.tag == "abbr" and element.get("title"))
    return one_line(stated or element.text_content())


def _from_time_element(evidence: Evidence, zone: tzinfo | None) -> Moment | None:
    """Read the first time element of the nearest surroundings of the heading that hold one."""
    for around in surroundings(evidence):
        stated = (_stated_by(each) for each in around.iter("time") if not is_aside(each))
        found = next((read for each in stated if (read := read_date(each, zone))), None)
        if found:
            return found
    return None


def _from_url(url: str) -> Moment | None:
    for pattern, groups in ((_URL_DAY, (1, 3, 4)), (_URL_DIGITS, (1, 2, 3))):
        match = pattern.search(url)
        if match:
            year, month, day = (int(match[group]) for group in groups)
            try:
                return Moment(on=date(year, month, day))
            except ValueError:
                continue
    return None


def _from_lines(evidence: Evidence, zone: tzinfo | None) -> Moment | None:
    """Read the first short line after the heading that holds one date, else the last before it."""
    before, after = lines_around(evidence)
    for line in (*after, *reversed(before)):
        if any(not found.revised for found in find_dates(line)) and (read := read_date(line, zone)):
            return read
    return None


def _from_entry(page: Page) -> Moment | None:
    return moment(page.entry.published_at, CASABLANCA) if page.entry and page.entry.published_at else None
