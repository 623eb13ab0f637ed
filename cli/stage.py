"""Where the demo plays: a press, the embedded Postgres and a real Airflow, all in one folder, and taken down after."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from analysis.corpus import line
from analysis.errors import MarsadError
from analysis.settings import PREFIX, Settings
from cli.airflow import CHAIN, AirflowSite, LocalAirflow
from cli.context import say
from cli.endings import held_signals
from cli.sample_press import FOLDER, SamplePress, serve
from models.database import NAME, make_engine
from models.server import open_server, prepare_folder
from pipeline.seeds import CORPUS, Unread, describe_texts

MARSAD = Path(sys.executable).with_name("marsad")
LOCK = "demo.lock"
LETTERS = "letters.jsonl"
PRESS_DAY = "2026-02-22"
"""The day on which the last news of the sample press is news."""


class DemoError(MarsadError):
    """A step of the demo did not come to its end; the message says which, and which file to read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """One demo in progress: its folder, the settings of its commands, its press, its database and its Airflow."""

    folder: Path
    variables: dict[str, str]
    press: SamplePress
    engine: Engine
    airflow: LocalAirflow


def find_folder(data: Path) -> Path:
    """Return where the demo of a data folder plays: in `demo` below it, or in the folder itself if one played there."""
    # os.access is no trouble where the folder cannot be entered: that is told when it is opened
    return data if os.access(data / LOCK, os.F_OK) else data / "demo"


@contextmanager
def open_stage(folder: Path, port: int) -> Iterator[Stage]:
    """Set everything up, saying what takes how long; whatever happens, nothing is left running.

    Raises DemoError where a step fails or another demo plays in the folder, SamplePressError where the port is taken,
    DatabaseUnavailableError or SettingsError for a folder that cannot serve.
    """
    prepare_folder(folder)
    with _alone(folder), serve(port=port) as press, _taken_down() as started:
        with held_signals(), _step("Postgres"):
            server = started.enter_context(open_server(Settings(data_dir=str(folder))))
        server.ensure_database(NAME)
        variables = _variables(folder, server.url(NAME))
        site = AirflowSite(home=folder / "airflow", database_url=server.url("airflow"), variables=variables)
        airflow = started.enter_context(LocalAirflow(site))
        _load(folder, variables, press)
        with _step(f"Airflow with the DAGs {', '.join(CHAIN)}; its pages, while this runs: {airflow.url}"):
            airflow.wait_until_ready()
        engine = make_engine(server.url(NAME))
        started.callback(engine.dispose)
        yield Stage(folder=folder, variables=variables, press=press, engine=engine, airflow=airflow)


@contextmanager
def _taken_down() -> Iterator[ExitStack]:
    """Hold what was started, and end all of it, the last first; a signal waits until that is done."""
    started = ExitStack()
    try:
        yield started
    finally:
        with held_signals():
            started.close()


def _load(folder: Path, variables: dict[str, str], press: SamplePress) -> None:
    """Make the tables and load the seeds, while Airflow starts."""
    sources, corpus = folder / "sources.yml", folder / "corpus.jsonl"
    sources.write_text(press.sources(), "utf-8")
    corpus.write_text(_corpus(), "utf-8")
    with _step("tables (marsad db upgrade)"):
        _run_quietly(folder, variables, "db", "upgrade")
    with _step("seeds (marsad seeds load)"):
        _run_quietly(folder, variables, "seeds", "load", "--sources", str(sources), "--corpus", str(corpus))


def _corpus() -> str:
    """Return the seed corpus, and the texts that the sample press copies from, which come with it."""
    ours = "".join(f"{line(text)}\n" for text in describe_texts(FOLDER / "corpus") if not isinstance(text, Unread))
    return (FOLDER.parent / CORPUS).read_text("utf-8") + ours


def run_command(variables: dict[str, str], *words: str) -> None:
    """Run a `marsad` command that prints for the reader."""
    ended = subprocess.run([MARSAD, *words], env=variables, check=False)  # noqa: S603 our own command
    if ended.returncode:
        raise DemoError(f"marsad {' '.join(words)} ended with {ended.returncode}")


def _run_quietly(folder: Path, variables: dict[str, str], *words: str) -> None:
    log = folder / f"{words[0]}.log"
    with log.open("wb") as said:
        ended = subprocess.run([MARSAD, *words], env=variables, check=False, stdout=said, stderr=said)  # noqa: S603
    if ended.returncode:
        last = (log.read_text("utf-8", errors="replace").strip().splitlines() or ["nothing was said"])[-1]
        raise DemoError(f"marsad {words[0]} {words[1]} failed: {last} (all it said is in {log})")


def _variables(folder: Path, database_url: str) -> dict[str, str]:
    """Return the environment of the demo's commands: ours, but the settings are the demo's own."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    ours = {"MARSAD_DATABASE_URL": database_url, "MARSAD_DATA_DIR": str(folder), "MARSAD_TODAY": PRESS_DAY}
    ours["MARSAD_CHANNEL_DESK"] = f"file:{folder / LETTERS}"
    return {**inherited, **ours, "MARSAD_ALLOW_PRIVATE_ADDRESSES": "yes"}  # the sample press is at one of ours


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the lock of the folder, which the kernel lets go when this process dies."""
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DemoError(f"another demo plays in {folder}: wait for its end, or set MARSAD_DATA_DIR") from error
        yield


@contextmanager
def _step(what: str) -> Iterator[None]:
    """Say what begins, and how long it took once it is done."""
    began = time.monotonic()
    yield
    say(f"{time.monotonic() - began:5.1f} s  {what}")
