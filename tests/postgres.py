"""A real Postgres for tests: one embedded server for each test process, a fresh migrated database for each test."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, NullPool, create_engine, text

from models.archive import Archive
from models.database import make_engine
from models.migrate import upgrade
from models.programs import make_folders
from models.server import Server

FAST = ("-c fsync=off", "-c synchronous_commit=off", "-c full_page_writes=off", "-c shared_buffers=128MB")
TEMPLATE = "migrated"
_numbers = count(1)


def servers_folder() -> Path:
    """Return where servers of tests live: as root where their user can enter, else in the folder for passing things."""
    return Path("/var/lib/marsad/tests") if os.geteuid() == 0 else Path(tempfile.gettempdir()) / f"marsad-{os.getuid()}"


def run_server(name: str, **how: object) -> Iterator[Server]:
    """Run a server in a folder that ends with it; those of test processes that were killed go first."""
    _sweep()
    folder = servers_folder() / f"{os.getpid()}-{name}"
    with Server(folder, options=FAST, **how).open() as server:
        yield server
    shutil.rmtree(folder)


def create_database(server: Server, name: str, template: str = "template1") -> str:
    """Create a database and return its address."""
    _command(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return server.url(name)


def drop_database(server: Server, name: str) -> None:
    """Drop a database, whoever is still connected."""
    _command(server, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Run the embedded Postgres for all tests of this process."""
    yield from run_server("newest")


@pytest.fixture(scope="session")
def template(server: Server) -> str:
    """Migrate one database, which others are copied from."""
    engine = make_engine(create_database(server, TEMPLATE))
    upgrade(engine)
    engine.dispose()
    return TEMPLATE


@pytest.fixture
def empty_database_url(server: Server) -> Iterator[str]:
    """Make a database without any table."""
    name = f"test{next(_numbers)}"
    yield create_database(server, name)
    drop_database(server, name)


@pytest.fixture
def database_url(server: Server, template: str) -> Iterator[str]:
    """Make a fresh database with all tables and no rows."""
    name = f"test{next(_numbers)}"
    yield create_database(server, name, template)
    drop_database(server, name)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Connect to a fresh database."""
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def archive(engine: Engine) -> Archive:
    """Make an archive on a fresh database."""
    return Archive(engine)


def _command(server: Server, words: str) -> None:
    engine = create_engine(server.url("postgres", driver="psycopg2"), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(words))


def stop_servers(folder: Path) -> None:
    """Stop the servers whose data lies somewhere below a folder, and remove it."""
    for written in folder.glob("**/postgres/PG_VERSION"):
        Server(written.parent.parent, options=FAST).open().close()
    shutil.rmtree(folder, ignore_errors=True)


def _sweep() -> None:
    make_folders(servers_folder())
    with (servers_folder() / "sweep.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two test processes may begin at once
        for folder in servers_folder().glob("*-*"):
            owner = folder.name.partition("-")[0]
            if owner.isdigit() and not Path("/proc", owner).exists():
                stop_servers(folder)
