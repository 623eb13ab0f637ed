"""What people put right, as labelled data: each with what the reports said and what the rules had made of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Engine, text

from models.database import told_when_gone

CORRECTIONS = text("SELECT * FROM analyst.corrections ORDER BY correction")


def read_corrections(engine: Engine) -> Iterator[dict[str, Any]]:
    """Give each correction as the view `analyst.corrections` has it, the first first."""
    with told_when_gone(engine), engine.connect() as connection:
        rows = connection.execution_options(stream_results=True).execute(CORRECTIONS)
        for row in rows.mappings():
            yield dict(row)
