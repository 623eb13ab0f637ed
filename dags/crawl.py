"""Fetch what is new at every source that is due.

The first task asks marsad which sources are due; then each of them is one mapped task, named after its source, in the
pool `crawl`. A source that has nothing new is shown as skipped; one that fails fails alone, and the others go on. One
that wants to be asked slowly is left after twelve minutes and goes on at the next tick, so that no other waits for it.
Only names of sources travel between tasks: the pages go to Postgres, and the asset *pages* wakes the DAG `process`.

Every task may be cleared and run again at any time: an address seen is not fetched twice.
"""

from __future__ import annotations

import subprocess
from datetime import timedelta

from airflow.sdk import CronTriggerTimetable, dag, task
from marsad_schedule import DEFAULTS, PAGES, ZONE, command


@dag(
    schedule=CronTriggerTimetable("*/15 * * * *", timezone=ZONE),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    tags=["marsad", "fetch"],
    doc_md=__doc__,
)
def crawl() -> None:
    """Declare the two steps: which sources, and one crawl for each."""

    @task(execution_timeout=timedelta(minutes=5))
    def due_sources() -> list[str]:
        """Ask marsad for the ids of the sources that are due, one a line."""
        asked = ["marsad", "sources", "--due", "--ids"]
        return subprocess.run(asked, check=True, stdout=subprocess.PIPE, text=True).stdout.split()  # noqa: S603 fixed words

    @task.bash(
        pool="crawl",
        map_index_template="{{ task.op_kwargs['source'] }}",
        execution_timeout=timedelta(minutes=30),
        outlets=[PAGES],
    )
    def crawl_source(source: str) -> str:
        """Crawl one source; the exit code 99 says that it had nothing new, and shows the task as skipped."""
        return command("marsad", "crawl", source, "--due", "--minutes", "12", "--skip-if-nothing-new")

    crawl_source.expand(source=due_sources())


crawl()
