"""Every entry of seeds/sources says what can be true, and docs/sources.md says the same as the entries."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cssselect import parse
from typer.testing import CliRunner

from analysis import urls
from analysis.records import ClosureReason, Language, Source, Way
from analysis.seeds import read_sources
from cli.main import app
from pipeline.seeds import read_source_files

ROOT = Path(__file__).parents[2]
SOURCES = read_source_files(ROOT / "seeds/sources")
FOLLOWED = {source.id for source in SOURCES if source.closed is None}
ARABIC = re.compile("[\u0621-\u064a]")
HOST = re.compile(r"([a-z0-9-]+\.)+[a-z]{2,}")
LONGEST_CADENCE = {1: 30, 2: 60, 3: 180, 4: 720}  # minutes, by tier
MENTIONED = re.compile(r"\b[a-z0-9]+(?:-[a-z0-9]+)+\b")

each_source = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)


def test_the_registry_holds_nearly_all_of_the_press() -> None:
    assert len(FOLLOWED) >= 110


@each_source
def test_names_are_in_their_scripts(source: Source) -> None:
    assert not ARABIC.search(source.name)
    assert source.name_ar is None or ARABIC.search(source.name_ar)


@each_source
def test_the_first_host_is_the_one_of_its_home_and_the_others_are_others(source: Source) -> None:
    assert source.hosts[0] == urlsplit(source.home).hostname
    assert len(set(source.hosts)) == len(source.hosts)
    assert [host for host in source.hosts if not HOST.fullmatch(host)] == []
    assert urls.canonical(urls.canonical(source.home)) == urls.canonical(source.home)


@each_source
def test_it_is_asked_on_its_own_hosts(source: Source) -> None:
    at_home = {urls.host(f"https://{host}/") for host in source.hosts}
    assert [each.url for each in source.discovery if urls.host(each.url) not in at_home] == []


@each_source
def test_its_listings_pick_links(source: Source) -> None:
    for discovery in source.discovery:
        assert (discovery.way is Way.LISTING) == (discovery.links is not None)
        assert discovery.links is None or parse(discovery.links)


@each_source
def test_it_prints_a_language_that_we_read_or_is_closed_for_it(source: Source) -> None:
    is_read = Language.OTHER not in source.languages
    assert is_read or (source.closed and source.closed.reason is ClosureReason.OTHER_LANGUAGE)


@each_source
def test_it_is_asked_as_often_as_its_tier_deserves_and_never_in_haste(source: Source) -> None:
    assert source.closed or 15 <= source.cadence_minutes <= LONGEST_CADENCE[source.tier]
    assert source.delay_seconds >= 1


@each_source
def test_the_sources_named_in_place_of_a_closed_one_are_followed(source: Source) -> None:
    assert source.closed is None or set(MENTIONED.findall(source.closed.instead)) <= FOLLOWED


def test_no_address_is_asked_for_two_sources() -> None:
    asked = Counter(urls.canonical(each.url) for source in SOURCES for each in source.discovery)
    assert [address for address, count in asked.items() if count > 1] == []


def test_the_page_of_sources_is_what_the_entries_say() -> None:
    printed = CliRunner().invoke(app, ["seeds", "table"]).stdout
    assert (ROOT / "docs/sources.md").read_text("utf-8") == printed, "marsad seeds table > docs/sources.md"


def test_the_entries_that_the_documents_show_can_be_read() -> None:
    followed, closed = re.findall(r"```yaml\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.DOTALL)
    (atlas,) = read_sources(followed, file="ma.yml", country="MA")
    shut = re.sub(r"  (articles_a_day|undated_share).*\n", "", followed) + closed
    (walled,) = read_sources(shut, file="ma.yml", country="MA")
    assert (atlas.closed, walled.closed is None) == (None, False)
    assert atlas.discovery == walled.discovery
