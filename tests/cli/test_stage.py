"""What the demo says when it cannot begin."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest

from cli.sample_press import SamplePressError, serve
from cli.stage import DemoError, open_stage


def test_a_second_demo_at_once_is_told_of_the_first(tmp_path: Path) -> None:
    with (tmp_path / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(DemoError, match="another demo plays in"), open_stage(tmp_path, port=0):
            pytest.fail("two demos play in one folder")


def test_a_taken_port_is_told_before_anything_is_started(tmp_path: Path) -> None:
    with serve(port=0) as press, pytest.raises(SamplePressError, match="is taken"), open_stage(tmp_path, press.port):
        pytest.fail("two presses share a port")
    assert [path.name for path in tmp_path.iterdir()] == ["demo.lock"]
