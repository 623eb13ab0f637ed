"""The tables of what was found in articles: tags, reports, and the events that reports tell of."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from analysis.records import Direction, EventKind, Field, Precision, TagKind, Told
from models.base import Base, BigInt, Id, Moment, Words, one_of, together


class EventAction(StrEnum):
    """What a line of the event log did to an event."""

    MERGE = "merge"
    SPLIT = "split"
    RETRACT = "retract"
    CORRECT = "correct"
    CONFIRM = "confirm"
    RESTORE = "restore"
    TAG = "tag"


class TagRow(Base):
    """A term of the vocabulary found in an article, where it stands and the words that stand there."""

    __tablename__ = "tags"

    article_id: Mapped[BigInt] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True, comment="title or text")
    span_start: Mapped[int] = mapped_column(primary_key=True, comment="character of the field, from 0")
    span_end: Mapped[int] = mapped_column(primary_key=True, comment="the character after the last")
    kind: Mapped[str] = mapped_column(primary_key=True)
    tag_id: Mapped[str] = mapped_column(primary_key=True, comment="id of the seeds, such as migration, dgsn, ES")
    surface: Mapped[str] = mapped_column(comment="the words that stand there")
    because: Mapped[str] = mapped_column(
        server_default=text("''"), comment="why it is meant, where the words could name another; empty elsewhere"
    )

    __table_args__ = (
        one_of("kind", TagKind),
        one_of("field", Field),
        CheckConstraint("0 <= span_start AND span_start < span_end", name="span"),
        Index(None, "kind", "tag_id", "article_id"),
        {"comment": "Terms of the vocabulary found in articles, each with where it stands"},
    )


class EventRow(Base):
    """The thing that happened, once, however many report it."""

    __tablename__ = "events"

    id: Mapped[Id]
    kind: Mapped[str]
    direction: Mapped[str | None] = mapped_column(comment="of a visit, seen from Morocco")
    people: Mapped[Words] = mapped_column(comment="ids of the seeds, or names as printed")
    bodies: Mapped[Words] = mapped_column(comment="ids of the seeds, or names as printed")
    countries: Mapped[Words] = mapped_column(comment="ISO 3166-1 alpha-2, without MA")
    city: Mapped[str | None]
    first_on: Mapped[date | None] = mapped_column(comment="first day it can have been")
    last_on: Mapped[date | None] = mapped_column(comment="last day it can have been, included")
    precision: Mapped[str | None] = mapped_column(comment="how exact the days are")
    made_at: Mapped[Moment]
    merged_into_id: Mapped[BigInt | None] = mapped_column(ForeignKey("events.id"), comment="the same event, kept there")
    retracted_at: Mapped[datetime | None] = mapped_column(comment="when it was found not to have happened")
    told: Mapped[str] = mapped_column(
        comment="the most that any account makes of it: news, announced, recalled; denied by all"
    )
    told_from: Mapped[date] = mapped_column(comment="day of the first account")
    told_to: Mapped[date] = mapped_column(comment="day of the last account")
    sources: Mapped[Words] = mapped_column(
        comment="who gave an account, the first first; seeds for one known from the start"
    )
    participants: Mapped[list[Any]] = mapped_column(
        JSONB, server_default=text("'[]'"), comment="who had which part, as most sources say it: person, part, sources"
    )

    __table_args__ = (
        one_of("kind", EventKind),
        one_of("direction", Direction),
        one_of("precision", Precision),
        together("days", "first_on", "last_on", "precision"),
        one_of("told", Told),
        CheckConstraint("first_on <= last_on", name="order_of_days"),
        CheckConstraint("told_from <= told_to", name="order_of_telling"),
        Index(None, "kind", "first_on"),
        Index("ix_events_happened_on", text("coalesce(first_on, told_from)"), "id"),
        Index(None, "countries", postgresql_using="gin"),
        Index(None, "bodies", postgresql_using="gin"),
        Index(None, "merged_into_id"),
        {"comment": "Things that happened, each once; its facts are the best supported of its reports"},
    )


class EventLogRow(Base):
    """One act on an event or the tags of an article, by a rule or a person, which survives a replay."""

    __tablename__ = "event_log"

    id: Mapped[Id]
    event_id: Mapped[BigInt | None] = mapped_column(
        ForeignKey("events.id"), comment="null: the act is on an article only"
    )
    action: Mapped[str]
    done_by: Mapped[str] = mapped_column(comment="a rule, or the name of a person")
    facts: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"), comment="what it needs to be redone")
    done_at: Mapped[Moment]
    article_id: Mapped[BigInt | None] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), comment="whose tags were put right; null: the act is on an event"
    )
    key: Mapped[UUID | None] = mapped_column(
        unique=True, comment="of the form it was sent with: what is sent twice is done once"
    )

    __table_args__ = (
        one_of("action", EventAction),
        CheckConstraint("(action = 'tag') = (event_id IS NULL)", name="event_of_action"),
        CheckConstraint("(action = 'tag') = (article_id IS NOT NULL)", name="article_of_action"),
        Index(None, "event_id"),
        Index(None, "article_id"),
        Index("ix_event_log_by_hand", "action", postgresql_where=text("done_by <> 'rule'")),
        {"comment": "Acts on events, and on tags, by rules and people, in their order"},
    )


class ReportRow(Base):
    """What one article says happened, with the sentence that says so."""

    __tablename__ = "reports"

    id: Mapped[Id]
    article_id: Mapped[BigInt] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(comment="place among the reports of its article, from 0")
    event_id: Mapped[BigInt | None] = mapped_column(
        ForeignKey("events.id"), comment="null: not met yet, or it recalls what cannot be told apart"
    )
    kind: Mapped[str]
    direction: Mapped[str | None] = mapped_column(comment="of a visit, seen from Morocco")
    told: Mapped[str] = mapped_column(comment="as news, recalled, announced or denied")
    people: Mapped[Words] = mapped_column(comment="ids of the seeds, or names as printed")
    bodies: Mapped[Words] = mapped_column(comment="ids of the seeds, or names as printed")
    countries: Mapped[Words] = mapped_column(comment="ISO 3166-1 alpha-2, without MA")
    city: Mapped[str | None]
    first_on: Mapped[date | None] = mapped_column(comment="first day, as printed")
    last_on: Mapped[date | None] = mapped_column(comment="last day, included, as printed")
    precision: Mapped[str | None] = mapped_column(comment="how exact the days are")
    evidence: Mapped[str] = mapped_column(comment="the sentence that says so, in its own language")
    field: Mapped[str] = mapped_column(comment="title or text, where the sentence stands")
    span_start: Mapped[int] = mapped_column(comment="character of the field, from 0")
    span_end: Mapped[int] = mapped_column(comment="the character after the last")
    rule: Mapped[str] = mapped_column(comment="the rule that read it")
    met_at: Mapped[datetime | None] = mapped_column(comment="when it was held against the events; null: not yet")
    participants: Mapped[list[Any]] = mapped_column(
        JSONB,
        server_default=text("'[]'"),
        comment="who had which part: a person (id of the seeds, or as printed) and the part",
    )

    __table_args__ = (
        UniqueConstraint("article_id", "position"),
        one_of("kind", EventKind),
        one_of("direction", Direction),
        one_of("told", Told),
        one_of("precision", Precision),
        one_of("field", Field),
        together("days", "first_on", "last_on", "precision"),
        CheckConstraint("first_on <= last_on", name="order_of_days"),
        CheckConstraint("0 <= span_start AND span_start < span_end", name="span"),
        CheckConstraint("event_id IS NULL OR met_at IS NOT NULL", name="met_at"),
        Index("ix_reports_unmet", "article_id", postgresql_where=text("met_at IS NULL")),
        Index(None, "event_id"),
        Index(None, "kind", "first_on"),
        {"comment": "What each article says happened, with the sentence that says so"},
    )


class SeedEventRow(Base):
    """An event that is known from the start."""

    __tablename__ = "seed_events"

    id: Mapped[str] = mapped_column(primary_key=True, comment="short name, as in seeds/history.yml")
    event_id: Mapped[BigInt] = mapped_column(ForeignKey("events.id"))
    kind: Mapped[str]
    direction: Mapped[str | None] = mapped_column(comment="of a visit, seen from Morocco")
    people: Mapped[Words] = mapped_column(comment="ids of the seeds")
    bodies: Mapped[Words] = mapped_column(comment="ids of the seeds")
    countries: Mapped[Words] = mapped_column(comment="ISO 3166-1 alpha-2, without MA")
    city: Mapped[str | None]
    first_on: Mapped[date]
    last_on: Mapped[date]
    precision: Mapped[str] = mapped_column(comment="how exact the days are")

    __table_args__ = (
        one_of("kind", EventKind),
        one_of("direction", Direction),
        one_of("precision", Precision),
        CheckConstraint("first_on <= last_on", name="order_of_days"),
        Index(None, "event_id"),
        {"comment": "Events known from the start, from seeds/history.yml: who tells of one tells no news"},
    )
