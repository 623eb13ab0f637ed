"""Tags, and in how many articles each stands."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text

from models.desk import Desk
from models.questions.filters import TagFilters

TAGS = text("""
    SELECT told.kind, told.tag, names.name_ar, names.name_fr, names.name_es, names.name_en, told.articles, told.copies
    FROM (
        SELECT kind, tag, count(*) AS articles, count(*) FILTER (WHERE is_copy) AS copies FROM (
            -- chosen first: of few articles only their own tags are read
            SELECT DISTINCT article, tags.kind, tags.tag, articles.copy_kind IS NOT NULL AS is_copy
            FROM analyst.articles JOIN analyst.tag_places AS tags USING (article)
            WHERE (CAST(:kind AS text) IS NULL OR tags.kind = :kind)
                AND (CAST(:since AS date) IS NULL OR articles.told_on >= :since)
                AND (CAST(:until AS date) IS NULL OR articles.told_on <= :until)
                AND (CAST(:language AS text) IS NULL OR articles.language = :language)
                AND (CAST(:source AS text) IS NULL OR articles.source = :source)
        ) AS chosen GROUP BY kind, tag
    ) AS told
    LEFT JOIN analyst.names ON names.kind = told.kind AND names.id = told.tag
    ORDER BY told.articles DESC, told.kind, told.tag LIMIT :most
""")


@dataclass(frozen=True, kw_only=True, slots=True)
class TagCount:
    """A tag with its names, and how many articles it stands in; `copies` are those of them that are such."""

    kind: str
    tag: str
    name_ar: str | None
    name_fr: str | None
    name_es: str | None
    name_en: str | None
    articles: int
    copies: int


def list_tags(desk: Desk, wanted: TagFilters) -> tuple[TagCount, ...]:
    """List tags, those of most articles first."""
    return desk.all(TagCount, TAGS, wanted.model_dump())
