"""The embedded Postgres: started by the first process that uses it, stopped by the last, in a folder of its own.

Who uses it is told by file locks, which the kernel lets go when a process dies: a killed one leaves nothing behind.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import platformdirs
from sqlalchemy import URL, Connection, NullPool, create_engine, text
from sqlalchemy.exc import OperationalError

from analysis.errors import DatabaseUnavailableError, SettingsError
from analysis.settings import Settings
from models.memory import page_memory
from models.programs import NEWEST, ROOT_DATA, SYSTEM_USER, Programs, can_others_reach, find_programs, make_folders

APPLICATION = "marsad"
PORT = 5432
START_SECONDS = 60
STUBBORN_SECONDS = 5
FAREWELL_SECONDS = 0.5
LONGEST_SOCKET = 107  # characters of a path in unix(7), without the closing zero
NOBODY = 2**31 - 2  # a process number that Linux never gives
PLAIN_PATH = re.compile(r"[A-Za-z0-9_./-]+")


def data_folder(settings: Settings) -> Path:
    """Return the folder of everything marsad keeps on this machine: the setting, else what suits the user."""
    if settings.data_dir is not None:
        return Path(settings.data_dir).expanduser().resolve()
    return ROOT_DATA if os.geteuid() == 0 else platformdirs.user_data_path("marsad", appauthor=False)


def open_server(settings: Settings) -> Server:
    """Start the embedded Postgres under the data folder, or join the one that runs; close it when done."""
    return Server(data_folder(settings)).open()


class Server:
    """The embedded Postgres of one data folder, while this process uses it.

    `number` is the major version a new one is made with; one that is there keeps its own. `options` go to the server
    when it starts.
    """

    def __init__(self, folder: Path, *, number: int = NEWEST, options: tuple[str, ...] = ()) -> None:
        self.folder, self.data = folder, folder / "postgres"
        self._number, self._options = number, options
        self._use: int | None = None

    def open(self) -> Self:
        """Start it where it does not run; raises DatabaseUnavailableError or SettingsError if that cannot be."""
        prepare_folder(self.folder)
        with self._alone():
            programs = find_programs(self._number_of_data() or self._number)
            self._ensure_data(programs)
            self._ensure_running(programs)
            self._use = _lock(self.folder / "postgres.users", fcntl.LOCK_SH)
        return self

    def close(self, *, keep_running: bool = False) -> None:
        """Leave it, and stop it when nobody else is there: no process of marsad, and no client such as psql.

        With `keep_running` it runs on, until somebody else is the last.
        """
        if self._use is None:
            return
        with self._alone():
            os.close(self._use)
            self._use = None
            if not keep_running and self._is_last() and not self._keeps_guests():
                self._stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def url(self, database: str, *, driver: str | None = None) -> str:
        """Return the address of a database in it: as libpq and psql take it, or as SQLAlchemy does, with a driver."""
        socket_folder, port = self._where()
        address = URL.create(
            "postgresql" if driver is None else f"postgresql+{driver}",
            username=APPLICATION,
            database=database,
            query={"host": socket_folder, "port": port},
        )
        # a slash needs no quoting in a query, and the address is read by people
        return address.render_as_string(hide_password=False).replace("%2F", "/")

    def ensure_database(self, name: str) -> None:
        """Create a database where there is none of this name."""
        with self._alone(), self._talk() as connection:
            known = connection.execute(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name})
            if known.first() is None:
                connection.execute(text(f'CREATE DATABASE "{name}"'))

    # ---------------------------------------------------------------- its files

    def _number_of_data(self) -> int | None:
        written = self.data / "PG_VERSION"
        return int(written.read_text()) if written.exists() else None

    def _ensure_data(self, programs: Programs) -> None:
        """Make the files of a new server in one step that is done or not done, whatever kills us half-way."""
        if self._number_of_data() is not None:
            return
        fresh = self.folder / "postgres.new"
        shutil.rmtree(fresh, ignore_errors=True)
        programs.own(fresh)
        options = ["--auth=trust", "--encoding=UTF8", "--locale=C", f"--username={APPLICATION}"]
        if self._number > 16:  # noqa: PLR2004 the builtin locale came with 17: case of all letters on every machine
            options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        try:
            programs.run("initdb", "-D", str(fresh), *options)
        except subprocess.CalledProcessError as error:
            raise self._unavailable("cannot be made", error.stderr) from error
        fresh.rename(self.data)

    # ---------------------------------------------------------------- its life

    def _ensure_running(self, programs: Programs) -> None:
        until = time.monotonic() + STUBBORN_SECONDS
        while not self._answers():
            self._forget_dead()
            try:
                self._start(programs)
            except DatabaseUnavailableError:
                # the last processes of a killed server may still be on their way out
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)

    def _start(self, programs: Programs) -> None:
        place = ("-c listen_addresses=", f"-k {self._socket_folder(programs)}", f"-p {PORT}")
        options = (*place, f"-c shared_buffers={page_memory()}MB", *self._options)
        log = self.data / "server.log"
        self._run(programs, "start", "-t", str(START_SECONDS), "-l", str(log), "-o", " ".join(options))

    def _stop(self) -> None:
        socket_folder = Path(self._where()[0])
        self._run(find_programs(self._number_of_data() or self._number), "stop", "-m", "fast")
        if socket_folder != self.data:
            shutil.rmtree(socket_folder, ignore_errors=True)

    def _run(self, programs: Programs, *arguments: str) -> None:
        try:
            programs.run("pg_ctl", "-D", str(self.data), "-w", *arguments)
        except subprocess.CalledProcessError as error:
            log = self.data / "server.log"
            said = log.read_text(errors="replace") if log.exists() else ""
            fatal = [line.partition("FATAL:")[2] for line in said.splitlines() if "FATAL:" in line]
            raise self._unavailable(f"does not {arguments[0]}", fatal[-1] if fatal else error.stderr) from error

    def _unavailable(self, what: str, reason: str) -> DatabaseUnavailableError:
        return DatabaseUnavailableError(f"the embedded Postgres in {self.data} {what}: {' '.join(reason.split())}")

    def _answers(self) -> bool:
        try:
            with self._talk() as connection:
                connection.execute(text("SELECT 1"))
        except (OperationalError, FileNotFoundError):
            return False
        return True

    def _forget_dead(self) -> None:
        """Take the number of a dead server off its mark where a zombie or another program has it now.

        Postgres would believe itself running. The rest of the mark stays: by it Postgres sees whether children of the
        dead one are still at work on the files.
        """
        mark = self.data / "postmaster.pid"
        number, _, rest = mark.read_text().partition("\n") if mark.exists() else ("", "", "")
        status = Path("/proc") / number.strip() / "status"
        if not number or not status.exists():
            return
        facts = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
        if facts["Name"] != "postgres" or facts["State"].startswith("Z"):
            mark.write_text(f"{NOBODY}\n{rest}")

    # ---------------------------------------------------------------- who uses it

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let one process at a time start it, stop it or make a database."""
        lock = _lock(self.folder / "postgres.lock", fcntl.LOCK_EX)
        try:
            yield
        finally:
            os.close(lock)

    def _is_last(self) -> bool:
        try:
            os.close(_lock(self.folder / "postgres.users", fcntl.LOCK_EX | fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True

    def _keeps_guests(self) -> bool:
        """Tell whether guests stay: Postgres may not have seen yet that one has just gone."""
        until = time.monotonic() + FAREWELL_SECONDS
        while self._has_guests():
            if time.monotonic() > until:
                return True
            time.sleep(0.1)
        return False

    def _has_guests(self) -> bool:
        """Tell whether a client that is not ours is connected: it should not lose its server because we end."""
        guests = (
            "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND application_name <> :us"
        )
        try:
            with self._talk() as connection:
                return bool(connection.scalar(text(guests), {"us": APPLICATION}))
        except (OperationalError, FileNotFoundError):
            return True  # it does not answer: there is nothing to stop

    # ---------------------------------------------------------------- where it listens

    @contextmanager
    def _talk(self) -> Iterator[Connection]:
        engine = create_engine(
            self.url("postgres", driver="psycopg2"),
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            connect_args={"application_name": APPLICATION, "connect_timeout": START_SECONDS},
        )
        with engine.connect() as connection:
            yield connection

    def _where(self) -> tuple[str, str]:
        """Return the folder of its socket and its port; raises FileNotFoundError while it is not up."""
        # pid, data folder, start time, port, socket folder, address, shared memory, state
        written = (self.data / "postmaster.pid").read_text().splitlines()
        if len(written) < 5 or not written[4]:  # noqa: PLR2004 the line of the socket folder
            raise FileNotFoundError(self.data / "postmaster.pid")
        return written[4], written[3].strip()

    def _socket_folder(self, programs: Programs) -> Path:
        """Return the data folder, or one with a short and plain name where that cannot hold a socket."""
        socket = str(self.data / f".s.PGSQL.{PORT}.lock")
        if len(os.fsencode(socket)) <= LONGEST_SOCKET and PLAIN_PATH.fullmatch(socket):
            return self.data
        name = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        short = programs.short_folder / f"marsad-{programs.uid}-{name}"
        try:
            make_folders(short.parent)
            programs.own(short)
        except OSError as error:
            raise self._unavailable("has no place for its socket", f"{short} is not ours") from error
        return short


def prepare_folder(folder: Path) -> None:
    """Make a data folder; no folder that was there changes its mode.

    Raises DatabaseUnavailableError or SettingsError for one that cannot serve.
    """
    try:
        make_folders(folder)
    except OSError as error:
        raise DatabaseUnavailableError(
            f"the data folder {folder} cannot be made ({error.strerror}): set MARSAD_DATA_DIR to another"
        ) from error
    if os.geteuid() == 0 and not can_others_reach(folder):
        raise SettingsError(
            f"as root Postgres runs as the user `{SYSTEM_USER}`, who cannot enter {folder}: set MARSAD_DATA_DIR to a "
            "folder that others can enter (mode 0755), all the way down"
        )
    if not os.access(folder, os.W_OK):
        raise DatabaseUnavailableError(f"the data folder {folder} is not ours to write: set MARSAD_DATA_DIR to another")


def _lock(path: Path, kind: int) -> int:
    """Take a lock on a file and return what to close to let it go; raises BlockingIOError where it may not wait."""
    opened = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(opened, kind)
    except BaseException:
        os.close(opened)
        raise
    return opened
