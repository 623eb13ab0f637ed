"""Load every DAG file as Airflow would, and print what is in it as JSON: run in a process of its own.

Airflow warns of its own deprecations on import, which pytest would take for errors.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from pathlib import Path

from airflow.dag_processing.dagbag import DagBag
from airflow.sdk import DAG

LOADED_ANYWAY = ("airflow.providers.standard.decorators.bash", "airflow.providers.standard.decorators.python")
OURS = ("analysis", "channels", "cli", "models", "pipeline", "spiders")
HEAVY = (*OURS, "scrapy", "twisted", "trafilatura", "dateparser", "pandas", "numpy")


def described(dag: DAG) -> dict[str, object]:
    """Say of a DAG what the tests ask about."""
    timetable = getattr(dag.timetable, "timetable", dag.timetable)
    return {
        "doc": dag.doc_md,
        "tags": sorted(dag.tags),
        "zone": str(getattr(timetable, "timezone", None)),
        "cron": getattr(timetable, "expression", None),
        "catchup": dag.catchup,
        "max_active_runs": dag.max_active_runs,
        "params": {name: dag.params.get_param(name).schema for name in dag.params},
        "tasks": {task.task_id: limits(task) for task in dag.tasks},
    }


def limits(task: object) -> dict[str, object]:
    """Say how often a task is tried again, and how long it may take."""
    return {
        "retries": task.retries,
        "backs_off": task.retry_exponential_backoff,
        "minutes": task.execution_timeout.total_seconds() / 60,
        "pool": task.pool,
        "outlets": sorted(asset.uri for asset in task.outlets),
    }


def main() -> None:
    """Read the folder named on the command line."""
    folder = Path(sys.argv[1]).resolve()
    sys.path.insert(0, str(folder))
    for module in LOADED_ANYWAY:
        importlib.import_module(module)
    before, began = set(sys.modules), time.process_time()
    bag = DagBag(folder, bundle_path=folder)
    seconds = time.process_time() - began
    heavy = sorted(name for name in set(sys.modules) - before if name.split(".")[0] in HEAVY)
    dags = {dag_id: described(dag) for dag_id, dag in bag.dags.items()}
    print(json.dumps({"errors": bag.import_errors, "dags": dags, "heavy": heavy, "seconds": seconds}))  # noqa: T201


if __name__ == "__main__":
    main()
