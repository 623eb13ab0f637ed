"""When an article was published, from what its page proves; a page that proves nothing has no date.

The surest source that says anything counts: JSON-LD, meta elements, the time element beside the heading, the address,
the line under the heading, and last what the feed said; where two of them name a day, it is agreed. Nothing is ever
filled in. A moment in UTC is of a day only where every clock of the outlet shows that day, or the page prints it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import islice

from lxml import html

from analysis.arabic import canonical, words
from analysis.clocks import CASABLANCA
from analysis.dates import Doubt, resolve_dates
from analysis.evidence import Evidence, is_aside, lines_after, lines_around, surroundings
from analysis.publication import Moment, find_dates, moment, read_date
from analysis.records import Basis, Page, Precision, Published, Sureness
from analysis.statements import Statement, one_line

_URL_DAY = re.compile(r"(?<!\d)(20\d\d|19\d\d)([/_-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)")
_EITHER_ORDER = re.compile(r"(?<!\d)(?:0?[1-9]|1[0-2])[/.-](?:0?[1-9]|1[0-2])[/.-]\d{4}(?!\d)")
_URL_DIGITS = re.compile(r"[/_.-](20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_A_DAY = timedelta(days=1)
_BYLINE = 8  # short lines under a heading among which its dateline stands
_FEW_WORDS = 3  # "mardi", "publié le", and what separates
_WEAK = frozenset({Basis.URL, Basis.ENTRY})


@dataclass(frozen=True, kw_only=True, slots=True)
class _Claim:
    """What one source states: the days it can mean, in order (two for some moments in UTC), and the moment."""

    basis: Basis
    days: tuple[date, ...]
    at: datetime | None = None
    weekday_differs: bool = False


def find_published(evidence: Evidence) -> tuple[Published | None, str | None]:
    """Return when the article was published, or None and the reason in words.

    A date more than a day after the fetch is refused. The minute comes from the surest source that names the same day
    to the minute.
    """
    latest = evidence.page.fetched_at.astimezone(CASABLANCA).date() + _A_DAY
    claims = list(_until_settled(claim for claim in _claims(evidence) if claim.days[0] <= latest))
    if not claims:
        refused = [f"{claim.days[0]} ({claim.basis})" for claim in _claims(evidence)]
        if refused:
            return None, f"the only date stated lies after the fetch: {', '.join(refused)}"
        return None, _hijri_alone(evidence) or "neither the page nor its entry states a complete date"
    chosen = _chosen(claims)
    if chosen is None:
        return None, f"{claims[0].at} is of one day or of the next by the outlet's clocks ({claims[0].basis})"
    dateline = _dateline(evidence)
    if dateline and dateline <= latest and abs(dateline - chosen.days[0]) == _A_DAY:
        doubt = f"printed under the heading; {_told(chosen)}"
        return Published(on=dateline, at=None, basis=Basis.VISIBLE_TEXT, sure=Sureness.WEAK, doubt=doubt), None
    return _weigh(chosen, claims), None


def _chosen(claims: Sequence[_Claim]) -> _Claim | None:
    """Take the surest; the day of one that leaves two open is the one that another names."""
    surest = claims[0]
    if len(surest.days) == 1:
        return surest
    return next((each for each in claims[1:] if len(each.days) == 1 and each.days[0] in surest.days), None)


def _weigh(chosen: _Claim, claims: Sequence[_Claim]) -> Published:
    """Say how sure the chosen day is by what the other sources claim."""
    on = chosen.days[0]
    others = [each for each in claims if each is not chosen]
    agreed = any(on in each.days for each in others)
    against = [_told(each) for each in others if on not in each.days]
    if chosen.weekday_differs:
        against.append("the weekday printed beside it is another")
    weak = (against or chosen.basis in _WEAK) and not (agreed and not chosen.weekday_differs)
    sure = Sureness.WEAK if weak else Sureness.AGREED if agreed else Sureness.STATED
    at = next((each.at for each in claims if each.at and on in each.days), None)
    return Published(on=on, at=at, basis=chosen.basis, sure=sure, doubt="; ".join(against))


def _told(claim: _Claim) -> str:
    return f"{' or '.join(map(str, claim.days))} by {claim.basis}"


def _until_settled(claims: Iterable[_Claim]) -> Iterator[_Claim]:
    """Give claims until a moment is known with its zone and two sources name its day: the rest could only repeat it."""
    given: list[_Claim] = []
    for claim in claims:
        yield claim
        given.append(claim)
        named = [each.days for each in given if len(each.days) == 1]
        if len(named) > 1 and len(set(named)) == 1 and any(each.at and each.at.utcoffset() for each in given):
            return


def _claims(evidence: Evidence) -> Iterator[_Claim]:
    zone = evidence.zone
    readers: tuple[tuple[Basis, Callable[[], Moment | None]], ...] = (
        (Basis.JSON_LD, lambda: _from_statements(evidence.statements, zone)),
        (Basis.META, lambda: _from_meta(evidence, zone)),
        (Basis.TIME_ELEMENT, lambda: _from_time_element(evidence, zone)),
        (Basis.URL, lambda: _from_url(evidence.page.url)),
        (Basis.VISIBLE_TEXT, lambda: _from_lines(evidence, zone)),
        (Basis.ENTRY, lambda: _from_entry(evidence.page)),
    )
    return (_claim(basis, found, evidence.clocks) for basis, read in readers if (found := read()) is not None)


def _claim(basis: Basis, found: Moment, clocks: Sequence[tzinfo]) -> _Claim:
    days = {found.on}
    if found.at is not None and not found.at.utcoffset():
        days = {found.at.astimezone(clock).date() for clock in clocks}
    return _Claim(basis=basis, days=tuple(sorted(days)), at=found.at, weekday_differs=found.weekday_differs)


def _hijri_alone(evidence: Evidence) -> str | None:
    """Say that only a day of the Islamic calendar is printed: the moon makes it one of two."""
    for line in islice(lines_after(evidence), _BYLINE):
        for found in resolve_dates(line, None):
            if found.doubt is Doubt.MOON and found.when.precision is Precision.DAY:
                return f"only {line[found.start : found.end]} is printed: {found.when.first} or {found.when.last}"
    return None


def _dateline(evidence: Evidence) -> date | None:
    """Return the day that the outlet prints by itself under the heading; a day with an hour is its machine's."""
    for line in islice(lines_after(evidence), _BYLINE):
        found = find_dates(line)
        if found:
            rest = line[: found[0].start] + line[found[0].end :]
            is_alone = len(found) == 1 and not found[0].revised and len(words(canonical(rest))) <= _FEW_WORDS
            return found[0].on if is_alone and found[0].time is None else None
    return None


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
