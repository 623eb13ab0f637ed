"""One crawl of every outlet of the registry, as a press on loopback answers: what lists name is kept, all and once."""

from __future__ import annotations

from pathlib import Path

import pytest
from lone_crawl import crawl_alone
from registry_sites import serve_registry

from analysis.records import VisitState
from analysis.seeds import fill_searches
from memory import MemoryRecorder
from pipeline.seeds import read_source_files, read_topic
from spiders.settings import Limits

SEEDS = Path(__file__).parents[2] / "seeds"
FOLLOWED = [
    source for source in fill_searches(read_source_files(SEEDS / "sources"), read_topic(SEEDS)) if source.closed is None
]


@pytest.fixture(scope="module")
def crawled():
    with serve_registry(FOLLOWED) as sites:
        limits = Limits(throttle=False, public_only=False)
        recorder, results = crawl_alone(list(sites.sources.values()), MemoryRecorder(), limits)
        yield sites, recorder, results


@pytest.mark.parametrize("name", [source.id for source in FOLLOWED])
def test_all_that_its_lists_name_is_kept_once(crawled, name):
    sites, recorder, results = crawled
    visits = [visit for visit in recorder.visits if visit.source_id == name]
    kept = [page.canonical_url for page in recorder.pages.values() if page.source_id == name]
    assert sites.asked[name][0] == sites.sources[name].discovery[0]
    assert (set(kept), len(kept)) == (sites.named[name], len(sites.named[name]))
    assert (results[name].failed, results[name].trouble) == ({}, "")
    assert {visit.state for visit in visits} == {VisitState.FETCHED}
    assert len([visit for visit in visits if visit.way is None]) == len(kept) > 0
