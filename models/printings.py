"""Who printed one text: copies beside their original, asked of the tables, for texts of seeds are not the analysts'."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, text

from analysis.errors import UnknownNameError
from models.database import told_when_gone

GROUP = text("""
    SELECT articles.id AS article_id, articles.source_id, articles.url, articles.title, articles.published_on,
        articles.copy_kind AS kind, articles.copy_share AS share, articles.text
    FROM articles
    WHERE articles.id = CAST(:article AS bigint) OR articles.copy_of_article_id = CAST(:article AS bigint)
        OR articles.copy_of_seed_id = CAST(:seed AS text)
    ORDER BY articles.copy_kind IS NOT NULL, articles.published_on NULLS LAST, articles.id
""")


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


def read_copies(engine: Engine, article_id: int) -> CopyGroup:
    """Read all copies of an article, or of its original; raises UnknownNameError where there is no such article."""
    asked = text("SELECT copy_of_article_id, copy_of_seed_id FROM articles WHERE id = :article")
    with told_when_gone(engine), engine.connect() as connection:
        row = connection.execute(asked, {"article": article_id}).first()
        if row is None:
            raise UnknownNameError(f"there is no article {article_id}: `marsad articles` lists them")
        seed_id = row.copy_of_seed_id
        original = None if seed_id else row.copy_of_article_id or article_id
        rows = connection.execute(GROUP, {"article": original, "seed": seed_id}).mappings()
        articles = tuple(Printing(**each) for each in rows)
        seeds = text("SELECT text FROM seed_documents WHERE id = :seed")
        seed_text = connection.scalar(seeds, {"seed": seed_id}) if seed_id else articles[0].text
    return CopyGroup(seed_id=seed_id, original_text=seed_text, articles=articles)
