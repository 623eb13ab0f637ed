"""The sources we follow, read back from their rows as they were loaded."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select, text

from analysis.errors import UnknownNameError
from analysis.records import Discovery, Language, Promise, Source, Way
from models.database import told_when_gone
from models.seeds import SourceRow, is_followed

DUE = text("""
    SELECT id FROM sources
    WHERE retired_at IS NULL AND entry -> 'discovery' <> '[]'
        AND NOT EXISTS (
            SELECT FROM visits
            WHERE visits.source_id = sources.id AND visits.way IS NOT NULL
                AND visits.visited_at > :now - :share * make_interval(mins => (entry ->> 'cadence_minutes')::int)
        )
""")


def followed_sources(engine: Engine, ids: Collection[str] = ()) -> tuple[Source, ...]:
    """Return the named sources, or all, in the order of their ids; those that are retired are not followed.

    Raises UnknownNameError for a name that is none of them.
    """
    asked = select(SourceRow.id, SourceRow.entry).where(is_followed()).order_by(SourceRow.id)
    with told_when_gone(engine), engine.connect() as connection:
        entries: dict[str, dict[str, Any]] = {row.id: row.entry for row in connection.execute(asked)}
    for name in ids:
        if name not in entries:
            known = ", ".join(entries) or "none: run `marsad seeds load`"
            raise UnknownNameError(f"there is no source `{name}`; those we follow are {known}")
    return tuple(source_of_entry(entry) for name, entry in entries.items() if not ids or name in ids)


def due_sources(engine: Engine, now: datetime) -> frozenset[str]:
    """Return the ids of the sources to ask for news now: never asked, or last asked as long ago as their cadence says.

    A tenth of the cadence is forgiven, so that a source asked for every 15 minutes is due at each tick of 15 minutes.
    """
    with told_when_gone(engine), engine.connect() as connection:
        return frozenset(connection.scalars(DUE, {"now": now, "share": 0.9}))


def source_of_entry(entry: Mapping[str, Any]) -> Source:
    """Make the record again from the JSON it was kept as."""
    return Source(
        **{
            **entry,
            "hosts": tuple(entry["hosts"]),
            "languages": tuple(Language(language) for language in entry["languages"]),
            "discovery": tuple(Discovery(**{**way, "way": Way(way["way"])}) for way in entry["discovery"]),
            "promise": Promise(**{**entry["promise"], "articles_a_day": tuple(entry["promise"]["articles_a_day"])}),
        }
    )
