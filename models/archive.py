"""The only writer: runs, seeds, pages as they come in, and what becomes of each; one transaction for one page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import count

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import IntegrityError

from analysis.errors import UnknownNameError
from analysis.records import (
    Address,
    Catch,
    Due,
    HostRest,
    Page,
    Rhythm,
    RobotsFile,
    RunState,
    SeedDocument,
    Source,
    Visit,
)
from analysis.register import Name
from models.catches import write_catches
from models.claims import Claim, take_next
from models.database import told_when_gone
from models.frontier_queries import find_due, find_known, find_rests, find_rhythms, find_robots, pass_over
from models.frontier_rows import write_rest, write_robots
from models.health_book import HealthBook
from models.imports import forget_mark, read_mark, write_mark
from models.live_runs import LiveRuns
from models.page_rows import name_hash
from models.pages import PageRow
from models.register import write_names
from models.retention import Pruned, count_prunable, prune_some
from models.seed_rows import Loaded, write_seed_documents, write_sources


class Archive:
    """What every stage writes through; safe to use from many processes at once, and from threads of one.

    Every method raises DatabaseUnavailableError where Postgres is gone.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._runs = LiveRuns(engine)
        self._turns = count(1)

    # ---------------------------------------------------------------- runs

    def start_run(self, command: str, arguments: Mapping[str, str]) -> int:
        """Open a run and return its number; runs of the command whose process is gone are marked broken."""
        with told_when_gone(self._engine):
            return self._runs.start(command, arguments)

    def end_run(self, run_id: int, state: RunState, counts: Mapping[str, int], error: str = "") -> None:
        """Close a run that this archive started, with what it counted and, if it failed, why."""
        with told_when_gone(self._engine):
            self._runs.end(run_id, state, counts, error)

    def reserve_sources(self, run_id: int, sources: Iterable[Source]) -> frozenset[str]:
        """Let no other run ask these sources, or another source on a host of theirs, until this one ends.

        Returns their ids without those that another run asks already, or has a host of.
        """
        with told_when_gone(self._engine):
            return self._runs.reserve(run_id, sources)

    # ---------------------------------------------------------------- seeds

    def load_sources(self, sources: Collection[Source], *, whole: bool = False) -> Loaded:
        """Write sources that are new or changed; when they are the `whole` list, the others are retired."""
        with self._transaction() as connection:
            return write_sources(connection, sources, whole=whole)

    def load_seed_documents(self, documents: Collection[SeedDocument], texts: Mapping[str, str]) -> Loaded:
        """Write seed documents that are new or changed, with their fingerprints and what there is of their texts."""
        with self._transaction() as connection:
            return write_seed_documents(connection, documents, texts)

    def load_names(self, names: Collection[Name]) -> Loaded:
        """Write names that are new or changed, and forget those that left the seeds."""
        with self._transaction() as connection:
            return write_names(connection, names)

    # ---------------------------------------------------------------- the fetch

    def seen(self, canonical_urls: Collection[str]) -> frozenset[str]:
        """Return those that name a page we keep."""
        names = {name_hash(url): url for url in canonical_urls}
        asked = select(PageRow.url_hash).where(PageRow.url_hash == func.any(list(names)))
        with self._transaction() as connection:
            return frozenset(names[found] for found in connection.scalars(asked))

    def rhythms(self, source_ids: Collection[str]) -> tuple[Rhythm, ...]:
        """Return how the ways of some sources are asked."""
        with self._transaction() as connection:
            return find_rhythms(connection, source_ids)

    def known(self, canonical_urls: Collection[str]) -> Mapping[str, Address]:
        """Return the addresses that are known among those named."""
        with self._transaction() as connection:
            return find_known(connection, canonical_urls)

    def pass_over(self, source_ids: Collection[str], now: datetime) -> None:
        """Give up looks at pages of some sources that were not made while the page was young."""
        with self._transaction() as connection:
            pass_over(connection, source_ids, now)

    def due(self, source_id: str, now: datetime, most: int) -> Due:
        """Return the addresses of a source to ask for now, at most so many."""
        with self._transaction() as connection:
            return find_due(connection, source_id, now, most)

    def save(self, catches: Sequence[Catch], run_id: int) -> tuple[int | None, ...]:
        """Keep what requests came to, all or nothing; return for each the number of its page if that is new or changed.

        A page whose name is kept already is a new version if it was asked for to see whether it changed, and did.
        Raises UnknownNameError for a source that was never loaded.
        """
        if not catches:
            return ()
        with self._transaction() as connection, _told_of_source(_sources_of(catches)):
            return write_catches(connection, catches, run_id)

    def save_page(self, page: Page, visit: Visit, run_id: int) -> int | None:
        """Keep a page with the visit that brought it, and return its number; None where its name is kept already."""
        return self.save([Catch(visit=visit, page=page)], run_id)[0]

    def save_visit(self, visit: Visit, run_id: int) -> None:
        """Keep a visit that brought no page."""
        self.save([Catch(visit=visit)], run_id)

    def robots(self, origin: str) -> RobotsFile | None:
        """Return the robots.txt of an origin as it was last read."""
        with self._transaction() as connection:
            return find_robots(connection, origin)

    def save_robots(self, read: RobotsFile) -> None:
        """Keep a robots.txt."""
        with self._transaction() as connection:
            write_robots(connection, read)

    def rests(self, hosts: Collection[str]) -> tuple[HostRest, ...]:
        """Return what some hosts said when they asked us to come back later."""
        with self._transaction() as connection:
            return find_rests(connection, hosts)

    def save_rest(self, rest: HostRest) -> None:
        """Keep that a host asked us to come back later."""
        with self._transaction() as connection:
            write_rest(connection, rest)

    # ---------------------------------------------------------------- retention

    def count_prunable(self, before: datetime) -> Pruned:
        """Count the bodies that retention gives up: of rejected pages that were fetched before a moment."""
        with self._transaction() as connection:
            return count_prunable(connection, before)

    def prune(self, before: datetime, most: int) -> Pruned:
        """Give up at most so many of them, the oldest first; nothing else of a page changes but `pruned_at`."""
        with self._transaction() as connection:
            return prune_some(connection, before, most)

    # ---------------------------------------------------------------- files under way

    def read_mark(self, digest: bytes) -> int | None:
        """Return the byte where the import of a file goes on, None where none was begun."""
        with self._transaction() as connection:
            return read_mark(connection, digest)

    def write_mark(self, digest: bytes, name: str, position: int) -> None:
        """Note the byte where the import of a file goes on."""
        with self._transaction() as connection:
            write_mark(connection, digest, name, position)

    def forget_mark(self, digest: bytes) -> None:
        """Note that the import of a file came to its end."""
        with self._transaction() as connection:
            forget_mark(connection, digest)

    # ---------------------------------------------------------------- health

    @contextmanager
    def health(self) -> Iterator[HealthBook]:
        """Open the book of health in one transaction, which is written where the body ends well; one at a time."""
        with self._transaction() as connection:
            yield HealthBook(connection)

    # ---------------------------------------------------------------- what becomes of pages

    @contextmanager
    def claim(self, run_id: int, *, retry_failed: bool = False) -> Iterator[Claim | None]:
        """Take the first waiting page that nobody holds, None where there is none, for as long as the body runs.

        What the body settles is written at its end; a page it leaves unsettled, or that it dies over, waits again,
        and its tries tell how often that was. With `retry_failed` pages that failed in earlier runs wait too.
        """
        with told_when_gone(self._engine), self._engine.connect() as connection:
            row = take_next(connection, run_id, next(self._turns), retry_failed=retry_failed)
            yield None if row is None else Claim(connection, run_id, row)
            connection.commit()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with told_when_gone(self._engine), self._engine.begin() as connection:
            yield connection


def _sources_of(catches: Sequence[Catch]) -> frozenset[str]:
    visits = {catch.visit.source_id for catch in catches if catch.visit}
    return frozenset(visits | {catch.page.source_id for catch in catches if catch.page})


@contextmanager
def _told_of_source(source_ids: Collection[str]) -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if "source_id" in str(error.orig):
            named = " or ".join(f"`{source_id}`" for source_id in sorted(source_ids))
            raise UnknownNameError(f"there is no source {named}: run `marsad seeds load`") from error
        raise
