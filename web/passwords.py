"""The passwords of the page: compared in a time that tells nothing, and guessed only so often."""

from __future__ import annotations

import hmac
import ipaddress
import math
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import TypeVar

from starlette.types import Scope

Fact = TypeVar("Fact")

ADDRESSES = 10_000
"""So many addresses are remembered, of those that guessed wrong and of those that knew; the longest unheard goes."""
OF_THE_NETWORK = 64  # bits of IPv6: what is behind them is one household


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit:
    """So many wrong guesses at once, then one more every so many seconds."""

    at_once: int
    seconds: float


OF_ONE = Limit(at_once=10, seconds=30)
OF_ALL = Limit(at_once=100, seconds=3)


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """Whether a password was right; it was not looked at where the next guess has to wait so many seconds."""

    is_right: bool
    wait_seconds: int = 0


class Password:
    """One password; who guesses wrong too often has to wait, and where many do, whoever has not given it right before.

    What is remembered is bounded, and ends with the process.
    """

    def __init__(self, secret: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Keep the password as a digest by a key of this process."""
        self._key = secrets.token_bytes(32)
        self._digest, self._clock, self._lock = self._digest_of(secret), clock, Lock()
        self._paid_until = OrderedDict[str, float]()  # when the wrong guesses of an address are made up for
        self._all_paid_until = 0.0
        self._knew = OrderedDict[str, None]()

    def judge(self, given: str, address: str) -> Verdict:
        """Say whether a password is right, and remember where it came from."""
        with self._lock:
            now = self._clock()
            wait = self._wait(address, now)
            if wait > 0:
                return Verdict(is_right=False, wait_seconds=math.ceil(wait))
            is_right = hmac.compare_digest(self._digest_of(given), self._digest)
            (self._let_in if is_right else self._charge)(address, now)
            return Verdict(is_right=is_right)

    def _wait(self, address: str, now: float) -> float:
        of_one = _wait(self._paid_until.get(address, 0.0), OF_ONE, now)
        return of_one if address in self._knew else max(of_one, _wait(self._all_paid_until, OF_ALL, now))

    def _let_in(self, address: str, _: float) -> None:
        self._paid_until.pop(address, None)
        _remember(self._knew, address, None)

    def _charge(self, address: str, now: float) -> None:
        _remember(self._paid_until, address, max(self._paid_until.get(address, 0.0), now) + OF_ONE.seconds)
        self._all_paid_until = max(self._all_paid_until, now) + OF_ALL.seconds

    def _digest_of(self, said: str) -> bytes:
        return hmac.digest(self._key, said.encode(errors="surrogatepass"), "sha256")


def address_of(scope: Scope) -> str:
    """Return where a request comes from: an address of IPv4, or the network of one of IPv6."""
    host = str((scope.get("client") or ("",))[0])
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv4Address):
        return host
    mapped = address.ipv4_mapped
    return str(mapped or ipaddress.IPv6Network((int(address), OF_THE_NETWORK), strict=False))


def _wait(paid_until: float, limit: Limit, now: float) -> float:
    return paid_until - now - (limit.at_once - 1) * limit.seconds


def _remember(kept: OrderedDict[str, Fact], address: str, fact: Fact) -> None:
    kept[address] = fact
    kept.move_to_end(address)
    if len(kept) > ADDRESSES:
        kept.popitem(last=False)
