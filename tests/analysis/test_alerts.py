"""Who is told what: for the first time, again where something is new, and never of what is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from analysis.alerts import decide, is_muted
from analysis.plain import plain_of, record_of
from analysis.records import (
    Alert,
    Audience,
    Direction,
    EventKind,
    FactChange,
    Happening,
    Heard,
    Language,
    Mute,
    Occasion,
    Pace,
    Precision,
    Told,
    When,
)
from builders import NOON, alert, happening, recipient, rule, telling

CHIEF, GUEST = "abdellatif-hammouchi", "fernando-grande-marlaska"


def audience(*rules: Any, **changes: Any) -> Audience:
    facts: dict[str, Any] = {"recipients": (recipient(),), "rules": rules or (rule(),), "ours": frozenset({CHIEF})}
    return Audience(**{**facts, **changes})


def told(each: Happening, heard: Heard | None = None, listening: Audience | None = None) -> Alert | None:
    """Say what the desk must be told."""
    return decide(each, listening or audience(), {"desk": heard} if heard else {}, NOON)["desk"]


def on(first: int, last: int | None = None, precision: Precision = Precision.DAY) -> When:
    return When(first=date(2026, 2, first), last=date(2026, 2, last or first), precision=precision)


def test_what_is_kept_of_an_alert_is_the_alert():
    whole = alert(
        changes=(FactChange(fact="city", before=None, after="madrid"),),
        happening=happening(
            linked=((13, EventKind.AGREEMENT),),
            disagreements={"city": {"madrid": ("Atlas",), "toledo": ("Rif",)}},
            retracted_at=NOON,
        ),
    )
    assert record_of(plain_of(whole), Alert) == whole


# ---------------------------------------------------------------- for the first time


def test_an_event_that_meets_several_rules_is_one_alert_that_names_them():
    rules = (rule(), rule(id="spain", kinds=(), countries=("ES", "PT")), rule(id="qatar", countries=("QA",)))
    assert told(happening(), listening=audience(*rules)) == alert(because=("new-visits", "spain"))


@pytest.mark.parametrize(
    "wanted",
    [
        {"kinds": (EventKind.AGREEMENT,)},
        {"directions": (Direction.INBOUND,)},
        {"countries": ("QA", "FR")},
        {"people": (GUEST,)},
        {"bodies": ("fbi",)},
        {"tags": ("migration",)},
        {"languages": (Language.SPANISH,)},
        {"told": (Told.ANNOUNCED,)},
        {"recipients": ("night-editor",)},
    ],
)
def test_an_event_that_has_none_of_a_list_does_not_meet_the_rule(wanted: dict[str, Any]):
    assert told(happening(), listening=audience(rule(**wanted))) is None


@pytest.mark.parametrize(
    ("tiers", "least", "trusts", "is_told"),
    [
        ((1,), 2, True, True),
        ((1,), 2, False, False),
        ((2,), 2, True, False),
        ((2, 3), 2, True, True),
        ((2, 2), 3, True, False),
        ((3,), 1, False, True),
    ],
)
def test_one_outlet_of_tier_one_is_enough_or_two_others(
    *, tiers: tuple[int, ...], least: int, trusts: bool, is_told: bool
):
    tellings = tuple(telling(source_id=f"s{place}", tier=tier) for place, tier in enumerate(tiers))
    listening = audience(rule(least_outlets=least, trusts_tier_one=trusts))
    assert (told(happening(tellings=tellings), listening=listening) is not None) is is_told


def test_two_articles_of_one_outlet_are_one_outlet_and_a_copy_is_another():
    twice = (telling(tier=2), telling(tier=2, article_id=2))
    assert told(happening(tellings=twice)) is None
    assert told(happening(tellings=(*twice, telling(source_id="rif", tier=2, is_copy=True)))) is not None


@pytest.mark.parametrize(
    "stale",
    [
        {"told": Told.RECALLED},
        {"is_known": True},
        {"retracted_at": NOON},
        {"tellings": (telling(told_on=date(2026, 2, 2)),)},
        {"tellings": (telling(told_on=date(2026, 2, 12)),)},
        {"tellings": (telling(told=Told.RECALLED),)},
        {"when": When(first=date(2026, 1, 1), last=date(2026, 1, 2), precision=Precision.DAY)},
        {"when": None, "tellings": (telling(is_dated=False),)},
    ],
)
def test_what_is_no_news_or_came_late_is_told_to_nobody(stale: dict[str, Any]):
    assert told(happening(**stale)) is None


def test_an_article_without_a_date_is_news_where_the_event_has_one():
    assert told(happening(tellings=(telling(is_dated=False),))) is not None


def test_the_fastest_of_the_rules_that_are_met_says_when():
    daily, weekly = rule(pace=Pace.DAILY), rule(id="weekly", pace=Pace.WEEKLY)
    slow = told(happening(), listening=audience(weekly, daily))
    assert slow is not None
    assert (slow.pace, slow.due_at > NOON) == (Pace.DAILY, True)
    assert told(happening(), listening=audience(weekly, daily, rule(id="now"))) == alert(
        because=("weekly", "new-visits", "now")
    )


# ---------------------------------------------------------------- again


@pytest.mark.parametrize(
    ("before", "now", "changes"),
    [
        ({}, {"tellings": (telling(), telling(source_id="rif"))}, ()),
        ({}, {"people": (CHIEF, GUEST)}, ()),  # a host
        ({"people": ()}, {}, (FactChange(fact="people", before=None, after=CHIEF),)),
        ({"when": None}, {}, (FactChange(fact="when", before=None, after="2026-02-09/2026-02-10 day"),)),
        (
            {"when": on(1, 28, Precision.MONTH)},
            {"when": on(11)},
            (FactChange(fact="when", before="2026-02-01/2026-02-28 month", after="2026-02-11/2026-02-11 day"),),
        ),
        ({}, {"when": on(1, 28, Precision.MONTH)}, ()),
        ({}, {"when": None, "city": None}, ()),
        ({"city": None}, {}, (FactChange(fact="city", before=None, after="madrid"),)),
        ({"told": Told.ANNOUNCED}, {}, (FactChange(fact="told", before="announced", after="news"),)),
        (
            {},
            {"linked": ((13, EventKind.AGREEMENT),)},
            (FactChange(fact="linked", before=None, after="13 agreement"),),
        ),
    ],
)
def test_who_was_told_is_told_again_only_what_is_new(
    before: dict[str, Any], now: dict[str, Any], changes: tuple[FactChange, ...]
):
    heard, stands = Heard(last=alert(happening=happening(**before))), happening(**now)
    expected = alert(occasion=Occasion.UPDATE, happening=stands, changes=changes) if changes else None
    assert told(stands, heard) == expected


def test_a_signing_that_was_told_for_itself_is_no_update_of_the_visit():
    heard = Heard(last=alert(), told_of=frozenset({13}))
    assert told(happening(linked=((13, EventKind.AGREEMENT),)), heard) is None


def test_of_what_is_long_over_no_fact_is_told_any_more():
    old = happening(when=When(first=date(2026, 1, 2), last=date(2026, 1, 2), precision=Precision.DAY))
    assert told(replace(old, city="toledo"), Heard(last=alert(happening=old))) is None


@pytest.mark.parametrize("over", [{"retracted_at": NOON}, {"told": Told.DENIED}])
def test_a_retraction_goes_to_whoever_was_told_and_once(over: dict[str, Any]):
    gone = happening(**over, when=When(first=date(2025, 1, 1), last=date(2025, 1, 1), precision=Precision.DAY))
    retraction = alert(occasion=Occasion.RETRACTION, happening=gone)
    without_rules = audience(rule(recipients=("night-editor",)))
    assert told(gone, Heard(last=alert()), without_rules) == retraction
    assert told(gone, Heard(last=retraction)) is None
    assert told(gone) is None


def test_what_stands_again_after_a_retraction_is_told_again():
    again = told(happening(), Heard(last=alert(occasion=Occasion.RETRACTION)))
    assert again is not None
    assert again.changes == (FactChange(fact="told", before="denied", after="news"),)


def test_what_a_person_put_right_is_told_to_whoever_was_told():
    apart = (FactChange(fact="split", before=None, after="14"),)
    decided = decide(happening(), audience(), {"desk": Heard(last=alert())}, NOON, apart)
    assert decided["desk"] == alert(occasion=Occasion.UPDATE, changes=apart)
    assert decide(happening(), audience(rule(kinds=(EventKind.MEETING,))), {}, NOON, apart)["desk"] is None


# ---------------------------------------------------------------- while it waits


def test_what_waits_says_what_stands_when_it_leaves():
    fuller, later = happening(city="toledo"), NOON + timedelta(hours=3)
    heard = {"desk": Heard(waiting=alert())}
    assert decide(fuller, audience(), heard, later)["desk"] == alert(happening=fuller)


@pytest.mark.parametrize("over", [{"retracted_at": NOON}, {"told": Told.DENIED}, {"is_known": True}])
def test_nothing_is_said_of_what_is_over_before_the_first_word(over: dict[str, Any]):
    assert told(happening(**over), Heard(waiting=alert())) is None


def test_a_change_that_is_taken_back_before_it_is_told_is_none():
    moved = alert(occasion=Occasion.UPDATE, happening=happening(city="toledo"))
    assert told(happening(), Heard(last=alert(), waiting=moved)) is None


# ---------------------------------------------------------------- mutes


@pytest.mark.parametrize(
    ("mute", "is_silent"),
    [
        (Mute(recipient="desk"), True),
        (Mute(recipient="desk", until=NOON + timedelta(hours=1)), True),
        (Mute(recipient="desk", until=NOON), False),
        (Mute(recipient="night-editor"), False),
        (Mute(recipient="desk", event_id=12), True),
        (Mute(recipient="desk", event_id=13), False),
        (Mute(recipient="desk", country="ES"), True),
        (Mute(recipient="desk", country="QA"), False),
        (Mute(recipient="desk", rule="new-visits"), True),
        (Mute(recipient="desk", rule="spain"), False),
    ],
)
def test_a_mute_silences_what_it_names_as_long_as_it_lasts(*, mute: Mute, is_silent: bool):
    assert is_muted(alert(), (mute,), NOON) is is_silent


def test_a_rule_that_is_muted_leaves_the_others_and_a_retraction_is_always_heard():
    assert not is_muted(alert(because=("new-visits", "spain")), (Mute(recipient="desk", rule="spain"),), NOON)
    assert not is_muted(alert(occasion=Occasion.RETRACTION), (Mute(recipient="desk"),), NOON)
