"""How many pages there are, by source and by what became of them: the sums that two moments are compared by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Engine, exists, func, or_, select

from models.articles import StoryRow
from models.database import told_when_gone
from models.findings import ReportRow
from models.formers import UNFINISHED
from models.pages import PageRow

WAITING = "waiting"


@dataclass(frozen=True, kw_only=True, slots=True)
class Totals:
    """Pages counted at one moment: by source, and by outcome (one that has none yet is `waiting`)."""

    by_source: Counter[str]
    by_outcome: Counter[str]


def read_totals(engine: Engine) -> Totals:
    """Count all pages in one statement."""
    outcome = func.coalesce(PageRow.outcome, WAITING)
    by_source, by_outcome = Counter[str](), Counter[str]()
    with told_when_gone(engine), engine.connect() as connection:
        counted = connection.execute(
            select(PageRow.source_id, outcome, func.count()).group_by(PageRow.source_id, outcome)
        )
        for source_id, name, count in counted:
            by_source[source_id] += count
            by_outcome[name] += count
    return Totals(by_source=by_source, by_outcome=by_outcome)


def count_waiting(engine: Engine) -> int:
    """Count the pages that wait to be read."""
    with told_when_gone(engine), engine.connect() as connection:
        return connection.execute(select(func.count()).where(PageRow.outcome.is_(None))).scalar_one()


def is_unfinished(engine: Engine) -> bool:
    """Tell whether reports have not met the events, or stories one another: whoever filed them was killed."""
    unmet, unplaced = exists().where(ReportRow.met_at.is_(None)), exists().where(StoryRow.placed_at.is_(None))
    with told_when_gone(engine), engine.connect() as connection:
        return bool(connection.scalar(select(or_(unmet, unplaced, UNFINISHED.exists()))))


def read_addresses(engine: Engine) -> frozenset[str]:
    """Return the address of every page, as it was found and as it was asked for."""
    with told_when_gone(engine), engine.connect() as connection:
        found = connection.execute(select(PageRow.url, PageRow.entry_url)).all()
    return frozenset(url for both in found for url in both if url is not None)
