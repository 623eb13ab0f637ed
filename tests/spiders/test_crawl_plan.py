"""`marsad crawl --dry-run` and `marsad sources --due` tell what the crawl that follows asks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sites import Answer, Site, feed, in_turn, listing, page, redirect, says, serve_all

from analysis.records import HostRest, Source, Way
from command import Command
from models.archive import Archive

FEED, SECTION = (Way.FEED, "/feed"), (Way.LISTING, "/section")


def plain(_: Site) -> dict[str, Answer]:
    return {"/feed": feed("/1", "/2"), "/section": listing("/2"), "/1": page("One"), "/2": page("Two")}


def failing(_: Site) -> dict[str, Answer]:
    broken = in_turn(page("One"), says("later", status=404))
    return {
        "/feed": says("gone", status=404),
        "/section": listing("/1", "/2", "/3"),
        "/1": broken,
        "/3": redirect("/1"),
    }


@pytest.fixture
def sites(archive: Archive) -> Iterator[dict[str, Site]]:
    with serve_all(plain=plain, failing=failing, resting=plain) as served:
        archive.load_sources([followed(name, site) for name, site in served.items()])
        yield served


def followed(name: str, site: Site) -> Source:
    return replace(site.source(FEED, SECTION), id=name, cadence_minutes=30)


def asked(served: dict[str, Site], before: dict[str, int]) -> dict[str, list[str]]:
    paths = {name: [each.path for each in site.asked[before[name] :]] for name, site in served.items()}
    return {name: [path for path in found if path != "/robots.txt"] for name, found in paths.items()}


def test_what_a_dry_run_tells_is_asked_and_of_no_other_source(
    archive: Archive, marsad: Command, sites: dict[str, Site]
):
    later = datetime.now(UTC) + timedelta(hours=1)
    archive.save_rest(HostRest(host=sites["resting"].host, until=later, refusals=1))
    assert marsad("sources", "--due", "--ids").stdout.split() == ["failing", "plain"]
    marsad("crawl", "--limit", "1")
    assert marsad("sources", "--due", "--ids").stdout.split() == ["failing", "plain"]

    planned = json.loads(marsad("crawl", "--dry-run", "--json").stdout)["sources"]
    before = {name: len(site.asked) for name, site in sites.items()}
    marsad("crawl")
    told = {each["source_id"]: [way["url"] for way in each["ways"]] + each["pages"] + each["looks"] for each in planned}
    came = {name: [sites[name].base + path for path in paths] for name, paths in asked(sites, before).items() if paths}
    assert came == told
    assert marsad("sources", "--due", "--ids").stdout.split() == []
    assert marsad("crawl").stdout.startswith("no source is due")
