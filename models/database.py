"""The database of one process: the Postgres of the settings, or the embedded one where they name none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from analysis.errors import DatabaseUnavailableError, SettingsError
from analysis.settings import Settings
from models.server import APPLICATION, Server, open_server

NAME = "marsad"
SCHEMA_VERSION = "20261122_1440"
OLDEST_POSTGRES = 14
CONNECT_SECONDS = 10
LIMITS_CLASS = "54"  # of SQLSTATE: program limit exceeded


class Database:
    """An engine on the database, and its address as libpq and psql take it (with the password, if there is one)."""

    def __init__(self, url: str, server: Server | None = None) -> None:
        self.url = url
        self._server = server
        self.engine = make_engine(url)

    @property
    def is_embedded(self) -> bool:
        """Whether this is the Postgres that marsad runs itself."""
        return self._server is not None

    def close(self, *, keep_running: bool = False) -> None:
        """Let the connections go, and the embedded server with the last that uses it, unless it is to run on."""
        self.engine.dispose()
        if self._server is not None:
            self._server.close(keep_running=keep_running)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_database(settings: Settings, *, needs_tables: bool = True) -> Database:
    """Open the database of the settings, which closes as a context manager.

    Raises DatabaseUnavailableError where it does not answer or, unless told otherwise, its tables are not those of
    this code; SettingsError where the address is none.
    """
    database = _open_named(settings.database_url) if settings.database_url else _open_embedded(settings)
    try:
        _check(database.engine, needs_tables=needs_tables)
    except BaseException:
        database.close()
        raise
    return database


def make_engine(url: str) -> Engine:
    """Make an engine on an address: psycopg2, and every time in UTC whatever the server's own zone."""
    engine = create_engine(
        _parse(url).set(drivername="postgresql+psycopg2"),
        isolation_level="READ COMMITTED",  # the server may default to another, and lookalikes must see what was filed
        hide_parameters=True,  # an error names the statement, not the article in it
        connect_args={"application_name": APPLICATION, "connect_timeout": CONNECT_SECONDS},
    )
    event.listen(engine, "connect", _set_up)
    return engine


def _open_named(url: str) -> Database:
    _parse(url)
    return Database("postgresql" + url[url.index("://") :])  # the short form and a driver are not known to libpq


def _open_embedded(settings: Settings) -> Database:
    server = open_server(settings)
    try:
        server.ensure_database(NAME)
        return Database(server.url(NAME), server)
    except BaseException:
        server.close()
        raise


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        parsed = None
    if parsed is None or parsed.get_backend_name() not in {"postgres", "postgresql"} or not parsed.database:
        # the address may hold a password: it is not shown
        raise SettingsError("MARSAD_DATABASE_URL must look like postgresql://user:password@host:5432/database")
    return parsed


def _set_up(connection: Any, _record: object) -> None:  # noqa: ANN401 a psycopg2 connection, which has no types
    with connection.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'UTC'")
        # a client whose machine vanished gives up its locks after two minutes, not two hours
        cursor.execute("SET tcp_keepalives_idle = 60; SET tcp_keepalives_interval = 15; SET tcp_keepalives_count = 4")
    connection.commit()


def _check(engine: Engine, *, needs_tables: bool) -> None:
    try:
        with engine.connect() as connection:
            _check_server(connection)
            if needs_tables:
                _check_tables(connection)
    except OperationalError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise DatabaseUnavailableError(f"the database {name_of(engine.url)} does not answer: {reason}") from error


def _check_server(connection: Connection) -> None:
    number = connection.scalar(text("SELECT current_setting('server_version_num')::int / 10000"))
    encoding = connection.scalar(text("SHOW server_encoding"))
    if number < OLDEST_POSTGRES or encoding != "UTF8":
        raise DatabaseUnavailableError(
            f"the database {name_of(connection.engine.url)} is a Postgres {number} in {encoding}: "
            f"marsad needs {OLDEST_POSTGRES} or later in UTF8"
        )


def _check_tables(connection: Connection) -> None:
    found = read_version(connection)
    if found == SCHEMA_VERSION:
        return
    where = name_of(connection.engine.url)
    if found is None:
        raise DatabaseUnavailableError(f"the database {where} has no tables yet: run `marsad db upgrade`")
    if found < SCHEMA_VERSION:
        raise DatabaseUnavailableError(
            f"the tables of {where} are older ({found}) than this marsad ({SCHEMA_VERSION}): run `marsad db upgrade`"
        )
    raise DatabaseUnavailableError(
        f"the tables of {where} are newer ({found}) than this marsad ({SCHEMA_VERSION}): "
        "update marsad, or run `marsad db downgrade` with the newer one"
    )


def read_version(connection: Connection) -> str | None:
    """Return the version of the tables that are there, None where there are none."""
    if connection.scalar(text("SELECT to_regclass('alembic_version')")) is None:
        return None
    version: str | None = connection.scalar(text("SELECT max(version_num) FROM alembic_version"))
    return version


@contextmanager
def told_when_gone(engine: Engine) -> Iterator[None]:
    """Raise DatabaseUnavailableError where Postgres went away or can do no more; other errors go on as they are.

    A full disk, a deadlock or an operator who cancels is trouble of the database, and must not become a page's outcome.
    """
    try:
        yield
    except DBAPIError as error:
        is_operational = isinstance(error, OperationalError) and not _is_of_the_rows(error)
        if not (error.connection_invalidated or is_operational):
            raise
        has_gone = error.connection_invalidated or error.statement is None
        reason = str(error.orig).strip().partition("\n")[0]
        what = "went away" if has_gone else "cannot go on"
        raise DatabaseUnavailableError(f"the database {name_of(engine.url)} {what}: {reason}") from error


def _is_of_the_rows(error: DBAPIError) -> bool:
    """Tell the one class of operational errors that is about what was to be written: a limit, as of an index row."""
    return str(getattr(error.orig, "pgcode", None) or "").startswith(LIMITS_CLASS)


def name_of(url: URL) -> str:
    """Name a database for a person: its name and where it is, never a password."""
    host = url.host or url.query.get("host") or "this machine"
    port = url.port or url.query.get("port") or 5432
    return f"`{url.database}` at {host}:{port}"
