"""The tables that a crawl goes on from: addresses of pages, how each way is asked, robots.txt, hosts at rest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from analysis.records import AddressState, VisitState, Way
from models.base import Base, BigInt, Moment, Said, one_of


class AddressRow(Base):
    """Where a page may be, and what asking for it came to."""

    __tablename__ = "addresses"

    url_hash: Mapped[bytes] = mapped_column(primary_key=True, comment="of the canonical form of url, as in pages")
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"))
    run_id: Mapped[BigInt] = mapped_column(ForeignKey("runs.id"), comment="the run that found it")
    url: Mapped[str] = mapped_column(comment="as it was listed, and is asked for")
    title: Mapped[str | None] = mapped_column(comment="title there")
    published_at: Mapped[datetime | None] = mapped_column(comment="date there")
    updated_at: Mapped[datetime | None] = mapped_column(comment="date of the last change there")
    way: Mapped[str | None] = mapped_column(comment="way of discovery that named it; null: a backfill, asked for last")
    found_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(comment="waiting, kept, given_up (failed too often), refused (of another host)")
    failed: Mapped[int] = mapped_column(server_default=text("0"), comment="failures since it was found")
    looks: Mapped[int] = mapped_column(server_default=text("0"), comment="how often a kept one was asked for again")
    asked_at: Mapped[datetime | None] = mapped_column(comment="when it was last asked for")
    next_at: Mapped[datetime | None] = mapped_column(comment="when it is due; null: never again")
    etag: Mapped[str | None] = mapped_column(comment="of the version kept last, to ask again only for news")
    last_modified: Mapped[str | None] = mapped_column(comment="the same, as the server wrote it")
    page_id: Mapped[BigInt | None] = mapped_column(ForeignKey("pages.id"), comment="the page it last brought")

    __table_args__ = (
        one_of("way", Way),
        one_of("state", AddressState),
        CheckConstraint("octet_length(url_hash) = 16", name="url_hash"),
        CheckConstraint("state <> 'waiting' OR next_at IS NOT NULL", name="next_at"),
        Index("ix_addresses_due", "source_id", "next_at", postgresql_where=text("next_at IS NOT NULL")),
        Index(None, "page_id"),
        Index(None, "run_id"),
        {"comment": "Addresses of pages that discovery named: each is asked for until it is kept or given up"},
    )


class WayRow(Base):
    """How one address of discovery is asked, and what came of it."""

    __tablename__ = "ways"

    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), primary_key=True)
    url_hash: Mapped[bytes] = mapped_column(primary_key=True, comment="BLAKE2b, 16 bytes, of url")
    url: Mapped[str] = mapped_column(comment="as in the seeds, the phrase of a search filled in, or as an index has it")
    way: Mapped[str]
    is_child: Mapped[bool] = mapped_column(server_default=text("false"), comment="a sitemap that an index named")
    state: Mapped[str | None] = mapped_column(comment="how the last visit to it ended")
    failures: Mapped[int] = mapped_column(server_default=text("0"), comment="in a row; 0: it works")
    interval_minutes: Mapped[int] = mapped_column(comment="it is asked so seldom now")
    asked_at: Mapped[datetime | None] = mapped_column(comment="when it was last asked")
    read_at: Mapped[datetime | None] = mapped_column(comment="when its answer could last be read, changed or not")
    news_at: Mapped[datetime | None] = mapped_column(comment="when it last named an address that was not known")
    newest_at: Mapped[datetime | None] = mapped_column(comment="the latest date of an entry in its last answer")
    next_at: Mapped[datetime | None] = mapped_column(comment="when it is due")
    etag: Mapped[str | None] = mapped_column(comment="of the last answer that could be read")
    last_modified: Mapped[str | None] = mapped_column(comment="the same, as the server wrote it")
    oldest_at: Mapped[datetime | None] = mapped_column(comment="the earliest date of an entry there")
    entries: Mapped[int] = mapped_column(server_default=text("0"), comment="how many it named; short lists run over")

    __table_args__ = (
        one_of("way", Way),
        one_of("state", VisitState),
        CheckConstraint("octet_length(url_hash) = 16", name="url_hash"),
        {"comment": "How each address of discovery is asked, and what came of it"},
    )


class RobotsRow(Base):
    """The robots.txt of an origin, as it was last read."""

    __tablename__ = "robots"

    origin: Mapped[str] = mapped_column(primary_key=True, comment="scheme, host and port")
    state: Mapped[str] = mapped_column(comment="how asking for it ended")
    body: Mapped[bytes | None] = mapped_column(comment="empty: it forbids nothing; null: none was ever read")
    detail: Mapped[Said]
    asked_at: Mapped[Moment]
    until: Mapped[Moment] = mapped_column(comment="when it is asked for again")

    __table_args__ = (
        one_of("state", VisitState),
        {"comment": "robots.txt files, each asked for once a day (RFC 9309)"},
    )


class HostRow(Base):
    """A host that asked us to come back later."""

    __tablename__ = "hosts"

    host: Mapped[str] = mapped_column(primary_key=True, comment="in lower case and ASCII, without www., m. or amp.")
    until: Mapped[Moment] = mapped_column(comment="it is left alone until then, by every source on it")
    refusals: Mapped[int] = mapped_column(comment="how often in a row it asked; 0: it answers again")
    detail: Mapped[Said] = mapped_column(comment="what it said")

    __table_args__ = (
        {"comment": "Hosts that answered 429, or 503 with Retry-After, and when they may be asked again"},
    )
