"""A real Airflow on this machine for the demo and the tests: scheduler, dag processor and API server, asked over REST.

Everything it writes is under its home and in its own database; it ends with the process that started it.
"""

from __future__ import annotations

import base64
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Self

import httpx
from sqlalchemy import URL, create_engine, make_url, text

from analysis.errors import MarsadError

DAGS = Path(__file__).resolve().parents[1] / "dags"
CHAIN = ("crawl", "process", "deliver", "watch")
START_SECONDS = 120
LONGEST_PAGE = 100
FINISHED = frozenset({"success", "failed", "skipped", "upstream_failed", "removed"})


class AirflowError(MarsadError):
    """The local Airflow did not start, or ended too early; the message names the log to read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AirflowSite:
    """Where a local Airflow lives: its home (emptied first), its DAGs, its database, and variables for its tasks.

    `database_url` is an address SQLAlchemy understands; the database is dropped and made anew, so that nothing of a
    killed run (a task that seems to run, a pool that seems full) holds up the next one.
    """

    home: Path
    database_url: str
    dags: Path = DAGS
    parallelism: int = 4
    variables: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskState:
    """How one task of one DAG run stands.

    `index` is its place among the mapped tasks, -1 for one that is not mapped. `name` is what the mapped task calls
    itself (its source) once it runs, its index before, and the task's own where it is not mapped.
    """

    dag_id: str
    run_id: str
    task_id: str
    index: int
    name: str
    state: str | None
    seconds: float | None

    @property
    def is_finished(self) -> bool:
        """Tell whether it has come to an end, good or bad."""
        return self.state in FINISHED


class LocalAirflow:
    """One Airflow, from `with` to the end of its block; `wait_until_ready` before anything is asked of it."""

    def __init__(self, site: AirflowSite) -> None:
        self._site = site
        self._port = _free_port()
        self._launcher: subprocess.Popen[bytes] | None = None
        self._client = httpx.Client(base_url=self.url, timeout=30, trust_env=False)

    @property
    def url(self) -> str:
        """Return the address of its pages and of its REST API."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def logs(self) -> Path:
        """Return the folder of what its processes say."""
        return self._site.home / "processes"

    def __enter__(self) -> Self:
        """Begin to start it; this returns at once."""
        shutil.rmtree(self._site.home, ignore_errors=True)
        self.logs.mkdir(parents=True, mode=0o700)
        _make_database(self._site.database_url)
        with (self.logs / "launcher.log").open("wb") as log:
            self._launcher = subprocess.Popen(  # noqa: S603 our own module
                [sys.executable, "-m", "cli.airflow_launcher", str(os.getpid()), str(self.logs)],
                env=environment(self._site, self._port),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        return self

    def __exit__(self, *_: object) -> None:
        """End all of its processes."""
        self._client.close()
        if self._launcher is not None:
            self._launcher.terminate()
            self._launcher.wait()

    # ---------------------------------------------------------------- starting

    def wait_until_ready(self, *, pool_slots: int = 4, dag_ids: Iterable[str] = CHAIN) -> None:
        """Wait until it schedules and knows the DAGs, none of which runs yet; make the pool `crawl`."""
        until = time.monotonic() + START_SECONDS
        self._wait(self._is_healthy, until)
        self._client.headers.update(self.authorization())
        pool = {"name": "crawl", "slots": pool_slots, "description": "crawls at a time", "include_deferred": False}
        self._ask("POST", "/api/v2/pools", body=pool)
        for dag_id in dag_ids:
            self._wait(partial(self._is_known, dag_id), until)

    def keep_time(self, *, is_on: bool, dag_ids: Iterable[str] = CHAIN) -> None:
        """Let the DAGs run when their time comes, or begin none any more; those that run go on to their end."""
        for dag_id in dag_ids:
            self._ask("PATCH", f"/api/v2/dags/{dag_id}", body={"is_paused": not is_on})

    def authorization(self) -> dict[str, str]:
        """Return the headers by which its REST API knows an administrator, for a while."""
        return {"Authorization": f"Bearer {self._ask('GET', '/auth/token')['access_token']}"}

    def _wait(self, is_so: Callable[[], bool], until: float) -> None:
        while not is_so():
            if self._launcher is None or self._launcher.poll() is not None:
                raise AirflowError(f"Airflow ended while it started; its logs are in {self.logs}")
            if time.monotonic() > until:
                raise AirflowError(f"Airflow did not start in {START_SECONDS} seconds; its logs are in {self.logs}")
            time.sleep(0.2)

    def _is_healthy(self) -> bool:
        """Ask what tasks will ask first: its first answer takes four seconds, which the scheduler starts meanwhile."""
        try:
            self._client.get("/execution/health/ping")
            health = self._client.get("/api/v2/monitor/health").json()
        except (httpx.TransportError, ValueError):
            return False
        return all(health[part]["status"] == "healthy" for part in ("metadatabase", "scheduler", "dag_processor"))

    def _is_known(self, dag_id: str) -> bool:
        return self._client.get(f"/api/v2/dags/{dag_id}").status_code == httpx.codes.OK

    # ---------------------------------------------------------------- asking

    def _ask(self, method: str, path: str, parameters: Mapping[str, Any] | None = None, body: object = None) -> Any:  # noqa: ANN401 JSON
        try:
            answer = self._client.request(method, path, params=parameters, json=body)
        except httpx.TransportError as error:
            raise AirflowError(f"Airflow does not answer any more ({error}); its logs are in {self.logs}") from error
        if answer.is_error:
            raise AirflowError(f"Airflow answered {method} {path} with {answer.status_code}: {answer.text[:300]}")
        return answer.json()

    def _all(self, path: str, name: str, order_by: str) -> Iterator[dict[str, Any]]:
        offset = 0
        while True:
            page = self._ask("GET", path, {"order_by": order_by, "limit": LONGEST_PAGE, "offset": offset})
            yield from page[name]
            offset += len(page[name])
            if not page[name] or offset >= page["total_entries"]:
                return

    def import_errors(self) -> dict[str, str]:
        """Return the traceback of every DAG file that does not load, by its name."""
        found = self._all("/api/v2/importErrors", "import_errors", "filename")
        return {error["filename"]: error["stack_trace"] for error in found}

    def dags(self) -> list[dict[str, Any]]:
        """Return what Airflow knows of each DAG."""
        return list(self._all("/api/v2/dags", "dags", "dag_id"))

    def trigger(self, dag_id: str) -> str:
        """Start a run of a DAG now; return its id."""
        run: str = self._ask("POST", f"/api/v2/dags/{dag_id}/dagRuns", body={"logical_date": None})["dag_run_id"]
        return run

    def tasks(self, dag_id: str = "~", run_id: str = "~") -> list[TaskState]:
        """Return how the tasks stand: of one run, of one DAG, or of all."""
        path = f"/api/v2/dags/{dag_id}/dagRuns/{run_id}/taskInstances"
        return [_task(facts) for facts in self._all(path, "task_instances", "start_date")]

    def runs(self, dag_id: str) -> list[dict[str, Any]]:
        """Return the runs of a DAG, the first first."""
        return list(self._all(f"/api/v2/dags/{dag_id}/dagRuns", "dag_runs", "id"))

    def is_settled(self, chain: Iterable[str] = CHAIN) -> bool:
        """Tell whether no run is going on and no asset waits to start one.

        Asked down the chain, and of each DAG what waits before what runs: a run that ends before it was asked for has
        already left its mark on the next DAG.
        """
        return not any(self._has_queued(dag_id) or self._is_running(dag_id) for dag_id in chain)

    def _has_queued(self, dag_id: str) -> bool:
        answer = self._client.get(f"/api/v2/dags/{dag_id}/assets/queuedEvents")
        return answer.status_code == httpx.codes.OK and answer.json()["total_entries"] > 0

    def _is_running(self, dag_id: str) -> bool:
        asked = {"state": ["queued", "running"], "limit": 1}
        return bool(self._ask("GET", f"/api/v2/dags/{dag_id}/dagRuns", asked)["total_entries"])

    def log_of(self, task: TaskState) -> Path:
        """Return the folder of a task's log."""
        return self._site.home / "logs" / f"dag_id={task.dag_id}" / f"run_id={task.run_id}" / f"task_id={task.task_id}"


def environment(site: AirflowSite, port: int) -> dict[str, str]:
    """Return the variables of its processes: ours without Airflow's or a proxy's, the site's, and its settings."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AIRFLOW", "_AIRFLOW")) and not name.lower().endswith("_proxy")
    }
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    ours = {f"AIRFLOW__{name}": value for name, value in _configuration(site, port).items()}
    return {**inherited, **site.variables, "PATH": path, "AIRFLOW_HOME": str(site.home), **ours}


def _configuration(site: AirflowSite, port: int) -> dict[str, str]:
    url = make_url(site.database_url)
    return {
        "CORE__DAGS_FOLDER": str(site.dags),
        "CORE__EXECUTOR": "LocalExecutor",
        "CORE__PARALLELISM": str(site.parallelism),
        "CORE__LOAD_EXAMPLES": "False",
        "CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",  # only this machine can reach it
        "CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "CORE__FERNET_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "DATABASE__SQL_ALCHEMY_CONN": _rendered(url.set(drivername="postgresql+psycopg2")),
        "DATABASE__SQL_ALCHEMY_CONN_ASYNC": _rendered(url.set(drivername="postgresql+asyncpg")),
        "API__HOST": "127.0.0.1",
        "API__PORT": str(port),
        "API__WORKERS": "1",
        "API__SECRET_KEY": secrets.token_hex(32),
        "API_AUTH__JWT_SECRET": secrets.token_hex(32),
        "LOGGING__LOGGING_LEVEL": "INFO",
        "SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.2",  # of a second: a person waits
        "DAG_PROCESSOR__REFRESH_INTERVAL": "3600",  # the files do not change while they are shown
        "DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "3600",
    }


def _rendered(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def _make_database(address: str) -> None:
    """Drop Airflow's database with whoever is still connected to it, and make it anew."""
    url = make_url(address)
    engine = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{url.database}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{url.database}"'))
    engine.dispose()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _task(facts: Mapping[str, Any]) -> TaskState:
    return TaskState(
        dag_id=facts["dag_id"],
        run_id=facts["dag_run_id"],
        task_id=facts["task_id"],
        index=facts["map_index"],
        name=facts["rendered_map_index"] or facts["task_id"],
        state=facts["state"],
        seconds=facts["duration"],
    )
