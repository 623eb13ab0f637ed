"""From the publication of an article to the alert of its event: what the commands take, and what the cadence adds.

`python bench/alert_delay.py`. The sample press is crawled, read and told of by the very commands of the DAGs, on a
Postgres of its own, all of its pages at once; an alert's time runs from the start of the crawl to the receiver's yes.
An article is printed at any moment between two askings of its outlet: that wait is added for each cadence.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Engine, text

from cli.sample_press import FOLDER, serve
from models.database import make_engine
from models.migrate import upgrade

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from postgres import create_database, run_server

MARSAD = Path(sys.executable).with_name("marsad")
PRESS_DAY = "2026-02-22"
CADENCES = (5, 10, 15, 30, 60)
SECONDS = text("""
    SELECT extract(epoch FROM deliveries.ended_at - (SELECT min(started_at) FROM runs WHERE command = 'crawl'))
    FROM deliveries JOIN alerts ON alerts.id = deliveries.alert_id
    WHERE deliveries.state = 'sent' AND occasion = 'first'
""")


def tell(url: str, folder: Path) -> None:
    """Run the commands of the DAGs one after the other."""
    settings = {
        "MARSAD_DATABASE_URL": url,
        "MARSAD_ALLOW_PRIVATE_ADDRESSES": "yes",
        "MARSAD_TODAY": PRESS_DAY,
        "MARSAD_CHANNEL_DESK": f"file:{folder / 'letters.jsonl'}",
    }
    sources = folder / "sources.yml"
    with serve(port=0) as press:
        sources.write_text(press.sources(), "utf-8")
        seeds = ("seeds", "load", "--sources", str(sources), "--corpus", str(FOLDER / "corpus.jsonl"))
        for words in (seeds, ("crawl",), ("process",), ("deliver",)):
            began = time.monotonic()
            subprocess.run([MARSAD, *words], env={**os.environ, **settings}, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 our own command
            print(f"{time.monotonic() - began:6.1f} s  marsad {words[0]}")


def read_seconds(engine: Engine) -> list[float]:
    """Return how long each first alert took."""
    with engine.connect() as connection:
        return [float(seconds) for seconds in connection.scalars(SECONDS)]


def percentiles(values: Sequence[float]) -> tuple[float, float]:
    """Return the 50th and the 95th percentile."""
    cuts = statistics.quantiles(values, n=20, method="inclusive")
    return cuts[9], cuts[18]


def main() -> None:
    """Print the figures."""
    # one that is asked for its list waits, over all moments of printing, between nothing and its cadence
    moments = [place / 100 for place in range(101)]
    for server in run_server("delay"):
        engine = make_engine(create_database(server, "delay"))
        upgrade(engine)
        with tempfile.TemporaryDirectory() as folder:
            tell(engine.url.render_as_string(hide_password=False), Path(folder))
        took = read_seconds(engine)
        engine.dispose()
    half, most = percentiles(took)
    print(f"{len(took)} first alerts; from the start of the crawl: p50 {half:.0f} s, p95 {most:.0f} s")
    for cadence in CADENCES:
        half, most = percentiles([cadence * moment + seconds / 60 for moment in moments for seconds in took])
        print(f"an outlet asked every {cadence:2} minutes: p50 {half:4.1f} min, p95 {most:4.1f} min")


if __name__ == "__main__":
    main()
