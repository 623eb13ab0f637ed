"""A crawl in a process where a name is at another address each time it is looked up, and no connection comes about."""

from __future__ import annotations

import errno
import pickle
import socket
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import chain, repeat
from pathlib import Path

from analysis.records import Source, Visit
from memory import MemoryRecorder
from spiders.save import Ledger, Terms
from spiders.settings import Limits
from spiders.start import crawl

FOLDER = Path(__file__).resolve().parents[2]


def crawl_where_names_change(source: Source, *addresses: str) -> tuple[list[str], Sequence[Visit]]:
    """Crawl a source whose host is at each address in turn, then at the last; return where it connected, and visits."""
    done = subprocess.run(
        [sys.executable, "-W", "error", __file__, *addresses],
        input=pickle.dumps(source),
        capture_output=True,
        cwd=FOLDER,
        env={"PYTHONPATH": str(FOLDER / "tests")},
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return pickle.loads(done.stdout)  # noqa: S301 our own


def _main(addresses: Sequence[str]) -> None:
    answers, connected = chain(addresses, repeat(addresses[-1])), list[str]()

    def connect(_: socket.socket, address: tuple[str, int]) -> int:
        connected.append(address[0])
        return errno.ECONNREFUSED

    socket.gethostbyname = lambda _: next(answers)
    socket.socket.connect_ex = connect
    recorder = MemoryRecorder()
    ledger = Ledger(recorder, Terms(run_id=1, clock=lambda: datetime.now(UTC)))
    crawl([pickle.load(sys.stdin.buffer)], ledger, "marsad-test/1 (+test@example.org)", Limits(retries=1))  # noqa: S301 our own
    sys.stdout.buffer.write(pickle.dumps((connected, recorder.visits)))


if __name__ == "__main__":
    _main(sys.argv[1:])
