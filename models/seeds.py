"""The tables that are filled from the seeds: the sources we follow, and the documents of the seed corpus."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, SmallInteger, and_, or_, text
from sqlalchemy.orm import Mapped, mapped_column

from analysis.records import Language
from models.base import Base, Moment, Words, one_of


class SourceRow(Base):
    """An outlet, or a section of it, that we follow."""

    __tablename__ = "sources"

    id: Mapped[str] = mapped_column(primary_key=True, comment="short name, as in seeds/sources")
    name: Mapped[str]
    name_ar: Mapped[str | None] = mapped_column(comment="name in Arabic script")
    country: Mapped[str] = mapped_column(comment="ISO 3166-1 alpha-2")
    home: Mapped[str] = mapped_column(comment="address of its first page")
    hosts: Mapped[list[str]] = mapped_column(comment="host names that are the same outlet")
    languages: Mapped[list[str]] = mapped_column(comment="ISO 639-1")
    kind: Mapped[str]
    tier: Mapped[int] = mapped_column(SmallInteger, comment="1 core of the topic … 4 context only")
    entry: Mapped[dict[str, Any]] = mapped_column(comment="the whole entry of the seeds: discovery, promise, pace")
    loaded_at: Mapped[Moment] = mapped_column(comment="when this entry was first loaded or last changed")
    retired_at: Mapped[datetime | None] = mapped_column(comment="when it left the seeds; its pages stay")

    __table_args__ = (
        CheckConstraint("tier BETWEEN 1 AND 4", name="tier"),
        {"comment": "Outlets, or sections of them, that we follow; loaded from seeds/sources"},
    )


def is_listed() -> ColumnElement[bool]:
    """Tell the sources that the seeds name today from those that are retired, and from the one of imported pages."""
    has_ways, is_closed = SourceRow.entry["discovery"] != text("'[]'"), SourceRow.entry["closed"].astext.is_not(None)
    return and_(SourceRow.retired_at.is_(None), or_(has_ways, is_closed))


def is_followed() -> ColumnElement[bool]:
    """Tell the sources that are asked from those that are closed, retired, or of imported pages."""
    return and_(is_listed(), SourceRow.entry["closed"].astext.is_(None))


class SeedDocumentRow(Base):
    """One text of the seed corpus as facts; its fingerprint stands with those of the articles."""

    __tablename__ = "seed_documents"

    id: Mapped[str] = mapped_column(primary_key=True, comment="short name, as in seeds/corpus.jsonl")
    outlet: Mapped[str | None]
    title: Mapped[str | None]
    language: Mapped[str] = mapped_column(comment="ISO 639-1, or und")
    published_on: Mapped[date | None]
    characters: Mapped[int] = mapped_column(comment="length of the text")
    tags: Mapped[Words] = mapped_column(comment="ids of seeds/tags.yml")
    events: Mapped[Words] = mapped_column(comment="what the text recalls, in our words")
    text: Mapped[str | None] = mapped_column(comment="only where the user loaded it from files of their own")
    loaded_at: Mapped[Moment]

    __table_args__ = (
        one_of("language", Language),
        {"comment": "Texts known from the start, so that a page that prints one is filed as its copy"},
    )
