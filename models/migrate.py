"""Bring the tables of a database up to this code or back down, one process at a time, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text

from analysis.errors import UnknownNameError
from models.database import read_version

FOLDER = Path(__file__).resolve().parent.parent / "migrations"
UPGRADE_LOCK = 7_300_001


def upgrade(engine: Engine, to: str = "head") -> tuple[str | None, str | None]:
    """Bring the tables up, and return the versions before and after; a second one at once waits and finds it done."""
    with _alone(engine) as connection:
        before = read_version(connection)
        _run(connection, "upgrade", to)
        return before, read_version(connection)


def downgrade(engine: Engine, to: str) -> tuple[str | None, str | None]:
    """Bring the tables down to a version, `-1` for the one before, `base` for none; what they held is lost."""
    with _alone(engine) as connection:
        before = read_version(connection)
        _run(connection, "downgrade", to)
        return before, read_version(connection)


def head() -> str:
    """Return the newest version there is a migration for."""
    return str(ScriptDirectory(str(FOLDER)).get_current_head())


def draft(engine: Engine, words: str, version: str) -> Path:
    """Write the next migration from the difference between the tables and a database that is up to date.

    `version` is the moment as `YYYYMMDD_HHMM`. A draft is to be read and put right before it is kept.
    """
    with _alone(engine) as connection:
        made = command.revision(_config(connection), words, autogenerate=True, rev_id=version)
    if isinstance(made, list) or made is None:
        raise UnknownNameError("Alembic wrote no migration")
    return Path(made.path)


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": UPGRADE_LOCK})
        yield connection


def _run(connection: Connection, way: str, to: str) -> None:
    try:
        getattr(command, way)(_config(connection), to)
    except CommandError as error:
        raise UnknownNameError(f"there is no version {to} of the tables: {error}") from error


def _config(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config
