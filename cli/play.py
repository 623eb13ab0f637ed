"""One demo: the DAGs run on the stage, each task that ends is told of, and at the end what they brought."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from cli.airflow import TaskState
from cli.context import say
from cli.stage import DemoError, Stage, open_stage, run_command
from models.totals import WAITING, Totals, read_addresses, read_totals

LONGEST_SECONDS = 600
LOOK_SECONDS = 0.4


def play(folder: Path, port: int) -> None:
    """Set the stage, run the DAGs, and say what came of it. Raises MarsadError where a step fails."""
    began = time.monotonic()
    say(f"marsad demo, in {folder}\n")
    with open_stage(folder, port) as stage:
        known, before = read_addresses(stage.engine), read_totals(stage.engine)
        say("")
        _follow(stage, before)
        say("")
        run_command(stage.variables, "overview")
        say("")
        _say_sums(stage, known, before)
    say(f"\nDone in {time.monotonic() - began:.0f} seconds. To look further:\n")
    say(f"  export MARSAD_DATA_DIR={folder} PATH=$PWD/.venv/bin:$PATH")
    say("  marsad articles        what was filed; --help says how to ask for less")
    say("  marsad overview        all of the above again")
    say("  marsad db shell        psql: ask in SQL; \\dt+ lists the tables and what they hold")
    say("  make demo              a second time: nothing is fetched twice, nothing is filed twice")


# ---------------------------------------------------------------- while it works


def _follow(stage: Stage, before: Totals) -> None:
    """Start the DAG `crawl`, and tell of each task that ends, until the DAGs that it wakes have ended too."""
    run = stage.airflow.trigger("crawl")
    told: set[tuple[str, str, int]] = set()
    until = time.monotonic() + LONGEST_SECONDS
    is_over = False
    while not is_over:
        is_over = stage.airflow.is_settled()
        for task in _news(stage, told):
            say(_line(task, stage, before))
        if time.monotonic() > until:
            raise DemoError(f"run {run} did not end in {LONGEST_SECONDS} seconds; see {stage.airflow.logs}")
        time.sleep(0 if is_over else LOOK_SECONDS)
    left = read_totals(stage.engine).by_outcome[WAITING]
    if left:
        raise DemoError(f"{left} pages still wait to be read; see {stage.airflow.logs}")


def _news(stage: Stage, told: set[tuple[str, str, int]]) -> Iterator[TaskState]:
    """Give each task once, when it has ended; in the demo none may fail."""
    for task in stage.airflow.tasks():
        if task.state in {"failed", "up_for_retry"}:
            raise DemoError(f"{task.task_id} {task.name} failed; its log is in {stage.airflow.log_of(task)}")
        name = (task.run_id, task.task_id, task.index)
        if task.is_finished and name not in told:
            told.add(name)
            yield task


def _line(task: TaskState, stage: Stage, before: Totals) -> str:
    said = "nothing new" if task.state == "skipped" else "done"
    if task.index >= 0 and task.state == "success":
        said = f"{_now(stage).by_source[task.name] - before.by_source[task.name]} new pages"
    return f"{task.seconds or 0:5.1f} s  {task.dag_id:8} {task.name:22} {said}"


def _now(stage: Stage) -> Totals:
    return read_totals(stage.engine)


# ---------------------------------------------------------------- after it


def _say_sums(stage: Stage, known: frozenset[str], before: Totals) -> None:
    """Say what this demo added to what was there, by the tables and by what the press counted."""
    requests = stage.press.requests()
    new = _now(stage).by_outcome - before.by_outcome
    spelled = ", ".join(f"{count} {outcome}" for outcome, count in new.most_common()) or "nothing to file"
    say(f"The press was asked {sum(requests.values())} times, and gave {new.total()} new pages: {spelled}.")
    if known:
        again = sum(url in known for url in requests)
        say(
            f"{before.by_outcome.total()} pages were there before; {again or 'none'} of them was fetched a second time."
        )
