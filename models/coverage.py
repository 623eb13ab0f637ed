"""Coverage: what each source did on each day, and how it stands now with since when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, text

from analysis.records import DayCount, Health, TroubleKind
from models.database import told_when_gone
from models.health_counts import count_days

STANDS = text("""
    SELECT DISTINCT ON (health_changes.source_id) health_changes.source_id, health_changes.health,
        health_changes.since, troubles.kind AS trouble, troubles.since AS trouble_since
    FROM health_changes
    LEFT JOIN troubles ON troubles.source_id = health_changes.source_id AND troubles.cleared_at IS NULL
    ORDER BY health_changes.source_id, health_changes.id DESC, troubles.hard DESC, troubles.since, troubles.id
""")


@dataclass(frozen=True, kw_only=True, slots=True)
class Stand:
    """How a source stands, as the last watch saw it: how it answers, and the gravest of its troubles, if any."""

    health: Health
    since: datetime
    trouble: TroubleKind | None = None
    trouble_since: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """The counts of each source by its id, the newest day first, and how it stands."""

    days: Mapping[str, tuple[DayCount, ...]]
    stands: Mapping[str, Stand]


def read_coverage(engine: Engine, bounds: Sequence[datetime]) -> Coverage:
    """Count the days between bounds, which ascend, for every source that was asked or brought something."""
    with told_when_gone(engine), engine.connect() as connection:
        stands = {row.source_id: _stand(row) for row in connection.execute(STANDS)}
        return Coverage(days=count_days(connection, bounds), stands=stands)


def _stand(row: Any) -> Stand:  # noqa: ANN401 a row of the statement above
    return Stand(
        health=Health(row.health),
        since=row.since,
        trouble=None if row.trouble is None else TroubleKind(row.trouble),
        trouble_since=row.trouble_since,
    )
