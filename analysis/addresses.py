"""Which IP addresses are of the public internet, where outlets live."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_NAT64 = IPv6Network("64:ff9b::/96")
_UNICAST = IPv6Network("2000::/3")  # all that is given out to the public (RFC 4291, 2.4)


def is_public(address: str) -> bool:
    """Tell whether an IP address is one that the internet routes to one host; False for what is no IP address.

    Loopback, private, link-local, shared, reserved, multicast and unspecified ones are not; an IPv6 address that stands
    for an IPv4 one (mapped, 6to4, Teredo, NAT64) is what that is.
    """
    read = _read(address)
    if read is None:
        return False
    if isinstance(read, IPv6Address):
        within = _embedded(read)
        return is_public(str(within)) if within else read in _UNICAST and read.is_global
    return read.is_global and not (read.is_multicast or read.is_reserved)


def is_address(name: str) -> bool:
    """Tell an IP address, as it is commonly written, from the name of a host."""
    return _read(name) is not None


def _read(address: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(address)
    except ValueError:
        return None


def _embedded(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that packets to this one end at."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
