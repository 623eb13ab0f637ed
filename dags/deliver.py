"""Send what is due: alerts of what just happened, retries, and what waited for quiet hours to end.

Runs when articles were filed (the asset *articles*), and every five minutes. A run with nothing due ends at once. It
fails when a message was given up, which operators are told too. A run that is killed leaves its message in doubt, and
the next one asks the receiver before it sends it again.
"""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import AssetOrTimeSchedule, CronTriggerTimetable, dag, task
from marsad_schedule import ARTICLES, DEFAULTS, ZONE, command


@dag(
    schedule=AssetOrTimeSchedule(timetable=CronTriggerTimetable("*/5 * * * *", timezone=ZONE), assets=[ARTICLES]),
    catchup=False,
    max_active_runs=1,
    default_args={**DEFAULTS, "retries": 1},
    tags=["marsad", "say"],
    doc_md=__doc__,
)
def deliver() -> None:
    """Declare the one step."""

    @task.bash(execution_timeout=timedelta(minutes=30))
    def deliver_messages() -> str:
        """Send what is due; the exit code 99 says that nothing is, and shows the task as skipped."""
        return command("marsad", "deliver", "--skip-if-nothing-is-due")

    deliver_messages()


deliver()
