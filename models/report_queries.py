"""The questions about what articles say happened, as SQL; `models.queries` asks them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from models.answers import ReportFilter, ReportSummary
from models.articles import ArticleRow
from models.findings import ReportRow


def select_reports(wanted: ReportFilter) -> Select[Any]:
    """Choose reports with the article of each, the newest articles first."""
    return (
        select(
            *(column for column in ReportRow.__table__.c if column.name in ReportSummary.__dataclass_fields__),
            *(ArticleRow.source_id, ArticleRow.url, ArticleRow.title, ArticleRow.published_on),
        )
        .join(ArticleRow, ArticleRow.id == ReportRow.article_id)
        .where(*_conditions(wanted))
        .order_by(ArticleRow.published_on.desc().nulls_last(), ArticleRow.id.desc(), ReportRow.position)
    )


def _conditions(wanted: ReportFilter) -> list[ColumnElement[bool]]:
    conditions = (
        (wanted.kind, ReportRow.kind == wanted.kind),
        (wanted.told, ReportRow.told == wanted.told),
        (wanted.country, ReportRow.countries.contains([wanted.country])),
        (wanted.since, ArticleRow.published_on >= (wanted.since or date.min)),
        (wanted.source, ArticleRow.source_id == wanted.source),
        (wanted.article, ReportRow.article_id == wanted.article),
    )
    chosen = [condition for given, condition in conditions if given is not None]
    return chosen if wanted.article is not None else [*chosen, ArticleRow.is_current.is_(True)]
