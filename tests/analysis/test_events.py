"""Accounts become events: the same one, another, or one that is recalled; each scene is one that the press printed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.events import Resolution, Resolver, best_when, disagreements, gather
from analysis.records import Account, Direction, Event, EventKind, Precision, Told, When
from builders import report
from pipeline.known_events import KnownEvents

CHIEF, OTHER_CHIEF, DGSN, FBI, CIA, INTERPOL = (
    "abdellatif-hammouchi",
    "yassine-mansouri",
    "dgsn",
    "fbi",
    "cia",
    "interpol",
)
RESOLVER = Resolver({CHIEF, OTHER_CHIEF, DGSN})


def on(month: int, first: int, last: int | None = None, *, year: int = 2026) -> When:
    return When(first=date(year, month, first), last=date(year, month, last or first), precision=Precision.DAY)


def in_month(year: int, month: int) -> When:
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return When(first=date(year, month, 1), last=last, precision=Precision.MONTH)


def account(told_on: date, source_id: str = "atlas", *, copied: bool = False, **changes: Any) -> Account:
    facts = {"city": None, "bodies": (), "when": None, **changes}
    return Account(report=report(**facts), source_id=source_id, told_on=told_on, copied=copied)


def guest(told_on: date, **changes: Any) -> Account:
    facts = {"direction": Direction.INBOUND, "people": (), "countries": ("US",), **changes}
    return account(told_on, **facts)


def numbers(*accounts: Account) -> list[int | None]:
    """Let accounts meet, one after the other, and return the numbers of their events."""
    known = KnownEvents(RESOLVER)
    return [known.meet(each) for each in accounts]


FEBRUARY = date(2026, 2, 12)


# ---------------------------------------------------------------- one event or two


def test_the_same_days_and_country_are_one_event_whoever_tells_it():
    told = (
        account(FEBRUARY, "atlas", when=on(2, 10, 11)),
        account(FEBRUARY, "rif", when=on(2, 11), city="doha"),
        account(FEBRUARY + timedelta(days=2), "souss", when=None),
    )
    assert numbers(*told) == [1, 1, 1]


def test_a_visit_of_the_same_weeks_a_year_later_is_another():
    earlier = account(date(2024, 9, 25), when=on(9, 23, 26, year=2024), countries=("AE",))
    later = account(date(2025, 9, 25), when=on(9, 23, 25, year=2025), countries=("AE",))
    assert numbers(earlier, later) == [1, 2]


def test_a_trip_to_three_capitals_is_three_visits():
    assert numbers(*(account(FEBRUARY, countries=(each,), when=on(2, 10)) for each in ("QA", "US", "ES"))) == [1, 2, 3]


def test_a_visit_with_a_signing_is_a_visit_and_an_agreement():
    signed = account(FEBRUARY, kind=EventKind.AGREEMENT, direction=None, when=on(2, 11))
    assert numbers(account(FEBRUARY, when=on(2, 10, 11)), signed) == [1, 2]


def test_who_comes_and_who_goes_are_two():
    assert numbers(guest(FEBRUARY, when=on(2, 10)), account(FEBRUARY, countries=("US",), when=on(2, 10))) == [1, 2]


def test_two_guests_of_one_country_in_one_week_are_two_visits():
    first, second = guest(FEBRUARY, bodies=(FBI,), when=on(2, 9)), guest(FEBRUARY, bodies=(CIA,), when=on(2, 11))
    assert numbers(first, second, guest(FEBRUARY, bodies=(FBI, DGSN), when=on(2, 9))) == [1, 2, 1]


def test_two_guests_who_are_named_are_two_visits_on_one_day_too():
    first, second = (guest(FEBRUARY, people=(each,), when=on(2, 10)) for each in ("christopher-wray", "william-burns"))
    assert numbers(first, second) == [1, 2]


def test_a_guest_whose_service_outlets_name_differently_is_one_on_one_day():
    assert numbers(*(guest(FEBRUARY, bodies=(each,), when=on(2, 10)) for each in ("psd-jo", "gid-jo"))) == [1, 1]


def test_two_of_our_chiefs_in_one_capital_are_two_visits():
    accounts = [account(FEBRUARY, people=(each,), when=on(2, 10)) for each in (CHIEF, OTHER_CHIEF)]
    assert numbers(*accounts) == [1, 2]


def test_who_has_no_country_is_known_by_the_foreign_body():
    facts: dict[str, Any] = {"kind": EventKind.CONFERENCE, "direction": None, "countries": (), "people": ()}
    here = account(FEBRUARY, bodies=(DGSN, INTERPOL), when=on(2, 10), **facts)
    again = account(FEBRUARY, bodies=(INTERPOL,), when=on(2, 10, 12), **facts)
    ours_alone = account(FEBRUARY, bodies=(DGSN,), when=on(2, 10), **facts)
    assert numbers(here, again, ours_alone) == [1, 1, 2]


@pytest.mark.parametrize(("days_apart", "same"), [(1, True), (2, True), (4, False)])
def test_days_of_a_visit_may_be_a_little_apart(days_apart: int, *, same: bool):
    later = account(FEBRUARY, when=on(2, 10 + days_apart))
    assert numbers(account(FEBRUARY, when=on(2, 10)), later) == [1, 1 if same else 2]


def test_agreements_three_days_apart_are_two():
    first, second = (account(FEBRUARY, kind=EventKind.AGREEMENT, direction=None, when=on(2, each)) for each in (8, 11))
    assert numbers(first, second) == [1, 2]


def test_two_events_prove_to_be_one_when_an_account_joins_their_days():
    start, end = account(FEBRUARY, when=on(2, 6)), account(FEBRUARY, "rif", when=on(2, 10))
    assert numbers(start, end, account(FEBRUARY, "souss", when=on(2, 6, 10)), end) == [1, 2, 1, 1]


# ---------------------------------------------------------------- announced, denied, recalled


def test_what_was_announced_and_then_came_is_one_event_also_when_it_was_put_off():
    announced = account(date(2026, 2, 1), told=Told.ANNOUNCED, when=on(2, 10))
    assert numbers(announced, account(date(2026, 2, 18), when=on(2, 17))) == [1, 1]


def test_news_that_is_denied_is_one_event():
    assert numbers(account(FEBRUARY), account(FEBRUARY + timedelta(days=1), told=Told.DENIED)) == [1, 1]


def test_a_month_that_is_recalled_is_the_visit_of_that_month():
    recalled = account(date(2026, 6, 1), told=Told.RECALLED, when=in_month(2026, 2))
    assert numbers(account(FEBRUARY, when=on(2, 10)), recalled) == [1, 1]


def test_what_is_recalled_without_a_date_is_the_last_of_its_kind():
    visits = [account(date(year, 6, 20), when=on(6, 18, year=year)) for year in (2024, 2025)]
    assert numbers(*visits, account(FEBRUARY, told=Told.RECALLED)) == [1, 2, 2]


def test_what_is_recalled_without_a_date_and_was_never_heard_of_is_no_event():
    assert numbers(account(FEBRUARY, told=Told.RECALLED)) == [None]


def test_what_is_recalled_without_a_date_cannot_be_later():
    assert numbers(account(FEBRUARY, when=on(2, 10)), account(date(2026, 1, 5), told=Told.RECALLED)) == [1, None]


# ---------------------------------------------------------------- facts


def test_an_event_has_the_best_supported_facts_of_its_accounts():
    accounts = (
        account(FEBRUARY, "rif", when=on(2, 11), city="doha", people=(), countries=("QA",)),
        account(FEBRUARY, "atlas", when=on(2, 10), bodies=("lekhwiya", DGSN), countries=("QA",)),
        account(FEBRUARY, "souss", when=on(2, 10), bodies=(DGSN,), countries=("QA",), city="doha"),
        account(date(2026, 3, 1), "draa", when=in_month(2026, 2), told=Told.RECALLED, countries=("QA",), city="dubai"),
    )
    assert gather(accounts) == Event(
        kind=EventKind.VISIT,
        direction=Direction.OUTBOUND,
        told=Told.NEWS,
        people=(CHIEF,),
        bodies=(DGSN, "lekhwiya"),
        countries=("QA",),
        city="doha",
        when=on(2, 10),
        told_from=FEBRUARY,
        told_to=date(2026, 3, 1),
        sources=("atlas", "rif", "souss", "draa"),
    )


def test_days_within_a_range_support_the_range():
    accounts = [account(FEBRUARY, name, when=when) for name, when in (("a", on(2, 10)), ("b", on(2, 11)))]
    assert best_when([*accounts, account(FEBRUARY, "c", when=on(2, 10, 11))]) == on(2, 10, 11)


def test_ten_copies_of_one_text_outvote_nobody():
    copies = [account(FEBRUARY, f"copy-{each}", when=on(2, 9), copied=True) for each in range(10)]
    assert gather([account(FEBRUARY, when=on(2, 10)), *copies]).when == on(2, 10)
    assert gather(copies).when == on(2, 9)


def test_disagreements_are_kept_with_who_said_what():
    accounts = [
        account(FEBRUARY, "atlas", when=on(2, 10), city="agadir"),
        account(FEBRUARY, "rif", when=on(2, 10), city="rabat"),
        account(FEBRUARY, "souss", when=on(2, 10), city="agadir"),
    ]
    assert disagreements(accounts) == {"city": {"agadir": ("atlas", "souss"), "rabat": ("rif",)}}


def test_events_of_other_countries_are_passed_over():
    known = {"spain": [account(FEBRUARY, when=on(2, 10))], "qatar": [account(FEBRUARY, countries=("QA",))]}
    assert RESOLVER.resolve(account(FEBRUARY), known) == Resolution(key="spain")


# ---------------------------------------------------------------- whatever the order


@st.composite
def told_histories(draw: st.DrawFn) -> list[tuple[int, Account]]:
    """Draw accounts of a few visits to one country, each some months from the next, and which visit each is of."""
    pairs: list[tuple[int, Account]] = []
    for number in range(draw(st.integers(1, 3))):
        begun = date(2025, 3 + 3 * number, draw(st.integers(5, 20)))
        days = draw(st.integers(0, 3))
        whole = When(first=begun, last=begun + timedelta(days=days), precision=Precision.DAY)
        month = in_month(begun.year, begun.month)
        told_on = begun + timedelta(days=draw(st.integers(0, 3)))
        tellings = [
            (Told.NEWS, whole),
            (Told.NEWS, None),
            (Told.ANNOUNCED, whole),
            (Told.RECALLED, month),
            (Told.RECALLED, whole),
        ]
        pairs.append((number, account(told_on, when=whole)))
        for each, (told, when) in enumerate(draw(st.lists(st.sampled_from(tellings), max_size=4))):
            pairs.append((number, account(told_on, f"source-{each}", told=told, when=when)))
    return draw(st.permutations(pairs))


@given(told_histories())
def test_in_whatever_order_accounts_come_they_make_the_same_events(pairs: Sequence[tuple[int, Account]]):
    known = KnownEvents(RESOLVER)
    for _, each in pairs:
        known.meet(each)
    again = [known.meet(each) for _, each in pairs]
    assert len({*again}) == len({number for number, _ in pairs})
    assert len({*zip(again, (number for number, _ in pairs), strict=True)}) == len({*again})


@pytest.mark.parametrize("kind", [each for each in EventKind if each is not EventKind.VISIT])
def test_kinds_never_mix(kind: EventKind):
    other = account(FEBRUARY, "rif", kind=kind, direction=None, when=on(2, 9, 10))
    assert numbers(account(FEBRUARY, when=on(2, 9, 10)), other) == [1, 2]


def test_what_all_print_otherwise_than_people_fixed_it_is_a_disagreement():
    told = [account(date(2026, 2, 11), name, when=on(2, 10)) for name in ("atlas", "rif")]
    assert disagreements(told, {"days": on(2, 10), "city": None}) == {}
    assert disagreements(told, {"days": on(2, 11), "city": None}) == {"days": {on(2, 10): ("atlas", "rif")}}
