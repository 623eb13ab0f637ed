"""Read the pages that wait: each becomes an article, a copy, a rejection with its reason, or a failure with its cause.

Runs when a crawl begins (the asset *crawls*), stays while it goes on, and sends what comes due as it is read; once more
when pages arrived (the asset *pages*), and every hour for whatever a broken run left behind. One run at a time: pages
are claimed row by row in Postgres, so a run that is killed leaves its pages waiting for the next one.
"""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import AssetOrTimeSchedule, CronTriggerTimetable, dag, task
from marsad_schedule import ARTICLES, CRAWLS, DEFAULTS, PAGES, ZONE, command


@dag(
    schedule=AssetOrTimeSchedule(timetable=CronTriggerTimetable("7 * * * *", timezone=ZONE), assets=CRAWLS | PAGES),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    tags=["marsad", "read"],
    doc_md=__doc__,
)
def process() -> None:
    """Declare the one step."""

    @task.bash(execution_timeout=timedelta(hours=2), outlets=[ARTICLES])
    def process_pages() -> str:
        """Process every page that waits; the exit code 99 says that none did, and shows the task as skipped."""
        return command("marsad", "process", "--while-crawling", "--deliver", "--skip-if-nothing-waits")

    process_pages()


process()
