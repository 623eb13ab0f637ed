"""Give up the bodies of pages that became no article and were fetched more than 30 days ago.

Runs every night. Pages of articles and copies are kept for good, and so is the row of every page, with its hash and its
outcome. Each transaction gives up some bodies: a run that is killed is simply run again.
"""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import CronTriggerTimetable, dag, task
from marsad_schedule import DEFAULTS, ZONE, command


@dag(
    schedule=CronTriggerTimetable("40 3 * * *", timezone=ZONE),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    tags=["marsad", "keep"],
    doc_md=__doc__,
)
def prune() -> None:
    """Declare the one step."""

    @task.bash(execution_timeout=timedelta(hours=1))
    def prune_bodies() -> str:
        """Give up what is due, and say how many bodies and bytes that were."""
        return command("marsad", "prune")

    prune_bodies()


prune()
