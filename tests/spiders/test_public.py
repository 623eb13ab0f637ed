"""A crawl as it is by default never connects to this machine or its network, however it is sent there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lone_crawl import MemoryRecorder, crawl_alone
from sites import feed, page, serve

from analysis.records import Discovery, VisitState, Way
from spiders.settings import Limits

WRITTEN = ("localhost", "127.1", "2130706433", "0x7f000001", "LOCALHOST", "0.0.0.0")  # noqa: S104 as a redirect may say


@pytest.fixture(scope="module")
def site():
    with serve(lambda _: {"/feed": feed("/1"), "/1": page("One")}) as opened:
        yield opened


def test_nothing_on_this_machine_is_asked_however_its_address_is_written(site):
    source = site.source((Way.FEED, "/feed"))
    ways = [Discovery(way=Way.FEED, url=f"http://{name}:{site.port}/feed") for name in WRITTEN]
    source = replace(source, discovery=(*source.discovery, *ways))
    recorder, results = crawl_alone([source], MemoryRecorder(), Limits(timeout_seconds=5))
    hosts = 1 + len({name.lower() for name in WRITTEN})  # one whose robots.txt cannot be had is asked nothing more
    assert [visit.state for visit in recorder.visits] == [VisitState.PRIVATE_ADDRESS] * hosts
    assert {visit.detail.partition(" is at ")[2] for visit in recorder.visits} == {
        f"{address}, which is no public address"
        for address in (site.host, "127.0.0.1", "0.0.0.0")  # noqa: S104
    }
    assert results[source.id].failed == {VisitState.PRIVATE_ADDRESS: hosts}
    assert site.asked == []


def test_an_address_of_the_newer_family_that_leads_inwards_is_refused_too(site):
    ways = [Discovery(way=Way.FEED, url=f"http://{name}/feed") for name in ("[::1]", "[::ffff:127.0.0.1]", "[fe80::1]")]
    recorder, _ = crawl_alone([site.source(discovery=tuple(ways))], MemoryRecorder(), Limits(timeout_seconds=5))
    assert {visit.state for visit in recorder.visits} == {VisitState.PRIVATE_ADDRESS}
