"""The tables of the fetch: runs of commands, visits to addresses, and pages with what became of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from analysis.records import OutcomeKind, RunState, VisitState, Way
from models.base import Base, BigInt, Id, Moment, Said, one_of, together


class RunRow(Base):
    """One execution of one command."""

    __tablename__ = "runs"

    id: Mapped[Id]
    command: Mapped[str] = mapped_column(comment="subcommand of marsad")
    arguments: Mapped[dict[str, Any]] = mapped_column(comment="what it was called with")
    state: Mapped[str] = mapped_column(comment="running, done, failed; broken is killed, as a later run found out")
    started_at: Mapped[Moment]
    ended_at: Mapped[datetime | None]
    counts: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"), comment="what it did, by name")
    error: Mapped[Said] = mapped_column(comment="why it failed, in one sentence")
    host: Mapped[str] = mapped_column(comment="machine it runs on")
    pid: Mapped[int] = mapped_column(comment="process number there")

    __table_args__ = (
        one_of("state", RunState),
        CheckConstraint("(state = 'running') = (ended_at IS NULL)", name="ended_at"),
        Index(None, "command", "started_at"),
        {"comment": "One execution of one command; while it lives it holds an advisory lock on its id"},
    )


class PageRow(Base):
    """What was fetched, untouched, and what became of it."""

    __tablename__ = "pages"

    id: Mapped[Id]
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"))
    run_id: Mapped[BigInt] = mapped_column(ForeignKey("runs.id"), comment="the run that fetched it")
    url: Mapped[str] = mapped_column(comment="where it was found, after redirects")
    canonical_url: Mapped[str] = mapped_column(comment="its name: one form for all addresses of the page")
    url_hash: Mapped[bytes] = mapped_column(comment="BLAKE2b, 16 bytes, of canonical_url, which may be long")
    version: Mapped[int] = mapped_column(server_default=text("1"), comment="1 is the first; more if it changed")
    fetched_at: Mapped[datetime]
    content_type: Mapped[str | None] = mapped_column(comment="as the server said")
    body: Mapped[bytes | None] = mapped_column(comment="the bytes as served, Zstandard frame; null: pruned")
    body_sha256: Mapped[bytes] = mapped_column(comment="of the bytes as served")
    size_bytes: Mapped[BigInt] = mapped_column(comment="of the bytes as served")
    entry_url: Mapped[str | None] = mapped_column(comment="address in the feed, sitemap or listing; null: imported")
    entry_title: Mapped[str | None] = mapped_column(comment="title there")
    entry_published_at: Mapped[datetime | None] = mapped_column(comment="date there")
    tries: Mapped[int] = mapped_column(
        server_default=text("0"), comment="readings begun since its last outcome, if any: one that ends is an outcome"
    )
    outcome: Mapped[str | None] = mapped_column(comment="filed, copy, rejected or failed; null: waiting")
    reason: Mapped[Said] = mapped_column(comment="why, to count by; empty for a filed one")
    detail: Mapped[Said] = mapped_column(comment="why, as a sentence")
    rules: Mapped[str | None] = mapped_column(comment="version of the rules that decided")
    outcome_at: Mapped[datetime | None]
    outcome_run_id: Mapped[BigInt | None] = mapped_column(ForeignKey("runs.id"), comment="the run that decided")
    headers: Mapped[list[list[str]]] = mapped_column(
        JSONB, server_default=text("'[]'"), comment="of the answer as served: names and values, in their order"
    )
    pruned_at: Mapped[datetime | None] = mapped_column(comment="when the body was given up; all else stays")
    is_late: Mapped[bool] = mapped_column(
        server_default=text("false"),
        comment="brought by an import or a backfill: what a crawl brings is read before it",
    )

    __table_args__ = (
        UniqueConstraint("url_hash", "version"),
        one_of("outcome", OutcomeKind),
        together("outcome_at", "outcome", "rules", "outcome_at", "outcome_run_id"),
        CheckConstraint("outcome IS NULL OR (outcome = 'filed') = (reason = '')", name="reason"),
        CheckConstraint("octet_length(url_hash) = 16", name="url_hash"),
        CheckConstraint("(body IS NULL) = (pruned_at IS NOT NULL)", name="pruned_at"),
        Index("ix_pages_waiting", "id", postgresql_where=text("outcome IS NULL")),
        Index("ix_pages_waiting_in_turn", "is_late", "id", postgresql_where=text("outcome IS NULL")),
        Index("ix_pages_failed", "id", postgresql_where=text("outcome = 'failed'")),
        Index(
            "ix_pages_prunable",
            "fetched_at",
            postgresql_where=text("outcome = 'rejected' AND pruned_at IS NULL"),
        ),
        Index(None, "source_id", "fetched_at"),
        Index(None, "run_id"),
        Index(None, "outcome_run_id"),
        Index(
            "ix_pages_fetched_at",
            "fetched_at",
            postgresql_include=["source_id", "version", "run_id", "outcome", "reason"],
        ),
        {"comment": "What was fetched, untouched, so that all else can be made again; and what became of it"},
    )


class ImportRow(Base):
    """How far the import of one file came that has not come to its end."""

    __tablename__ = "imports"

    digest: Mapped[bytes] = mapped_column(
        primary_key=True, comment="of how the file begins, its size and what is taken"
    )
    name: Mapped[str] = mapped_column(comment="the file as it was called last")
    position: Mapped[BigInt] = mapped_column(comment="byte of the file where the next run goes on")
    marked_at: Mapped[Moment]

    __table_args__ = ({"comment": "Files whose import was begun and not ended, and where to go on"},)


class VisitRow(Base):
    """One request and how it ended."""

    __tablename__ = "visits"

    id: Mapped[Id]
    run_id: Mapped[BigInt] = mapped_column(ForeignKey("runs.id"))
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"))
    url: Mapped[str]
    url_hash: Mapped[bytes | None] = mapped_column(
        comment="of the page's canonical_url, as in pages, to tell how often it was asked for; null: a way of discovery"
    )
    way: Mapped[str | None] = mapped_column(comment="way of discovery that asked; null: a page was asked for")
    state: Mapped[str]
    status: Mapped[int | None] = mapped_column(SmallInteger, comment="HTTP status, if there was an answer")
    elapsed_ms: Mapped[int | None]
    size_bytes: Mapped[BigInt | None]
    detail: Mapped[Said]
    etag: Mapped[str | None] = mapped_column(comment="to ask again only for news")
    last_modified: Mapped[str | None] = mapped_column(comment="to ask again only for news, as the server wrote it")
    visited_at: Mapped[datetime]
    page_id: Mapped[BigInt | None] = mapped_column(ForeignKey("pages.id"), comment="the page it brought, if new")

    __table_args__ = (
        one_of("way", Way),
        one_of("state", VisitState),
        CheckConstraint("(way IS NULL) = (url_hash IS NOT NULL)", name="url_hash"),
        Index(None, "source_id", "visited_at"),
        Index("ix_visits_day", text("CAST(visited_at AT TIME ZONE 'UTC' AS date)"), "source_id"),
        Index(None, "url_hash", postgresql_where=text("url_hash IS NOT NULL")),
        Index(None, "run_id"),
        Index(None, "page_id"),
        Index(
            "ix_visits_ways",
            "visited_at",
            postgresql_where=text("way IS NOT NULL"),
            postgresql_include=["source_id", "state"],
        ),
        {"comment": "One request and how it ended"},
    )
