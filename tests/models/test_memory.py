"""The embedded Postgres takes a share of the memory there is, of a container as of a machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.memory import page_memory


@pytest.mark.parametrize(("limit", "megabytes"), [("536870912", 128), ("2147483648", 256)])
def test_a_container_gives_an_eighth_of_what_it_may_use(tmp_path: Path, limit: str, megabytes: int):
    told = tmp_path / "memory.max"
    told.write_text(f"{limit}\n")
    assert page_memory(told) == megabytes


@pytest.mark.parametrize("said", ["max\n", None])
def test_a_machine_without_a_limit_gives_two_gigabytes_at_most(tmp_path: Path, said: str | None):
    told = tmp_path / "memory.max"
    if said is not None:
        told.write_text(said)
    assert 128 <= page_memory(told) <= 2048
