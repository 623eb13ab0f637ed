"""What the demo says when it cannot begin."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.sample_press import SamplePressError, serve
from cli.stage import DemoError, find_folder, open_stage
from command import MARSAD
from models.programs import make_folders
from postgres import servers_folder


@pytest.fixture
def folder() -> Iterator[Path]:
    """Lend a folder that root's Postgres could enter, as pytest's own is not."""
    place = servers_folder() / f"{os.getpid()}-stage"
    make_folders(place)
    yield place
    shutil.rmtree(place)


def test_a_second_demo_at_once_is_told_of_the_first(folder: Path) -> None:
    with (folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(DemoError, match="another demo plays in"), open_stage(folder, port=0):
            pytest.fail("two demos play in one folder")


def test_a_taken_port_is_told_before_anything_is_started(folder: Path) -> None:
    with serve(port=0) as press, pytest.raises(SamplePressError, match="is taken"), open_stage(folder, press.port):
        pytest.fail("two presses share a port")
    assert [path.name for path in folder.iterdir()] == ["demo.lock"]


def test_a_demo_plays_below_the_data_folder_and_again_where_it_played(tmp_path: Path) -> None:
    folder = find_folder(tmp_path)
    assert folder == tmp_path / "demo"
    folder.mkdir()
    (folder / "demo.lock").touch()
    assert [find_folder(folder), find_folder(tmp_path)] == [folder, folder]


def test_a_data_folder_that_cannot_be_made_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    why = "cannot be made (Not a directory): set MARSAD_DATA_DIR to another"
    assert complaint_of("demo", data=tmp_path / "file") == f"marsad: the data folder {tmp_path}/file/demo {why}\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_data_folder_that_is_not_ours_is_told_in_one_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    assert "Permission denied" in complaint_of("demo", data=tmp_path)


@pytest.mark.parametrize("command", ["demo", "sample-press"])
def test_a_port_that_cannot_be_is_told(tmp_path: Path, command: str) -> None:
    assert "65535" in complaint_of(command, "--port", "99999", data=tmp_path, code=2)


def complaint_of(*words: str, data: Path, code: int = 1) -> str:
    """Run `marsad` on a data folder that cannot serve it, and return what it says on standard error."""
    variables = {**os.environ, "MARSAD_DATA_DIR": str(data)}
    done = subprocess.run([MARSAD, *words], env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == code
    return done.stderr
