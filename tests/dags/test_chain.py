"""The DAGs in a real Airflow, on the sample press and one source that cannot be reached. One start serves all tests."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from sqlalchemy import text

from builders import page, visit
from cli.airflow import TaskState
from cli.play import follow
from cli.stage import Stage, open_stage, run_command
from models.archive import Archive
from models.totals import WAITING, is_unfinished, read_totals
from pipeline.runs import run

BROKEN = {"id": "sample-broken", "name": "Broken", "home": "http://127.0.0.99:9/"}
ENOUGH_SECONDS = 300

pytestmark = [pytest.mark.airflow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    # not below pytest's own folder, which root's Postgres, another user, could not enter
    folder = Path(tempfile.mkdtemp(prefix="marsad-", dir="/var/tmp"))
    folder.chmod(0o755)
    try:
        with open_stage(folder, port=0) as opened:
            sources = [*yaml.safe_load(opened.press.sources()), broken(opened)]
            file = folder / "with-a-broken-one.yml"
            file.write_text(yaml.safe_dump(sources, allow_unicode=True), "utf-8")
            run_command(opened.variables, "seeds", "load", "--sources", str(file))
            yield opened
    finally:
        shutil.rmtree(folder)


def broken(stage: Stage) -> dict[str, Any]:
    """Build a source like the first one, but nobody listens at its address."""
    first = yaml.safe_load(stage.press.sources())[0]
    return {**first, **BROKEN, "discovery": [{"feed": f"{BROKEN['home']}feed"}]}


@pytest.fixture(scope="module")
def tasks(stage: Stage) -> dict[str, TaskState]:
    """Run `crawl` once, wait until all its tasks, a reading and a watch have ended, and return what ended.

    A tick of the clock may start runs of its own.
    """
    stage.airflow.keep_time(is_on=True)
    run_id = stage.airflow.trigger("crawl")
    until = time.monotonic() + ENOUGH_SECONDS
    names: dict[tuple[str, int], str] = {}
    while time.monotonic() < until:
        now = stage.airflow.tasks()
        # a task that waits for its next try has lost its name, and keeps its index
        mapped = [task for task in now if task.index >= 0]
        names |= {(task.run_id, task.index): task.name for task in mapped if not task.name.isdigit()}
        # of several that asked one source, whichever came first found what is new
        over = sorted((task for task in now if task.is_finished), key=lambda task: task.state == "success")
        ended = {names.get((task.run_id, task.index), task.task_id): task for task in over}
        ours = [task for task in now if task.run_id == run_id and names.get((run_id, task.index)) != BROKEN["id"]]
        if {"process_pages", "check_conservation", BROKEN["id"]} <= {*ended} and all(task.is_finished for task in ours):
            return ended
        time.sleep(0.5)
    pytest.fail(f"not all tasks ended in {ENOUGH_SECONDS} seconds: {now}")


def test_the_scheduler_loads_every_dag(stage: Stage) -> None:
    assert stage.airflow.import_errors() == {}
    names = {"backfill", "crawl", "deliver", "digest", "health", "process", "prune", "watch"}
    assert {dag["dag_id"] for dag in stage.airflow.dags()} == names


def test_every_source_is_a_task_under_its_name(stage: Stage, tasks: dict[str, TaskState]) -> None:
    sources = {source["id"] for source in yaml.safe_load(stage.press.sources())}
    assert sources | {BROKEN["id"]} == {name for name, task in tasks.items() if task.index >= 0}
    assert {tasks[source].state for source in sources} == {"success"}


@pytest.mark.usefixtures("tasks")
def test_a_source_that_fails_fails_alone(stage: Stage) -> None:
    failed = "SELECT DISTINCT arguments ->> 'sources' FROM runs WHERE command = 'crawl' AND state = 'failed'"
    with stage.engine.connect() as connection:
        assert connection.scalars(text(failed)).all() == [BROKEN["id"]]


def test_pages_wake_the_reading_and_articles_the_watch(stage: Stage, tasks: dict[str, TaskState]) -> None:
    assert tasks["check_conservation"].state == "success"
    # the last source may wake it once more, when all pages are read
    read = {task.state for task in stage.airflow.tasks("process") if task.is_finished}
    assert {"success"} <= read <= {"success", "skipped"}
    woken = {run["run_type"] for dag_id in ("process", "deliver", "watch") for run in stage.airflow.runs(dag_id)}
    assert "asset_triggered" in woken


def test_every_page_of_the_press_has_an_outcome(stage: Stage, tasks: dict[str, TaskState]) -> None:
    assert tasks["process_pages"].is_finished
    outcomes = read_totals(stage.engine).by_outcome
    assert (outcomes[WAITING], outcomes["failed"]) == (0, 0)
    assert outcomes["filed"] > outcomes["copy"] > 0


def forget(stage: Stage, run_path: str) -> None:
    """End a run and delete it; while the scheduler works on the same rows Airflow answers 500, and is asked again."""
    until = time.monotonic() + ENOUGH_SECONDS
    with httpx.Client(base_url=stage.airflow.url, headers=stage.airflow.authorization(), trust_env=False) as client:
        while client.get(run_path).status_code != httpx.codes.NOT_FOUND:
            client.patch(run_path, json={"state": "failed"})
            answer = client.delete(run_path)
            assert time.monotonic() < until, answer.text
            time.sleep(0 if answer.is_success else 0.5)


@pytest.fixture
def interrupted(stage: Stage, tasks: dict[str, TaskState]) -> Stage:
    """Leave one page waiting, as Ctrl-C in a demo does, where no source has anything new and none is broken."""
    assert tasks["check_conservation"].is_finished
    for each in stage.airflow.runs("crawl"):  # those of the broken source would go on for minutes, and fail
        forget(stage, f"/api/v2/dags/crawl/dagRuns/{each['dag_run_id']}")
    with stage.engine.begin() as connection:
        connection.execute(text("UPDATE sources SET retired_at = now() WHERE id = :id"), {"id": BROKEN["id"]})
        connection.execute(text("UPDATE reports SET event_id = NULL, met_at = NULL"))  # as an older marsad left them
    archive, source_id = Archive(stage.engine), yaml.safe_load(stage.press.sources())[0]["id"]
    with run(archive, "crawl", {}) as crawled:
        archive.save_page(page(source_id=source_id), visit(source_id=source_id), crawled.id)
    return stage


def test_pages_that_an_interrupted_demo_left_are_read_by_the_next(interrupted: Stage) -> None:
    before = read_totals(interrupted.engine)
    assert before.by_outcome[WAITING] == 1
    follow(interrupted, before)
    after = read_totals(interrupted.engine)
    assert (after.by_outcome[WAITING], after.by_source) == (0, before.by_source)
    assert not is_unfinished(interrupted.engine)
