"""The desk where people ask: one transaction that only reads, as the analyst's role, and not for long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Row, TextClause
from sqlalchemy.exc import DBAPIError

from analysis.errors import MarsadError
from models.database import told_when_gone

Record = TypeVar("Record")

SECONDS = 5
"""So long may a question of the page take."""
PATIENT = 60
"""And one of the command line, which one person waits for."""
CANCELLED = "57014"  # of SQLSTATE: the statement took longer than it may
SIT_DOWN = """
    SET TRANSACTION READ ONLY;
    SET LOCAL search_path = analyst, public;
    SET LOCAL ROLE marsad_analyst;
    SET LOCAL statement_timeout = '{seconds}s'
"""


class TooSlowError(MarsadError):
    """A question would take longer than one may, or its connection is gone."""


class Desk:
    """One reader's transaction: rows come back as the records they fill."""

    def __init__(self, connection: Connection) -> None:
        """Ask through a connection that `open_desk` made ready."""
        self._connection = connection

    def all(
        self, record: type[Record], asked: TextClause, facts: Mapping[str, Any] | None = None
    ) -> tuple[Record, ...]:
        """Return what a statement finds, a record for each row; lists become tuples."""
        return tuple(record(**_columns(row)) for row in self._connection.execute(asked, dict(facts or {})))

    def one(self, record: type[Record], asked: TextClause, facts: Mapping[str, Any] | None = None) -> Record | None:
        """Return the first that a statement finds, None for nothing."""
        return next(iter(self.all(record, asked, facts)), None)

    def value(self, asked: TextClause, facts: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 of any column
        """Return the first column of the first row, None for nothing."""
        return self._connection.scalar(asked, dict(facts or {}))


@contextmanager
def open_desk(engine: Engine, seconds: int = SECONDS) -> Iterator[Desk]:
    """Begin a transaction of the analyst's role that cannot write.

    Raises TooSlowError for a question that takes longer, DatabaseUnavailableError where Postgres does not answer.
    """
    try:
        with told_when_gone(engine), engine.connect() as connection:
            connection.exec_driver_sql(SIT_DOWN.format(seconds=seconds))
            yield Desk(connection)
    except DBAPIError as error:
        raise _of_time(error, seconds) from error
    except MarsadError as error:
        cause = error.__cause__
        raise _of_time(cause, seconds) if isinstance(cause, DBAPIError) and _is_late(cause) else error from cause


def _of_time(error: DBAPIError, seconds: int) -> Exception:
    return TooSlowError(f"this takes longer than {seconds} seconds") if _is_late(error) else error


def _is_late(error: DBAPIError) -> bool:
    return getattr(error.orig, "pgcode", None) == CANCELLED


def _columns(row: Row[Any]) -> dict[str, Any]:
    """Return the columns of a row by name, lists as tuples."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row._mapping.items()}  # noqa: SLF001 public by its documentation
