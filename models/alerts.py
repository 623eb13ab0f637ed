"""The tables of who hears about what, of what is due to whom, and of each attempt to deliver it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from analysis.records import Occasion, Pace
from models.base import Base, BigInt, Id, Moment, Said, Words, one_of


class Origin(StrEnum):
    """Who wrote a recipient or a rule."""

    SEEDS = "seeds"
    HAND = "hand"


class AlertState(StrEnum):
    """How a message stands."""

    WAITING = "waiting"
    SENT = "sent"
    DIGESTED = "digested"
    MUTED = "muted"
    OVERTAKEN = "overtaken"
    GIVEN_UP = "given_up"


class DeliveryState(StrEnum):
    """How one attempt ended."""

    STARTED = "started"
    SENT = "sent"
    FAILED = "failed"


class RecipientRow(Base):
    """Who is told things."""

    __tablename__ = "recipients"

    id: Mapped[str] = mapped_column(primary_key=True)
    entry: Mapped[dict[str, Any]] = mapped_column(comment="channel (a name, never an address), language, quiet hours")
    origin: Mapped[str] = mapped_column(comment="seeds/alerts.yml, or a person by marsad alerts")
    loaded_at: Mapped[Moment]

    __table_args__ = (one_of("origin", Origin), {"comment": "Who is told things, each by one channel"})


class AlertRuleRow(Base):
    """What some recipients want to hear of."""

    __tablename__ = "alert_rules"

    id: Mapped[str] = mapped_column(primary_key=True)
    entry: Mapped[dict[str, Any]] = mapped_column(comment="the whole rule, as in seeds/alerts.yml")
    origin: Mapped[str] = mapped_column(comment="seeds/alerts.yml, or a person by marsad alerts")
    loaded_at: Mapped[Moment]

    __table_args__ = (one_of("origin", Origin), {"comment": "What some recipients want to hear of"})


class MuteRow(Base):
    """What a recipient does not want to hear of."""

    __tablename__ = "mutes"

    id: Mapped[Id]
    recipient: Mapped[str]
    event_id: Mapped[BigInt | None] = mapped_column(ForeignKey("events.id"))
    country: Mapped[str | None] = mapped_column(comment="ISO 3166-1 alpha-2")
    rule: Mapped[str | None] = mapped_column(comment="where no event, country or rule is named: everything")
    until: Mapped[datetime | None] = mapped_column(comment="null: for good")
    made_by: Mapped[str]
    made_at: Mapped[Moment]

    __table_args__ = (
        CheckConstraint("num_nonnulls(event_id, country, rule) <= 1", name="one_thing"),
        {"comment": "What a recipient does not want to hear of for a while; retractions are heard nevertheless"},
    )


class AlertRow(Base):
    """One message due to one recipient."""

    __tablename__ = "alerts"

    id: Mapped[Id]
    key: Mapped[UUID] = mapped_column(
        server_default=text("gen_random_uuid()"), unique=True, comment="of Message-ID and idempotency, for good"
    )
    recipient: Mapped[str] = mapped_column(comment="name in recipients")
    thread: Mapped[str] = mapped_column(comment="the matter, such as event/12, digest/daily/2026-11-22, trouble/…")
    position: Mapped[int] = mapped_column(comment="among the messages to this recipient in the thread, from 0")
    event_id: Mapped[BigInt | None] = mapped_column(ForeignKey("events.id"), comment="null: it is about no one event")
    occasion: Mapped[str]
    because: Mapped[Words] = mapped_column(comment="the rules that it meets")
    facts: Mapped[dict[str, Any]] = mapped_column(comment="what it says, as it stood; never a secret")
    pace: Mapped[str] = mapped_column(
        server_default=text("'at_once'"), comment="at once, or taken up by a daily or weekly digest"
    )
    state: Mapped[str] = mapped_column(
        server_default=text("'waiting'"), comment="overtaken: what it says was over before anybody began to send it"
    )
    due_at: Mapped[Moment] = mapped_column(comment="not before: quiet hours, a digest")
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    next_attempt_at: Mapped[datetime | None] = mapped_column(comment="after one that failed: not before")
    made_at: Mapped[Moment]
    settled_at: Mapped[datetime | None] = mapped_column(comment="when it ceased to wait")

    __table_args__ = (
        UniqueConstraint("recipient", "thread", "position"),
        one_of("occasion", Occasion),
        one_of("pace", Pace),
        one_of("state", AlertState),
        CheckConstraint(
            "(event_id IS NOT NULL) = (occasion IN ('first', 'update', 'retraction'))", name="event_of_occasion"
        ),
        CheckConstraint("(state = 'waiting') = (settled_at IS NULL)", name="settled_at"),
        Index("ix_alerts_waiting", "recipient", "id", postgresql_where=text("state = 'waiting'")),
        Index(None, "event_id"),
        {"comment": "The outbox: one message due to one recipient, with its reasons; ids are in the order of commits"},
    )


class DeliveryRow(Base):
    """One attempt to deliver one message."""

    __tablename__ = "deliveries"

    id: Mapped[Id]
    alert_id: Mapped[BigInt] = mapped_column(ForeignKey("alerts.id"))
    channel: Mapped[str]
    attempt: Mapped[int] = mapped_column(comment="counted from 1")
    state: Mapped[str] = mapped_column(comment="started and never ended: we were killed while sending")
    detail: Mapped[Said] = mapped_column(comment="what the receiver said; never a secret")
    started_at: Mapped[Moment]
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("alert_id", "attempt"),
        one_of("state", DeliveryState),
        CheckConstraint("(state = 'started') = (ended_at IS NULL)", name="ended_at"),
        {"comment": "Each attempt to deliver a message, and how it ended"},
    )
