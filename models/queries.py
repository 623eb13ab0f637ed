"""What commands ask of the tables themselves: sources, runs, pages and articles; `models.questions` asks the views."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Engine, Row, Select, exists, func, select, text
from sqlalchemy.orm import aliased

from analysis.errors import UnknownNameError
from analysis.records import OutcomeKind, RejectionReason
from models.answers import (
    ArticleFilter,
    ArticleSummary,
    Conservation,
    CopySummary,
    FailedVisit,
    FoundTag,
    OutcomeCount,
    PageVersion,
    RunSummary,
    SettledPage,
    SourceSummary,
)
from models.articles import ArticleRow
from models.database import told_when_gone
from models.findings import TagRow
from models.pages import PageRow, RunRow
from models.seeds import SeedDocumentRow

Answer = TypeVar("Answer")

SOURCES = text("""
    SELECT sources.id, sources.name, sources.name_ar, sources.country, sources.home, sources.languages, sources.kind,
        sources.tier, sources.entry -> 'closed' ->> 'reason' AS closed, sources.retired_at,
        coalesce(fetched.pages, 0) AS pages, coalesce(fetched.waiting, 0) AS waiting,
        coalesce(fetched.articles, 0) AS articles, coalesce(fetched.copies, 0) AS copies,
        (SELECT max(visited_at) FROM visits WHERE visits.source_id = sources.id) AS last_visit_at,
        fetched.last_page_at
    FROM sources
    LEFT JOIN (
        SELECT pages.source_id, count(*) AS pages,
            count(*) FILTER (WHERE outcome IS NULL) AS waiting,
            count(*) FILTER (WHERE outcome = 'filed' AND is_current) AS articles,
            count(*) FILTER (WHERE outcome = 'copy' AND is_current) AS copies,
            max(fetched_at) AS last_page_at
        FROM pages LEFT JOIN articles ON articles.page_id = pages.id
        GROUP BY pages.source_id
    ) AS fetched ON fetched.source_id = sources.id
    ORDER BY sources.tier, sources.id
""")

CONSERVATION = text("""
    SELECT runs.id AS run_id, runs.command, runs.started_at,
        (SELECT count(*) FROM visits WHERE visits.run_id = runs.id AND visits.page_id IS NOT NULL) AS fetched,
        count(*) AS pages,
        count(*) FILTER (WHERE pages.outcome = 'filed') AS filed,
        count(*) FILTER (WHERE pages.outcome = 'copy') AS copies,
        count(*) FILTER (WHERE pages.outcome = 'rejected') AS rejected,
        count(*) FILTER (WHERE pages.outcome = 'failed') AS failed,
        count(*) FILTER (WHERE pages.outcome IS NULL) AS waiting,
        count(articles.id) FILTER (WHERE articles.set_aside_at IS NULL) AS articles,
        max(pages.outcome_at) FILTER (WHERE pages.outcome = 'failed') AS failed_at
    FROM runs
    JOIN pages ON pages.run_id = runs.id
    LEFT JOIN articles ON articles.page_id = pages.id
    WHERE CAST(:since AS timestamptz) IS NULL OR runs.started_at >= :since
        OR runs.id IN (SELECT run_id FROM pages WHERE outcome IS NULL)
    GROUP BY runs.id
    ORDER BY runs.id
""")


FAILED_VISITS = text("""
    SELECT * FROM (
        SELECT DISTINCT ON (source_id, url) source_id, url, way, state, status, detail, visited_at,
            count(*) OVER (PARTITION BY source_id, url) AS visits
        FROM visits
        ORDER BY source_id, url, visited_at DESC, id DESC
    ) AS last_visits
    WHERE state NOT IN ('fetched', 'not_modified', 'known')
    ORDER BY visited_at DESC, source_id, url
    LIMIT :limit
""")


HISTORY = text("""
    WITH own AS (
        SELECT url_hash FROM pages WHERE id = (SELECT page_id FROM articles WHERE id = :article)
    )
    SELECT pages.version, pages.fetched_at, pages.outcome, pages.reason, pages.detail,
        pages.body IS NOT NULL AS has_body, articles.id AS article_id, articles.change
    FROM pages JOIN own USING (url_hash) LEFT JOIN articles ON articles.page_id = pages.id
    UNION ALL (
        SELECT NULL, visited_at, NULL, state, concat_ws(' ', status, detail), false, NULL, NULL
        FROM visits JOIN own USING (url_hash)
        WHERE status IN (404, 410) AND visited_at > ALL (
            SELECT visited_at FROM visits AS fetched JOIN own USING (url_hash)
            WHERE fetched.state IN ('fetched', 'not_modified')
        )
        ORDER BY visited_at LIMIT 1
    )
    ORDER BY fetched_at, version
""")


class Queries:
    """Questions to the tables; every answer is a tuple of frozen records, and none writes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def sources(self) -> tuple[SourceSummary, ...]:
        """List the sources with what each brought, by tier."""
        return self._all(SourceSummary, SOURCES)

    def articles(self, wanted: ArticleFilter) -> tuple[ArticleSummary, ...]:
        """List articles, the newest first; those without a date come last."""
        return self._all(ArticleSummary, _articles(wanted))

    def count_articles(self, wanted: ArticleFilter) -> int:
        """Count the articles that a list without a limit would have."""
        return self._count(_articles(wanted).limit(None))

    def article_text(self, article_id: int) -> str:
        """Return the text of an article, which its spans point into; raises UnknownNameError if there is none."""
        with told_when_gone(self._engine), self._engine.connect() as connection:
            found = connection.scalar(select(ArticleRow.text).where(ArticleRow.id == article_id))
        if found is None:
            raise UnknownNameError(f"there is no article {article_id}")
        return found

    def outcomes(
        self, *, fetched_in: Collection[int] | None = None, settled_in: Collection[int] | None = None
    ) -> tuple[OutcomeCount, ...]:
        """Count what became of pages, by source and reason: of all, or of those that some runs fetched or settled."""
        keys = (PageRow.source_id, PageRow.outcome, PageRow.reason)
        asked = select(*keys, func.count().label("pages")).group_by(*keys).order_by(*keys)
        if fetched_in is not None:
            asked = asked.where(PageRow.run_id.in_(fetched_in))
        if settled_in is not None:
            asked = asked.where(PageRow.outcome_run_id.in_(settled_in))
        return self._all(OutcomeCount, asked)

    def failed_visits(self, *, limit: int = 50) -> tuple[FailedVisit, ...]:
        """List the addresses that gave no page when they were last asked for, with how often and why."""
        return self._all(FailedVisit, FAILED_VISITS.bindparams(limit=limit))

    def copies(self, *, article: int | None = None, limit: int = 50) -> tuple[CopySummary, ...]:
        """List copies, or the one named, beside their originals: of seed documents first, then the newest first."""
        asked = _copies(ArticleRow.is_current.is_(True) if article is None else ArticleRow.id == article)
        return self._all(CopySummary, asked.limit(limit))

    def history(self, article_id: int) -> tuple[PageVersion, ...]:
        """List the versions of the page of an article, the first first, and the visit that found it gone since."""
        return self._all(PageVersion, HISTORY.bindparams(article=article_id))

    def tags_of(self, article_id: int) -> tuple[FoundTag, ...]:
        """List the tags of an article, each with the words it was found by."""
        surfaces = func.array_agg(TagRow.surface.distinct()).label("surfaces")
        asked = select(TagRow.kind, TagRow.tag_id.label("id"), surfaces).where(TagRow.article_id == article_id)
        return self._all(FoundTag, asked.group_by(TagRow.kind, TagRow.tag_id).order_by(TagRow.kind, TagRow.tag_id))

    def settled(
        self,
        kind: OutcomeKind,
        *,
        settled_in: Collection[int] | None = None,
        source: str | None = None,
        limit: int = 50,
    ) -> tuple[SettledPage, ...]:
        """List pages that ended so, rejected or failed, with their reasons, the last first."""
        asked = _settled(PageRow.outcome == kind)
        if settled_in is not None:
            asked = asked.where(PageRow.outcome_run_id.in_(settled_in))
        if source is not None:
            asked = asked.where(PageRow.source_id == source)
        return self._all(SettledPage, asked.order_by(PageRow.outcome_at.desc(), PageRow.id.desc()).limit(limit))

    def nearest_misses(self, *, limit: int = 3) -> tuple[SettledPage, ...]:
        """List the pages that came nearest to the topic and missed it; their detail begins with the score."""
        asked = _settled(PageRow.outcome == OutcomeKind.REJECTED, PageRow.reason == RejectionReason.OFF_TOPIC)
        return self._all(SettledPage, asked.order_by(PageRow.detail.desc(), PageRow.id.desc()).limit(limit))

    def runs(self, *, command: str | None = None, limit: int = 50) -> tuple[RunSummary, ...]:
        """List runs, the last first."""
        asked = select(RunRow.__table__).order_by(RunRow.id.desc()).limit(limit)
        return self._all(RunSummary, asked if command is None else asked.where(RunRow.command == command))

    def conservation(self, since: datetime | None = None) -> tuple[Conservation, ...]:
        """Say for each run that fetched pages what became of them; each must hold.

        With `since` only the runs that began since then, and those some page of which still waits.
        """
        return self._all(Conservation, CONSERVATION.bindparams(since=since))

    def _all(self, answer: type[Answer], asked: Any) -> tuple[Answer, ...]:  # noqa: ANN401 a select, or text
        with told_when_gone(self._engine), self._engine.connect() as connection:
            return tuple(answer(**_columns(row)) for row in connection.execute(asked))

    def _count(self, asked: Select[Any]) -> int:
        with told_when_gone(self._engine), self._engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(asked.subquery())) or 0


def _columns(row: Row[Any]) -> dict[str, Any]:
    """Return the columns of a row by name, lists as tuples."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row._mapping.items()}  # noqa: SLF001 public by its documentation


def _articles(wanted: ArticleFilter) -> Select[Any]:
    tags = select(func.array_agg(TagRow.tag_id.distinct())).where(TagRow.article_id == ArticleRow.id).scalar_subquery()
    columns = [column for column in ArticleRow.__table__.c if column.name in ArticleSummary.__dataclass_fields__]
    return (
        select(*columns, func.coalesce(tags, text("'{}'")).label("tags"))
        .where(*_conditions(wanted))
        .order_by(ArticleRow.published_on.desc().nulls_last(), ArticleRow.id.desc())
        .limit(wanted.limit)
    )


def _conditions(wanted: ArticleFilter) -> list[ColumnElement[bool]]:
    is_copy = ArticleRow.copy_kind.is_not(None)
    conditions = (
        (wanted.source, ArticleRow.source_id == wanted.source),
        (wanted.language, ArticleRow.language == wanted.language),
        (wanted.since, ArticleRow.published_on >= (wanted.since or date.min)),
        (wanted.tag, exists().where(TagRow.article_id == ArticleRow.id, TagRow.tag_id == wanted.tag)),
        (wanted.copies, is_copy if wanted.copies else ~is_copy),
        (wanted.story, ArticleRow.story_id == wanted.story),
        (wanted.id, ArticleRow.id == wanted.id),
    )
    chosen = [condition for given, condition in conditions if given is not None]
    return chosen if wanted.id is not None else [*chosen, ArticleRow.is_current.is_(True)]


def _settled(*conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    columns = (PageRow.source_id, PageRow.url, PageRow.outcome, PageRow.reason, PageRow.detail, PageRow.rules)
    return select(PageRow.id.label("page_id"), *columns, PageRow.outcome_at).where(*conditions)


def _copies(chosen: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    original = aliased(ArticleRow)
    return (
        select(
            ArticleRow.id.label("article_id"),
            *(ArticleRow.source_id, ArticleRow.url, ArticleRow.title, ArticleRow.published_on),
            ArticleRow.copy_kind.label("kind"),
            ArticleRow.copy_share.label("share"),
            ArticleRow.copy_of_article_id.label("original_article_id"),
            ArticleRow.copy_of_seed_id.label("original_seed_id"),
            original.source_id.label("original_source_id"),
            func.coalesce(original.title, SeedDocumentRow.title).label("original_title"),
        )
        .outerjoin(original, original.id == ArticleRow.copy_of_article_id)
        .outerjoin(SeedDocumentRow, SeedDocumentRow.id == ArticleRow.copy_of_seed_id)
        .where(ArticleRow.copy_kind.is_not(None), chosen)
        .order_by(
            ArticleRow.copy_of_seed_id.is_(None), ArticleRow.published_on.desc().nulls_last(), ArticleRow.id.desc()
        )
    )
