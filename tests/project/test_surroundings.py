"""The files around the code say what is true of it: settings, make targets, the compose file and the image."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from analysis.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[2]
TARGETS = ("help", "setup", "demo", "test", "check", "bench", "up", "down", "source")
SINGLE = [field.name for field in fields(Settings) if field.name != "channels"]  # of these there are any number
VARIABLE = re.compile(r"(?<!\$)\$\{([A-Z_]+)(:?[-?][^}]*)?\}")


def example() -> dict[str, str]:
    """Read `.env.example` as compose and marsad do."""
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def compose() -> dict[str, Any]:
    """Read the compose file, its merges done."""
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))


# ---------------------------------------------------------------- settings


def test_the_example_names_every_setting_and_no_other() -> None:
    ours = {name for name in example() if name.startswith(PREFIX)}
    assert ours == {f"{PREFIX}{name.upper()}" for name in SINGLE}


def test_the_example_gives_each_setting_its_default() -> None:
    for name in SINGLE:
        assert example()[f"{PREFIX}{name.upper()}"] == (getattr(Settings(), name) or ""), name


def test_the_example_says_a_line_on_each_setting() -> None:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    for above, line in itertools.pairwise(lines):
        assert above.startswith("# ") or "=" not in line or line.startswith("#"), line


# ---------------------------------------------------------------- make


def test_help_lists_every_target() -> None:
    asked = ["make", "help"]
    said = subprocess.run(asked, cwd=ROOT, env=without_make(), capture_output=True, text=True, check=True).stdout
    assert tuple(line.split()[1] for line in said.splitlines()) == TARGETS


def test_every_target_named_in_the_documents_is_there() -> None:
    for name in ("README.md", "CONTRIBUTING.md"):
        named = set(re.findall(r"`make ([a-z]+)", (ROOT / name).read_text("utf-8")))
        assert named <= set(TARGETS), name


def test_a_python_that_is_not_there_is_told_in_one_sentence(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "requirements.lock").touch()
    (tmp_path / "pyproject.toml").touch()
    ran = subprocess.run(
        ["make", "setup", "PYTHON=python9"],
        cwd=tmp_path,
        env=without_make(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode != 0
    assert "python9 offers no Python 3.11, 3.12 or 3.13" in ran.stderr
    assert not (tmp_path / ".venv").exists()


def without_make() -> dict[str, str]:
    """Give our environment without what a make that runs the tests puts there."""
    return {name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}}


def test_the_lock_has_a_hash_for_every_package_and_names_no_registry() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    packages = re.findall(r"^[a-z0-9][^\n]*==[^\n]*\\\n    --hash=sha256:[0-9a-f]{64}", lock, re.MULTILINE)
    assert len(packages) == len(re.findall(r"^[a-z0-9]", lock, re.MULTILINE))
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links", lock)


# ---------------------------------------------------------------- compose


def test_the_variables_of_compose_stand_in_the_example() -> None:
    used = {found[0] for found in VARIABLE.findall((ROOT / "docker-compose.yml").read_text("utf-8"))}
    assert used <= set(example())


def test_compose_holds_no_secret() -> None:
    for name, service in compose()["services"].items():
        for variable, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|SECRET|KEY|CONN|DATABASE_URL", variable):
                is_empty_unless_given = value == f"${{{variable}:-}}"
                assert ":?" in value or is_empty_unless_given, f"{name}: {variable}"


def test_compose_publishes_on_loopback_only() -> None:
    ports = [port for service in compose()["services"].values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_every_lasting_service_tells_its_health_and_starts_after_what_it_needs() -> None:
    services = compose()["services"]
    for name, service in services.items():
        assert ("healthcheck" in service) == (service["restart"] != "no"), name
        assert set(service.get("depends_on", {})) <= set(services), name


def compose_command() -> list[str]:
    """Find compose: the plugin of docker, or Debian's docker-compose; neither needs an engine to check a file."""
    for command in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(command[0]) and not subprocess.run([*command, "version"], capture_output=True).returncode:  # noqa: PLW1510 the code is the answer
            return command
    pytest.skip("docker compose is not on this machine: apt-get install docker-compose")


def test_compose_accepts_its_file(tmp_path: Path) -> None:
    given = {name: value or "given" for name, value in example().items()}
    file = tmp_path / "given.env"
    file.write_text("".join(f"{name}={value}\n" for name, value in given.items()), "utf-8")
    asked = [*compose_command(), "--env-file", str(file), "config", "--quiet"]
    ran = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


# ---------------------------------------------------------------- image


def test_the_image_gets_every_package_and_every_folder_it_needs() -> None:
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    packages = re.findall(r'"([a-z]+)"', re.search(r"^packages = \[(.*)\]$", project(), re.MULTILINE)[1])
    assert set(packages) | {"dags", "migrations", "seeds", "requirements.lock", "pyproject.toml"} <= kept


def project() -> str:
    """Read the project's own description."""
    return (ROOT / "pyproject.toml").read_text("utf-8")
