"""The processes of one local Airflow, forked from one that has imported Airflow once: `python -m cli.airflow_launcher`.

Each `airflow` command spends six seconds of CPU on its imports; here they are paid once. Whatever ends this process
ends all of its descendants with it: it is told when its parent dies, and orphans come back to it to be ended.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import runpy
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

PRELOADED = (
    "airflow.__main__",
    "airflow.cli.commands.db_command",
    "airflow.jobs.scheduler_job_runner",
    "airflow.dag_processing.manager",
    "airflow.api_fastapi.main",
)
SERVICES = (("scheduler", "--skip-serve-logs"), ("dag-processor",), ("api-server",))
PATIENCE_SECONDS = 2
SET_PARENT_DEATH_SIGNAL, SET_CHILD_SUBREAPER = 1, 36  # prctl(2), linux/prctl.h


def main() -> None:
    """Migrate Airflow's database, start its services, and stay until told to end or until one of them ends."""
    parent, folder = int(sys.argv[1]), Path(sys.argv[2])
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)
    _prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
    _prctl(SET_CHILD_SUBREAPER, 1)
    if os.getppid() != parent:
        return
    try:
        _serve(folder)
    finally:
        _end_descendants()


def _serve(folder: Path) -> None:
    for module in PRELOADED:
        importlib.import_module(module)
    _, status = os.waitpid(_fork(folder, "db", "migrate"), 0)
    if status:
        sys.exit(f"airflow db migrate ended with {os.waitstatus_to_exitcode(status)}")
    services = {_fork(folder, *words): words[0] for words in SERVICES}
    while True:
        pid, status = os.wait()
        if pid in services:
            sys.exit(f"airflow {services[pid]} ended with {os.waitstatus_to_exitcode(status)}")


def _fork(folder: Path, *words: str) -> int:
    """Run an `airflow` command in a child whose output goes to `<folder>/<word>.log`; return its process id."""
    pid = os.fork()
    if pid == 0:
        _become(folder / f"{words[0]}.log", words)
    return pid


def _become(log: Path, words: tuple[str, ...]) -> NoReturn:
    code = 1
    try:
        _prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL if number is signal.SIGTERM else signal.default_int_handler)
        _write_to(log)
        sys.argv = ["airflow", *words]
        runpy.run_module("airflow", run_name="__main__")
        code = 0
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except BaseException:  # noqa: BLE001 the child of a fork must not return into its parent's code
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)


def _write_to(log: Path) -> None:
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(descriptor, sys.stdout.fileno())
    os.dup2(descriptor, sys.stderr.fileno())


def _leave(*_: object) -> NoReturn:
    """End at once: the orderly way out of an interpreter with Airflow in it takes three seconds, and saves nothing."""
    _end_descendants()
    os._exit(0)


def _prctl(option: int, value: int) -> None:
    """Ask the kernel; where it is not Linux, processes are still ended on an orderly way out."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)


def _end_descendants() -> None:
    """Ask every descendant to end, and end those that have not after a while (all they do can be done again)."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    until = time.monotonic() + PATIENCE_SECONDS
    _signal_all(signal.SIGTERM)
    while _reap() and time.monotonic() < until:
        time.sleep(0.05)
    while _reap():
        _signal_all(signal.SIGKILL)
        time.sleep(0.05)


def _signal_all(number: signal.Signals) -> None:
    for pid in _descendants(os.getpid()):
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def _reap() -> bool:
    """Take leave of the children that have ended; return whether any is left."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
        return True
    return False


def _descendants(pid: int) -> Iterator[int]:
    """Name every process below one; Linux keeps the list of children in /proc."""
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(FileNotFoundError, ProcessLookupError):
            for child in map(int, task.read_text().split()):
                yield child
                yield from _descendants(child)


if __name__ == "__main__":
    main()
