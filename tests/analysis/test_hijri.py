"""Days of the Islamic calendar as civil days."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from analysis.hijri import hijri_day, hijri_month, hijri_year


def test_a_day_is_that_of_the_tables_or_the_next():
    assert hijri_day(1447, 9, 10) == (date(2026, 2, 27), date(2026, 2, 28))


def test_a_month_ends_where_the_next_may_begin():
    assert hijri_month(1447, 12) == (date(2026, 5, 18), date(2026, 6, 16))


def test_what_the_tables_have_not_is_none():
    assert [hijri_day(1447, 9, 31), hijri_day(1200, 1, 1), hijri_year(date(1900, 1, 1))] == [None, None, None]


@given(st.dates(date(1930, 1, 1), date(2070, 1, 1)))
def test_the_months_of_a_year_leave_out_no_day(day):
    year = hijri_year(day)
    months = [hijri_month(year, month) for month in range(1, 13)]
    assert any(first <= day <= last for first, last in months)
    assert all(last - first <= timedelta(days=31) for first, last in months)
