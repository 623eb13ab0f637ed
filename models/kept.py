"""What was kept of a page, as records: its outcome, and the article that stands with what was found in it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select

from analysis.records import (
    Article,
    Basis,
    Field,
    Kept,
    Language,
    Outcome,
    OutcomeKind,
    Published,
    Report,
    Span,
    Sureness,
    Tag,
    TagKind,
)
from models.articles import ArticleRow
from models.event_rows import report_of_row
from models.findings import ReportRow, TagRow


def find_article(connection: Connection, page_id: int) -> Row[Any] | None:
    """Return the article that a page became, also one that is set aside; None where it became none."""
    return connection.execute(select(ArticleRow.__table__).where(ArticleRow.page_id == page_id)).first()


def read_kept(connection: Connection, page: Row[Any], article: Row[Any] | None) -> Kept:
    """Return what was kept of a page; an article that is set aside is none."""
    outcome = Outcome(kind=OutcomeKind(page.outcome), rules=page.rules, reason=page.reason, detail=page.detail)
    if article is None or article.set_aside_at is not None:
        return Kept(outcome=outcome)
    return Kept(
        outcome=outcome,
        article=article_of_row(article),
        tags=read_tags(connection, article.id),
        reports=_reports(connection, article.id),
    )


def article_of_row(row: Row[Any]) -> Article:
    """Return an article as it was filed."""
    published = None
    if row.published_on is not None:
        published = Published(
            on=row.published_on,
            at=row.published_at,
            basis=Basis(row.published_basis),
            sure=Sureness(row.published_sure),
            doubt=row.published_doubt,
        )
    return Article(
        source_id=row.source_id,
        url=row.url,
        title=row.title,
        text=row.text,
        language=Language(row.language),
        author=row.author,
        published=published,
        undated_because=row.undated_because,
        subtitle=row.subtitle,
        section=row.section,
        image=row.image,
        outlet_tags=tuple(row.outlet_tags),
    )


def read_tags(connection: Connection, article_id: int) -> tuple[Tag, ...]:
    """Return the tags of an article, the title's first."""
    table = TagRow.__table__
    asked = select(table).where(TagRow.article_id == article_id).order_by(TagRow.field.desc(), TagRow.span_start)
    return tuple(
        Tag(
            kind=TagKind(row.kind),
            id=row.tag_id,
            span=Span(field=Field(row.field), start=row.span_start, end=row.span_end),
            surface=row.surface,
            because=row.because,
        )
        for row in connection.execute(asked)
    )


def _reports(connection: Connection, article_id: int) -> tuple[Report, ...]:
    asked = select(ReportRow.__table__).where(ReportRow.article_id == article_id).order_by(ReportRow.position)
    return tuple(report_of_row(row) for row in connection.execute(asked))
