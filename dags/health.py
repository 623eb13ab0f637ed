"""Look whether marsad itself is well, and tell operators what is newly wrong and what no longer is.

Runs every quarter of an hour, and fails while something is wrong: a command that did not end well for too long, pages
or messages that wait, a database nearly full. When the schedule itself is dead nothing runs here: a monitor outside,
which asks `marsad health --serve`, hears of that.
"""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import CronTriggerTimetable, dag, task
from marsad_schedule import DEFAULTS, ZONE, command


@dag(
    schedule=CronTriggerTimetable("7,22,37,52 * * * *", timezone=ZONE),
    catchup=False,
    max_active_runs=1,
    default_args={**DEFAULTS, "retries": 1},
    tags=["marsad", "check"],
    doc_md=__doc__,
)
def health() -> None:
    """Declare the one step."""

    @task.bash(execution_timeout=timedelta(minutes=5))
    def look_at_marsad() -> str:
        """Look at the signs of life; what is wrong is told once, and stands in the log as long as it is."""
        return command("marsad", "health", "--tell")

    look_at_marsad()


health()
