"""Events of the labelled stream are told apart as well as the floors say, on both halves.

`python -m pytest tests/quality/test_event_figures.py -s` prints the figures; `event_mistakes.py` shows the mistakes of
the half that may be looked at.
"""

from __future__ import annotations

import hashlib
import re

import pytest
from event_figures import (
    LABELLED,
    MEASURED,
    UNSEEN,
    all_groups,
    analyse,
    measure_events,
    measure_reports,
    pair,
    read_labelled,
    read_unseen,
    sealed_groups,
)

LANGUAGES = ("ar", "fr", "es", "en")
OTHERS = frozenset({"meeting", "decoration", "election", "conference", "operation", "extradition"})
FLOORS = {"precision": 0.90, "recall": 0.90, "country": 0.95, "days": 0.88, "direction": 0.95}
MOST = {"recalled as news": 0.05, "events per real": 1.12, "real per event": 1.02}
MOST_OF_ALL = 1.08  # events per real event of the whole stream; a half is so small that one more is as much as 0.06
MOST_UNSEEN_RECALLED = {True: 0.03, False: 0.01}
UNSEEN_FLOORS = {
    True: {"precision": 0.87, "recall": 0.78, "country": 0.95, "days": 0.79, "direction": 0.95},
    False: {"precision": 0.96, "recall": 0.95, "country": 0.97, "days": 0.83, "direction": 0.97},
}
UNSEEN_KINDS = {
    True: {"operation": 0.95, "extradition": 0.6, "election": 0.6},
    False: {"operation": 0.75, "extradition": 0.7, "election": 0.95},
}  # share of those told as news that are found; the other kinds are printed only, of each there are but a few
DIGEST = "467c69c53fd4e280"
LONGEST_RUN = 7
SET_TITLES = re.compile(
    "المدير العام للأمن الوطني ولمراقبة التراب الوطني"
    "|المديرية العامة للأمن الوطني والمديرية العامة لمراقبة التراب الوطني"
    "|directeur général de la sûreté nationale et de la surveillance du territoire"
    "|director general de la seguridad nacional y de la vigilancia del territorio"
    "|عبد اللطيف (?:ال)?حموشي|abdellatif hammouchi"
)


@pytest.fixture(scope="module")
def answered():
    return analyse(read_labelled())


def pairs_of(answered, is_sealed=None, language=None):
    return [
        each
        for one, pairs in answered
        for each in pairs
        if is_sealed in (None, one.is_sealed) and language in (None, one.language)
    ]


def groups_of(is_sealed):
    sealed = sealed_groups()
    return sealed if is_sealed else frozenset(all_groups(read_labelled())) - sealed


def words(one):
    text = " ".join(re.findall(r"\w+", f"{one.given['title']} {one.given['text']}".lower()))
    return SET_TITLES.sub("_", text).split()


def test_the_labelled_stream_is_the_one_that_was_measured():
    assert hashlib.sha256(LABELLED.read_bytes()).hexdigest()[:16] == DIGEST


def test_the_stream_holds_the_four_languages_groups_of_many_sizes_and_many_near_misses():
    stream = read_labelled()
    sizes = all_groups(stream)

    assert len(stream) >= 300
    assert {one.language for one in stream} == set(LANGUAGES)
    assert sum(size > 1 for size in sizes.values()) >= 45
    assert max(sizes.values()) >= 12
    assert sum(not one.reports for one in stream) >= 60


def test_no_two_articles_share_a_run_of_eight_words():
    seen = {}
    for one in read_labelled():
        told = words(one)
        for start in range(len(told) - LONGEST_RUN):
            run = tuple(told[start : start + LONGEST_RUN + 1])
            assert seen.setdefault(run, one.id) == one.id, (one.id, seen[run], " ".join(run))


def test_what_is_told_together_is_in_one_half():
    halves = {}
    for one in read_labelled():
        for report in one.reports:
            if report["event"] and report["told"] != "recalled":
                halves.setdefault(report["event"], set()).add(one.is_sealed)

    assert {group for group, sides in halves.items() if len(sides) > 1} == set()


def test_a_report_is_paired_with_the_one_of_its_kind_that_it_shares_most_with():
    told = {"kind": "visit", "direction": "outbound", "told": "news", "countries": ["PT"], "from": None, "to": None}
    recalled, signed = told | {"told": "recalled"}, told | {"kind": "agreement", "direction": None}

    assert pair([told, signed], [recalled, told]) == [(told, told), (signed, None), (None, recalled)]


@pytest.mark.parametrize("is_sealed", [True, False], ids=["sealed half", "working half"])
def test_no_figure_is_under_its_floor(answered, is_sealed):
    reports = measure_reports(pairs_of(answered, is_sealed))
    events = measure_events(pairs_of(answered), groups_of(is_sealed))

    print(f"\n{'sealed' if is_sealed else 'working'}: {reports.row()}  {events.row()}")  # noqa: T201 the figures are the point
    for language in LANGUAGES:
        print(f"  {language}: {measure_reports(pairs_of(answered, is_sealed, language)).row()}")  # noqa: T201 as above
    for kind in sorted(OTHERS):
        print(f"  {kind}: {measure_reports(pairs_of(answered, is_sealed), frozenset({kind})).row()}")  # noqa: T201 as above
    print(f"  their events: {measure_events(pairs_of(answered), groups_of(is_sealed), OTHERS).row()}")  # noqa: T201 as above
    assert {name: reports.share(name) for name, floor in FLOORS.items() if reports.share(name) < floor} == {}
    shares = {name: reports.share(name) if "news" in name else events.share(name) for name in MOST}
    assert {name: share for name, share in shares.items() if share > MOST[name]} == {}


def test_the_whole_stream_makes_hardly_more_events_than_there_are(answered):
    events = measure_events(pairs_of(answered), frozenset(all_groups(read_labelled())), MEASURED)

    print(f"\nwhole stream: {events.row()}")  # noqa: T201 the figures are the point
    assert events.share("events per real") <= MOST_OF_ALL
    assert events.share("real per event") <= MOST["real per event"]


@pytest.mark.parametrize("is_sealed", [True, False], ids=["sealed half", "working half"])
def test_articles_that_other_hands_wrote_after_the_rules_are_read_as_well_as_the_floors_say(is_sealed):
    answers = [each for path in UNSEEN for each in analyse(read_unseen(path))]
    reports = measure_reports(pairs_of(answers, is_sealed))

    print(f"\nunseen, {'sealed' if is_sealed else 'working'}: {reports.row()}")  # noqa: T201 the figures are the point
    for language in LANGUAGES:
        print(f"  {language}: {measure_reports(pairs_of(answers, is_sealed, language)).row()}")  # noqa: T201 as above
    kinds = {kind: measure_reports(pairs_of(answers, is_sealed), frozenset({kind})) for kind in sorted(OTHERS)}
    for kind, figures in kinds.items():
        print(f"  {kind}: {figures.row()}")  # noqa: T201 as above
    found = {kind: kinds[kind].share("recall") for kind in UNSEEN_KINDS[is_sealed]}
    assert {kind: share for kind, share in found.items() if share < UNSEEN_KINDS[is_sealed][kind]} == {}
    floors = UNSEEN_FLOORS[is_sealed]
    assert {name: reports.share(name) for name, floor in floors.items() if reports.share(name) < floor} == {}
    assert reports.share("recalled as news") <= MOST_UNSEEN_RECALLED[is_sealed]
