"""Who printed a text first: by day and moment, with the agency before those who reprint it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.originals import Printing, choose_original, is_signed

DAY = date(2026, 2, 11)
NOON = datetime(2026, 2, 11, 12, tzinfo=UTC)


def printing(article_id: int, **changes: Any) -> Printing:
    facts = {"told_on": DAY, "told_at": None, "is_agency": False, "is_signed": False, "words": 300, **changes}
    return Printing(article_id=article_id, **facts)


@pytest.mark.parametrize(
    ("facts", "better"),
    [
        ({"told_on": DAY - timedelta(days=1)}, True),
        ({"told_on": DAY + timedelta(days=1)}, False),
        ({"told_at": NOON - timedelta(hours=1)}, True),
        ({"told_at": NOON + timedelta(hours=1)}, False),
        ({"is_agency": True, "told_on": DAY + timedelta(days=1)}, True),
        ({"is_agency": True, "told_on": DAY + timedelta(days=2)}, False),
        ({"told_at": NOON, "is_signed": True}, True),
        ({"told_at": NOON, "words": 400}, True),
        ({"told_at": NOON}, False),
    ],
)
def test_a_later_article_is_the_original_where_it_is_earlier_or_first_hand(facts: dict[str, Any], *, better: bool):
    assert choose_original([printing(1, told_at=NOON), printing(2, **facts)]) == (2 if better else 1)


@pytest.mark.parametrize(
    ("text", "signed"),
    [
        ("الرباط (ومع) – استقبل المدير العام", True),
        ("الرباط 11 فبراير 2026 (و.م.ع) استقبل", True),
        ("Rabat, 11 fév. 2026 (MAP) - Le directeur", True),
        ("في بلاغ لها، أعلنت المديرية", True),
        ("La DGSN indique dans un communiqué", True),
        ("ومع ذلك فإن الوفد عاد", False),
        ("A map of the region", False),
    ],
)
def test_a_text_is_signed_where_it_names_its_source(text: str, *, signed: bool):
    assert is_signed("Title", text) is signed


printings = st.builds(
    printing,
    st.integers(1, 10**6),
    told_on=st.dates(DAY, DAY + timedelta(days=3)),
    told_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    is_agency=st.booleans(),
    is_signed=st.booleans(),
    words=st.integers(1, 3),
)


@given(st.lists(printings, min_size=1, max_size=6, unique_by=lambda each: each.article_id), st.randoms())
def test_the_order_in_which_they_came_to_light_is_nothing(known: list[Printing], chance: Any):
    shuffled = chance.sample(known, len(known))
    assert choose_original(known) == choose_original(shuffled)
