"""How a command that has started others ends when it is told to: it unwinds as on Ctrl-C, and takes them down first."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class _ToldToEndError(BaseException):
    """A signal came; no `except Exception` on the way out may swallow it."""

    def __init__(self, number: int) -> None:
        self.number = number


@contextmanager
def orderly_end() -> Iterator[None]:
    """Unwind the block at the first signal that would end us, and exit with 128 and its number; later ones are ignored.

    A signal that was ignored before, as SIGHUP is under nohup, stays so.
    """
    with _handled(_unwind):
        try:
            yield
        except _ToldToEndError as told:
            with suppress(OSError):  # after SIGHUP there may be no terminal to write on
                print(f"marsad: ended by {signal.Signals(told.number).name}; nothing is left running", file=sys.stderr)  # noqa: T201
            sys.exit(128 + told.number)


@contextmanager
def held_signals() -> Iterator[None]:
    """Let a signal that would end us wait for the end of the block, which must not be left half-way."""
    came: list[int] = []
    try:
        with _handled(lambda number, _: came.append(number)):
            yield
    finally:
        if came:
            signal.raise_signal(came[0])


def _unwind(number: int, _: FrameType | None) -> NoReturn:
    for each in ENDINGS:
        signal.signal(each, signal.SIG_IGN)
    raise _ToldToEndError(number)


@contextmanager
def _handled(handler: Callable[[int, FrameType | None], object]) -> Iterator[None]:
    """Set the handler of every signal that would end us, and put back what was there."""
    before = {number: signal.getsignal(number) for number in ENDINGS}
    ours = [number for number, known in before.items() if known is not signal.SIG_IGN]
    try:
        for number in ours:
            signal.signal(number, handler)
        yield
    finally:
        for number in ours:
            signal.signal(number, before[number])
