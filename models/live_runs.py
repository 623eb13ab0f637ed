"""Runs under way: each holds a lock in Postgres as long as its process lives, so that a killed one can be told."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress

from sqlalchemy import ColumnElement, Connection, Engine, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from analysis.hosts import home_hosts
from analysis.records import RunState, Source
from models.database import told_when_gone
from models.page_rows import storable
from models.pages import RunRow

RUNS_SPACE = 7_300_003
SOURCES_SPACE = 7_300_005
HOSTS_SPACE = 7_300_006

LOCK = text("SELECT pg_try_advisory_lock(:space, hashtext(:name))")
UNLOCK = text("SELECT pg_advisory_unlock(:space, hashtext(:name))")
# one that was killed holds its lock no longer; 2 is how pg_locks writes that a lock has two numbers
UNDER_WAY = text("""
    SELECT EXISTS (
        SELECT FROM runs JOIN pg_locks ON classid = CAST(:space AS oid) AND objid = CAST(runs.id AS oid)
        WHERE command = :command AND state = 'running' AND locktype = 'advisory' AND objsubid = 2 AND granted
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    )
""")


def is_under_way(engine: Engine, command: str) -> bool:
    """Tell whether a run of a command is under way, and its process lives."""
    with told_when_gone(engine), engine.connect() as connection:
        return bool(connection.scalar(UNDER_WAY, {"space": RUNS_SPACE, "command": command}))


class LiveRuns:
    """The runs of this process; the lock of each is held by a connection of its own, which dies with us."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._held: dict[int, Connection] = {}

    def start(self, command: str, arguments: Mapping[str, str]) -> int:
        """Open a run and return its number; runs of the command whose process is gone are marked broken."""
        connection = self._engine.connect()
        connection.detach()
        try:
            run_id = _open_run(connection, command, arguments)
        except BaseException:
            connection.close()
            raise
        self._held[run_id] = connection
        return run_id

    def reserve(self, run_id: int, sources: Iterable[Source]) -> frozenset[str]:
        """Reserve sources and their hosts until the run ends or its process dies.

        Returns the ids of the sources without those that another live run asks, or has a host of.
        """
        connection = self._held[run_id]
        with connection.begin():
            return frozenset(source.id for source in sources if _reserve(connection, source))

    def end(self, run_id: int, state: RunState, counts: Mapping[str, int], error: str) -> None:
        """Close a run with what it counted, and let its locks go; one that was taken for dead stays broken."""
        ended = {"state": state, "ended_at": func.now(), "counts": dict(counts), "error": storable(error)}
        with self._engine.begin() as connection:
            connection.execute(update(RunRow).where(_is_running(run_id)).values(ended))
        with closing(self._held.pop(run_id)) as held, suppress(DBAPIError):
            # a closed connection lets them go too, but only once the server has seen it
            held.execute(text("SELECT pg_advisory_unlock_all()"))


def _reserve(connection: Connection, source: Source) -> bool:
    """Lock a source and all of its hosts, or nothing; two sources of one run may share a host."""
    wanted = [(SOURCES_SPACE, source.id), *((HOSTS_SPACE, host) for host in sorted(home_hosts(source)))]
    locked: list[dict[str, object]] = []
    for space, name in wanted:
        lock = {"space": space, "name": name}
        if not connection.scalar(LOCK, lock):
            for held in locked:
                connection.execute(UNLOCK, held)
            return False
        locked.append(lock)
    return True


def _open_run(connection: Connection, command: str, arguments: Mapping[str, str]) -> int:
    with connection.begin():
        _mark_broken(connection, command)
        made = insert(RunRow).values(
            command=command,
            arguments=dict(arguments),
            state=RunState.RUNNING,
            host=socket.gethostname(),
            pid=os.getpid(),
        )
        run_id = connection.execute(made.returning(RunRow.id)).scalar_one()
        # before the run can be seen, or another would take it for dead
        connection.execute(text("SELECT pg_advisory_lock(:space, :run)"), {"space": RUNS_SPACE, "run": run_id})
    return run_id


def _mark_broken(connection: Connection, command: str) -> None:
    running = select(RunRow.id).where(RunRow.command == command, RunRow.state == RunState.RUNNING)
    for run_id in connection.scalars(running).all():
        try_lock = text("SELECT pg_try_advisory_xact_lock(:space, :run)")
        if connection.scalar(try_lock, {"space": RUNS_SPACE, "run": run_id}):
            broken = {"state": RunState.BROKEN, "ended_at": func.now(), "error": "its process ended without a word"}
            connection.execute(update(RunRow).where(_is_running(run_id)).values(broken))


def _is_running(run_id: int) -> ColumnElement[bool]:
    return (RunRow.id == run_id) & (RunRow.state == RunState.RUNNING)
