"""A command that is told to end takes down what it started, however it is told and however often."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from cli.sample_press import serve
from command import MARSAD
from postgres import servers_folder, stop_servers

ENOUGH_SECONDS = 60
SLOW_TO_END = """
import time
from cli.endings import orderly_end
with orderly_end():
    try:
        print("begun", flush=True)
        time.sleep(60)
    finally:
        print("unwinding", flush=True)
        time.sleep(0.5)
        print("taken down", flush=True)
"""
HELD = """
import time
from cli.endings import held_signals, orderly_end
with orderly_end():
    with held_signals():
        print("begun", flush=True)
        time.sleep(0.5)
        print("whole", flush=True)
    print("never said")
"""


@pytest.fixture
def data_folder() -> Iterator[Path]:
    """Lend a data folder that root's Postgres can enter."""
    place = servers_folder() / f"{os.getpid()}-endings"
    yield place
    stop_servers(place)


def processes_that_name(folder: Path) -> list[str]:
    """List the command lines of the processes whose arguments or variables name a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile, or is another user's
            words, variables = (process.joinpath(name).read_bytes() for name in ("cmdline", "environ"))
            if os.fsencode(folder) in words + variables:
                found.append(words.replace(b"\0", b" ").decode(errors="replace"))
    return found


def wait_for(path: Path, maker: subprocess.Popen) -> None:
    until = time.monotonic() + ENOUGH_SECONDS
    while not path.exists():
        assert maker.poll() is None, maker.stderr.read()
        assert time.monotonic() < until, f"{path} did not come"
        time.sleep(0.05)


def run_until_begun(script: str) -> subprocess.Popen:
    started = subprocess.Popen([sys.executable, "-c", script], stdout=-1, stderr=-1, text=True)
    assert started.stdout.readline() == "begun\n"
    return started


def test_a_demo_that_is_told_to_end_leaves_nothing_running(data_folder: Path) -> None:
    with serve(port=0) as press:
        port = press.port
    variables = {**os.environ, "MARSAD_DATA_DIR": str(data_folder)}
    words = [MARSAD, "demo", "--port", str(port)]
    with subprocess.Popen(words, env=variables, stdout=-1, stderr=-1, text=True) as started:
        # Postgres runs by then, and Airflow begins to
        wait_for(data_folder / "demo/airflow/processes/launcher.log", started)
        started.send_signal(signal.SIGTERM)
        _, complaint = started.communicate(timeout=ENOUGH_SECONDS)
    assert (started.returncode, complaint) == (143, "marsad: ended by SIGTERM; nothing is left running\n")
    assert processes_that_name(data_folder) == []
    assert (data_folder / "demo/postgres/PG_VERSION").exists()
    assert not (data_folder / "demo/postgres/postmaster.pid").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_further_signals_do_not_disturb_the_unwinding(number: signal.Signals) -> None:
    started = run_until_begun(SLOW_TO_END)
    started.send_signal(number)
    assert started.stdout.readline() == "unwinding\n"
    started.send_signal(signal.SIGINT)
    started.send_signal(number)
    said, complaint = started.communicate(timeout=ENOUGH_SECONDS)
    assert (said, complaint) == ("taken down\n", f"marsad: ended by {number.name}; nothing is left running\n")
    assert started.returncode == 128 + number


def test_a_held_signal_waits_for_the_end_of_the_block() -> None:
    started = run_until_begun(HELD)
    started.send_signal(signal.SIGTERM)
    said, _ = started.communicate(timeout=ENOUGH_SECONDS)
    assert (said, started.returncode) == ("whole\n", 143)


def test_a_command_under_nohup_outlives_its_terminal() -> None:
    started = run_until_begun("import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n" + HELD)
    started.send_signal(signal.SIGHUP)
    said, _ = started.communicate(timeout=ENOUGH_SECONDS)
    assert (said, started.returncode) == ("whole\nnever said\n", 0)
