"""The book of health: how each way stands and what was wrong with which source, read and written in one transaction."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, text, update

from analysis.records import Health, KnownTrouble, Notice, Standing, Trouble, TroubleKind, WayVisit
from models import health_counts
from models.health import HealthChangeRow, StandingRow, TroubleRow
from models.health_counts import Tallies
from models.operators import tell_operators
from models.page_rows import storable

SPACE = 7_300_006
THREAD = "trouble/sources"
NOW_STANDS = text("""
    SELECT DISTINCT ON (source_id) source_id, health, since, kind, detail FROM health_changes
    ORDER BY source_id, id DESC
""")

# as one value each: a statement with a thousand of them takes SQLAlchemy longer to write than Postgres to do
FORGET = text("""
    DELETE FROM standings WHERE (source_id, url) NOT IN (
        SELECT source_id, url FROM jsonb_populate_recordset(CAST(NULL AS standings), CAST(:rows AS jsonb))
    )
""")
KEEP = text("""
    INSERT INTO standings
    SELECT * FROM jsonb_populate_recordset(CAST(NULL AS standings), CAST(:rows AS jsonb))
    ON CONFLICT (source_id, url) DO UPDATE SET health = excluded.health, since = excluded.since,
        score = excluded.score, failures = excluded.failures, asked_at = excluded.asked_at,
        answered_at = excluded.answered_at, kind = excluded.kind, detail = excluded.detail
""")


class HealthBook:
    """What is known of the health of sources; one watch at a time holds it, until its transaction ends."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        connection.execute(text("SELECT pg_advisory_xact_lock(:space, 0)"), {"space": SPACE})

    def way_visits(self, after: datetime, until: datetime) -> Iterator[WayVisit]:
        """Give the visits of ways by crawls that have ended, in their order."""
        return health_counts.way_visits(self._connection, after, until)

    def tallies(self, bounds: Sequence[datetime]) -> Tallies:
        """Count what each source did between bounds, which ascend and end now."""
        return health_counts.read_tallies(self._connection, bounds)

    def standings(self) -> Mapping[tuple[str, str], Standing]:
        """Return how each way stands, by source and address."""
        rows = self._connection.execute(select(StandingRow.__table__))
        return {(row.source_id, row.url): _standing(row) for row in rows}

    def write_standings(self, standings: Mapping[tuple[str, str], Standing]) -> None:
        """Write how each way stands; ways that are not among them are forgotten."""
        rows = [{"source_id": key[0], "url": key[1], **_columns(each)} for key, each in standings.items()]
        named = {"rows": json.dumps(rows, default=datetime.isoformat)}
        self._connection.execute(FORGET, named)
        self._connection.execute(KEEP, named)

    def sources(self) -> Mapping[str, Health]:
        """Return how each source stood when it last changed."""
        return {row.source_id: Health(row.health) for row in self._connection.execute(NOW_STANDS)}

    def log_changes(self, changed: Mapping[str, Standing], now: datetime) -> None:
        """Write how sources stand from now on."""
        rows = [
            {
                "source_id": source_id,
                "health": standing.health,
                "since": standing.since,
                "changed_at": now,
                "kind": standing.kind,
                "detail": storable(standing.detail),
            }
            for source_id, standing in changed.items()
        ]
        if rows:
            self._connection.execute(insert(HealthChangeRow), rows)

    def known_troubles(self) -> tuple[KnownTrouble, ...]:
        """Return the troubles that stand, in the order in which they were told."""
        standing = select(TroubleRow.__table__).where(TroubleRow.cleared_at.is_(None)).order_by(TroubleRow.id)
        return tuple(_known(row) for row in self._connection.execute(standing))

    def raise_troubles(self, found: Iterable[Trouble], now: datetime) -> None:
        """Write troubles that are new."""
        rows = [
            {
                "source_id": each.source_id,
                "kind": each.kind,
                "address": storable(each.address),
                "since": each.since,
                "raised_at": now,
                **_told(each, now),
            }
            for each in found
        ]
        if rows:
            self._connection.execute(insert(TroubleRow), rows)

    def confirm_troubles(self, found: Mapping[int, Trouble], now: datetime) -> None:
        """Write what is seen now of troubles that stand, by their numbers."""
        for number, each in found.items():
            told = update(TroubleRow).where(TroubleRow.id == number).values(_told(each, now))
            self._connection.execute(told)

    def clear_troubles(self, numbers: Collection[int], now: datetime) -> None:
        """Write that troubles are mended."""
        mended = {"cleared_at": func.greatest(now, TroubleRow.raised_at)}  # clocks of two machines may differ
        self._connection.execute(update(TroubleRow).where(TroubleRow.id.in_(numbers)).values(mended))

    def tell_operators(self, notice: Notice, now: datetime) -> None:
        """Let operators hear of it once this is written, and not otherwise."""
        tell_operators(self._connection, THREAD, notice, now)


def _standing(row: Any) -> Standing:  # noqa: ANN401 a row of standings
    return Standing(
        health=Health(row.health),
        since=row.since,
        score=row.score,
        failures=row.failures,
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        kind=None if row.kind is None else TroubleKind(row.kind),
        detail=row.detail,
    )


def _columns(standing: Standing) -> dict[str, Any]:
    return {
        "health": standing.health,
        "since": standing.since,
        "score": standing.score,
        "failures": standing.failures,
        "asked_at": standing.asked_at,
        "answered_at": standing.answered_at,
        "kind": standing.kind,
        "detail": storable(standing.detail),
    }


def _known(row: Any) -> KnownTrouble:  # noqa: ANN401 a row of troubles
    return KnownTrouble(
        id=row.id,
        source_id=row.source_id,
        kind=TroubleKind(row.kind),
        address=row.address,
        hard=row.hard,
        since=row.since,
        raised_at=row.raised_at,
        seen_at=row.seen_at,
    )


def _told(trouble: Trouble, now: datetime) -> dict[str, Any]:
    return {
        "hard": trouble.hard,
        "seen_at": now,
        "seen": storable(trouble.seen),
        "tried": storable(trouble.tried),
        "advice": storable(trouble.advice),
        "grounds": trouble.grounds,
    }
