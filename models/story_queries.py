"""The questions about stories and copies: who tells one news, when, and of what event; and who printed one text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, text

from analysis.errors import UnknownNameError
from models.database import told_when_gone

Answer = TypeVar("Answer")

STORY = text("""
    SELECT id, first_article_id, started_on, last_on FROM stories
    WHERE id = (SELECT coalesce(merged_into_id, id) FROM stories WHERE id = :story)
""")

TELLERS = text("""
    SELECT articles.id AS article_id, coalesce(articles.published_on, pages.fetched_at::date) AS told_on,
        articles.source_id, articles.language, articles.title, articles.copy_kind, articles.copy_of_article_id,
        articles.copy_of_seed_id
    FROM articles JOIN pages ON pages.id = articles.page_id
    WHERE articles.story_id = :story AND articles.is_current
    ORDER BY told_on, articles.published_at NULLS LAST, articles.copy_kind IS NOT NULL, articles.id
""")

GROWTH = text("""
    WITH told AS (
        SELECT coalesce(articles.published_on, pages.fetched_at::date) AS day, articles.source_id, articles.id,
            row_number() OVER (PARTITION BY articles.source_id
                ORDER BY coalesce(articles.published_on, pages.fetched_at::date), articles.id) AS place
        FROM articles JOIN pages ON pages.id = articles.page_id
        WHERE articles.story_id = :story AND articles.is_current
    )
    SELECT day, count(*) AS articles, count(*) FILTER (WHERE place = 1) AS new_sources FROM told
    GROUP BY day ORDER BY day
""")

EVENTS = text("""
    SELECT events.id AS event_id, events.kind, events.countries, events.first_on, events.last_on,
        count(*) FILTER (WHERE reports.told <> 'recalled') AS told, count(*) AS reports
    FROM reports
    JOIN articles ON articles.id = reports.article_id
    JOIN events ON events.id = reports.event_id
    WHERE articles.story_id = :story AND articles.is_current
    GROUP BY events.id HAVING count(*) FILTER (WHERE reports.told <> 'recalled') > 0
    ORDER BY told DESC, events.id
""")

GROUP = text("""
    SELECT articles.id AS article_id, articles.source_id, articles.url, articles.title, articles.published_on,
        articles.copy_kind AS kind, articles.copy_share AS share, articles.text
    FROM articles
    WHERE articles.id = CAST(:article AS bigint) OR articles.copy_of_article_id = CAST(:article AS bigint)
        OR articles.copy_of_seed_id = CAST(:seed AS text)
    ORDER BY articles.copy_kind IS NOT NULL, articles.published_on NULLS LAST, articles.id
""")


@dataclass(frozen=True, kw_only=True, slots=True)
class Teller:
    """One article of a story; `told_on` is its day of publication, else of the fetch."""

    article_id: int
    told_on: date
    source_id: str
    language: str
    title: str
    copy_kind: str | None
    copy_of_article_id: int | None
    copy_of_seed_id: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class GrowthDay:
    """How many articles a story grew by in a day, and how many of their sources had not told it before."""

    day: date
    articles: int
    new_sources: int


@dataclass(frozen=True, kw_only=True, slots=True)
class StoryEvent:
    """An event that articles of a story tell as news; `told` counts those reports, `reports` all."""

    event_id: int
    kind: str
    countries: tuple[str, ...]
    first_on: date | None
    last_on: date | None
    told: int
    reports: int


@dataclass(frozen=True, kw_only=True, slots=True)
class WholeStory:
    """A story with everything that is known of it; articles in the order in which they told it."""

    id: int
    first_article_id: int | None
    started_on: date
    last_on: date
    articles: tuple[Teller, ...]
    growth: tuple[GrowthDay, ...]
    events: tuple[StoryEvent, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Printing:
    """One article that prints a text: the original (no kind), or a copy, how and by what share."""

    article_id: int
    source_id: str
    url: str
    title: str
    published_on: date | None
    kind: str | None
    share: float | None
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CopyGroup:
    """All that print one text, the original first unless it is a seed document, whose text may not be at hand."""

    seed_id: str | None
    original_text: str | None
    articles: tuple[Printing, ...]


def read_story(engine: Engine, story_id: int) -> WholeStory:
    """Read a story, under whichever number it stands today; raises UnknownNameError where there never was one."""
    with told_when_gone(engine), engine.connect() as connection:
        row = connection.execute(STORY, {"story": story_id}).first()
        if row is None:
            raise UnknownNameError(f"there is no story {story_id}: `marsad article ID` names that of an article")
        return WholeStory(
            **row._mapping,  # noqa: SLF001 public by its documentation
            articles=_all(connection, Teller, TELLERS, story=row.id),
            growth=_all(connection, GrowthDay, GROWTH, story=row.id),
            events=_all(connection, StoryEvent, EVENTS, story=row.id),
        )


def read_copies(engine: Engine, article_id: int) -> CopyGroup:
    """Read all copies of an article, or of its original; raises UnknownNameError where there is no such article."""
    asked = text("SELECT copy_of_article_id, copy_of_seed_id FROM articles WHERE id = :article")
    with told_when_gone(engine), engine.connect() as connection:
        row = connection.execute(asked, {"article": article_id}).first()
        if row is None:
            raise UnknownNameError(f"there is no article {article_id}: `marsad articles` lists them")
        seed_id = row.copy_of_seed_id
        original = None if seed_id else row.copy_of_article_id or article_id
        articles = _all(connection, Printing, GROUP, article=original, seed=seed_id)
        seeds = text("SELECT text FROM seed_documents WHERE id = :seed")
        seed_text = connection.scalar(seeds, {"seed": seed_id}) if seed_id else articles[0].text
    return CopyGroup(seed_id=seed_id, original_text=seed_text, articles=articles)


def _all(connection: Connection, answer: type[Answer], question: Any, **asked: object) -> tuple[Answer, ...]:  # noqa: ANN401 text or a select
    rows = connection.execute(question, asked).mappings()
    return tuple(
        answer(**{name: tuple(value) if isinstance(value, list) else value for name, value in row.items()})
        for row in rows
    )
