"""From the publication of an article to the alert of its event, with the live DAGs.

`python bench/alert_delay.py [CADENCE…]`. The sample press is crawled, read and told of by a real Airflow, all of its
pages at one tick. Told are the seconds from the tick to the receiver's yes, those of them that passed after the page
was kept (the pipeline), and what comes to that by the wait for the tick: an article is printed at any moment between
two askings of its outlet, CADENCE minutes apart.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, text

from cli.endings import orderly_end
from cli.play import follow
from cli.stage import open_stage
from models.totals import read_totals

CADENCES = (5, 10, 15, 30, 60)
SECONDS = text("""
    SELECT extract(epoch FROM deliveries.ended_at - :began) AS from_tick,
        extract(epoch FROM deliveries.ended_at - min(pages.fetched_at)) AS from_page
    FROM deliveries
    JOIN alerts ON alerts.id = deliveries.alert_id
    JOIN reports ON reports.event_id = alerts.event_id
    JOIN articles ON articles.id = reports.article_id
    JOIN pages ON pages.id = articles.page_id
    WHERE deliveries.state = 'sent' AND alerts.occasion = 'first'
    GROUP BY deliveries.id
""")
TASKS = ("due_sources", "crawl_source", "process_pages", "deliver_messages")


def play(folder: Path) -> tuple[list[float], list[float]]:
    """Run the DAGs once, and return the seconds of each first alert from the tick, and from its page."""
    with orderly_end(), open_stage(folder, port=0) as stage:
        began = datetime.now(UTC)
        follow(stage, read_totals(stage.engine))
        for name in TASKS:
            seconds = [task.seconds for task in stage.airflow.tasks() if task.task_id == name and task.seconds]
            print(f"{max(seconds, default=0):6.1f} s  the longest {name} of {len(seconds)}")
        return read_seconds(stage.engine, began)


def read_seconds(engine: Engine, began: datetime) -> tuple[list[float], list[float]]:
    """Return how long each first alert took from the tick, and from when the first page that tells it was kept."""
    with engine.connect() as connection:
        rows = connection.execute(SECONDS, {"began": began}).all()
    return [float(row.from_tick) for row in rows], [float(row.from_page) for row in rows]


def percentiles(values: Sequence[float]) -> tuple[float, float]:
    """Return the 50th and the 95th percentile."""
    cuts = statistics.quantiles(values, n=20, method="inclusive")
    return cuts[9], cuts[18]


def main(cadences: Sequence[int]) -> None:
    """Print the figures."""
    # in /var/tmp: root's Postgres is another user, who may not enter a folder of ours
    folder = Path(tempfile.mkdtemp(prefix="marsad-", dir="/var/tmp"))
    folder.chmod(0o755)
    try:
        from_tick, from_page = play(folder)
    finally:
        shutil.rmtree(folder)
    print("{} first alerts; from the tick: p50 {:.0f} s, p95 {:.0f} s".format(len(from_tick), *percentiles(from_tick)))
    print("of these, the pipeline, once the page was kept: p50 {:.0f} s, p95 {:.0f} s".format(*percentiles(from_page)))
    # over all moments of printing the wait for a tick is anything between nothing and the cadence
    moments = [place / 100 for place in range(101)]
    for cadence in cadences:
        half, most = percentiles([cadence * moment + seconds / 60 for moment in moments for seconds in from_tick])
        print(f"an outlet asked every {cadence:2} minutes: p50 {half:4.1f} min, p95 {most:4.1f} min")


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or CADENCES)
