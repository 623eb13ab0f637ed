"""One crawl into Postgres in a process of its own, whose memory is measured."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from analysis.records import Source
from models.archive import Archive
from models.database import make_engine
from spiders.save import Ledger, Terms
from spiders.settings import Limits
from spiders.start import crawl

FOLDER = Path(__file__).resolve().parents[2]


def crawl_into(url: str, sources: Sequence[Source], limits: Limits) -> int:
    """Crawl sources that are loaded in the database of an address; return the peak of memory, in bytes."""
    done = subprocess.run(
        [sys.executable, "-W", "error", __file__],
        input=pickle.dumps((url, sources, limits)),
        capture_output=True,
        cwd=FOLDER,
        check=False,
        timeout=110,
    )
    assert (done.returncode, done.stderr) == (0, b""), done.stderr.decode()
    return int(done.stdout)


def _main() -> None:
    url, sources, limits = pickle.load(sys.stdin.buffer)  # noqa: S301 our own
    archive = Archive(make_engine(url))
    run_id = archive.start_run("crawl", {})
    ledger = Ledger(archive, Terms(run_id=run_id, clock=lambda: datetime.now(UTC), most=limits.new_pages))
    crawl(sources, ledger, "marsad-test/1 (+test@example.org)", limits)
    print(_peak_bytes())  # noqa: T201 the answer


def _peak_bytes() -> int:
    """Read the peak of this process; getrusage would count that of the one it was forked from."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    assert found
    return int(found[1]) * 1024


if __name__ == "__main__":
    _main()
