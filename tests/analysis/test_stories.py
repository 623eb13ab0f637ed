"""Articles become stories: the same news, another, or what only looks like it; scenes that the press printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from analysis.gists import Gist, abroad, add_countries, find_news, find_terms
from analysis.records import EventKind, Field, Language, Precision, Report, Span, TagKind, Told, When
from analysis.stories import Choice, choose, likeness
from analysis.vocabulary import City
from builders import article, report, tag
from pipeline.known_stories import KnownStories

DAY = date(2026, 2, 11)
OWN_WORDS = "the two chiefs agreed to send officers together to the stadium command centre before the finals begin"
OTHER_WORDS = "a memorandum on guarding football grounds was initialled after talks that lasted a whole morning there"


def visit(event: int, *, told: Told = Told.NEWS, last: date = DAY, start: int = 0, **facts: Any) -> tuple[Report, int]:
    when = When(first=last - timedelta(days=1), last=last, precision=Precision.DAY)
    span = Span(field=Field.TEXT, start=start, end=start + 10)
    return report(told=told, when=when, span=span, countries=("QA",), **facts), event


def signing(event: int, **facts: Any) -> tuple[Report, int]:
    return visit(event, kind=EventKind.AGREEMENT, direction=None, **facts)


def gist(*told: tuple[Report, int], told_on: date = DAY, source_id: str = "atlas", words: str = OWN_WORDS) -> Gist:
    return Gist(
        told_on=told_on,
        source_id=source_id,
        language=Language.ENGLISH,
        news=find_news(told, told_on),
        terms=frozenset(words.split()),
    )


def numbers(*told: Gist) -> list[int]:
    """Let articles be told, one after the other, and return the stories they are in at the end."""
    known = KnownStories()
    return [known.standing(number) for number in [known.tell(each) for each in told]]


def likeness_of(one: Gist, other: Gist) -> float | None:
    return likeness(one, other, lambda _: 1.0)


# ---------------------------------------------------------------- what an article tells


def test_the_main_news_is_what_happened_last_of_what_the_lead_says():
    washington, madrid = visit(1, last=DAY - timedelta(days=2)), visit(2)
    later, far_below = visit(3, told=Told.ANNOUNCED, last=DAY + timedelta(days=4)), visit(4, start=3000)
    told = find_news([washington, madrid, later, far_below], DAY)
    assert [(each.event, each.stage) for each in told] == [
        (2, Told.NEWS),
        (1, Told.NEWS),
        (3, Told.ANNOUNCED),
        (4, Told.NEWS),
    ]


def test_what_is_recalled_or_long_past_or_tied_to_no_event_is_no_news():
    old = visit(2, last=DAY - timedelta(days=30))
    recalled = visit(1, told=Told.RECALLED, last=DAY - timedelta(days=5))
    assert find_news([recalled, old, (visit(3)[0], None)], DAY) == ()


def test_what_a_lead_says_of_yesterday_is_news_where_the_article_has_no_other():
    told = [visit(1, told=Told.RECALLED), visit(2, told=Told.RECALLED, start=3000)]
    assert [each.event for each in find_news(told, DAY)] == [1]
    assert [each.event for each in find_news([*told, visit(3)], DAY)] == [3]


def test_what_was_announced_and_has_begun_is_news():
    [told] = find_news([visit(1, told=Told.ANNOUNCED)], DAY)
    assert told.stage is Told.NEWS


def test_the_terms_of_an_article_are_those_of_its_lead_and_none_of_its_headline():
    early = tag(kind=TagKind.COUNTRY, id="ES", span=Span(field=Field.TEXT, start=0, end=4))
    late = tag(kind=TagKind.COUNTRY, id="FR", span=Span(field=Field.TEXT, start=4000, end=4006))
    said = article(title="Estadios", text=f"بالملاعب 12 يوما {'x' * 4000} فرنسا")
    assert find_terms(said, [early, late], [visit(1)[0]]) == {
        "country:ES",
        "day:2026-02-10",
        "day:2026-02-11",
        "ملاعب",
        "12",
        "يوما",
    }


# ---------------------------------------------------------------- one story or two


def test_one_event_told_as_news_is_one_story_in_whatever_words():
    assert numbers(gist(visit(1)), gist(visit(1), source_id="rif", words=OTHER_WORDS)) == [1, 1]


def test_a_visit_and_what_was_signed_on_it_are_one_story_where_an_article_tells_both():
    both = gist(signing(2), visit(1), source_id="rif", words=OTHER_WORDS)
    assert numbers(gist(visit(1)), both) == [1, 1]


def test_an_analysis_that_recalls_an_event_is_not_in_its_story():
    analysis = gist(visit(1, told=Told.RECALLED), told_on=DAY + timedelta(days=5), source_id="rif", words=OTHER_WORDS)
    assert numbers(gist(visit(1)), analysis) == [1, 2]


def test_the_announcement_of_a_visit_and_the_visit_are_two_stories():
    announced = gist(visit(1, told=Told.ANNOUNCED, last=DAY + timedelta(days=5)))
    assert numbers(announced, gist(visit(1), source_id="rif")) == [1, 2]


def test_the_same_words_about_another_event_are_another_story():
    assert numbers(gist(visit(1)), gist(visit(2), source_id="rif")) == [1, 2]


def test_a_trip_told_whole_joins_the_last_stop_and_ties_it_to_none_before():
    trip = gist(visit(2), visit(1, last=DAY - timedelta(days=2)), source_id="rif", words=OTHER_WORDS)
    first_stop = gist(visit(1, last=DAY - timedelta(days=2)), told_on=DAY - timedelta(days=1))
    assert numbers(first_stop, trip, gist(visit(2), source_id="souss")) == [1, 2, 2]


def test_a_review_of_a_year_ties_no_two_of_its_stories():
    months = [gist(visit(n, last=DAY + 40 * n * timedelta(1)), told_on=DAY + timedelta(40 * n)) for n in range(1, 14)]
    reports = [visit(n, last=DAY + timedelta(40 * n)) for n in range(1, 14)]
    review = gist(*reports, told_on=DAY + timedelta(40 * 13 + 20), source_id="rif", words=OTHER_WORDS)
    assert numbers(*months, review) == [*range(1, 15)]


def test_a_story_that_was_quiet_for_a_week_has_ended():
    later = gist(visit(1), told_on=DAY + timedelta(days=8), source_id="rif")
    assert numbers(gist(visit(1)), later) == [1, 2]


def test_stories_of_one_event_become_one_once_an_article_is_told_between_them():
    apart = gist(visit(1, last=DAY + timedelta(days=1)), told_on=DAY + timedelta(days=8), source_id="rif")
    between = gist(visit(1), told_on=DAY + timedelta(days=4), source_id="souss")
    assert numbers(gist(visit(1)), apart, between) == [1, 1, 1]


def test_events_that_prove_to_be_one_make_one_story_for_whoever_tells_it_next():
    known = KnownStories()
    told = [known.tell(gist(visit(1))), known.tell(gist(visit(2), source_id="rif"))]
    known.merge_events(1, [2])
    assert known.tell(gist(visit(1), source_id="souss")) == 1
    assert [known.standing(each) for each in told] == [1, 1]


def test_without_an_event_the_same_words_at_another_outlet_are_one_story():
    assert numbers(gist(), gist(source_id="rif"), gist(source_id="souss", words=OTHER_WORDS)) == [1, 1, 2]


def test_what_one_outlet_prints_alike_every_day_is_no_story():
    assert numbers(gist(), gist(told_on=DAY + timedelta(days=1))) == [1, 2]


def test_bulletins_of_other_figures_or_places_are_two_stories():
    frame = f"{OWN_WORDS} today"
    assert likeness_of(gist(words=f"{frame} 23 31 8"), gist(words=f"{frame} 23 31 9", source_id="rif"))
    assert likeness_of(gist(words=f"{frame} 23 31 8"), gist(words=f"{frame} 19 28 6", source_id="rif")) is None
    assert likeness_of(gist(words=f"{frame} place:fes"), gist(words=f"{frame} place:tangier", source_id="rif")) is None


NAMES = "person:a body:b country:ES place:madrid day:2026-02-11"


def in_french(words: str, *told: tuple[Report, int], recalls: bool = False) -> Gist:
    return replace(gist(*told, source_id="rif", words=words), language=Language.FRENCH, recalls=recalls)


def test_across_languages_the_names_and_the_place_or_day_are_one_story_where_one_tells_no_event():
    assert likeness_of(gist(visit(1), words=f"{NAMES} talks"), in_french(f"{NAMES} accord")) == 1.0
    assert likeness_of(gist(visit(1), words=f"{NAMES} talks"), in_french(f"{NAMES} accord", visit(2))) is None


def test_names_that_an_analysis_recalls_or_that_are_few_or_name_no_side_and_place_make_no_story():
    news = gist(visit(1), words=f"{NAMES} talks")
    assert likeness_of(news, in_french(NAMES, recalls=True)) is None
    assert likeness_of(news, in_french("country:ES place:madrid")) is None
    assert likeness_of(news, in_french("person:a body:b place:madrid")) is None
    assert likeness_of(news, in_french(f"{NAMES} {' '.join(f'body:{n}' for n in range(30))}")) is None


def test_a_city_abroad_stands_for_its_country_and_one_of_ours_for_none():
    cities = abroad([City(id="madrid", country="ES"), City(id="rabat", country="MA")])
    known = KnownStories(cities)
    named = gist(visit(1), words="person:a country:ES place:madrid place:rabat day:2026-02-11 talks")
    not_named = in_french("person:a place:madrid day:2026-02-11 accord")
    assert likeness_of(named, not_named) is None
    assert add_countries(not_named, cities).names == not_named.names | {"country:ES"}
    assert [known.tell(named), known.tell(not_named)] == [1, 1]


def test_of_two_stories_an_article_joins_the_one_it_shares_most_with():
    shares_more, shares_less = gist(visit(1)), gist(visit(1), words=OTHER_WORDS)
    new = gist(visit(1), source_id="rif")
    assert choose(new, {1: [shares_less], 2: [shares_more]}, lambda _: 1.0) == Choice(key=2, merged=(1,))


# ---------------------------------------------------------------- in any order


@given(st.permutations([(1, 0), (1, 1), (2, 0), (2, 2), (3, 1)]))
def test_articles_of_events_apart_are_the_same_stories_in_any_order(order: list[tuple[int, int]]):
    told = [
        gist(visit(event, last=DAY + timedelta(days)), told_on=DAY + timedelta(days), source_id=f"{event}-{days}")
        for event, days in order
    ]
    stories = dict(zip(order, numbers(*told), strict=True))
    assert {frozenset(each for each in stories if stories[each] == story) for story in stories.values()} == {
        frozenset({(1, 0), (1, 1)}),
        frozenset({(2, 0), (2, 2)}),
        frozenset({(3, 1)}),
    }
