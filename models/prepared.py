"""Statements that are asked for each article: Postgres plans them once for a connection, not once for each text.

The driver prepares nothing of itself, and planning what is written of a text takes longer than writing it. They go
through the driver's own cursor: of what this process computes for a statement SQLAlchemy takes a third.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Protocol

import psycopg2
from psycopg2.extras import NamedTupleCursor
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

_PARAMETER = re.compile(r"\$([a-z_]+)")


class Row(Protocol):
    """A row that was asked for; its columns are attributes."""

    def __getattr__(self, name: str) -> Any: ...  # noqa: ANN401 as many types as columns


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared:
    """A statement whose parameters are written `$name`; `types` names them with their types in Postgres.

    `before` is a statement that goes to the server with it, and takes effect before it begins.
    An array is best read as `(SELECT $name)`: its length, which planning anew would look at, is nothing to go by.
    """

    name: str
    types: Mapping[str, str]
    sql: str
    before: str = ""

    def execute(self, connection: Connection, values: Mapping[str, Any]) -> list[Row]:
        """Execute it with a value for each parameter, and return its rows.

        It is part of the connection's transaction, and raises what SQLAlchemy would raise.
        """
        if self.name not in connection.info:
            connection.exec_driver_sql(self._prepare())
            connection.info[self.name] = True
        if not connection.in_transaction():
            connection.begin()
        sql = self._execute()
        with closing(connection.connection.cursor(cursor_factory=NamedTupleCursor)) as cursor:
            try:
                cursor.execute(sql, values)
            except psycopg2.Error as error:
                raise _as_of_sqlalchemy(connection, sql, error) from error
            return [*cursor.fetchall()] if cursor.description else []

    def _prepare(self) -> str:
        places = {name: f"${place}" for place, name in enumerate(self.types, start=1)}
        sql = _PARAMETER.sub(lambda match: places[match[1]], self.sql)
        return f"PREPARE {self.name} ({', '.join(self.types.values())}) AS {sql}"

    def _execute(self) -> str:
        given = ", ".join(f"%({name})s" for name in self.types)
        return f"{self.before}EXECUTE {self.name} ({given})"


def _as_of_sqlalchemy(connection: Connection, sql: str, error: psycopg2.Error) -> DBAPIError:
    """Make the error of SQLAlchemy for one of the driver; a connection that is lost is used no more."""
    has_gone = connection.dialect.is_disconnect(error, connection.connection.dbapi_connection, None)
    if has_gone:
        connection.invalidate(error)
    made: DBAPIError = DBAPIError.instance(sql, None, error, psycopg2.Error, connection_invalidated=has_gone)
    return made
