"""The schema made for analysts as it is taken away: whole views row by row, with what their columns mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, text

from models.database import told_when_gone

SIT_DOWN = "SET TRANSACTION READ ONLY; SET LOCAL search_path = analyst, public; SET LOCAL ROLE marsad_analyst"
AT_ONCE = 1000

COLUMNS = text("""
    SELECT pg_class.relname AS view, attname AS name, format_type(atttypid, atttypmod) AS type,
        col_description(attrelid, attnum) AS meaning, obj_description(attrelid, 'pg_class') AS view_meaning
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'analyst'::regnamespace AND relkind = 'v' AND attnum > 0 AND NOT attisdropped
    ORDER BY relname, attnum
""")

SLICED_BY: Mapping[str, str | None] = {
    "articles": "told_on",
    "stories": "last_on",
    "copies": "published_on",
    "events": "happened_on",
    "event_people": "happened_on",
    "event_reports": "told_on",
    "event_acts": "done_at::date",
    "corrections": "done_at::date",
    "coverage": "day",
    "alerts_sent": "made_at::date",
    "alert_rules": None,
    "tags": None,
    "sources": None,
    "source_health": None,
    "names": None,
}
"""The views that make up everything, and the day by which a slice is cut; None: it has none, and comes whole."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column of a view: its type as Postgres names it, and what it means."""

    view: str
    name: str
    type: str
    meaning: str
    view_meaning: str


def read_dictionary(engine: Engine) -> tuple[Column, ...]:
    """Return every column of every view, with what it means."""
    with _desk(engine) as connection:
        return tuple(Column(**row) for row in connection.execute(COLUMNS).mappings())


def stream(
    engine: Engine, view: str, since: date | None = None, until: date | None = None
) -> Iterator[Sequence[Sequence[Any]]]:
    """Give the rows of a view some at a time, at flat memory; a slice has the rows of its days, both ends included."""
    day = SLICED_BY[view]
    within = (
        ""
        if day is None
        else f"""
        WHERE (CAST(:since AS date) IS NULL OR {day} >= :since) AND (CAST(:until AS date) IS NULL OR {day} <= :until)
    """
    )
    asked = text(f"SELECT * FROM analyst.{view} {within} ORDER BY 1")  # noqa: S608 both are names from the list above
    bounds = {} if day is None else {"since": since, "until": until}
    with _desk(engine) as connection:
        rows = connection.execution_options(stream_results=True, max_row_buffer=AT_ONCE).execute(asked, bounds)
        yield from rows.partitions(AT_ONCE)


@contextmanager
def _desk(engine: Engine) -> Iterator[Connection]:
    """Begin a transaction that can do what an analyst can, and no more."""
    with told_when_gone(engine), engine.connect() as connection:
        connection.exec_driver_sql(SIT_DOWN)
        yield connection
