"""What was seen of an outlet becomes an entry that the seeds accept, and warnings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.proposals import Sample, Survey, Tried, country_of, propose
from analysis.records import Article, Basis, ClosureReason, Discovery, Entry, Language, Published, Way
from analysis.seeds import read_sources
from cli.source_entry import entry_text

NOW = datetime(2026, 2, 10, 12, tzinfo=UTC)
FEED = "https://fr.atlas.example/feed"


def listed(count: int, hours: float = 3, host: str = "fr.atlas.example", **stated: object) -> Tried:
    """Build a feed that answered: as many entries, so many hours apart, the newest of an hour ago."""
    entries = [
        Entry(
            url=f"https://{host}/{number}",
            title="La délégation a visité le marché couvert de la ville",
            published_at=NOW - timedelta(hours=1 + hours * number),
        )
        for number in range(count)
    ]
    entries = [replace(entry, **stated) for entry in entries]
    feed = Discovery(way=Way.FEED, url=FEED)
    return Tried(url=FEED, what="feed", came=f"{count} entries", discovery=feed, entries=tuple(entries))


def seen(*tried: Tried, **facts: object) -> Survey:
    home = {"home": "https://fr.atlas.example/", "hosts": ("fr.atlas.example", "www.atlas.example"), "name": "Atlas"}
    return Survey(**{**home, "tried": tried, **facts})


def sample(published: Published | None) -> Sample:
    article = Article(
        source_id="survey",
        url=f"{FEED}/1",
        title="Une visite",
        text="Une visite.",
        language=Language.FRENCH,
        author=None,
        published=published,
    )
    return Sample(url=article.url, article=article)


def test_an_outlet_with_a_lively_feed_is_proposed_whole():
    assert propose(seen(listed(17)), NOW, {}).entry == {
        "id": "atlas-fr",
        "name": "Atlas",
        "home": "https://fr.atlas.example/",
        "hosts": ["fr.atlas.example", "www.atlas.example"],
        "languages": ["fr"],
        "kind": "news site",
        "tier": 3,
        "discovery": [{"feed": FEED}],
        "articles_a_day": [2, 16],
    }
    assert propose(seen(listed(17)), NOW, {}).warnings == ()


def test_an_outlet_with_an_arabic_name_is_called_by_its_host():
    entry = propose(seen(listed(17), name="أطلس: بريس", home="https://www.gouv.atlas.press.ma/"), NOW, {}).entry
    assert (entry["id"], entry["name"], entry["name_ar"]) == ("atlas", "Atlas", "أطلس: بريس")


@pytest.mark.parametrize(
    ("tried", "day"),
    [
        (listed(1), [1, 20]),
        (listed(10, hours=48), [0, 1]),
        (listed(50, hours=0.2), [40, 240]),
        (listed(5, hours=0), [32, 192]),
    ],
)
def test_what_an_ordinary_day_brings_is_by_the_dates_of_its_entries(tried, day):
    assert propose(seen(tried), NOW, {}).entry["articles_a_day"] == day


def test_undated_entries_count_only_where_pages_are_undated_too():
    dated = sample(Published(on=date(2026, 2, 10), at=None, basis=Basis.META))
    nowhere = seen(listed(4), listed(4, host="fr.atlas.example/x", published_at=None), samples=(sample(None),))
    assert propose(nowhere, NOW, {}).entry["undated_share"] == 0.5
    assert "undated_share" not in propose(replace(nowhere, samples=(dated,)), NOW, {}).entry


@pytest.mark.parametrize(
    ("survey", "warning"),
    [
        (seen(listed(3, updated_at=NOW, published_at=NOW - timedelta(days=4))), "2026-02-06: 4 days old"),
        (seen(listed(3, published_at=NOW + timedelta(days=2))), "2026-02-12, a day to come"),
        (seen(listed(3, host="elsewhere.example")), "3 of its entries are on elsewhere.example"),
        (
            seen(listed(3), hosts=("fr.atlas.example", "rif.example")),
            "rif.example is in the registry already, as `rif`",
        ),
        (seen(listed(3), home="https://rif.example/"), "another source has the id rif already"),
        (seen(listed(3), home="http://fr.atlas.example/"), "try its address with https"),
        (seen(replace(listed(3), forbidden=True)), f"robots.txt forbids {FEED}"),
        (seen(listed(3), samples=(Sample(url=FEED, article=None, because="empty ()"),)), "no article to marsad: empty"),
        (seen(refusal=(ClosureReason.ROBOTS_FORBID, "no robots")), "proposed as closed: no robots"),
    ],
)
def test_what_speaks_against_an_outlet_is_said(survey, warning):
    assert [each for each in propose(survey, NOW, {"rif.example": "rif"}).warnings if warning in each] != []


@pytest.mark.parametrize(
    ("survey", "reason"),
    [
        (seen(), ClosureReason.NO_LIST),
        (seen(refusal=(ClosureReason.REFUSES_ROBOTS, "HTTP 403")), ClosureReason.REFUSES_ROBOTS),
        (
            seen(listed(9, title="Bu haber yalnızca bir denemedir ve başka bir anlamı yok")),
            ClosureReason.OTHER_LANGUAGE,
        ),
    ],
)
def test_what_cannot_be_followed_is_proposed_as_closed(survey, reason):
    (closed,) = read_sources(entry_text(propose(survey, NOW, {}).entry), file="ma.yml", country="MA")
    assert closed.closed.reason is reason


@pytest.mark.parametrize(
    ("home", "country"),
    [
        ("https://atlas.ma/", "MA"),
        ("https://www.atlas.co.uk/", "GB"),
        ("https://atlas.tv/", None),
        ("https://atlas.com/", None),
    ],
)
def test_the_country_of_an_outlet_is_that_of_its_domain_where_it_says_one(home, country):
    assert country_of(home) == country


NAMES = st.text(min_size=1).map(lambda name: " ".join(name.split())).filter(str.isprintable)
HOMES = st.sampled_from(
    ["https://2m.ma/", "https://fr.le360.ma:8080/", "http://127.0.0.1/", "https://مثال.example/", "http://ma/"]
)


@given(NAMES, HOMES, st.integers(0, 30), st.floats(0, 100), st.sampled_from([None, ClosureReason.UNREACHABLE]))
def test_every_proposal_is_an_entry_that_the_seeds_accept(name, home, count, hours, reason):
    survey = seen(
        *[listed(count, hours)][: count > 0],
        name=name,
        home=home,
        hosts=("a.example",),
        refusal=reason and (reason, 'no: # it\'s "so"'),
    )
    (source,) = read_sources(entry_text(propose(survey, NOW, {}).entry), file="ma.yml", country="MA")
    assert (source.home, source.closed is None) == (home, count > 0 and reason is None)
