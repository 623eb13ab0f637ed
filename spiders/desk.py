"""The ledger of a crawl in a thread of its own: no wait for Postgres is a timeout, and many pages share a commit."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from analysis import urls
from analysis.hosts import host_of
from analysis.records import Catch
from spiders.errands import Errand
from spiders.refusals import HostRestsError, KnownPageError
from spiders.save import Ledger

MOST_AT_ONCE = 64
MOST_BYTES = 4 * 1024 * 1024
LONGEST_WAIT = 0.5
"""Seconds that a page waits for others to be written with: so much of a crawl that is killed is fetched again."""
MOST_WRITES = 3
"""Batches that wait to be written: who brings more waits too, so that memory stays flat where Postgres is slow."""
_Answer = TypeVar("_Answer")


class Desk:
    """Hands things to the ledger. All but `close` is called in the thread of the reactor."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger")
        self._waiting: list[Catch] = []
        self._bytes = 0
        self._timer: asyncio.TimerHandle | None = None
        self._writes: set[asyncio.Future[None]] = set()
        self._errors: asyncio.Queue[BaseException] = asyncio.Queue()

    async def tell(self, method: Callable[..., _Answer], *arguments: object) -> _Answer:
        """Do one thing with the ledger, after what is being written."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, method, *arguments)

    async def put(self, catch: Catch) -> None:
        """Have a catch kept before long, together with others."""
        self._waiting.append(catch)
        if catch.page is not None:
            self.ledger.hold(catch.page.canonical_url)
            self._bytes += len(catch.page.body)
        if len(self._waiting) >= MOST_AT_ONCE or self._bytes >= MOST_BYTES:
            self._write()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(LONGEST_WAIT, self._write)
        while len(self._writes) >= MOST_WRITES:
            await asyncio.wait(self._writes, return_when=asyncio.FIRST_COMPLETED)

    async def flush(self) -> None:
        """Wait until all that was put is kept."""
        self._write()
        if self._writes:
            await asyncio.wait(self._writes)

    def close(self) -> None:
        """Keep what still waits, in whichever thread, once the reactor has stopped; raises what the ledger raises."""
        self._thread.shutdown()
        self.ledger.save(self._waiting)

    def _write(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        catches, self._waiting, self._bytes, self._timer = self._waiting, [], 0, None
        if catches:
            write = asyncio.get_running_loop().run_in_executor(self._thread, self.ledger.save, catches)
            self._writes.add(write)
            write.add_done_callback(self._written)

    def _written(self, write: asyncio.Future[None]) -> None:
        self._writes.discard(write)
        if (error := write.exception()) is not None:
            self._errors.put_nowait(error)

    async def watch(self, work: Awaitable[object]) -> None:
        """Wait for work; raises what it raises, and what goes wrong with the ledger meanwhile at once."""
        doing, failing = asyncio.ensure_future(work), asyncio.ensure_future(self._errors.get())
        await asyncio.wait({doing, failing}, return_when=asyncio.FIRST_COMPLETED)
        if failing.done():
            doing.cancel()
            raise failing.result()
        failing.cancel()
        await doing

    async def admit(self, errand: Errand, url: str) -> None:
        """Let a redirect of an errand go on to an address of its source.

        Raises HostRestsError where its host rests, KnownPageError for a page that is kept or being asked for.
        """
        if self.ledger.resting_until(host_of(url)):
            raise HostRestsError(f"redirected to {url}")
        name = urls.canonical(url)
        if errand.is_new and name != urls.canonical(errand.url):
            if await self.tell(self.ledger.is_kept, name):
                raise KnownPageError(url, is_kept=True)
            if not self.ledger.take(name):
                raise KnownPageError(url, is_kept=False)
