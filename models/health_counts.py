"""What is counted of sources day by day: askings and answers, new pages and what became of them.

Only news counts: what a backfill found or an import brought, and what a list names that is old, says nothing of today.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, TextClause, text

from analysis.failures import observation
from analysis.records import DayCount, PageAnswers, TroubleKind, Visit, VisitState, Way, WayVisit

ASKINGS = text("""
    SELECT source_id, width_bucket(visited_at, CAST(:bounds AS timestamptz[])) AS stretch, count(*) AS asked,
        count(*) FILTER (WHERE state IN ('fetched', 'not_modified')) AS answered
    FROM visits
    WHERE way IS NOT NULL AND visited_at >= :first AND visited_at < :last
    GROUP BY source_id, stretch
""")

IS_NEWS = """
    coalesce(
        pages.entry_published_at > pages.fetched_at
            - CASE WHEN addresses.way IS NULL THEN interval '1 day' ELSE interval '7 days' END,
        addresses.way IS NOT NULL
    )
"""
"""What was dated in the week before it was fetched, or in the day if a backfill found it; undated, what lists named."""

NEW_PAGES = text(f"""
    SELECT source_id, width_bucket(fetched_at, CAST(:bounds AS timestamptz[])) AS stretch, fate,
        count(*) FILTER (WHERE is_news) AS pages, count(*) FILTER (WHERE NOT is_news) AS old
    FROM (
        SELECT pages.source_id, pages.fetched_at, addresses.way, {IS_NEWS} AS is_news,
            CASE pages.outcome WHEN 'rejected' THEN pages.reason ELSE pages.outcome END AS fate
        FROM pages JOIN addresses ON addresses.url_hash = pages.url_hash
        WHERE pages.version = 1 AND pages.fetched_at >= :first AND pages.fetched_at < :last
    ) AS brought
    WHERE is_news OR way IS NOT NULL
    GROUP BY source_id, stretch, fate
""")  # noqa: S608 our own words

PAGE_VISITS = text("""
    SELECT DISTINCT ON (visits.source_id, visits.url_hash) visits.source_id, visits.url, visits.way, visits.state,
        visits.status, visits.detail, visits.visited_at
    FROM sources JOIN visits ON visits.source_id = sources.id AND visits.visited_at >= :first
        AND visits.visited_at < :last
    JOIN runs ON runs.id = visits.run_id AND runs.command = 'crawl'
    WHERE visits.way IS NULL
        AND NOT EXISTS (SELECT FROM addresses WHERE addresses.url_hash = visits.url_hash AND addresses.way IS NULL)
    ORDER BY visits.source_id, visits.url_hash, visits.visited_at DESC
""")

WAY_VISITS = text("""
    SELECT visits.run_id, visits.source_id, visits.url, visits.way, visits.state, visits.status, visits.detail,
        visits.visited_at
    FROM visits JOIN runs ON runs.id = visits.run_id AND runs.command = 'crawl' AND runs.state <> 'running'
    WHERE visits.way IS NOT NULL AND visits.visited_at > :after AND visits.visited_at <= :last
    ORDER BY visits.visited_at, visits.id
""")

MILESTONES = text(f"""
    SELECT sources.id AS source_id,
        (SELECT min(visited_at) FROM visits WHERE visits.source_id = sources.id) AS first_asked_at,
        (SELECT pages.fetched_at FROM pages JOIN addresses ON addresses.url_hash = pages.url_hash
            WHERE pages.source_id = sources.id AND pages.version = 1 AND {IS_NEWS}
            ORDER BY pages.fetched_at DESC LIMIT 1) AS last_page_at
    FROM sources
""")  # noqa: S608 our own words

DATED = text("""
    SELECT articles.source_id, count(articles.published_on) AS dated,
        count(*) - count(articles.published_on) AS undated
    FROM pages JOIN articles ON articles.page_id = pages.id
    WHERE pages.fetched_at >= :first AND pages.fetched_at < :last AND articles.is_current
    GROUP BY articles.source_id
""")

NEWEST = text("SELECT source_id, url, newest_at FROM ways WHERE newest_at IS NOT NULL")

REDIRECTED = "redirected to "
MONTH = timedelta(days=30)


@dataclass(frozen=True, kw_only=True, slots=True)
class Milestones:
    """When a source was first asked, and when it last brought a page that was new."""

    first_asked_at: datetime | None = None
    last_page_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Tallies:
    """What was counted of all sources, each by the id of the source; `newest_entries` by its address of discovery too.

    `dated` are articles of a month with a date and without.
    """

    days: Mapping[str, tuple[DayCount, ...]]
    milestones: Mapping[str, Milestones]
    pages: Mapping[str, PageAnswers]
    dated: Mapping[str, tuple[int, int]]
    newest_entries: Mapping[tuple[str, str], datetime]


def read_tallies(connection: Connection, bounds: Sequence[datetime]) -> Tallies:
    """Count what each source did between bounds, which ascend; how pages answered is of the last stretch only."""
    now = bounds[-1]
    return Tallies(
        days=count_days(connection, bounds),
        milestones=milestones(connection),
        pages=page_answers(connection, bounds[-2], now),
        dated=count_dated(connection, max(bounds[0], now - MONTH), now),
        newest_entries=newest_entries(connection),
    )


def count_days(connection: Connection, bounds: Sequence[datetime]) -> Mapping[str, tuple[DayCount, ...]]:
    """Count the stretches between bounds, which ascend; return them for each source, the newest first."""
    days: defaultdict[tuple[str, int], dict[str, int]] = defaultdict(dict)
    fates: defaultdict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    waiting, old = Counter[tuple[str, int]](), Counter[tuple[str, int]]()
    for row in _between(connection, ASKINGS, bounds):
        days[row.source_id, row.stretch] = {"asked": row.asked, "answered": row.answered}
    for row in _between(connection, NEW_PAGES, bounds):
        old[row.source_id, row.stretch] += row.old
        if row.fate is None:
            waiting[row.source_id, row.stretch] = row.pages
        elif row.pages:
            fates[row.source_id, row.stretch][row.fate] = row.pages
    newest = len(bounds) - 1
    return {
        source: tuple(
            DayCount(
                **days.get((source, stretch), {}),
                new=fates[source, stretch].total() + waiting[source, stretch],
                waiting=waiting[source, stretch],
                old=old[source, stretch],
                fates=fates[source, stretch],
            )
            for stretch in range(newest, 0, -1)
        )
        for source in {source for source, _ in (*days, *fates, *waiting, *old)}
    }


def page_answers(connection: Connection, first: datetime, last: datetime) -> Mapping[str, PageAnswers]:
    """Say how the pages of each source answered in a stretch of time, each by the last visit to it."""
    asked = Counter[str]()
    failed: defaultdict[str, list[tuple[TroubleKind, str]]] = defaultdict(list)
    ends: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in connection.execute(PAGE_VISITS, {"first": first, "last": last}):
        asked[row.source_id] += 1
        seen = observation(_visit(row))
        if seen.kind is not None:
            failed[row.source_id].append((seen.kind, seen.detail))
        elif row.detail.startswith(REDIRECTED):
            ends[row.source_id][row.detail.removeprefix(REDIRECTED)] += 1
    return {
        source: PageAnswers(asked=count, failed=tuple(failed[source]), ends=ends[source])
        for source, count in asked.items()
    }


def way_visits(connection: Connection, after: datetime, last: datetime) -> Iterator[WayVisit]:
    """Give the visits of ways by crawls that have ended, in their order."""
    for row in connection.execute(WAY_VISITS, {"after": after, "last": last}):
        yield WayVisit(run_id=row.run_id, visit=_visit(row))


def milestones(connection: Connection) -> Mapping[str, Milestones]:
    """Say of each source when it was first asked, and when it last brought a page that was new."""
    return {
        row.source_id: Milestones(first_asked_at=row.first_asked_at, last_page_at=row.last_page_at)
        for row in connection.execute(MILESTONES)
    }


def count_dated(connection: Connection, first: datetime, last: datetime) -> Mapping[str, tuple[int, int]]:
    """Count the articles of each source that were fetched in a stretch of time, with a date and without."""
    found = connection.execute(DATED, {"first": first, "last": last})
    return {row.source_id: (row.dated, row.undated) for row in found}


def newest_entries(connection: Connection) -> Mapping[tuple[str, str], datetime]:
    """Return the latest date in the last answer of each address of discovery, by source and address."""
    return {(row.source_id, row.url): row.newest_at for row in connection.execute(NEWEST)}


def _between(connection: Connection, asked: TextClause, bounds: Sequence[datetime]) -> Sequence[Any]:
    # psycopg2 makes an array of a list
    return connection.execute(asked, {"first": bounds[0], "last": bounds[-1], "bounds": list(bounds)}).all()


def _visit(row: Any) -> Visit:  # noqa: ANN401 a row of one of the statements above
    return Visit(
        source_id=row.source_id,
        url=row.url,
        way=None if row.way is None else Way(row.way),
        state=VisitState(row.state),
        visited_at=row.visited_at,
        status=row.status,
        detail=row.detail,
    )
