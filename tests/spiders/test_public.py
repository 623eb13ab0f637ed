"""A crawl as it is by default never connects to this machine or its network, however it is sent there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lone_crawl import MemoryRecorder, crawl_alone
from rebinding import crawl_where_names_change
from sites import feed, page, serve

from analysis.records import Discovery, VisitState, Way
from builders import source
from spiders.settings import Limits

WRITTEN = ("localhost", "127.1", "2130706433", "0x7f000001", "LOCALHOST", "0.0.0.0")  # noqa: S104 as a redirect may say


@pytest.fixture(scope="module")
def site():
    with serve(lambda _: {"/feed": feed("/1"), "/1": page("One")}) as opened:
        yield opened


def test_nothing_on_this_machine_is_asked_however_its_address_is_written(site):
    served = site.source((Way.FEED, "/feed"))
    ways = [Discovery(way=Way.FEED, url=f"http://{name}:{site.port}/feed") for name in WRITTEN]
    served = replace(served, discovery=(*served.discovery, *ways))
    recorder, results = crawl_alone([served], MemoryRecorder(), Limits(timeout_seconds=5))
    hosts = 1 + len({name.lower() for name in WRITTEN})  # one whose robots.txt cannot be had is asked nothing more
    assert [visit.state for visit in recorder.visits] == [VisitState.PRIVATE_ADDRESS] * hosts
    assert {visit.detail.partition(" is at ")[2] for visit in recorder.visits} == {
        f"{address}, which is no public address"
        for address in (site.host, "127.0.0.1", "0.0.0.0")  # noqa: S104
    }
    assert results[served.id].failed == {VisitState.PRIVATE_ADDRESS: hosts}
    assert site.asked == []


def test_an_address_of_the_newer_family_that_leads_inwards_is_refused_too(site):
    ways = [Discovery(way=Way.FEED, url=f"http://{name}/feed") for name in ("[::1]", "[::ffff:127.0.0.1]", "[fe80::1]")]
    recorder, _ = crawl_alone([site.source(discovery=tuple(ways))], MemoryRecorder(), Limits(timeout_seconds=5))
    assert {visit.state for visit in recorder.visits} == {VisitState.PRIVATE_ADDRESS}


@pytest.mark.parametrize(
    ("addresses", "connected", "state"),
    [
        (("93.184.216.34", "127.0.0.1"), {"93.184.216.34"}, VisitState.UNREACHABLE),
        (("127.0.0.1", "93.184.216.34"), set(), VisitState.PRIVATE_ADDRESS),
    ],
)
def test_the_address_that_was_checked_is_the_one_connected_to_though_the_name_moves_meanwhile(
    addresses, connected, state
):
    moving = source(discovery=(Discovery(way=Way.FEED, url="http://atlas.example/feed"),))
    asked, visits = crawl_where_names_change(moving, *addresses)
    assert (set(asked), [visit.state for visit in visits]) == (connected, [state])
