"""Logins for people who ask Postgres themselves: they may what analysts may, with the limits, which none inherits."""

from __future__ import annotations

import re
import secrets

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import ProgrammingError

from analysis.errors import MarsadError, UnknownNameError
from models.database import told_when_gone

NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
OURS = ("marsad", "pg_")
MEMBER = text("""
    SELECT pg_has_role(rolname, 'marsad_analyst', 'MEMBER') AND NOT rolsuper FROM pg_roles WHERE rolname = :name
""")
NEW = "CREATE ROLE {name} LOGIN PASSWORD :password IN ROLE marsad_analyst"
# A role inherits what another may, and none of its settings: the login would have no time limit and could write
# wherever somebody lets it one day.
LIMITS = """
    ALTER ROLE {name} SET default_transaction_read_only = on;
    ALTER ROLE {name} SET statement_timeout = '30s';
    ALTER ROLE {name} SET idle_in_transaction_session_timeout = '10min';
    ALTER ROLE {name} SET search_path = analyst, public
"""


class LoginError(MarsadError):
    """A login cannot be made or taken away so."""


def make_login(engine: Engine, name: str) -> str:
    """Make a login for an analyst, or give the one there is another password; return that."""
    password = secrets.token_urlsafe(18)
    with told_when_gone(engine), engine.begin() as connection:
        is_there = _is_analyst(connection, name)
        asked = "ALTER ROLE {name} PASSWORD :password" if is_there else NEW
        try:
            connection.execute(text(asked.format(name=name)), {"password": password})
            connection.execute(text(LIMITS.format(name=name)))
        except ProgrammingError as error:
            raise LoginError(f"this user of the database may make no roles: {error.orig}".strip()) from error
    return password


def remove_login(engine: Engine, name: str) -> None:
    """Take a login away; raises UnknownNameError where there is none."""
    with told_when_gone(engine), engine.begin() as connection:
        if not _is_analyst(connection, name):
            raise UnknownNameError(f"there is no login {name}")
        connection.execute(text(f"DROP ROLE {name}"))


def _is_analyst(connection: Connection, name: str) -> bool:
    """Tell whether there is a login of an analyst of this name; raises LoginError where it is anything else."""
    if not NAME.fullmatch(name) or name.startswith(OURS):
        raise LoginError(f"{name[:60]} is no name for a login: small letters, digits and _, not beginning with marsad")
    found: bool | None = connection.scalar(MEMBER, {"name": name})
    if found is False:
        raise LoginError(f"{name} is a role of this server, and no analyst's: take another name")
    return bool(found)
