"""One demo: the DAGs run on the stage, each task that ends is told of, and at the end what they brought."""

from __future__ import annotations

import shlex
import time
from collections.abc import Iterator
from pathlib import Path

from cli.airflow import TaskState
from cli.context import counted, say
from cli.endings import orderly_end
from cli.stage import LETTERS, DemoError, Stage, open_stage, run_command
from cli.sums import describe_sums
from models.alert_queries import count_states
from models.alerts import AlertState
from models.totals import WAITING, Totals, is_unfinished, read_addresses, read_totals

LONGEST_SECONDS = 600
LOOK_SECONDS = 0.4


def play(folder: Path, port: int, *, has_other_database: bool = False) -> None:
    """Set the stage, run the DAGs, and say what came of it. Raises MarsadError where a step fails.

    `has_other_database` tells that the settings name one: the last lines then say how to ask the demo's instead.
    """
    began = time.monotonic()
    say(f"marsad demo, in {folder}")
    say("Its press is a sample: six outlets written for it, served on this machine. Their news is invented.\n")
    with orderly_end(), open_stage(folder, port) as stage:
        _perform(stage)
    say(f"\nDone in {time.monotonic() - began:.0f} seconds. To look further:\n")
    other = " MARSAD_DATABASE_URL=" if has_other_database else ""
    say(f"  export MARSAD_DATA_DIR={shlex.quote(str(folder))}{other} PATH=$PWD/.venv/bin:$PATH")
    say("  marsad articles        what was filed; --help says how to ask for less")
    say("  marsad alerts          who was told what; marsad alerts why 1 says why")
    say("  marsad overview        all of the above again")
    say("  marsad db shell        psql: ask in SQL; \\dt+ lists the tables and what they hold")
    say("  make demo              a second time: nothing is fetched twice, nothing is filed twice")
    say(f"\nIt takes {_megabytes(folder):.0f} MB of the disk. To remove it: rm -r {shlex.quote(str(folder))}")


def _perform(stage: Stage) -> None:
    """Run the DAGs, show what is there after, and say what this demo added."""
    known, before = read_addresses(stage.engine), read_totals(stage.engine)
    say("")
    stage.airflow.keep_time(is_on=True)
    follow(stage, before)
    _stop_the_clock(stage)
    say("")
    run_command(stage.variables, "overview")
    say("")
    for sentence in describe_sums(stage.press.requests(), known, before, read_totals(stage.engine)):
        say(sentence)
    sent = count_states(stage.engine).get(AlertState.SENT, 0)
    say(f"{counted(sent, 'message')} to the desk went out, now or before, to {stage.folder / LETTERS}.")


def _stop_the_clock(stage: Stage) -> None:
    """Let no crawl begin by the clock while the sums are made, and wait for one that did, and all that it woke."""
    stage.airflow.keep_time(is_on=False, dag_ids=("crawl",))
    until = time.monotonic() + LONGEST_SECONDS
    while not stage.airflow.is_settled():
        if time.monotonic() > until:
            raise DemoError(f"a DAG did not end in {LONGEST_SECONDS} seconds; see {stage.airflow.logs}")
        time.sleep(LOOK_SECONDS)


def _megabytes(folder: Path) -> float:
    # in blocks of 512 bytes, whatever those of the disk are (inode(7))
    return sum(path.lstat().st_blocks for path in folder.rglob("*")) * 512 / 1e6


# ---------------------------------------------------------------- while it works


def follow(stage: Stage, before: Totals) -> None:
    """Run the DAG `crawl` and those that it wakes, telling of each task that ends, until every page is read.

    What an interrupted or older demo left wakes no DAG, where no source has anything new: pages to read, or reports
    that have met no events. `process` is then run for it.
    Raises DemoError where a task fails, where it takes too long, or where pages still wait at the end.
    """
    told, ours = set[tuple[str, str, int]](), set[str]()
    for dag_id in ("crawl", "process"):
        run = stage.airflow.trigger(dag_id)
        ours.add(run)
        for task in _finished(stage, run, told):
            if task.dag_id != "crawl" or task.run_id in ours:  # a crawl of the clock's asks the same sources beside it
                say(_line(task, stage, before))
        left = _now(stage).by_outcome[WAITING]
        if not (left or is_unfinished(stage.engine)):
            return
    raise DemoError(f"pages that still wait to be read: {left}; what kept them is in {_log_of_reading(stage)}")


def _finished(stage: Stage, run: str, told: set[tuple[str, str, int]]) -> Iterator[TaskState]:
    """Give each task once, when it has ended, until no DAG runs any more."""
    until = time.monotonic() + LONGEST_SECONDS
    is_over = False
    while not is_over:
        is_over = stage.airflow.is_settled()
        yield from _news(stage, told)
        if time.monotonic() > until:
            raise DemoError(f"run {run} did not end in {LONGEST_SECONDS} seconds; see {stage.airflow.logs}")
        time.sleep(0 if is_over else LOOK_SECONDS)


def _news(stage: Stage, told: set[tuple[str, str, int]]) -> Iterator[TaskState]:
    """Give each task once, when it has ended; in the demo none may fail."""
    for task in stage.airflow.tasks():
        if task.state in {"failed", "up_for_retry"}:
            raise DemoError(f"{task.task_id} {task.name} failed; its log is in {stage.airflow.log_of(task)}")
        name = (task.run_id, task.task_id, task.index)
        if task.is_finished and name not in told:
            told.add(name)
            yield task


def _log_of_reading(stage: Stage) -> Path:
    """Return the folder of what the last task that read pages said, or of the services where there was none."""
    tasks = stage.airflow.tasks("process")
    return stage.airflow.log_of(tasks[-1]) if tasks else stage.airflow.logs


def _line(task: TaskState, stage: Stage, before: Totals) -> str:
    said = "nothing new" if task.state == "skipped" else "done"
    if task.index >= 0 and task.state == "success":
        said = counted(_now(stage).by_source[task.name] - before.by_source[task.name], "new page")
    return f"{task.seconds or 0:5.1f} s  {task.dag_id:8} {task.name:22} {said}"


def _now(stage: Stage) -> Totals:
    return read_totals(stage.engine)
