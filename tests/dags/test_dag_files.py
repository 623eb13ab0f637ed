"""What the DAG files promise, read by Airflow's own loader in a process of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

DAGS = Path(__file__).resolve().parents[2] / "dags"
READER = Path(__file__).with_name("read_dags.py")

pytestmark = [pytest.mark.airflow]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    home = tmp_path_factory.mktemp("airflow")
    environment = {**os.environ, "AIRFLOW_HOME": str(home)}
    ran = subprocess.run([sys.executable, READER, DAGS], env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout.splitlines()[-1])


def test_every_file_loads(found: dict[str, Any]) -> None:
    names = ["backfill", "crawl", "deliver", "digest", "health", "process", "prune", "watch"]
    assert (found["errors"], sorted(found["dags"])) == ({}, names)


def test_loading_all_of_them_costs_little_beyond_airflow(found: dict[str, Any]) -> None:
    assert found["heavy"] == []
    assert found["seconds"] < 0.2 * len(found["dags"])


def test_every_dag_is_documented_by_its_file(found: dict[str, Any]) -> None:
    for name, dag in found["dags"].items():
        assert (DAGS / f"{name}.py").read_text("utf-8").startswith(f'"""{dag["doc"]}"""'), name
        assert "marsad" in dag["tags"], name


def test_every_dag_keeps_moroccan_time_and_its_runs_do_not_pile_up(found: dict[str, Any]) -> None:
    kept = {name: (dag["zone"], dag["catchup"], dag["max_active_runs"]) for name, dag in found["dags"].items()}
    on_time = ("crawl", "deliver", "digest", "health", "process", "prune", "watch")
    expected = dict.fromkeys(on_time, ("Africa/Casablanca", False, 1))
    # a source that is slow holds up no other
    assert kept == {**expected, "crawl": ("Africa/Casablanca", False, 2), "backfill": ("None", False, 1)}


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("source", ["hespress-ar", "le360"], ["", "a b", "-x", "$(id)", "a;b", "Atlas"]),
        ("from", ["2021-01-01", "2024-02-29"], ["", "2021", "01/02/2021", "2021-13-01", "2021-01-01; id"]),
        ("to", ["2021-12-31"], ["2021-1-1", "today"]),
    ],
)
def test_a_backfill_takes_only_parameters_it_can_mean(
    found: dict[str, Any], name: str, good: list[str], bad: list[str]
) -> None:
    pattern = found["dags"]["backfill"]["params"][name]["pattern"]
    assert [value for value in [*good, *bad] if re.search(pattern, value)] == good
    numbers = {name: found["dags"]["backfill"]["params"][name] for name in ("portions", "limit")}
    assert {name: (each["type"], each["minimum"]) for name, each in numbers.items()} == {
        "portions": ("integer", 1),
        "limit": ("integer", 1),
    }


def test_every_task_is_tried_again_ever_later_and_never_runs_for_ever(found: dict[str, Any]) -> None:
    for dag in found["dags"].values():
        for name, task in dag["tasks"].items():
            assert (task["retries"] >= 1, task["backs_off"], 0 < task["minutes"] <= 120) == (True, 2.0, True), name


def test_crawls_share_a_pool_and_assets_join_the_dags(found: dict[str, Any]) -> None:
    tasks = {name: task for dag in found["dags"].values() for name, task in dag["tasks"].items()}
    assert tasks["crawl_source"]["pool"] == tasks["fetch_portion"]["pool"] == "crawl"
    assert {name: task["outlets"] for name, task in tasks.items()} == {
        "due_sources": ["marsad://crawls/"],
        "crawl_source": ["marsad://pages/"],
        "process_pages": ["marsad://articles/"],
        "check_conservation": [],
        "deliver_messages": [],
        "make_digests": [],
        "look_at_marsad": [],
        "prune_bodies": [],
        "number_portions": [],
        "fetch_portion": ["marsad://pages/"],
    }
