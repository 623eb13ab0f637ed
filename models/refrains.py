"""What sources print in article after article, counted as articles are filed, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Mapped, mapped_column

from analysis.records import Article
from analysis.refrains import ARTICLES, DAYS, paragraph_hashes, title_hash
from models.base import Base, BigInt
from models.packed import to_array, to_signed, to_unsigned
from models.prepared import Prepared

FIND = Prepared(
    name="find_refrains",
    types={"source": "text", "hashes": "bigint[]"},
    sql=f"""
        SELECT hash FROM unnest((SELECT $hashes)) AS asked (hash) JOIN refrains USING (hash)
        WHERE source_id = $source AND articles >= {ARTICLES} AND last_on - first_on >= {DAYS}
    """,  # noqa: S608 numbers of ours
)
SEE_TYPES = {"source": "text", "taught": "bigint[]", "told_on": "date", "title": "bigint"}
SEE = """
    INSERT INTO refrains (source_id, hash, articles, first_on, last_on, title)
    SELECT $source, unnest((SELECT $taught)), 1, $told_on, $told_on, $title
    ON CONFLICT (source_id, hash) DO UPDATE SET
        articles = refrains.articles + 1,
        first_on = least(refrains.first_on, excluded.first_on),
        last_on = greatest(refrains.last_on, excluded.last_on),
        title = excluded.title
    WHERE refrains.title <> excluded.title
"""


class RefrainRow(Base):
    """In how many articles of a source one paragraph stood."""

    __tablename__ = "refrains"

    # no foreign key: a source is never removed, and each article writes several rows
    source_id: Mapped[str] = mapped_column(primary_key=True)
    hash: Mapped[BigInt] = mapped_column(
        primary_key=True,
        autoincrement=False,
        comment="of the canonical paragraph, an unsigned 64-bit number kept as a signed one",
    )
    articles: Mapped[int] = mapped_column(comment="with other titles than the one before")
    first_on: Mapped[date] = mapped_column(comment="the earliest day of one: published, else fetched")
    last_on: Mapped[date] = mapped_column(comment="the latest")
    title: Mapped[BigInt] = mapped_column(comment="hash of the title of the last one")

    __table_args__ = (
        {"comment": "How often each paragraph stood in articles of a source, to learn what it prints in all"},
    )


def find_refrains(connection: Connection, article: Article) -> frozenset[int]:
    """Return the hashes of the paragraphs of an article that its source prints in article after article."""
    asked = {"source": article.source_id, "hashes": to_array(paragraph_hashes(article.text))}
    return frozenset(to_unsigned(row.hash for row in FIND.execute(connection, asked)))


def values_to_see(article: Article, hashes: Sequence[int], told_on: date) -> dict[str, Any]:
    """Return what `SEE` is given to count the paragraphs by which an article teaches, none for one that does not."""
    [title] = to_signed([title_hash(article.title, article.text)])
    return {"source": article.source_id, "taught": to_array(hashes), "told_on": told_on, "title": title}
