"""Check that nothing was lost, and that every source does what it promises.

Runs when articles were filed (the asset *articles*), and every morning. It fails when pages fetched are not filed +
copies + rejected + failed for some run, when no source was asked for hours, and for a day when a source has a new
trouble that costs articles. The log of the task says which, since when, what was tried and what to do.
"""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import AssetOrTimeSchedule, CronTriggerTimetable, dag, task
from marsad_schedule import ARTICLES, DEFAULTS, ZONE, command


@dag(
    schedule=AssetOrTimeSchedule(timetable=CronTriggerTimetable("30 6 * * *", timezone=ZONE), assets=[ARTICLES]),
    catchup=False,
    max_active_runs=1,
    default_args={**DEFAULTS, "retries": 1},
    tags=["marsad", "check"],
    doc_md=__doc__,
)
def watch() -> None:
    """Declare the one step."""

    @task.bash(execution_timeout=timedelta(minutes=15))
    def check_conservation() -> str:
        """Add up the runs, and hold the sources against their promises."""
        return command("marsad", "watch")

    check_conservation()


watch()
