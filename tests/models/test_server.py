"""The embedded Postgres starts for the first that uses it, stops with the last, and survives being killed."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from analysis.errors import DatabaseUnavailableError, SettingsError
from analysis.settings import Settings
from models import programs
from models.database import open_database
from models.programs import PACKAGE, copy_programs, find_programs
from models.server import Server, data_folder
from postgres import servers_folder, stop_servers

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs Postgres as another user")
FAST = ("-c fsync=off",)


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """Make the files of a server once: to make or to copy forty megabytes for each test takes longer than the test."""
    place = servers_folder() / f"{os.getpid()}-made"
    Server(place, options=FAST).open().close()
    yield place
    shutil.rmtree(place)


@pytest.fixture
def empty_folder(request: pytest.FixtureRequest) -> Iterator[Path]:
    """Make a folder that others can enter, and stop the servers in it at the end."""
    place = servers_folder() / f"{os.getpid()}-{abs(hash(request.node.name)) % 10**6}"
    programs.make_folders(place)
    yield place
    stop_servers(place)


@pytest.fixture
def folder(made: Path) -> Iterator[Path]:
    """Lend a data folder with a server that does not run."""
    yield made
    if is_running(Server(made)):
        Server(made, options=FAST).open().close()


def is_running(server: Server) -> bool:
    return (server.data / "postmaster.pid").exists()


def postmaster(server: Server) -> int:
    return int((server.data / "postmaster.pid").read_text().partition("\n")[0])


def modes(path: Path) -> dict[Path, int]:
    return {place: stat.S_IMODE(place.stat().st_mode) for place in (path, *path.parents)}


def ask(url: str, question: str) -> object:
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg2:"))
    with engine.connect() as connection:
        answer = connection.scalar(text(question))
    engine.dispose()
    return answer


USER = """
import sys
from pathlib import Path
from models.server import Server
with Server(Path(sys.argv[1])).open() as server:
    print("open", flush=True)
    sys.stdin.read()
"""


def start_user(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", USER, str(folder)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"open\n"
    return process


def test_the_server_runs_until_its_last_user_ends(folder: Path):
    server = Server(folder, options=FAST).open()
    with start_user(folder) as other:
        server.close()
        assert is_running(server)
        other.communicate()
    assert not is_running(server)


def test_a_user_that_is_killed_is_not_waited_for(folder: Path):
    server = Server(folder, options=FAST).open()
    with start_user(folder) as other:
        other.send_signal(signal.SIGKILL)
    assert ask(server.url("postgres"), "SELECT 1") == 1
    server.close()
    assert not is_running(server)


def test_a_client_that_is_not_ours_keeps_its_server(folder: Path):
    server = Server(folder, options=FAST).open()
    engine = create_engine(server.url("postgres", driver="psycopg2"))
    with engine.connect() as guest:
        server.close()
        assert guest.scalar(text("SELECT 1")) == 1
    engine.dispose()
    Server(folder).open().close()
    assert not is_running(server)


def test_a_server_left_running_ends_with_the_next_user(folder: Path):
    server = Server(folder, options=FAST).open()
    server.close(keep_running=True)
    assert ask(server.url("postgres"), "SELECT 1") == 1
    Server(folder).open().close()
    assert not is_running(server)


def test_a_killed_server_recovers_with_what_was_committed(folder: Path):
    with Server(folder, options=FAST).open() as server:
        server.ensure_database("kept")
        os.kill(postmaster(server), signal.SIGKILL)
        with Server(folder, options=FAST).open() as again:
            assert ask(again.url("kept"), "SELECT current_database()") == "kept"


def test_a_mark_whose_number_another_program_has_now_stops_nobody(folder: Path):
    server = Server(folder, options=FAST).open()
    mark = server.data / "postmaster.pid"
    written = mark.read_text().splitlines()
    server.close()
    mark.write_text("\n".join([str(os.getpid()), *written[1:]]) + "\n")
    mark.chmod(0o600)
    shutil.chown(mark, server.data.stat().st_uid, server.data.stat().st_gid)
    with Server(folder, options=FAST).open() as again:
        assert ask(again.url("postgres"), "SELECT 1") == 1


def test_several_that_begin_at_once_share_one_server(empty_folder: Path):
    settings = Settings(data_dir=str(empty_folder))
    with ThreadPoolExecutor(3) as several:
        opened = list(several.map(lambda _: open_database(settings, needs_tables=False), range(3)))
    assert len({ask(each.url, "SELECT pg_postmaster_start_time()") for each in opened}) == 1
    for each in opened:
        assert is_running(Server(empty_folder))
        each.close()
    assert not is_running(Server(empty_folder))


def test_a_half_made_server_is_made_anew(empty_folder: Path):
    (empty_folder / "postgres.new" / "base").mkdir(parents=True)
    (empty_folder / "postgres.new" / "PG_VERSION").write_text("18\n")
    with Server(empty_folder, options=FAST).open() as server:
        assert ask(server.url("postgres"), "SHOW server_encoding") == "UTF8"
    assert not (empty_folder / "postgres.new").exists()


@pytest.mark.parametrize("name", ["long-" * 30, "a folder's name: مرصد"])
def test_any_name_of_a_folder_will_do(empty_folder: Path, made: Path, name: str):
    subprocess.run(["cp", "-a", str(made), str(empty_folder / name)], check=True)
    with Server(empty_folder / name, options=FAST).open() as server:
        assert ask(server.url("postgres"), "SELECT current_database()") == "postgres"


def test_a_place_for_sockets_that_somebody_else_made_is_refused(empty_folder: Path):
    (empty_folder / "trap").symlink_to("/etc")
    before = Path("/etc").stat()
    with pytest.raises(PermissionError, match="not ours"):
        find_programs().own(empty_folder / "trap")
    assert Path("/etc").stat() == before


def test_a_second_database_has_an_address_for_each_driver(folder: Path):
    with Server(folder, options=FAST).open() as server:
        server.ensure_database("airflow")
        server.ensure_database("airflow")
        assert ask(server.url("airflow"), "SELECT current_database()") == "airflow"
        assert server.url("airflow", driver="asyncpg") == (
            f"postgresql+asyncpg://marsad@/airflow?host={folder}/postgres&port=5432"
        )


def test_letters_of_all_alphabets_have_case(folder: Path):
    with Server(folder, options=FAST).open() as server:
        assert ask(server.url("postgres"), "SELECT lower('ÉTÉ Ñ')") == "été ñ"


def test_a_folder_that_cannot_be_made_is_told(empty_folder: Path):
    (empty_folder / "file").write_text("")
    with pytest.raises(DatabaseUnavailableError, match="cannot be made"):
        Server(empty_folder / "file" / "data").open()


def test_a_server_that_cannot_start_is_told_with_its_own_words(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("models.server.STUBBORN_SECONDS", 0.3)
    with pytest.raises(DatabaseUnavailableError, match='does not start: invalid value for parameter "shared_buffers"'):
        Server(folder, options=("-c shared_buffers=none",)).open()


def test_the_setting_names_the_data_folder(tmp_path: Path):
    assert data_folder(Settings(data_dir=str(tmp_path / "x"))) == tmp_path / "x"
    assert data_folder(Settings()).is_absolute()


@as_root
def test_a_data_folder_that_others_cannot_enter_is_refused_and_left_as_it_is(empty_folder: Path):
    closed = empty_folder / "closed"
    closed.mkdir(mode=0o700)
    before = modes(closed)
    with pytest.raises(SettingsError, match="who cannot enter"):
        Server(closed / "data").open()
    assert modes(closed) == before


@as_root
def test_no_folder_above_the_data_changes_its_mode(empty_folder: Path):
    strict = empty_folder / "strict"
    strict.mkdir(mode=0o711)
    before = modes(strict)
    with Server(strict / "data", options=FAST).open() as server:
        assert modes(strict) == before
        assert stat.S_IMODE(server.data.stat().st_mode) == 0o700


@as_root
def test_programs_in_a_closed_folder_are_copied_to_where_their_user_can_reach_them(
    empty_folder: Path, monkeypatch: pytest.MonkeyPatch
):
    installed = find_programs().folder.parent.parent.parent
    closed = empty_folder / "closed" / "site"
    for part in (f"{PACKAGE}/pginstall18", f"{PACKAGE}.libs"):
        shutil.copytree(installed / part, closed / part)
    (closed / PACKAGE / "__init__.py").write_text("")
    (empty_folder / "closed").chmod(0o700)
    monkeypatch.syspath_prepend(str(closed))
    monkeypatch.setattr(programs, "ROOT_DATA", empty_folder)
    before = modes(closed)
    with Server(empty_folder / "data", options=FAST).open() as server:
        assert Path(f"/proc/{postmaster(server)}/exe").resolve().is_relative_to(empty_folder / "programs")
        assert ask(server.url("postgres"), "SELECT count(*) > 0 FROM pg_ts_config WHERE cfgname = 'arabic'") is True
    assert modes(closed) == before
    assert [place.name for place in (empty_folder / "programs").iterdir()] == [
        f"{programs.version(PACKAGE)}-pginstall18"
    ]


def test_programs_are_copied_once(tmp_path: Path):
    package, target = tmp_path / PACKAGE, tmp_path / "copies"
    for part in (package / "bare" / "bin", tmp_path / f"{PACKAGE}.libs"):
        part.mkdir(parents=True)
    (package / "bare" / "bin" / "postgres").write_text("of an old version")
    first = copy_programs(package, "bare", target)
    (package / "bare" / "bin" / "postgres").write_text("of the same version")
    assert copy_programs(package, "bare", target) == first
    assert (first / "bare" / "bin" / "postgres").read_text() == "of an old version"
    assert len(list(target.iterdir())) == 1
