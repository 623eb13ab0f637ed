"""Coverage: what each source did on each day, and how it stands now with since when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from analysis.records import DayCount, Health
from models.database import told_when_gone
from models.health_book import NOW_STANDS
from models.health_counts import count_days


@dataclass(frozen=True, kw_only=True, slots=True)
class Stand:
    """How a source stands, as the last watch saw it."""

    health: Health
    since: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """The counts of each source by its id, the newest day first, and how it stands."""

    days: Mapping[str, tuple[DayCount, ...]]
    stands: Mapping[str, Stand]


def read_coverage(engine: Engine, bounds: Sequence[datetime]) -> Coverage:
    """Count the days between bounds, which ascend, for every source that was asked or brought something."""
    with told_when_gone(engine), engine.connect() as connection:
        stands = {
            row.source_id: Stand(health=Health(row.health), since=row.since) for row in connection.execute(NOW_STANDS)
        }
        return Coverage(days=count_days(connection, bounds), stands=stands)
