"""The questions about what articles say happened, as SQL; `models.queries` asks them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, select, text

from models.answers import ReportFilter, ReportSummary
from models.articles import ArticleRow
from models.findings import ReportRow

# Of equal reports the best one speaks for all: of a dated article if there is one, and then of the earliest.
SHARED_REPORTS = text("""
    SELECT best.kind, best.direction, shared.countries, best.first_on, best.last_on, best.precision,
        (SELECT city FROM reports WHERE id = ANY(shared.ids) AND city IS NOT NULL
            ORDER BY array_position(shared.ids, id) LIMIT 1) AS city,
        ARRAY(SELECT DISTINCT unnest(people) FROM reports WHERE id = ANY(shared.ids) ORDER BY 1) AS people,
        shared.outlets, best.article_id, articles.source_id, articles.published_on, best.evidence
    FROM (
        SELECT sorted.countries, count(DISTINCT articles.source_id) AS outlets,
            array_agg(reports.id ORDER BY articles.published_on NULLS LAST, articles.id, reports.position) AS ids
        FROM reports
        JOIN articles ON articles.id = reports.article_id AND articles.copy_kind IS NULL
        CROSS JOIN LATERAL (SELECT ARRAY(SELECT unnest(reports.countries) ORDER BY 1) AS countries) AS sorted
        WHERE reports.told = 'news' AND reports.kind = ANY(:kinds)
        GROUP BY reports.kind, reports.direction, sorted.countries, reports.first_on, reports.last_on
    ) AS shared
    JOIN reports AS best ON best.id = shared.ids[1]
    JOIN articles ON articles.id = best.article_id
    ORDER BY coalesce(best.first_on, articles.published_on) DESC NULLS LAST, best.id
""")


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
