"""Stories and gists as rows: what a story's articles make of it, and what was kept to know its news again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, text

from analysis.gists import Gist, find_news
from analysis.records import Language, Report
from models.event_rows import report_of_row

ALL = ""
"""The term that stands in every gist."""

REFRESH = text("""
    WITH told AS (
        SELECT articles.id, articles.published_at, articles.is_current, articles.copy_kind,
            coalesce(articles.published_on, pages.fetched_at::date) AS told_on
        FROM articles JOIN pages ON pages.id = articles.page_id
        WHERE articles.story_id = :story AND articles.set_aside_at IS NULL
    ), first AS (
        SELECT * FROM told ORDER BY told_on, published_at NULLS LAST, copy_kind IS NOT NULL, id LIMIT 1
    )
    UPDATE stories SET first_article_id = first.id, started_on = first.told_on,
        last_on = (SELECT max(told_on) FROM told)
    FROM first WHERE stories.id = :story
""")

GISTS = text("""
    SELECT gists.*, articles.story_id, articles.source_id, articles.language
    FROM gists JOIN articles ON articles.id = gists.article_id
    WHERE articles.story_id = ANY(:stories) ORDER BY articles.story_id, gists.article_id
""")

REPORTS = text("SELECT * FROM reports WHERE article_id = ANY(:articles) ORDER BY article_id, position")

SEEN = text("SELECT term, articles FROM gist_terms WHERE term = ANY(:terms)")

COUNT = text("""
    INSERT INTO gist_terms (term, articles) SELECT unnest(CAST(:terms AS text[])), 1
    ON CONFLICT (term) DO UPDATE SET articles = gist_terms.articles + 1
""")

UNCOUNT = text("UPDATE gist_terms SET articles = articles - 1 WHERE term = ANY(:terms)")

KEEP = text("INSERT INTO gists (article_id, told_on, terms) VALUES (:article, :told_on, :terms)")

KEPT = text("SELECT terms FROM gists WHERE article_id = :article")

# A story that waits gets its gist when it meets the others; what is a copy now keeps the one by which it was found.
RENEW = text("""
    INSERT INTO gists (article_id, told_on, terms)
    SELECT articles.id, coalesce(articles.published_on, pages.fetched_at::date), :terms
    FROM articles JOIN pages ON pages.id = articles.page_id JOIN stories ON stories.id = articles.story_id
    WHERE articles.id = :article AND stories.placed_at IS NOT NULL
        AND (articles.copy_kind IS NULL OR EXISTS (SELECT FROM gists WHERE gists.article_id = articles.id))
    ON CONFLICT (article_id) DO UPDATE SET told_on = excluded.told_on, terms = excluded.terms
    RETURNING article_id
""")

FORGET = text("DELETE FROM gists WHERE article_id = :article RETURNING terms")

Told = Mapping[int, Sequence[tuple[Report, int | None]]]


def refresh_story(connection: Connection, story_id: int) -> None:
    """Write anew which article of a story is the first, and the days of the first and the last."""
    connection.execute(REFRESH, {"story": story_id})


def reports_of(connection: Connection, article_ids: Collection[int]) -> Told:
    """Return the reports of some articles, each with the number of its event."""
    found = defaultdict[int, list[tuple[Report, int | None]]](list)
    for row in connection.execute(REPORTS, {"articles": list(article_ids)}):
        found[row.article_id].append((report_of_row(row), row.event_id))
    return found


def gists_of(connection: Connection, story_ids: Iterable[int]) -> dict[int, list[Gist]]:
    """Return what the articles of some stories tell, by what is known of their events today."""
    rows = connection.execute(GISTS, {"stories": list(story_ids)}).all()
    reports = reports_of(connection, [row.article_id for row in rows])
    found = defaultdict[int, list[Gist]](list)
    for row in rows:
        found[row.story_id].append(gist_of_row(row, frozenset(row.terms), reports))
    return dict(found)


def gist_of_row(row: Row[Any], terms: frozenset[str], reports: Told) -> Gist:
    """Return the gist of an article."""
    told_on: date = row.told_on
    told = reports.get(row.article_id, ())
    news = find_news(told, told_on)
    return Gist(
        told_on=told_on,
        source_id=row.source_id,
        language=Language(row.language),
        news=news,
        terms=terms,
        recalls=bool(told) and not news,
    )


def count_terms(connection: Connection, terms: Collection[str]) -> Mapping[str, int]:
    """Say in how many gists each of some terms stands; those that stand in none are left out, `ALL` counts them all."""
    found = connection.execute(SEEN, {"terms": [*terms, ALL]})
    return {row.term: row.articles for row in found}


def keep_gist(connection: Connection, article_id: int, gist: Gist) -> None:
    """Keep the gist of an article, and count its terms."""
    terms = sorted(gist.terms)
    connection.execute(KEEP, {"article": article_id, "told_on": gist.told_on, "terms": terms})
    _count(connection, {ALL, *terms}, frozenset())


def renew_gist(connection: Connection, article_id: int, terms: Collection[str]) -> None:
    """Make the gist of an article anew, by the terms it has today; the story it is in stays."""
    former = connection.scalar(KEPT, {"article": article_id})
    if connection.scalar(RENEW, {"article": article_id, "terms": sorted(terms)}) is not None:
        _count(connection, {ALL, *terms}, frozenset() if former is None else {ALL, *former})


def forget_gist(connection: Connection, article_id: int) -> None:
    """Let nothing find its story by an article that stands no more."""
    former = connection.scalar(FORGET, {"article": article_id})
    if former is not None:
        _count(connection, frozenset(), {ALL, *former})


def _count(connection: Connection, now: AbstractSet[str], before: AbstractSet[str]) -> None:
    connection.execute(COUNT, {"terms": sorted(now - before)})
    connection.execute(UNCOUNT, {"terms": sorted(before - now)})
