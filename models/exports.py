"""Pages with their bytes, one after the other as they stood at one moment, for whoever takes them elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from http import HTTPStatus
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, func, select

from analysis.records import OutcomeKind, Page
from models.database import told_when_gone
from models.page_rows import page_of_row
from models.pages import PageRow, VisitRow

AT_ONCE = 10  # rows in memory; a body is 20 MiB at the most, and mostly a hundredth of that


@dataclass(frozen=True, kw_only=True, slots=True)
class ExportFilter:
    """Which pages to take: None means any. `since` and `until` are days of the fetch in UTC, the last included."""

    source: str | None = None
    since: date | None = None
    until: date | None = None
    relevant: bool = False

    def said(self) -> tuple[str, ...]:
        """Say what was asked for, a word or two each; nothing for all pages."""
        facts = {"source": self.source, "since": self.since, "until": self.until}
        relevant = ("articles and copies only",) if self.relevant else ()
        return (*(f"{name} {fact}" for name, fact in facts.items() if fact is not None), *relevant)


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """What an export will hold: so many pages, the newest of that moment; `gone` have no body any more."""

    pages: int
    gone: int
    newest_at: datetime | None


class Export:
    """The chosen pages at one moment, whatever is written meanwhile."""

    def __init__(self, connection: Connection, wanted: ExportFilter) -> None:
        self._connection, self._conditions = connection, _conditions(wanted)
        there = PageRow.body.is_not(None)
        counts = select(
            func.count().filter(there), func.count().filter(~there), func.max(PageRow.fetched_at).filter(there)
        )
        pages, gone, newest_at = connection.execute(counts.where(*self._conditions)).one()
        self.chosen = Chosen(pages=pages, gone=gone, newest_at=newest_at)

    def pages(self) -> Iterator[tuple[Page, int]]:
        """Yield each page that has its body, in the order in which they were kept, with its HTTP status."""
        status = select(func.max(VisitRow.status)).where(VisitRow.page_id == PageRow.id).scalar_subquery()
        asked = (
            select(PageRow.__table__, func.coalesce(status, int(HTTPStatus.OK)).label("status"))
            .where(PageRow.body.is_not(None), *self._conditions)
            .order_by(PageRow.id)
        )
        streamed = self._connection.execution_options(stream_results=True, yield_per=AT_ONCE)
        with told_when_gone(streamed.engine):
            for row in streamed.execute(asked):
                yield page_of_row(row), row.status


@contextmanager
def open_export(engine: Engine, wanted: ExportFilter) -> Iterator[Export]:
    """Hold one moment of the tables while the body runs."""
    with told_when_gone(engine), engine.connect() as connection:
        yield Export(connection.execution_options(isolation_level="REPEATABLE READ"), wanted)


def _conditions(wanted: ExportFilter) -> list[ColumnElement[bool]]:
    conditions: tuple[tuple[Any, ColumnElement[bool]], ...] = (
        (wanted.source, PageRow.source_id == wanted.source),
        (wanted.since, PageRow.fetched_at >= _midnight(wanted.since or date.min)),
        (wanted.until, PageRow.fetched_at < _midnight(wanted.until or date.min) + timedelta(days=1)),
        (wanted.relevant or None, PageRow.outcome.in_([OutcomeKind.FILED, OutcomeKind.COPY])),
    )
    return [condition for given, condition in conditions if given is not None]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
