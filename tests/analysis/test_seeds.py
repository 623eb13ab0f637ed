"""Seed text to records: what is written is what is read, and a mistake is told with its file, line and remedy."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest

from analysis.errors import SeedError
from analysis.records import (
    Closure,
    ClosureReason,
    Discovery,
    Fingerprint,
    Grounds,
    Language,
    Promise,
    SeedDocument,
    Source,
    Way,
)
from analysis.seeds import fill_searches, gather, read_bodies, read_corpus, read_people, read_places, read_sources
from analysis.topic import ActorWeights, PositionWeights, Topic
from analysis.vocabulary import Body, BodyKind, Person

ATLAS = """\
- id: atlas
  name: Atlas
  country: NO
  home: https://atlas.example/
  languages: [ar, fr]
  kind: news site
  tier: 1
  discovery:
    - feed: https://atlas.example/feed
    - listing: https://atlas.example/politique
      links: h2 a
  articles_a_day: [5, 60]
"""

WALLED = """\
- id: walled
  name: Walled
  country: MA
  home: https://walled.example/
  languages: [fr]
  kind: agency
  tier: 1
  closed:
    reason: refuses_robots
    detail: HTTP 403 to every robot
    instead: Atlas prints its dispatches
"""

RIF = """\
- id: rif-police
  kind: police
  country: MA
  names:
    fr: [Police du Rif]
"""

RECORD = {
    "id": "a-seed",
    "language": "ar",
    "characters": 10,
    "fingerprint": {"exact": "ab", "hashes": ["00000000000000ff", "0000000000000001"], "limit": 2**64 - 1, "words": 3},
}


def complaint(read, text, **options):
    with pytest.raises(SeedError) as caught:
        read(text, file="some.yml", **options)
    return str(caught.value)


def test_a_source_entry_gives_a_source_with_what_goes_without_saying():
    assert read_sources(ATLAS, file="no.yml") == (
        Source(
            id="atlas",
            name="Atlas",
            country="NO",
            home="https://atlas.example/",
            hosts=("atlas.example",),
            languages=(Language.ARABIC, Language.FRENCH),
            kind="news site",
            tier=1,
            discovery=(
                Discovery(way=Way.FEED, url="https://atlas.example/feed"),
                Discovery(way=Way.LISTING, url="https://atlas.example/politique", links="h2 a"),
            ),
            promise=Promise(articles_a_day=(5, 60)),
            slowest_minutes=1440,
        ),
    )


@pytest.mark.parametrize(
    ("written", "slowest"),
    [
        ("", 1440),
        ("  cadence_minutes: 20\n", 480),
        ("  cadence_minutes: 2000\n", 2000),
        ("  slowest_minutes: 90\n", 90),
    ],
)
def test_a_source_with_nothing_new_is_asked_two_dozen_times_as_seldom_but_once_a_day(written, slowest):
    assert read_sources(ATLAS + written, file="no.yml")[0].slowest_minutes == slowest


@pytest.mark.parametrize("address", ["atlas.example/?s={q}", "{phrase}.atlas.example/feed", "atlas.example/}x{"])
def test_an_address_holds_no_braces_that_stand_for_nothing(address):
    odd = ATLAS.replace("atlas.example/feed", address)
    assert "line 9: expected an http or https address, with no braces but" in complaint(read_sources, odd)


def test_a_source_that_asks_a_search_gets_the_phrases_of_its_languages_once_each():
    searching = ATLAS.replace("atlas.example/politique", "atlas.example/?s={phrase}")
    topic = topic_of({"es": ("uno",), "fr": ("BCIJ", "accord"), "ar": ("اتفاق", "BCIJ")})
    asking, plain = fill_searches(read_sources(searching + WALLED, file="no.yml"), topic)
    assert (asking.searches, plain.searches) == (("اتفاق", "BCIJ", "accord"), ())
    with pytest.raises(SeedError, match="expected searches in a language of 'atlas'"):
        fill_searches([asking], topic_of({}))


def test_an_address_that_nobody_saw_answer_says_on_what_grounds_it_stands():
    guessed = ATLAS.replace("/feed\n", "/feed\n      grounds: inferred\n")
    feed, listing = read_sources(guessed, file="no.yml")[0].discovery
    assert (feed.grounds, listing.grounds) == (Grounds.INFERRED, Grounds.PROBED)


def test_a_closed_source_needs_no_ways_and_promises_nothing():
    (walled,) = read_sources(WALLED, file="ma.yml")
    assert (walled.discovery, walled.promise) == ((), Promise(articles_a_day=(0, 0)))
    assert walled.closed == Closure(
        reason=ClosureReason.REFUSES_ROBOTS, detail="HTTP 403 to every robot", instead="Atlas prints its dispatches"
    )


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (WALLED[: WALLED.index("  closed")], "at least one way of discovery and articles_a_day, or 'closed'"),
        (WALLED + "  articles_a_day: [1, 9]\n", "no articles_a_day beside 'closed'"),
        (WALLED.replace("refuses_robots", "shy"), "line 9: expected one of robots_forbid, refuses_robots,"),
        (WALLED[: WALLED.index("    instead")], "expected the key 'instead' in this entry"),
    ],
)
def test_a_source_that_is_neither_followed_nor_closed_with_its_reason_is_a_mistake(written, told):
    assert told in complaint(read_sources, written)


def test_a_source_takes_the_country_of_its_file_where_it_names_none():
    written = ATLAS.replace("  country: NO\n", "")
    assert read_sources(written, file="ma.yml", country="MA")[0].country == "MA"
    assert complaint(read_sources, written) == "some.yml: expected the key 'country' in the entry 'atlas'"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("id: atlas", "id: Atlas", "line 1: expected small letters, digits and hyphens, found 'Atlas'"),
        ("name: Atlas", "name:", "line 2: expected words, found nothing"),
        ("NO", "XX", "line 3: expected a country code of two capital letters (ISO 3166-1 alpha-2), found 'XX'"),
        ("[ar, fr]", "[ar, de]", "line 5: expected one of ar, fr, es, en, und, found 'de'"),
        ("[ar, fr]", "ar", "line 5: expected a list, found 'ar'"),
        ("tier: 1", "tier: 9", "line 7: expected a tier from 1 (core of the topic) to 4 (context only), found '9'"),
        ("tier: 1", "tier: first", "line 7: expected a whole number, found 'first'"),
        ("  tier: 1\n", "", "line 1: expected the key 'tier' in this entry"),
        ("feed: https", "feed: ftp", "line 9: expected an http or https address, with no"),
        ("tier: 1", "tier: 1\n  tier: 2", "line 8: expected 'tier' once, found it twice"),
        ("[5, 60]", "[5]", "line 12: expected a list of 2, found a list"),
        ("[5, 60]", "[5, 60", "line 13: expected YAML, but did not find expected ',' or ']'"),
        (
            "      links: h2 a\n",
            "",
            "'links' (a CSS selector of the links to articles) beside a listing, and only there",
        ),
        ("[5, 60]", "[60, 5]", "articles_a_day from a number to one as great or greater, such as [5, 60]"),
        ("news site", "blog", "expected one of news site, daily, weekly, magazine, agency"),
    ],
)
def test_a_mistake_in_a_source_is_told_with_its_line_and_what_was_expected(old, new, told):
    assert told in complaint(read_sources, ATLAS.replace(old, new))


def test_an_unknown_key_is_told_together_with_the_known_ones():
    told = complaint(read_sources, ATLAS.replace("tier: 1", "tier: 1\n  tear: 1"))
    assert told.startswith("some.yml, line 8: expected one of the keys id, name,")
    assert told.endswith("found 'tear'")


def test_an_id_belongs_to_one_entry():
    told = complaint(read_sources, ATLAS + ATLAS)
    assert told == "some.yml, line 13: expected an id of its own, but 'atlas' is the id of line 1 too"


def test_a_word_belongs_to_one_id():
    told = complaint(read_bodies, RIF + RIF.replace("rif-police", "rif-port"))
    assert "line 10: expected a word for one id only, but 'Police du Rif' stands for 'rif-police' too" in told


def test_an_empty_file_and_a_file_of_another_shape_are_told_apart():
    assert complaint(read_sources, "") == "some.yml: expected entries, but the file is empty"
    assert complaint(read_sources, "a: b") == "some.yml, line 1: expected a list of entries, each begun with '- '"


def test_countries_and_cities_stand_in_one_file():
    places = read_places(
        "countries:\n- {code: NO, names: {en: [Norway]}}\ncities:\n- {id: oslo, country: NO, names: {en: [Oslo]}}\n",
        file="places.yml",
    )
    assert (places.countries[0].code, places.cities[0].id) == ("NO", "oslo")


def test_a_body_keeps_its_names_by_language():
    assert read_bodies(RIF, file="bodies.yml") == (
        Body(id="rif-police", kind=BodyKind.POLICE, country="MA", names={Language.FRENCH: ("Police du Rif",)}),
    )


def topic_of(searches):
    """Build a topic that judges nothing, with what is searched for by language."""
    actors = ActorWeights(**{each.name: 0.5 for each in fields(ActorWeights)})
    positions = PositionWeights(title=1, lead=1, body=1, lead_characters=1)
    searches = {Language(language): phrases for language, phrases in searches.items()}
    return Topic(threshold=0.5, near=1, actors=actors, positions=positions, groups=(), searches=searches)


def test_a_person_belongs_to_a_body_that_is_described():
    people = read_people("- {id: a, names: {fr: [A B]}, role: chief, country: MA, body: nowhere}", file="people.yml")
    topic = topic_of({})
    with pytest.raises(SeedError, match=r"expected the body of 'a' to be an id of bodies\.yml, found 'nowhere'"):
        gather(
            topic=topic,
            people=people,
            bodies=(),
            places=read_places("{countries: [], cities: []}", file="p"),
            themes=(),
        )
    assert people == (Person(id="a", names={Language.FRENCH: ("A B",)}, role="chief", country="MA", body="nowhere"),)


def test_a_line_of_the_corpus_gives_a_seed_document():
    fingerprint = Fingerprint(exact="ab", hashes=(1, 255), limit=2**64 - 1, words=3)
    expected = SeedDocument(
        id="a-seed",
        outlet=None,
        title=None,
        language=Language.ARABIC,
        published_on=None,
        characters=10,
        fingerprint=fingerprint,
    )
    assert read_corpus(f"{json.dumps(RECORD)}\n\n", file="corpus.jsonl") == (expected,)


def test_a_mistake_in_the_corpus_is_told_with_its_line():
    line = json.dumps(RECORD)
    assert complaint(read_corpus, f"{line}\n\n{{").startswith("some.yml, line 3: expected a JSON object")
    assert "line 2: expected an id of its own" in complaint(read_corpus, f"{line}\n{line}")
    assert "line 1: expected a hash of 16 hexadecimal digits" in complaint(read_corpus, line.replace("00ff", "f"))
