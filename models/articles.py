"""The tables of what pages say: articles, the stories they tell, and fingerprints to know a text again."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, text, true
from sqlalchemy.orm import Mapped, mapped_column

from analysis.records import Basis, CopyKind, Language, Sureness
from models.base import Base, BigInt, Id, Moment, Said, Words, one_of, together


class StoryRow(Base):
    """Articles that tell the same news."""

    __tablename__ = "stories"

    id: Mapped[Id]
    first_article_id: Mapped[BigInt | None] = mapped_column(
        ForeignKey("articles.id", use_alter=True, ondelete="SET NULL"),
        comment="its earliest article; null only until that is written",
    )
    started_on: Mapped[date] = mapped_column(comment="day of its first article: published, else fetched")
    last_on: Mapped[date] = mapped_column(comment="day of its last article: published, else fetched")
    merged_into_id: Mapped[BigInt | None] = mapped_column(
        ForeignKey("stories.id"), comment="the story it proved to be, which has its articles"
    )
    placed_at: Mapped[datetime | None] = mapped_column(
        comment="when it was held against the other stories; null: not yet"
    )

    __table_args__ = (
        CheckConstraint("merged_into_id <> id", name="merged_into_itself"),
        Index(None, "first_article_id"),
        Index(None, "merged_into_id"),
        Index("ix_stories_last_on", "last_on", "id", postgresql_where=text("merged_into_id IS NULL")),
        Index("ix_stories_unplaced", "id", postgresql_where=text("placed_at IS NULL")),
        {
            "comment": "Articles that tell the same news; a copy is in the story of its original, "
            "a revision in that of what it revises"
        },
    )


class ArticleRow(Base):
    """What a page says once the page around it is gone."""

    __tablename__ = "articles"

    id: Mapped[Id]
    page_id: Mapped[BigInt] = mapped_column(ForeignKey("pages.id"), unique=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"))
    story_id: Mapped[BigInt] = mapped_column(ForeignKey("stories.id"))
    url: Mapped[str]
    title: Mapped[str]
    text: Mapped[str] = mapped_column(comment="paragraphs parted by one line feed, without the title; spans count here")
    language: Mapped[str] = mapped_column(comment="ISO 639-1, or und")
    author: Mapped[str | None]
    published_on: Mapped[date | None] = mapped_column(comment="day of publication as the page proves it")
    published_at: Mapped[datetime | None] = mapped_column(comment="the moment, where the page gives it with its zone")
    published_basis: Mapped[str | None] = mapped_column(comment="where the date was found")
    undated_because: Mapped[str | None] = mapped_column(comment="why there is no date")
    words: Mapped[int] = mapped_column(comment="words of the canonical text, without the refrains of its source")
    score: Mapped[float] = mapped_column(comment="how much it is about security diplomacy, 0 to 1")
    because: Mapped[Words] = mapped_column(comment="the phrases that made the score")
    copy_of_article_id: Mapped[BigInt | None] = mapped_column(ForeignKey("articles.id"), comment="its original")
    copy_of_seed_id: Mapped[str | None] = mapped_column(ForeignKey("seed_documents.id"), comment="its original")
    copy_kind: Mapped[str | None] = mapped_column(comment="how it relates to its original")
    copy_share: Mapped[float | None] = mapped_column(comment="share of the shorter text that stands in the longer")
    filed_at: Mapped[Moment]
    revises_id: Mapped[BigInt | None] = mapped_column(
        ForeignKey("articles.id"), unique=True, comment="what an earlier version of its page said"
    )
    change: Mapped[dict[str, Any] | None] = mapped_column(comment="what it says otherwise than what it revises")
    is_current: Mapped[bool] = mapped_column(
        server_default=true(), comment="false once another revises it, or it is set aside"
    )
    withdrawn_page_id: Mapped[BigInt | None] = mapped_column(
        ForeignKey("pages.id"), comment="the version of its page that is no article any more"
    )
    subtitle: Mapped[str | None]
    section: Mapped[str | None] = mapped_column(comment="the part of the outlet it stands in, as the page names it")
    image: Mapped[str | None] = mapped_column(comment="address of the picture the page shows of it")
    outlet_tags: Mapped[Words] = mapped_column(comment="the outlet's own words for what it is about")
    published_sure: Mapped[str | None] = mapped_column(comment="how sure the day is")
    published_doubt: Mapped[Said] = mapped_column(comment="what speaks against the day")
    set_aside_at: Mapped[datetime | None] = mapped_column(comment="when later rules rejected its page; null: it stands")

    __table_args__ = (
        one_of("language", Language),
        one_of("published_basis", Basis),
        one_of("published_sure", Sureness),
        one_of("copy_kind", CopyKind),
        together("published", "published_on", "published_basis", "published_sure"),
        CheckConstraint("published_on IS NOT NULL OR undated_because IS NOT NULL", name="undated_because"),
        CheckConstraint("published_at IS NULL OR published_on IS NOT NULL", name="published_at"),
        CheckConstraint("score BETWEEN 0 AND 1", name="score"),
        CheckConstraint("copy_share BETWEEN 0 AND 1", name="copy_share"),
        CheckConstraint(
            "num_nonnulls(copy_of_article_id, copy_of_seed_id) = num_nonnulls(copy_kind)"
            " AND num_nulls(copy_kind, copy_share) IN (0, 2)",
            name="copy",
        ),
        CheckConstraint("copy_of_article_id <> id", name="copy_of_itself"),
        CheckConstraint("revises_id <> id", name="revises_itself"),
        CheckConstraint("num_nulls(revises_id, change) IN (0, 2)", name="change"),
        CheckConstraint("set_aside_at IS NULL OR NOT is_current AND revises_id IS NULL", name="set_aside_at"),
        Index(None, "source_id", "published_on"),
        Index(None, "published_on", "id"),
        Index(None, "story_id"),
        Index(None, "copy_of_article_id"),
        Index(None, "copy_of_seed_id"),
        Index(None, "withdrawn_page_id"),
        {"comment": "What a page says once the page around it is gone, and of what it is a copy or a revision"},
    )


class GistRow(Base):
    """What the lead of an article says that no copy is: by it articles find their story."""

    __tablename__ = "gists"

    article_id: Mapped[BigInt] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    told_on: Mapped[date] = mapped_column(comment="day of publication, else of the fetch")
    terms: Mapped[Words] = mapped_column(comment="names and days, as ids with a colon, and the words of the lead")

    __table_args__ = (
        Index(None, "terms", postgresql_using="gin"),
        {"comment": "What the article a story began with says in its lead, to find the others that tell it"},
    )


class GistTermRow(Base):
    """In how many gists a term stands."""

    __tablename__ = "gist_terms"

    term: Mapped[str] = mapped_column(primary_key=True)
    articles: Mapped[BigInt]

    __table_args__ = (
        {"comment": "In how many gists a term stands: what many say tells little; the empty term counts all"},
    )


class FingerprintRow(Base):
    """Enough of one known text, a seed document or an article, to know it again."""

    __tablename__ = "fingerprints"

    id: Mapped[Id]
    seed_id: Mapped[str | None] = mapped_column(ForeignKey("seed_documents.id", ondelete="CASCADE"), unique=True)
    article_id: Mapped[BigInt | None] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), unique=True)
    exact: Mapped[bytes] = mapped_column(comment="digest of the canonical text")
    hashes: Mapped[bytes] = mapped_column(comment="sampled shingle hashes, 64 bits each, big-endian, sorted")
    hash_limit: Mapped[Decimal] = mapped_column(
        Numeric(20, 0), comment="hashes below this were sampled: of 2^64, which no bigint holds"
    )
    words: Mapped[int] = mapped_column(comment="words of the canonical text, without the refrains of its source")
    numbers: Mapped[bytes] = mapped_column(
        comment="hashes of the numbers in the text, as in hashes: bulletins of one frame differ in them"
    )
    wording: Mapped[bytes] = mapped_column(
        server_default=text("''"),
        comment="hashes of the longer words and of figures, 16 bits each, big-endian, sorted",
    )

    __table_args__ = (
        CheckConstraint("num_nonnulls(seed_id, article_id) = 1", name="one_text"),
        Index(None, "exact"),
        {"comment": "Enough of each known text, seed documents and articles alike, to know it again"},
    )


class ShingleRow(Base):
    """One key of one known text: the index that finds lookalikes."""

    __tablename__ = "shingles"

    hash: Mapped[BigInt] = mapped_column(primary_key=True, autoincrement=False)
    # no foreign key: it would double the cost of filing, and the archive alone writes both, in one transaction
    fingerprint_id: Mapped[BigInt] = mapped_column(primary_key=True, autoincrement=False)

    __table_args__ = (
        {
            "comment": "The keys of fingerprints turned round, to find the texts that share some; "
            "of a copy only those its original has not"
        },
    )
