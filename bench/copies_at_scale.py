"""The index of copies in Postgres with many texts in it: what it finds, what it takes for a copy, time and room.

`nice python bench/copies_at_scale.py [TEXTS ...]` fills one database up to each number in turn and measures there; a
million takes some minutes, ten million half an hour or more. With `--keep FOLDER` the database stays and is used again
(`--new` and `--probes` say how many new texts are filed and looked up). Times are of the wall, through SQLAlchemy, as
in the transaction that files an article: all that is asked and written of copies and refrains, of one text after
another; its commit apart. Beside them stands the time of computing, of this process and of the one of Postgres that
serves it: that does not count what else runs on the machine.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from sqlalchemy import Connection, Engine, text

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from virtual.asking import EDITED_COPIES, Asked, communique, news, questions
from virtual.filling import TABLES, enter, fill, filled_to, forget, name_original, originals
from virtual.wire import WAYS, Wire

from analysis.dedupe import fingerprint_of, place
from analysis.paragraphs import paragraphs_of
from analysis.records import Placement
from analysis.refrains import leave_out
from models.database import make_engine
from models.filings import know_again
from models.fingerprints import find_lookalikes
from models.migrate import upgrade
from models.refrains import find_refrains
from models.server import Server
from postgres import servers_folder

TEXTS = 10_000
NEW, PROBES = 10_000, 100_000
OPTIONS = (
    "-c max_wal_size=16GB",
    "-c checkpoint_timeout=1h",
    "-c maintenance_work_mem=1GB",
    "-c wal_level=minimal",  # what is copied into a table that was emptied in the same transaction is written once
    "-c max_wal_senders=0",
)


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of one, and the milliseconds it took.

    `took` to find and write it, `computed` of that by the two processes, `commit` to commit it, `bare` to ask nothing.
    """

    kind: str
    is_right: bool
    took: float
    computed: float
    commit: float
    bare: float


def main() -> None:
    """Measure at each size."""
    chosen = options()
    folder = chosen.keep or servers_folder() / f"{os.getpid()}-copies"
    try:
        with Server(folder, options=(*OPTIONS, *(f"-c {each}" for each in chosen.set))).open() as server:
            server.ensure_database("copies")
            engine = make_engine(server.url("copies"))
            upgrade(engine)
            measure(engine, chosen)
            engine.dispose()
    finally:
        if chosen.keep is None:
            shutil.rmtree(folder)


def options() -> argparse.Namespace:
    """Read what is asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", type=int, nargs="*", default=[TEXTS])
    parser.add_argument("--keep", type=Path, help="where the database stays, to be used again")
    parser.add_argument("--new", type=int, default=NEW, help="how many new texts are filed")
    parser.add_argument("--probes", type=int, default=PROBES, help="how many more are only looked up")
    parser.add_argument("--set", action="append", default=[], help="a setting of Postgres: name=value")
    return parser.parse_args()


def measure(engine: Engine, chosen: argparse.Namespace) -> None:
    """Fill the tables up to each size, and ask."""
    written = originals()
    for size in sorted(chosen.sizes):
        begun = time.monotonic()
        if filled_to(engine) != size:
            fill(engine, size)
        print(f"\n{size:,} texts, filled in {time.monotonic() - begun:.0f} s", flush=True)
        forget(engine, size)
        print_room(engine, size)
        filed = file_all(engine, questions(Wire(size), written[:size], chosen.new), size)
        print_found(filed)
        print_times(filed)
        print_false(engine, Wire(size + 2), chosen.probes)
        print_communique(file_all(engine, communique(Wire(size + 1), size), size))
        forget(engine, size)


# ---------------------------------------------------------------- asking


def file_all(engine: Engine, asked: Sequence[Asked], size: int) -> list[Filed]:
    """File texts one by one, as a worker does, each in a transaction."""
    first = size + (10_000_000 if asked[0].kind == "first" else 1)
    with engine.connect() as connection, engine.connect() as beside, undisturbed(connection) as computing:
        enter(beside, (each.filing.article.source_id for each in asked), first)
        worker = Worker(connection, beside, computing)
        return [file(worker, each, first + at) for at, each in enumerate(asked)]


@contextmanager
def undisturbed(connection: Connection) -> Iterator[Computing]:
    """Go before what else runs on this machine, where that is allowed: it is not what is measured."""
    with connection.begin():
        backend = int(connection.scalar(text("SELECT pg_backend_pid()")) or 0)
    with suppress(PermissionError):
        for process in (0, backend):
            os.sched_setscheduler(process, os.SCHED_RR, os.sched_param(1))
    yield Computing(backend)
    with suppress(PermissionError):
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


class Computing:
    """The time that this process and that of Postgres which serves it have computed."""

    def __init__(self, backend: int) -> None:
        self._served = os.open(f"/proc/{backend}/schedstat", os.O_RDONLY)  # nanoseconds come first, proc(5)

    def seconds(self) -> float:
        """Return it."""
        return int(os.pread(self._served, 64, 0).split()[0]) / 1e9 + time.process_time()


@dataclass(frozen=True, slots=True)
class Worker:
    """A connection that is measured, one beside it, and the time computed for the first."""

    connection: Connection
    beside: Connection
    computing: Computing


def file(worker: Worker, asked: Asked, number: int) -> Filed:
    """Find, judge and write one text."""
    connection, computing = worker.connection, worker.computing
    with connection.begin():
        begun = time.perf_counter()
        connection.execute(text("SELECT 1")).all()
        bare = time.perf_counter() - begun
        paragraphs_of(asked.filing.article.text)  # a worker has just read it
        computed, begun = computing.seconds(), time.perf_counter()
        placement = know(connection, asked, number)
        took = time.perf_counter() - begun
        computed = computing.seconds() - computed
        begun = time.perf_counter()
    committed = time.perf_counter() - begun
    name_original(worker.beside, number, placement)
    found = placement.copy_of and placement.copy_of.article_id
    return Filed(asked.kind, found == asked.original, took * 1000, computed * 1000, committed * 1000, bare * 1000)


def know(connection: Connection, asked: Asked, number: int) -> Placement:
    """Do what is measured."""
    refrains = find_refrains(connection, asked.filing.article)
    mark = fingerprint_of(leave_out(asked.filing.article.text, refrains)) if refrains else asked.filing.fingerprint
    placement = place(mark, find_lookalikes(connection, mark))
    know_again(connection, number, replace(asked.filing, fingerprint=mark, placement=placement), day_of(number))
    return placement


def day_of(number: int) -> date:
    """Say when an article was told."""
    return date(2026, 1, 1 + number % 28)


# ---------------------------------------------------------------- what came of it


def print_found(filed: Sequence[Filed]) -> None:
    """Print recall by kind, and how many new texts were taken for copies."""
    by_kind = defaultdict[str, list[bool]](list)
    for each in filed:
        by_kind[each.kind].append(each.is_right)
    for kind in WAYS:
        print(f"  found: {kind:24} {sum(by_kind[kind]) / len(by_kind[kind]):.3f} of {len(by_kind[kind])}")
    print(f"  taken for copies: {by_kind['new'].count(False)} of {len(by_kind['new']):,} new texts")


def print_false(engine: Engine, wire: Wire, probes: int) -> None:
    """Look new texts up, without filing them, and print how many are taken for copies."""
    taken = 0
    with engine.connect() as connection:
        for _ in range(probes):
            asked = news(wire, "probe").filing
            refrains = find_refrains(connection, asked.article)
            mark = fingerprint_of(leave_out(asked.article.text, refrains))
            taken += place(mark, find_lookalikes(connection, mark)).kind is not None
            connection.rollback()
    print(f"  only looked up: {taken} of {probes:,} new texts taken for copies")


def print_times(filed: Sequence[Filed]) -> None:
    """Print the times of new texts and of copies, and how they are spread over the run."""
    for label, chosen in (
        ("new", [each for each in filed if each.kind == "new"]),
        ("copies", [each for each in filed if each.kind in WAYS]),
    ):
        took = [each.took for each in chosen]
        fifths = [took[at::5] for at in range(5)]
        p95 = statistics.median(percentile(fifth, 95) for fifth in fifths)
        commit, computed = [each.commit for each in chosen], [each.computed for each in chosen]
        print(
            f"  find and write, {label}: p50 {percentile(took, 50):.2f} ms, p95 {p95:.2f} ms;"
            f" computing p50 {percentile(computed, 50):.2f}, p95 {percentile(computed, 95):.2f}"
            f" (commit apart: p50 {percentile(commit, 50):.2f}, p95 {percentile(commit, 95):.2f})"
        )
    bare = [each.bare for each in filed]
    print(f"  a round trip that asks nothing: p50 {percentile(bare, 50):.2f} ms, p95 {percentile(bare, 95):.2f} ms")


def print_communique(filed: Sequence[Filed]) -> None:
    """Print how well a text is known after very many edited copies of it."""
    later = [each for each in filed if each.kind == "later copy"]
    found = sum(each.is_right for each in filed[1:])
    took = [each.took for each in later]
    print(
        f"  a communiqué: {found} of {len(filed) - 1} edited copies are its own;"
        f" after {EDITED_COPIES} of them p50 {percentile(took, 50):.2f} ms, p95 {percentile(took, 95):.2f} ms"
    )


def print_room(engine: Engine, size: int) -> None:
    """Print bytes an article in tables and indexes, and memory."""
    with engine.connect() as connection:
        for table in TABLES:
            asked = text("SELECT pg_table_size(CAST(:name AS regclass)), pg_indexes_size(CAST(:name AS regclass))")
            rows, indexes = connection.execute(asked, {"name": table}).one()
            print(f"  {table}: {rows / size:.0f} bytes an article, indexes {indexes / size:.0f}")
    print(f"  peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def percentile(values: Sequence[float], share: int) -> float:
    """Return the value that so many of a hundred stay below."""
    return float(np.percentile(values, share))


if __name__ == "__main__":
    main()
