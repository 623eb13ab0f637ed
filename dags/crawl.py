"""Fetch what is new at every source that is due.

Every five minutes the first task asks marsad which sources are due. Where none is, the run ends with it, as skipped;
else the asset *crawls* wakes the DAG `process`, which reads pages as they come, and each source is one mapped task,
named after it, in the pool `crawl`. A source that has nothing new is shown as skipped; one that fails fails alone, and
the others go on. One that wants to be asked slowly is left after four minutes and goes on at the next tick, and where
a run takes longer all the same the next one begins beside it: no source waits for another. Only names of sources
travel between tasks: the pages go to Postgres, and the asset *pages* wakes `process` once more, for what is left.

Every task may be cleared and run again at any time: an address seen is not fetched twice.
"""

from __future__ import annotations

import subprocess
from datetime import timedelta

from airflow.sdk import CronTriggerTimetable, dag, task
from airflow.sdk.exceptions import AirflowSkipException
from marsad_schedule import CRAWLS, DEFAULTS, PAGES, ZONE, command


@dag(
    schedule=CronTriggerTimetable("2-59/5 * * * *", timezone=ZONE),  # not at the full hour, when everybody asks
    catchup=False,
    max_active_runs=2,
    default_args={**DEFAULTS, "retries": 1},  # the next tick is near
    tags=["marsad", "fetch"],
    doc_md=__doc__,
)
def crawl() -> None:
    """Declare the two steps: which sources, and one crawl for each."""

    @task(execution_timeout=timedelta(minutes=5), outlets=[CRAWLS])
    def due_sources() -> list[str]:
        """Ask marsad for the ids of the sources that are due, one a line; where none is the run is skipped."""
        asked = ["marsad", "sources", "--due", "--ids"]
        due = subprocess.run(asked, check=True, stdout=subprocess.PIPE, text=True).stdout.split()  # noqa: S603 fixed words
        if not due:
            raise AirflowSkipException("no source is due")
        return due

    @task.bash(
        pool="crawl",
        map_index_template="{{ task.op_kwargs['source'] }}",
        execution_timeout=timedelta(minutes=30),
        outlets=[PAGES],
    )
    def crawl_source(source: str) -> str:
        """Crawl one source; the exit code 99 says that it had nothing new, and shows the task as skipped."""
        return command("marsad", "crawl", source, "--due", "--minutes", "4", "--skip-if-nothing-new")

    crawl_source.expand(source=due_sources())


crawl()
