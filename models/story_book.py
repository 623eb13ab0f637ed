"""Stories meet one another: each begins as the story of one article, and joins the one that tells the same news.

One transaction for each, and none at once with another or with the filing of a copy: it must not be left behind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, select, text, update

from analysis.gists import Gist, add_countries, find_terms, weigh
from analysis.records import Article, Field, Language, Span, Tag, TagKind
from analysis.stories import MOST_NEAR, QUIET, choose, rarest
from models.articles import ArticleRow, StoryRow
from models.database import told_when_gone
from models.findings import TagRow
from models.fingerprints import lock_placing
from models.resolving import lock_resolving
from models.story_rows import ALL, count_terms, gist_of_row, gists_of, keep_gist, refresh_story, reports_of

# The story whose articles' reports have all met their events; it is judged by the article it is about, not by copies,
# and waits while all of it is set aside.
NEXT = text("""
    SELECT articles.story_id, articles.id AS article_id, articles.source_id, articles.language, articles.url,
        articles.title, articles.text, coalesce(articles.published_on, pages.fetched_at::date) AS told_on
    FROM articles JOIN pages ON pages.id = articles.page_id
    WHERE articles.story_id = (
        SELECT min(stories.id) FROM stories
        WHERE placed_at IS NULL AND NOT EXISTS (
            SELECT FROM reports JOIN articles AS telling ON telling.id = reports.article_id
            WHERE telling.story_id = stories.id AND reports.met_at IS NULL
        ) AND EXISTS (
            SELECT FROM articles AS standing WHERE standing.story_id = stories.id AND standing.set_aside_at IS NULL
        )
    ) AND articles.set_aside_at IS NULL
    ORDER BY articles.copy_of_article_id IS NOT NULL, NOT articles.is_current, articles.id LIMIT 1
""")

NEAR = text("""
    WITH close AS (
        SELECT articles.story_id, cardinality(ARRAY(
            SELECT unnest(gists.terms) INTERSECT SELECT unnest(CAST(:terms AS text[]))
        )) AS shared
        FROM gists JOIN articles ON articles.id = gists.article_id
        WHERE gists.terms && CAST(:terms AS text[]) AND gists.told_on BETWEEN :earliest AND :latest
    ), closest AS (
        SELECT story_id FROM close GROUP BY story_id ORDER BY sum(shared) DESC, story_id LIMIT :most
    )
    SELECT story_id FROM closest
    UNION
    SELECT articles.story_id
    FROM reports
    JOIN articles ON articles.id = reports.article_id
    JOIN gists ON gists.article_id = articles.id
    WHERE reports.event_id = ANY(:events) AND gists.told_on BETWEEN :earliest AND :latest
""")


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """Where a story belongs: the number it stands under now, and those that became it."""

    story_id: int
    merged: tuple[int, ...] = ()


class StoryBook:
    """Lets stories meet; safe to use from many processes at once."""

    def __init__(self, engine: Engine, country_of: Mapping[str, str] | None = None) -> None:
        """Connect to the tables; `country_of` gives the countries of cities abroad."""
        self._engine, self._country_of = engine, country_of or {}

    def place_next(self) -> Placed | None:
        """Let the first story that waits meet the others; None where none waits, or the reports of all do."""
        with told_when_gone(self._engine), self._engine.begin() as connection:
            lock_resolving(connection)
            lock_placing(connection)
            row = connection.execute(NEXT).first()
            return None if row is None else _place(connection, row, self._country_of)


def _place(connection: Connection, row: Row[Any], country_of: Mapping[str, str]) -> Placed:
    said = _gist(connection, row)
    gist = add_countries(said, country_of)
    seen = count_terms(connection, gist.terms)
    near = gists_of(connection, _near(connection, gist, rarest(gist.terms, seen)))
    stories = {key: [add_countries(each, country_of) for each in told] for key, told in near.items()}
    names = {name for told in stories.values() for each in told for name in each.names}
    seen = {**seen, **count_terms(connection, names)}
    choice = choose(gist, stories, lambda term: weigh(seen.get(ALL, 0), seen.get(term, 0), term))
    keep_gist(connection, row.article_id, said)
    connection.execute(update(StoryRow).where(StoryRow.id == row.story_id).values(placed_at=func.now()))
    if choice.key is None:
        return Placed(story_id=row.story_id)
    kept, *gone = sorted({row.story_id, choice.key, *choice.merged})
    merge_stories(connection, kept, gone)
    return Placed(story_id=kept, merged=tuple(gone))


def merge_stories(connection: Connection, kept: int, gone: list[int]) -> None:
    """Let stories be one of them: their articles go there, their rows stay and point there."""
    connection.execute(update(ArticleRow).where(ArticleRow.story_id.in_(gone)).values(story_id=kept))
    merged = StoryRow.id.in_(gone) | StoryRow.merged_into_id.in_(gone)
    connection.execute(update(StoryRow).where(merged).values(merged_into_id=kept))
    refresh_story(connection, kept)


def _gist(connection: Connection, row: Row[Any]) -> Gist:
    reports = reports_of(connection, [row.article_id])
    article = Article(
        source_id=row.source_id,
        url=row.url,
        title=row.title,
        text=row.text,
        language=Language(row.language),
        author=None,
        published=None,
    )
    told = [report for report, _ in reports.get(row.article_id, ())]
    return gist_of_row(row, find_terms(article, _tags(connection, row.article_id), told), reports)


def _tags(connection: Connection, article_id: int) -> list[Tag]:
    found = connection.execute(select(TagRow.__table__).where(TagRow.article_id == article_id))
    return [
        Tag(
            kind=TagKind(row.kind),
            id=row.tag_id,
            span=Span(field=Field(row.field), start=row.span_start, end=row.span_end),
            surface=row.surface,
            because=row.because,
        )
        for row in found
    ]


def _near(connection: Connection, gist: Gist, terms: list[str]) -> list[int]:
    """Return the stories that an article can be of: those of its events, and those that use its rarest terms."""
    asked = {
        "terms": terms,
        "events": [each.event for each in gist.news],
        "earliest": gist.told_on - QUIET,
        "latest": gist.told_on + QUIET,
        "most": MOST_NEAR,
    }
    return list(connection.scalars(NEAR, asked))
