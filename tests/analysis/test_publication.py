"""The dates that outlets print over their articles."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.clocks import CASABLANCA
from analysis.publication import FoundDate, Moment, find_dates, read_date


def local(*moment: int) -> Moment:
    at = datetime(*moment, tzinfo=CASABLANCA)
    return Moment(on=at.date(), at=at)


def at_offset(hours: int, *moment: int) -> Moment:
    at = datetime(*moment, tzinfo=timezone(timedelta(hours=hours)))
    return Moment(on=at.date(), at=at)


@pytest.mark.parametrize(
    ("printed", "moment"),
    [
        ("الجمعة 27 مايو 2022 على الساعة 17:43", local(2022, 5, 27, 17, 43)),
        ("الأثنين 18 غشت 2025 - 16:11", local(2025, 8, 18, 16, 11)),
        ("17:43 - ١٠ شتنبر ٢٠٢٥", local(2025, 9, 10, 17, 43)),
        ("10 فبراير 2026 | 9:30 مساءً", local(2026, 2, 10, 21, 30)),
        ("الخميس 18 دجنبر 2025", Moment(on=date(2025, 12, 18))),
        ("نونبر 5, 2025", Moment(on=date(2025, 11, 5))),
        ("Le 5 juillet 2019 à 16h34", local(2019, 7, 5, 16, 34)),
        ("24.09.2020 à 17 H 25", local(2020, 9, 24, 17, 25)),
        ("02.11.2025 – 21:09", local(2025, 11, 2, 21, 9)),
        ("12 ene. 2024 18:00h", local(2024, 1, 12, 18, 0)),
        ("February 10, 2026 3:15 pm", local(2026, 2, 10, 15, 15)),
        ("10/02/2026 10:20 GMT", Moment(on=date(2026, 2, 10), at=datetime(2026, 2, 10, 10, 20, tzinfo=UTC))),
        ("Publié le 3 mars 2020 à 9h, mis à jour le 5 mars 2020 à 10:00", local(2020, 3, 3, 9, 0)),
        ("10.02.26", Moment(on=date(2026, 2, 10))),
        ("mardi 10/02/26 - 18:20", local(2026, 2, 10, 18, 20)),
        ("10 فبراير 2026 | 14:30 GMT+1", at_offset(1, 2026, 2, 10, 14, 30)),
        ("10 فبراير 2026، 14:30 (بتوقيت غرينتش)", at_offset(0, 2026, 2, 10, 14, 30)),
        ("الأربعاء 10 فبراير 2026", Moment(on=date(2026, 2, 10), weekday_differs=True)),
        ("2026-02-10 08:15:00", local(2026, 2, 10, 8, 15)),
        ("2026-02-10T23:30:00Z", Moment(on=date(2026, 2, 11), at=datetime(2026, 2, 10, 23, 30, tzinfo=UTC))),
        ("2026-02-10T00:00:00+00:00", Moment(on=date(2026, 2, 10))),
        ("Tue, 10 Feb 2026 12:00:00 +0000", Moment(on=date(2026, 2, 10), at=datetime(2026, 2, 10, 12, tzinfo=UTC))),
    ],
)
def test_a_date_is_read_as_outlets_print_it(printed, moment):
    assert read_date(printed, CASABLANCA) == moment


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "2020",
        "version 10.02.26",
        "31.31.26",
        "غشت 2025",
        "10 رمضان 1447",
        "Hace 3 horas",
        "30 فبراير 2026",
        "2025-02-30",
        "0001-01-01T00:00:00Z",
        "10 février 2026 - 12 février 2026",
        "Mis à jour le 5 mars 2020",
        "آخر تحديث: 10 فبراير 2026",
    ],
)
def test_what_states_no_single_day_of_publication_is_none(printed):
    assert read_date(printed, CASABLANCA) is None


def test_the_clock_of_ramadan_is_an_hour_back():
    assert read_date("10 mars 2025 à 12:00", CASABLANCA) == Moment(
        on=date(2025, 3, 10), at=datetime(2025, 3, 10, 12, tzinfo=UTC)
    )


def test_a_time_without_a_zone_is_left_out_where_none_is_known():
    assert read_date("10 mars 2025 à 12:00", None) == Moment(on=date(2025, 3, 10))


def test_found_dates_point_into_the_printed_text():
    text = "نُشر في 10 فبرايـر 2026، 14:05"
    assert find_dates(text) == (FoundDate(start=8, end=23, on=date(2026, 2, 10), time=time(14, 5)),)


@given(
    st.text()
    | st.from_regex(r"\A[0-3]?[0-9][/. -]([01]?[0-9]|mars|غشت)[/. -](19|20)[0-9][0-9] ?[0-2]?[0-9][:h][0-9]{1,2}")
)
def test_any_text_has_dates_inside_it_or_none(text):
    assert all(0 <= found.start < found.end <= len(text) for found in find_dates(text))
    read_date(text, CASABLANCA)
