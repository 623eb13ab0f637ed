"""All that is wrong with one source: whether it answers, by its ways and its pages, and what it brings if it does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from analysis.advice import OVERRUN, advise
from analysis.expectations import find_broken_promises
from analysis.records import Discovery, Figures, Grounds, Standing, Trouble, TroubleKind, WayStanding
from analysis.standing import BROKEN, best

FEWEST_PAGES = 5
FAILED_SHARE, SAME_END_SHARE = 0.5, 0.8
LONGEST_UNASKED = 2
"""Of the slowest cadence, and no less than a day."""
OF_ONE_WAY = frozenset({TroubleKind.WAY_BROKEN, TroubleKind.NOT_ASKED})
"""Kinds that are of the source where no way is named with them."""
DAY = timedelta(days=1)
DEAD_LIST = 14 * DAY


def find_troubles(figures: Figures, now: datetime, crawled_at: datetime) -> tuple[Trouble, ...]:
    """Return what is wrong with a source, the gravest first; what one trouble explains is not told as another.

    `crawled_at` is when any source was last asked: while nobody asks, none is left out by the schedule.
    """
    found = [*_of_the_schedule(figures, crawled_at)]
    if best(way.standing for way in figures.ways).health in BROKEN:
        found.append(_no_way_answers(figures))
    else:
        found += [_way_is_broken(figures, way) for way in figures.ways if way.standing.health in BROKEN]
        found += _dead_lists(figures)
        found += _lists_that_ran_over(figures, now)
        pages = _of_its_pages(figures, now)
        found += [pages] if pages else find_broken_promises(figures, now)
    return tuple(sorted(found, key=lambda trouble: not trouble.hard))


def _of_the_schedule(figures: Figures, crawled_at: datetime) -> Iterator[Trouble]:
    """Find a source that was asked once and is not any more, while others are."""
    asked = max((way.standing.asked_at for way in figures.ways if way.standing.asked_at), default=None)
    patience = max(DAY, timedelta(minutes=figures.source.slowest_minutes) * LONGEST_UNASKED)
    if asked is not None and crawled_at - asked > patience:
        seen = f"we asked others since, and not it: {(crawled_at - asked).days} days"
        yield _trouble(figures, TroubleKind.NOT_ASKED, asked, seen, hard=False)


def _no_way_answers(figures: Figures) -> Trouble:
    """Tell of a source of which no way answers, by the way that stands for it, the first of equals."""
    standing = best(way.standing for way in figures.ways)
    broken = next(way for way in figures.ways if way.standing == standing)
    kind, since = standing.kind or TroubleKind.UNREACHABLE, _since(standing)
    answered = max((way.standing.answered_at for way in figures.ways if way.standing.answered_at), default=None)
    seen = f"no way of discovery answers: {standing.detail}" if answered else f"it never answered: {standing.detail}"
    doubted = None if answered else broken.discovery.grounds
    told = advise(kind, figures.source.id, figures.source.home, doubted)
    return _trouble(figures, kind, since, seen, told=told, way=broken.discovery)


def _way_is_broken(figures: Figures, way: WayStanding) -> Trouble:
    """Tell of one way that fails while another works."""
    kind = way.standing.kind or TroubleKind.UNREACHABLE
    worked = "" if way.standing.answered_at else ", and never answered"
    seen = f"its {way.discovery.way} is {kind}{worked} ({way.standing.detail}); another way works"
    doubted = None if way.standing.answered_at else way.discovery.grounds
    told = advise(TroubleKind.WAY_BROKEN, figures.source.id, figures.source.home, doubted)
    since = _since(way.standing)
    return _trouble(figures, TroubleKind.WAY_BROKEN, since, seen, told=told, way=way.discovery, hard=False)


def _dead_lists(figures: Figures) -> Iterator[Trouble]:
    """Find lists whose newest entry is weeks older than that of another list of the source."""
    newest = max((way.newest_at for way in figures.ways if way.newest_at), default=None)
    for way in figures.ways:
        is_asked = way.standing.health not in BROKEN and not way.discovery.is_search
        if newest and way.newest_at and is_asked and newest - way.newest_at > DEAD_LIST:
            seen = f"its {way.discovery.way} answers, but its newest entry is of {way.newest_at:%d %B %Y}"
            yield _trouble(figures, TroubleKind.WAY_BROKEN, way.newest_at, seen, way=way.discovery, hard=False)


def _lists_that_ran_over(figures: Figures, now: datetime) -> Iterator[Trouble]:
    """Find lists that fill faster than we ask, so that entries may have come and gone unseen."""
    for way in figures.ways:
        if way.overruns:
            often = "once" if way.overruns == 1 else f"{way.overruns} times"
            seen = f"all that its {way.discovery.way} named was new, {often} in a day: entries before may be missed"
            told = OVERRUN.format(id=figures.source.id, home=figures.source.home)
            yield _trouble(figures, TroubleKind.NOT_ASKED, now - DAY, seen, hard=False, told=told, way=way.discovery)


def _of_its_pages(figures: Figures, now: datetime) -> Trouble | None:
    """Find a source whose lists answer, and whose pages do not, or all lead to one address."""
    pages = figures.pages
    if pages.asked < FEWEST_PAGES:
        return None
    if len(pages.failed) >= FAILED_SHARE * pages.asked:
        kind, _ = Counter(kind for kind, _ in pages.failed).most_common(1)[0]
        detail = next(detail for failed, detail in pages.failed if failed is kind)
        seen = f"its lists answer, but {len(pages.failed)} of {pages.asked} pages did not: {detail}"
        return _trouble(figures, kind, now - DAY, seen)
    end, count = max(pages.ends.items(), key=lambda each: each[1], default=("", 0))
    if count < max(FEWEST_PAGES, SAME_END_SHARE * pages.asked):
        return None
    return _trouble(figures, TroubleKind.PARKED, now - DAY, f"{count} of {pages.asked} pages led to one address, {end}")


def _since(standing: Standing) -> datetime:
    assert standing.since is not None  # noqa: S101 for mypy: what was asked has a since
    return standing.since


def _trouble(  # noqa: PLR0913 a trouble has many sides
    figures: Figures,
    kind: TroubleKind,
    since: datetime,
    seen: str,
    *,
    hard: bool = True,
    told: str = "",
    way: Discovery | None = None,
) -> Trouble:
    of_one = way if kind in OF_ONE_WAY else None
    ways = [each for each in figures.ways if of_one in {None, each.discovery}]
    return Trouble(
        source_id=figures.source.id,
        kind=kind,
        since=since,
        hard=hard,
        seen=seen,
        tried="\n".join(map(_tried, ways)),
        advice=told or advise(kind, figures.source.id, figures.source.home),
        address=of_one.url if of_one else "",
        grounds=_least_sure(figures) if way is None else way.grounds,
    )


def _tried(way: WayStanding) -> str:
    standing = way.standing
    if standing.asked_at is None:
        return f"{way.discovery.way} {way.discovery.url}: never asked"
    answered = f"last answer {standing.answered_at:%d %b %H:%M} UTC" if standing.answered_at else "never an answer"
    many = f"{standing.failures} failure{'s' * (standing.failures != 1)}"
    failed = f"{many}, the last: {standing.detail}; " if standing.failures else ""
    return f"{way.discovery.way} {way.discovery.url} ({way.discovery.grounds}): {failed}{answered}"


def _least_sure(figures: Figures) -> Grounds | None:
    order = tuple(Grounds)
    return max((way.discovery.grounds for way in figures.ways), key=order.index, default=None)
