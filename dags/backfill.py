"""Fetch what a source published in a period of the past: its archive is walked back, and its pages come in portions.

Started by hand, with its parameters: the id of the source, the first and the last day, how many portions and how many
pages in each. Each portion is one task and goes on where the one before ended, also that of an earlier run; a portion
that finds all done is shown as skipped. The pages wake the DAG `process`.
"""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import Param, dag, get_current_context, task
from marsad_schedule import DEFAULTS, PAGES, command

DAY = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"


@dag(
    schedule=None,
    catchup=False,
    max_active_runs=1,
    default_args={**DEFAULTS, "retries": 5, "retry_delay": timedelta(minutes=2)},  # a crawl may be asking the source
    params={
        "source": Param(type="string", pattern="^[a-z0-9][a-z0-9-]{0,63}$", description="Id of a source."),
        "from": Param(type="string", pattern=DAY, description="First day of publication, such as 2021-01-01."),
        "to": Param(type="string", pattern=DAY, description="Last day of publication, included."),
        "portions": Param(10, type="integer", minimum=1, maximum=200, description="How many portions."),
        "limit": Param(500, type="integer", minimum=1, maximum=2000, description="Pages in each."),
    },
    tags=["marsad", "fetch"],
    doc_md=__doc__,
)
def backfill() -> None:
    """Declare the portions, one after the other."""

    @task(execution_timeout=timedelta(minutes=5))
    def number_portions() -> list[int]:
        """Number the portions from 1."""
        return list(range(1, get_current_context()["params"]["portions"] + 1))

    @task.bash(
        pool="crawl",
        max_active_tis_per_dagrun=1,
        map_index_template="{{ task.op_kwargs['portion'] }}",
        execution_timeout=timedelta(hours=2),
        outlets=[PAGES],
    )
    def fetch_portion(portion: int) -> str:  # noqa: ARG001 it names the task
        """Go on with the backfill; the exit code 99 says that all is done, and shows the task as skipped."""
        asked = get_current_context()["params"]
        period = ("--from", asked["from"], "--to", asked["to"])
        return command("marsad", "backfill", asked["source"], *period, "--limit", str(asked["limit"]), "--skip-if-done")

    fetch_portion.expand(portion=number_portions())


backfill()
