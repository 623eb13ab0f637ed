"""Make the daily and weekly digests that are due, for the DAG deliver to send.

Runs twice an hour, for a digest is made at seven in the morning by the clock of each recipient, wherever that is. A run
with nothing due ends at once. Each digest is made once: a run that is killed, or comes late, is simply run again.
"""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import CronTriggerTimetable, dag, task
from marsad_schedule import DEFAULTS, ZONE, command


@dag(
    schedule=CronTriggerTimetable("1,31 * * * *", timezone=ZONE),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    tags=["marsad", "say"],
    doc_md=__doc__,
)
def digest() -> None:
    """Declare the one step."""

    @task.bash(execution_timeout=timedelta(minutes=15))
    def make_digests() -> str:
        """Make what is due, and say how many digests and alerts that were."""
        return command("marsad", "digest")

    make_digests()


digest()
