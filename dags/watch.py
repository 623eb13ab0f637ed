"""Check that nothing was lost: pages fetched = filed + copies + rejected + failed, for every run.

Runs when articles were filed (the asset *articles*), and every morning. It fails when the sum does not come
out, and the log of the task says for which run.
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
        """Compare the counts."""
        return command("marsad", "watch")

    check_conservation()


watch()
