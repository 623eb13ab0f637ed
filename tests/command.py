"""The `marsad` command as a person runs it: a process of its own, on the fresh database of the test."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

MARSAD = Path(sys.executable).with_name("marsad")
os.environ.pop("COLUMNS", None)  # pytest-xdist sets it, and our tables would fold
Command = Callable[..., subprocess.CompletedProcess]


def run_marsad(url: str, *words: object, code: int = 0) -> subprocess.CompletedProcess:
    """Run `marsad` with the words on a database, and hold its exit code against the one expected."""
    variables = {**os.environ, "MARSAD_DATABASE_URL": url, "MARSAD_ALLOW_PRIVATE_ADDRESSES": "yes"}
    line = [str(MARSAD), *map(str, words)]
    done = subprocess.run(line, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == code, f"{line} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture
def marsad(database_url: str) -> Command:
    """Run `marsad` on a fresh migrated database."""
    return lambda *words, code=0: run_marsad(database_url, *words, code=code)
