"""Keeps a crawl on the public internet: it connects to no address of this machine or its network.

The check stands where names become addresses, and what was checked is what is connected to, so neither a name that
points inwards, nor one that changes between two look-ups, nor a redirect gets past it.
"""

from __future__ import annotations

from collections.abc import Sequence

from scrapy import Request
from scrapy.exceptions import CannotResolveHostError
from scrapy.resolver import CachingThreadedResolver, dnscache
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from analysis.addresses import is_address, is_public
from spiders.endings import PrivateAddressError


class PublicResolver(CachingThreadedResolver):
    """Scrapy's resolver (IPv4 only), to which a name with a private address has none."""

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802 Twisted's name
        """Look a name up, numbers included, however they are written."""
        return super().getHostByName(name.lower(), timeout).addCallback(_refuse_private)


class PublicOnly:
    """A downloader middleware that says so where the resolver refused an address."""

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Name the address, before anything is tried again."""
        if not isinstance(exception, CannotResolveHostError):
            return
        name = urlparse_cached(request).hostname or ""
        address = dnscache[name] if name in dnscache else name  # noqa: SIM401 it is no dict
        if is_address(address) and not is_public(address):
            raise PrivateAddressError(f"{name} is at {address}, which is no public address") from exception


def _refuse_private(address: str) -> str:
    if not is_public(address):
        raise DNSLookupError(f"{address} is no public address")  # the one error that Twisted takes for an answer
    return address
