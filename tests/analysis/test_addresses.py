"""Addresses of the public internet, and all the others."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.addresses import is_address, is_public

INWARDS = (
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",  # where clouds tell a machine its secrets
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104 nothing listens there
    "255.255.255.255",
    "240.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "4000::1",
    "::ffff:127.0.0.1",
    "::127.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::1",
)


@pytest.mark.parametrize("address", INWARDS)
def test_addresses_of_this_machine_and_its_network_are_not_public(address):
    assert is_address(address)
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "196.200.131.131", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"],
)
def test_addresses_of_the_internet_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "name", ["", "atlas.example", "localhost", "8.8.8", "0x7f.1", "[::1]", "8.8.8.8:80", "١.١.١.١"]
)
def test_what_is_no_address_is_not_public(name):
    assert not is_address(name)
    assert not is_public(name)


@given(st.ip_addresses(v=4))
def test_an_address_in_the_clothes_of_another_family_is_what_it_is(address: IPv4Address):
    number = int(address)
    for dressed in (f"::ffff:{address}", f"64:ff9b::{number >> 16:x}:{number & 0xFFFF:x}"):
        assert is_public(dressed) == is_public(str(address))


@given(st.ip_addresses(network=IPv4Network("127.0.0.0/8")) | st.ip_addresses(network=IPv4Network("10.0.0.0/8")))
def test_no_private_network_has_a_public_corner(address: IPv4Address):
    assert not is_public(str(address))
