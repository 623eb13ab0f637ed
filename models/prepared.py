"""Statements that are asked for each article: Postgres plans them once for a connection, not once for each text.

The driver prepares nothing of itself, and planning what is written of a text takes longer than writing it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, CursorResult

_PARAMETER = re.compile(r"\$([a-z_]+)")


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

    def execute(self, connection: Connection, values: Mapping[str, Any]) -> CursorResult[Any]:
        """Execute it with a value for each parameter."""
        if self.name not in connection.info:
            connection.exec_driver_sql(self._prepare())
            connection.info[self.name] = True
        return connection.exec_driver_sql(self._execute(), values)

    def _prepare(self) -> str:
        places = {name: f"${place}" for place, name in enumerate(self.types, start=1)}
        sql = _PARAMETER.sub(lambda match: places[match[1]], self.sql)
        return f"PREPARE {self.name} ({', '.join(self.types.values())}) AS {sql}"

    def _execute(self) -> str:
        given = ", ".join(f"%({name})s" for name in self.types)
        return f"{self.before}EXECUTE {self.name} ({given})"
