"""The desk where what comes is handed to Postgres: who brings more waits while that is slow, and nothing is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from threading import Event

import pytest

from analysis.records import Catch
from builders import NOON, page, visit
from memory import MemoryRecorder
from spiders.desk import MOST_AT_ONCE, MOST_BYTES, MOST_WRITES, Desk
from spiders.save import Ledger, Terms

LARGE = bytes(MOST_BYTES)


class SlowRecorder(MemoryRecorder):
    """A recorder that writes nothing before it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.may_write = Event()

    def save(self, catches: Sequence[Catch], run_id: int) -> tuple[int | None, ...]:
        """Wait, then write."""
        self.may_write.wait()
        return super().save(catches, run_id)


def catch(number: int, body: bytes) -> Catch:
    url = f"https://atlas.example/{number}"
    return Catch(visit=visit(url=url), page=replace(page(), url=url, canonical_url=url, body=body))


async def bring(body: bytes, count: int) -> tuple[int, SlowRecorder]:
    """Bring pages while nothing is written, and then all the same; return how many were taken before."""
    recorder, taken = SlowRecorder(), []
    desk = Desk(Ledger(recorder, Terms(run_id=1, clock=lambda: NOON)))

    async def put_all() -> None:
        for number in range(count):
            await desk.put(catch(number, body))
            taken.append(number)

    putting = asyncio.ensure_future(put_all())
    for _ in range(count + 10):
        await asyncio.sleep(0)
    before = len(taken)
    recorder.may_write.set()
    await putting
    await desk.flush()
    desk.close()
    return before, recorder


@pytest.mark.parametrize(
    ("body", "count", "taken"),
    [(LARGE, 10, MOST_WRITES - 1), (b"small", 5 * MOST_AT_ONCE, MOST_WRITES * MOST_AT_ONCE - 1)],
)
def test_what_comes_waits_while_postgres_is_slow_and_all_of_it_is_kept_once(body: bytes, count: int, taken: int):
    before, recorder = asyncio.run(bring(body, count))
    assert (before, len(recorder.pages), recorder.versions.total()) == (taken, count, count)
    assert max(recorder.saves) <= MOST_AT_ONCE
