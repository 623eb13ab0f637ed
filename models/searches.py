"""The tables of what is searched: the register of names with all their spellings, and the words of articles."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, ForeignKeyConstraint, Index, PrimaryKeyConstraint, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from analysis.records import TagKind
from models.base import Base, BigInt, one_of

WRITE = text("SELECT write_search(:article)")


class NameRow(Base):
    """Who or what marsad knows by name."""

    __tablename__ = "names"

    kind: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True, comment="id of the seeds, such as migration, dgsn, ES")
    name_ar: Mapped[str | None]
    name_fr: Mapped[str | None]
    name_es: Mapped[str | None]
    name_en: Mapped[str | None]
    country: Mapped[str | None] = mapped_column(comment="ISO 3166-1 alpha-2")
    role: Mapped[str | None] = mapped_column(comment="the office of a person, or what kind of body")

    __table_args__ = (
        one_of("kind", TagKind),
        {"comment": "Who and what marsad knows by name, as tags call it, with a name to show in each language"},
    )


class SpellingRow(Base):
    """One way to write a name."""

    __tablename__ = "spellings"

    spelling: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)

    __table_args__ = (
        ForeignKeyConstraint(["kind", "id"], ["names.kind", "names.id"], ondelete="CASCADE"),
        Index(None, "kind", "id"),
        {"comment": "Every way to write the names, in canonical form: what a search asks by name"},
    )


class SearchRow(Base):
    """What an article is searched by."""

    __tablename__ = "searches"

    article_id: Mapped[BigInt]
    told_on: Mapped[date] = mapped_column(comment="day of publication, else of the fetch")
    words: Mapped[str] = mapped_column(
        TSVECTOR,
        comment="words of title (A) and text (D), tags as kind:id, and search_marks",
    )

    __table_args__ = (
        # No foreign key: to make a month would then lock all articles, in the midst of a filing.
        PrimaryKeyConstraint("told_on", "article_id"),
        Index(None, "words", postgresql_using="gin"),
        {
            "comment": "What articles are searched by, a table for each month: words, stemmed, and names found",
            "postgresql_partition_by": "RANGE (told_on)",
        },
    )


def write_search(connection: Connection, article_id: int) -> None:
    """Write what an article is searched by, from what is kept of it, into the month of its day.

    To be called when its words or tags changed; when its day did, or it is current no more or again, Postgres does.
    """
    connection.execute(WRITE, {"article": article_id})
