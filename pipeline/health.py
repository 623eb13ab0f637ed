"""How the sources fare: what was asked since the last watch moves each way on, and counts are held against promises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce

from analysis.askings import askings, overruns
from analysis.cadence import known_as
from analysis.expectations import is_judged
from analysis.failures import offline_hours
from analysis.notices import notice_of
from analysis.records import Discovery, Figures, Health, PageAnswers, Source, Standing, WayStanding, WayVisit
from analysis.settling import Settlement, settle
from analysis.standing import BROKEN, best, observe
from analysis.troubles import find_troubles
from models.health_book import HealthBook
from models.health_counts import Milestones, Tallies

DAY = timedelta(days=1)
RHYTHM_DAYS = 36
"""Five weeks before today's day, so that four of each day of the week are known."""
FIRST_LOOK = timedelta(days=30)
OVERLAP = DAY
"""A crawl that began before the last watch may have ended after it."""

Standings = Mapping[tuple[str, str], Standing]


@dataclass(frozen=True, kw_only=True, slots=True)
class Checkup:
    """What one look at all sources found: how each stands, their troubles, and what is ours and not theirs.

    `asked_at` is when any source was last asked, None if none ever was; `offline` are the hours in which our own line
    was down.
    """

    stands: Mapping[str, Standing]
    troubles: Settlement
    asked_at: datetime | None
    offline: tuple[datetime, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """What a look saw: how ways stand and how often each ran over, by source and address, and the counts of sources."""

    standings: Standings
    tallies: Tallies
    overruns: Mapping[tuple[str, str], int]


def check_health(book: HealthBook, sources: Collection[Source], now: datetime) -> Checkup:
    """Look at all sources that are followed, and write into the book how they stand and what is wrong with them.

    Troubles stand in the order of the tiers.
    """
    before = book.standings()
    visits = tuple(book.way_visits(_last_look(before, now), now))
    offline = offline_hours(each.visit for each in visits)
    standings = move_on(before, sources, visits, offline)
    tallies = book.tallies([now - age * DAY for age in range(RHYTHM_DAYS, -1, -1)])
    seen = Seen(standings=standings, tallies=tallies, overruns=_overruns(sources, visits, now))
    figures = read_figures(sorted(sources, key=lambda source: (source.tier, source.id)), seen)
    asked_at = max((each.asked_at for each in standings.values() if each.asked_at), default=None)
    found = [trouble for each in figures for trouble in find_troubles(each, now, asked_at or now)]
    troubles = settle(book.known_troubles(), found, _unjudged(figures, now), now)
    stands = {each.source.id: best(way.standing for way in each.ways) for each in figures}
    _write(book, standings, stands, troubles, now)
    return Checkup(stands=stands, troubles=troubles, asked_at=asked_at, offline=tuple(sorted(offline)))


def move_on(
    before: Standings, sources: Iterable[Source], visits: Iterable[WayVisit], offline: Collection[datetime]
) -> Standings:
    """Return how each way stands after these visits, by source and address; ways never asked are not among them."""
    by_source, standings = _of_sources(visits), {}
    for source in sources:
        seen = askings(source, by_source[source.id], offline)
        for way in source.discovery:
            name = source.id, way.url
            standings[name] = reduce(observe, seen.get(way, ()), before.get(name, Standing()))
    return {name: standing for name, standing in standings.items() if standing.asked_at}


def read_figures(sources: Iterable[Source], seen: Seen) -> tuple[Figures, ...]:
    """Put together all that each source is judged by."""
    return tuple(_figures_of(source, seen) for source in sources)


def _figures_of(source: Source, seen: Seen) -> Figures:
    name, tallies = source.id, seen.tallies
    dated, undated = tallies.dated.get(name, (0, 0))
    miles = tallies.milestones.get(name, Milestones())
    return Figures(
        source=source,
        ways=tuple(_stand(source, way, seen) for way in source.discovery),
        days=tallies.days.get(name, ()),
        first_asked_at=miles.first_asked_at,
        last_page_at=miles.last_page_at,
        pages=tallies.pages.get(name, PageAnswers()),
        dated=dated,
        undated=undated,
    )


def _stand(source: Source, way: Discovery, seen: Seen) -> WayStanding:
    """Return how a way stands; what a search finds may be old and says nothing of the list."""
    known = () if way.is_search else known_as(source, way)
    dates, name = seen.tallies.newest_entries, (source.id, way.url)
    return WayStanding(
        discovery=way,
        standing=seen.standings.get(name, Standing()),
        newest_at=max((dates[source.id, url] for url in known if (source.id, url) in dates), default=None),
        overruns=seen.overruns.get(name, 0),
    )


def _overruns(sources: Iterable[Source], visits: Iterable[WayVisit], now: datetime) -> Mapping[tuple[str, str], int]:
    """Count how often in a day each list ran over, by source and address."""
    by_source = _of_sources(visits)
    counted = ((source.id, overruns(source, by_source[source.id], now - DAY)) for source in sources)
    return {(name, way.url): times for name, found in counted for way, times in found.items()}


def _of_sources(visits: Iterable[WayVisit]) -> defaultdict[str, list[WayVisit]]:
    by_source: defaultdict[str, list[WayVisit]] = defaultdict(list)
    for each in visits:
        by_source[each.visit.source_id].append(each)
    return by_source


def _unjudged(figures: Iterable[Figures], now: datetime) -> frozenset[str]:
    """Name the sources that neither fail nor answered lately: nobody can say what they would have brought."""
    return frozenset(
        each.source.id
        for each in figures
        if not is_judged(each, now) and best(way.standing for way in each.ways).health not in BROKEN
    )


def _last_look(before: Standings, now: datetime) -> datetime:
    asked = [each.asked_at for each in before.values() if each.asked_at]
    return max([now - FIRST_LOOK, *(at - OVERLAP for at in asked)])


def _write(
    book: HealthBook, standings: Standings, stands: Mapping[str, Standing], troubles: Settlement, now: datetime
) -> None:
    """Write all of it in the transaction of the book."""
    known = book.sources()
    changed = {name: each for name, each in stands.items() if each.health is not known.get(name, Health.UNTRIED)}
    book.write_standings(standings)
    book.log_changes(changed, now)
    book.raise_troubles(troubles.new, now)
    book.confirm_troubles({number: found for number, (_, found) in troubles.standing.items()}, now)
    book.clear_troubles([each.id for each in troubles.mended], now)
    if (notice := notice_of(troubles)) is not None:
        book.tell_operators(notice, now)
