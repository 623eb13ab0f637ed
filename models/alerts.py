"""The tables of what is due to whom: alerts (written with the event they tell of) and the attempts to deliver them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigInt, Id, Moment, Said, Words, one_of


class AlertOccasion(StrEnum):
    """Why an alert is due."""

    FIRST = "first"
    UPDATE = "update"
    RETRACTION = "retraction"


class AlertState(StrEnum):
    """How an alert stands."""

    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given_up"


class DeliveryState(StrEnum):
    """How one attempt ended."""

    STARTED = "started"
    SENT = "sent"
    FAILED = "failed"


class AlertRow(Base):
    """One message due to one recipient about one event."""

    __tablename__ = "alerts"

    id: Mapped[Id]
    event_id: Mapped[BigInt] = mapped_column(ForeignKey("events.id"))
    recipient: Mapped[str] = mapped_column(comment="name in seeds/alerts.yml; its address is a setting")
    position: Mapped[int] = mapped_column(comment="0 is the first to this recipient about this event, then follow-ups")
    occasion: Mapped[str]
    because: Mapped[Words] = mapped_column(comment="the rules that it meets")
    state: Mapped[str] = mapped_column(server_default=text("'waiting'"))
    due_at: Mapped[Moment] = mapped_column(comment="not before: quiet hours, a digest, the next attempt")
    made_at: Mapped[Moment]
    settled_at: Mapped[datetime | None] = mapped_column(comment="when it was sent or given up")

    __table_args__ = (
        UniqueConstraint("event_id", "recipient", "position"),
        one_of("occasion", AlertOccasion),
        one_of("state", AlertState),
        CheckConstraint("(position = 0) = (occasion = 'first')", name="position"),
        CheckConstraint("(state = 'waiting') = (settled_at IS NULL)", name="settled_at"),
        Index("ix_alerts_waiting", "recipient", "id", postgresql_where=text("state = 'waiting'")),
        {"comment": "The outbox: one message due to one recipient about one event, with its reasons"},
    )


class DeliveryRow(Base):
    """One attempt to deliver one alert by one channel."""

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
        UniqueConstraint("alert_id", "channel", "attempt"),
        one_of("state", DeliveryState),
        CheckConstraint("(state = 'started') = (ended_at IS NULL)", name="ended_at"),
        {"comment": "Each attempt to deliver an alert, and how it ended"},
    )
