"""`marsad backfill` on a press with archives of four years, also killed half-way: nothing twice, nothing missed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

import pytest
from archives import A_PAGE, archive_press, of, pieces
from sites import Site
from sqlalchemy import Engine, select

from analysis.periods import CHANGED_LATER
from analysis.records import Discovery, Source, Way
from command import MARSAD, Command
from models.archive import Archive
from models.pages import PageRow
from models.queries import Queries

FIRST, LAST = date(2022, 11, 20), date(2023, 2, 10)
PERIOD = ("--from", FIRST, "--to", LAST)
WAYS = {
    "sitemap": (Way.SITEMAP, "/sitemap_index.xml", None),
    "wordpress": (Way.WORDPRESS, "/wp-json/wp/v2/posts", None),
    "listing": (Way.LISTING, "/archive/{page}", "article a"),
}


def source_of(site: Site, kind: str) -> Source:
    way, path, links = WAYS[kind]
    return replace(site.source(), discovery=(Discovery(way=way, url=site.base + path, links=links),))


each_kind = pytest.mark.parametrize("kind", sorted(WAYS))


@pytest.fixture
def site(kind: str, archive: Archive) -> Iterator[Site]:
    with archive_press(kind) as opened:
        archive.load_sources([source_of(opened, kind)])
        yield opened


def wanted_of(kind: str) -> set[str]:
    """Return what is to be fetched; a sitemap tells the last change only, which may come after the publication."""
    return of(kind, FIRST, LAST + CHANGED_LATER if kind == "sitemap" else LAST)


def kept(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return sorted(urlsplit(url).path for url in connection.scalars(select(PageRow.url)))


def name(site: Site) -> str:
    return site.source().id


def lists(site: Site) -> list[str]:
    """Return the lists that were asked for."""
    return [path for path in site.paths() if path.startswith(("/sitemap", "/wp-json", "/archive"))]


@pytest.mark.parametrize("kind", ["sitemap"])
def test_the_pages_of_a_period_are_found_and_fetched_in_portions(
    site: Site, kind: str, engine: Engine, marsad: Command
):
    wanted = wanted_of(kind)
    first = json.loads(marsad("backfill", name(site), *PERIOD, "--limit", 5, "--json").stdout)
    assert (first["lists_waiting"], first["pages_kept"], first["pages_waiting"]) == (0, 5, len(wanted) - 5)
    assert "to go: 0 lists and" in marsad("backfill", name(site), *PERIOD, "--limit", 1).stdout
    done = marsad("backfill", name(site), *PERIOD).stdout
    assert done.endswith(f"pages that backfills of it found: {len(wanted)} of {len(wanted)} kept\ndone\n")
    assert kept(engine) == sorted(wanted)
    assert set(site.paths().values()) == {1}
    marsad("backfill", name(site), *PERIOD, "--skip-if-done", code=99)
    assert set(site.paths().values()) == {1}
    assert all(one.holds for one in Queries(engine).conservation())


@each_kind
def test_a_backfill_that_was_killed_goes_on_where_it_was(
    site: Site, kind: str, engine: Engine, database_url: str, marsad: Command
):
    variables = {**os.environ, "MARSAD_DATABASE_URL": database_url, "MARSAD_ALLOW_PRIVATE_ADDRESSES": "yes"}
    words = [MARSAD, "backfill", name(site), *map(str, PERIOD)]
    moments = [2, 4, 12]
    for moment in moments:
        process = subprocess.Popen(
            words, env=variables, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        while process.poll() is None and len(site.asked) < moment:
            time.sleep(0.002)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    marsad("backfill", name(site), *PERIOD)
    assert kept(engine) == sorted(wanted_of(kind))
    assert max(site.paths().values()) <= 1 + len(moments)
    assert next(run.state for run in Queries(engine).runs(command="backfill")) == "done"


@each_kind
def test_only_lists_that_may_hold_the_period_are_asked(site: Site, kind: str, marsad: Command):
    marsad("backfill", name(site), *PERIOD, "--limit", 0)
    asked = lists(site)
    if kind == "sitemap":
        assert asked == ["/sitemap_index.xml", *(f"/sitemap-{month}.xml" for month in _MONTHS)]
    elif kind == "wordpress":
        assert [path.partition("&_fields")[0] for path in asked] == [_POSTS]
    else:
        newest = [piece for piece in pieces(kind) if piece.day >= FIRST]
        to_the_first_that_is_past = len(newest) // A_PAGE + 2
        assert asked == [f"/archive/{number}" for number in range(1, to_the_first_that_is_past + 1)]


_MONTHS = ("2023-02", "2023-01", "2022-12", "2022-11")
_POSTS = "/wp-json/wp/v2/posts?per_page=50&orderby=date&order=desc&after=2022-11-18T00:00:00&before=2023-02-13T00:00:00"


def test_a_list_of_numbered_pages_ends_where_it_repeats_itself(archive: Archive, marsad: Command):
    with archive_press("listing") as site:
        archive.load_sources([source_of(site, "listing")])
        marsad("backfill", name(site), "--from", "2021-01-01", "--to", "2021-02-01", "--limit", 0)
        whole = -(-len(pieces("listing")) // A_PAGE)
        assert lists(site) == [f"/archive/{number}" for number in range(1, whole + 2)]


@pytest.mark.parametrize("kind", ["wordpress"])
def test_a_walk_can_be_begun_anew(site: Site, engine: Engine, kind: str, marsad: Command):
    marsad("backfill", name(site), *PERIOD)
    before = site.paths()
    marsad("backfill", name(site), *PERIOD, "--again")
    again = site.paths() - before
    assert all(path in lists(site) for path in again)
    assert len(again) == len(lists(site))
    assert kept(engine) == sorted(wanted_of(kind))


def test_lists_that_fail_are_tried_three_times_and_told(archive: Archive, marsad: Command):
    with archive_press("sitemap") as site:
        archive.load_sources([source_of(site, "sitemap")])
        del site.answers["/sitemap-2022-12.xml"]
        for _ in range(2):
            marsad("backfill", name(site), *PERIOD)
        told = marsad("backfill", name(site), *PERIOD).stdout
        assert "lists: 4 of 5 read, 1 given up\n" in told
        assert site.paths()["/sitemap-2022-12.xml"] == 3


def test_what_cannot_be_meant_is_told(archive: Archive, marsad: Command):
    with archive_press("sitemap") as site:
        archive.load_sources([site.source((Way.FEED, "/feed"))])
        told = marsad("backfill", name(site), *PERIOD, code=1).stderr
        assert "has no way into its past: its entry needs a sitemap, WordPress, or a listing with {page}" in told
        assert (
            "--from must not be after --to"
            in marsad("backfill", name(site), "--from", LAST, "--to", FIRST, code=2).stderr
        )
        assert "there is no source `none`" in marsad("backfill", "none", *PERIOD, code=1).stderr
        assert site.asked == []
