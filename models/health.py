"""The tables of health: how each way of discovery stands, what was wrong with which source, and how sources changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from analysis.records import Health, TroubleKind
from models.base import Base, Id, Said, one_of


class StandingRow(Base):
    """How a way of discovery stands."""

    __tablename__ = "standings"

    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"), primary_key=True)
    url: Mapped[str] = mapped_column(primary_key=True, comment="of the way, as in the seeds")
    health: Mapped[str]
    since: Mapped[datetime] = mapped_column(comment="when it began to be so: for a failure, the first of them")
    score: Mapped[int] = mapped_column(
        comment="weights of its failures since it last answered: hard 4, soft 2, passing 1"
    )
    failures: Mapped[int] = mapped_column(comment="how many they are")
    asked_at: Mapped[datetime] = mapped_column(comment="the last asking that was counted")
    answered_at: Mapped[datetime | None] = mapped_column(comment="null: it never worked")
    kind: Mapped[str | None] = mapped_column(comment="what the last failure was")
    detail: Mapped[Said] = mapped_column(comment="the same in words")

    __table_args__ = (
        one_of("health", Health),
        one_of("kind", TroubleKind),
        CheckConstraint("(failures = 0) = (health = 'healthy')", name="failures"),
        {"comment": "How each way of discovery stands, as marsad watch last saw it"},
    )


class HealthChangeRow(Base):
    """A change of how a source stands."""

    __tablename__ = "health_changes"

    id: Mapped[Id]
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"))
    health: Mapped[str] = mapped_column(comment="of the best of its ways, from then on")
    since: Mapped[datetime] = mapped_column(comment="when it began to be so")
    changed_at: Mapped[datetime] = mapped_column(comment="when it was noticed")
    kind: Mapped[str | None] = mapped_column(comment="what the failure was")
    detail: Mapped[Said] = mapped_column(comment="the same in words")

    __table_args__ = (
        one_of("health", Health),
        one_of("kind", TroubleKind),
        Index(None, "source_id", "id"),
        {"comment": "Log of how each source came to stand; the last row of a source is how it stands now"},
    )


class TroubleRow(Base):
    """What was wrong with a source, from when to when."""

    __tablename__ = "troubles"

    id: Mapped[Id]
    source_id: Mapped[str] = mapped_column(ForeignKey("sources.id"))
    kind: Mapped[str]
    address: Mapped[Said] = mapped_column(comment="the way it is about; empty: the whole source")
    hard: Mapped[bool] = mapped_column(comment="it costs articles")
    since: Mapped[datetime] = mapped_column(comment="when it began, as far as can be told")
    raised_at: Mapped[datetime] = mapped_column(comment="when it was first told")
    seen_at: Mapped[datetime] = mapped_column(comment="when it was last found")
    cleared_at: Mapped[datetime | None] = mapped_column(comment="when it was found mended; null: it stands")
    seen: Mapped[str] = mapped_column(comment="what is wrong, as last found")
    tried: Mapped[str] = mapped_column(comment="which ways were asked, and what they answered")
    advice: Mapped[str] = mapped_column(comment="what to do")
    grounds: Mapped[str | None] = mapped_column(comment="how well the address in question is known")

    __table_args__ = (
        one_of("kind", TroubleKind),
        CheckConstraint("cleared_at >= raised_at", name="cleared_at"),
        Index(
            "uq_troubles_standing",
            "source_id",
            "kind",
            "address",
            unique=True,
            postgresql_where=text("cleared_at IS NULL"),
        ),
        Index(None, "cleared_at"),
        {"comment": "What was wrong with which source, from when to when"},
    )
