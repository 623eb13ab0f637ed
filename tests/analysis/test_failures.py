"""What the end of a visit says: its kind and weight, where it led, and whether our own line was down."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.askings import askings, way_of
from analysis.failures import ANSWERS, OF_THE_LINE, is_challenge, is_parking, leads_to, observation, offline_hours
from analysis.records import Discovery, Severity, TroubleKind, VisitState, Way, WayVisit
from builders import NOON, source, visit

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("state", VisitState)
def test_every_end_of_a_visit_is_an_answer_or_a_trouble(state) -> None:
    seen = observation(visit(state=state, status=None))
    assert (seen.severity is Severity.ANSWERED) == (seen.kind is None) == (state in ANSWERS)
    assert bool(seen.detail) == (seen.kind is not None)


@given(st.integers(300, 599).filter(lambda status: status != 304))
def test_every_status_that_is_no_answer_is_a_trouble(status) -> None:
    seen = observation(visit(state=VisitState.HTTP_ERROR, status=status, detail=f"HTTP {status}"))
    assert (seen.kind is not None, seen.detail) == (True, f"HTTP {status}")


@pytest.mark.parametrize(
    ("status", "kind", "severity"),
    [
        (401, TroubleKind.BLOCKED, Severity.HARD),
        (403, TroubleKind.BLOCKED, Severity.HARD),
        (404, TroubleKind.GONE, Severity.HARD),
        (410, TroubleKind.GONE, Severity.HARD),
        (429, TroubleKind.THROTTLED, Severity.SOFT),
        (500, TroubleKind.UNREACHABLE, Severity.SOFT),
        (503, TroubleKind.UNREACHABLE, Severity.SOFT),
        (301, TroubleKind.UNUSABLE, Severity.HARD),
    ],
)
def test_a_status_has_its_kind_and_weight(status, kind, severity) -> None:
    seen = observation(visit(state=VisitState.HTTP_ERROR, status=status))
    assert (seen.kind, seen.severity) == (kind, severity)


@pytest.mark.parametrize(
    ("detail", "severity"),
    [
        ("[Errno -3] Temporary failure in name resolution", Severity.PASSING),
        ("[Errno -2] Name or service not known", Severity.HARD),
        ("DNS lookup failed: no results for hostname lookup: atlas.example", Severity.HARD),
        ("Connection was refused by other side: 111", Severity.SOFT),
    ],
)
def test_a_name_that_is_gone_is_hard_and_one_that_is_unsure_passing(detail, severity) -> None:
    assert observation(visit(state=VisitState.UNREACHABLE, status=None, detail=detail)).severity is severity


def test_a_redirect_names_the_host_it_led_to() -> None:
    assert leads_to("redirected to https://www.Rif.example/feed?a=1") == "rif.example"
    assert leads_to("it leads to another host") == ""


@pytest.mark.parametrize("host", ["sedo.com", "park.sedoparking.com", "ww1.atlas.example", "hugedomains.com"])
def test_sellers_of_domains_are_told_from_outlets(host) -> None:
    assert is_parking(host)


@pytest.mark.parametrize("host", ["sedo.com.example", "dana.ma", "maroc.above.ma", "www2.atlas.example"])
def test_a_host_that_only_looks_like_theirs_is_an_outlet(host) -> None:
    assert not is_parking(host)


hours = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 179), st.sampled_from([*OF_THE_LINE, VisitState.FETCHED])), max_size=60
)


@given(hours)
def test_the_line_was_down_where_many_were_asked_and_nobody_answered(asked) -> None:
    visits = [visit(source_id=f"s{who}", visited_at=NOON + when * MINUTE, state=state) for who, when, state in asked]
    for number in range(3):
        within = [each for each in visits if each.visited_at.hour == NOON.hour + number]
        is_down = len({each.source_id for each in within}) >= 5 and not any(each.state in ANSWERS for each in within)
        assert (NOON + number * 60 * MINUTE in offline_hours(visits)) == is_down


FEED = Discovery(way=Way.FEED, url="https://atlas.example/feed")
SEARCH = Discovery(way=Way.FEED, url="https://atlas.example/?s={phrase}&feed=rss2")
POSTS = Discovery(way=Way.WORDPRESS, url="https://atlas.example/wp-json/wp/v2/posts")
INDEX = Discovery(way=Way.SITEMAP, url="https://atlas.example/sitemap.xml")
FOUND = Discovery(way=Way.WORDPRESS, url="https://atlas.example/wp-json/wp/v2/posts?search={phrase}")
LISTING = Discovery(way=Way.LISTING, url="https://atlas.example/news/page/{page}/")
ATLAS = source(discovery=(FEED, SEARCH, POSTS, FOUND, INDEX, LISTING))


@pytest.mark.parametrize(
    ("way", "url", "asked"),
    [
        (Way.FEED, "https://atlas.example/feed", FEED),
        (Way.FEED, "https://atlas.example/?s=%D8%AD%D9%85&feed=rss2", SEARCH),
        (Way.WORDPRESS, "https://atlas.example/wp-json/wp/v2/posts?after=2026-02-01T00:00:00&per_page=100", POSTS),
        (Way.SITEMAP, "https://atlas.example/sitemap.xml", INDEX),
        (Way.SITEMAP, "https://atlas.example/sitemap-2.xml", None),
        (Way.FEED, "https://atlas.example/old-feed", None),
        (Way.WORDPRESS, "https://atlas.example/wp-json/wp/v2/posts?search=dgsn&after=2026-02-01T00:00:00", FOUND),
        (Way.LISTING, "https://atlas.example/news/page/3/", LISTING),
        (Way.LISTING, "https://atlas.example/news/page/", None),
    ],
)
def test_a_visit_is_known_by_the_way_it_asked(way, url, asked) -> None:
    assert way_of(ATLAS, visit(way=way, url=url)) == asked


def test_one_answer_among_the_questions_of_a_search_is_an_answer_and_runs_stand_apart() -> None:
    ends = [VisitState.HTTP_ERROR, VisitState.FETCHED, VisitState.TIMED_OUT]
    visits = [
        WayVisit(
            run_id=run,
            visit=visit(
                way=Way.FEED,
                url=f"https://atlas.example/?s={number}&feed=rss2",
                state=state,
                status=404,
                visited_at=NOON + (10 * run + number) * MINUTE,
            ),
        )
        for run, states in ((1, ends), (2, [VisitState.TIMED_OUT, VisitState.HTTP_ERROR]))
        for number, state in enumerate(states)
    ]
    found = askings(ATLAS, visits)
    assert list(found) == [SEARCH]
    assert [(each.severity, each.kind) for each in found[SEARCH]] == [
        (Severity.ANSWERED, None),
        (Severity.HARD, TroubleKind.GONE),
    ]


@pytest.mark.parametrize(
    ("body", "mitigated", "expected"),
    [
        (b"<script>window._cf_chl_opt={}</script>", None, True),
        (b"", "challenge", True),
        (b"<h1>403 Forbidden</h1>", None, False),
        (b"<form class=g-recaptcha>" + b"a page of words " * 9000, None, False),
        (b"\xff\xfe", "block", False),
    ],
)
def test_a_wall_against_robots_is_told_by_its_markup_or_its_header(body, mitigated, expected) -> None:
    assert is_challenge(body, mitigated) is expected
