"""How the day of publication is weighed: what agrees, what speaks against it, and what proves nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.extract import extract
from analysis.records import Article, Basis, Published, Sureness
from builders import page

FETCHED = datetime(2026, 3, 1, 9, tzinfo=UTC)
TITLE = "Une délégation en visite de travail à Rabat"
TEXT = "<p>Le directeur a reçu une délégation de haut niveau et examiné avec elle la coopération des deux pays.</p>" * 4


def body(head: str = "", under: str = "") -> bytes:
    return (
        f"<!doctype html><html><head><title>{TITLE}</title>{head}</head>"
        f"<body><article><h1>{TITLE}</h1>{under}<div>{TEXT}</div></article></body></html>"
    ).encode()


def meta(stated: str) -> str:
    return f'<meta property="article:published_time" content="{stated}">'


def read(country: str = "MA", url: str = "https://atlas.example/1", fetched_at: datetime = FETCHED, **parts) -> Article:
    article = extract(page(url=url, fetched_at=fetched_at, body=body(**parts)), country)
    assert isinstance(article, Article)
    return article


def test_a_day_that_two_places_name_is_agreed():
    at = datetime.fromisoformat("2026-02-10T14:05:00+01:00")
    assert read(head=meta("2026-02-10T14:05:00+01:00"), under="<p>10 février 2026 à 14h05</p>").published == Published(
        on=date(2026, 2, 10), at=at, basis=Basis.META, sure=Sureness.AGREED
    )


def test_a_day_that_the_address_alone_names_is_weak():
    assert read(url="https://atlas.example/2026/02/10/visite").published == Published(
        on=date(2026, 2, 10), at=None, basis=Basis.URL, sure=Sureness.WEAK
    )


def test_a_weekday_that_contradicts_its_date_is_noticed_and_the_number_believed():
    assert read(under="<p>Jeudi 10 février 2026</p>").published == Published(
        on=date(2026, 2, 10),
        at=None,
        basis=Basis.VISIBLE_TEXT,
        sure=Sureness.WEAK,
        doubt="the weekday printed beside it is another",
    )


def test_the_day_printed_alone_under_the_heading_counts_over_an_upload_on_the_eve():
    article = read(head=meta("2026-02-09T20:00:00+01:00"), under="<p>mardi</p><p>10.02.26</p>")
    assert article.published == Published(
        on=date(2026, 2, 10),
        at=None,
        basis=Basis.VISIBLE_TEXT,
        sure=Sureness.WEAK,
        doubt="printed under the heading; 2026-02-09 by meta",
    )


@pytest.mark.parametrize("under", ["<p>Mis à jour le 10 février 2026</p>", "<p>10 février 2026 à 00:12</p>"])
def test_a_revision_or_an_hour_under_the_heading_does_not_count_over_the_upload(under):
    published = read(head=meta("2026-02-09T20:00:00+01:00"), under=under).published
    assert published is not None
    assert published.on == date(2026, 2, 9)


@pytest.mark.parametrize(
    ("country", "on"), [("MA", "2026-02-11"), ("FR", "2026-02-11"), ("CA", "2026-02-10"), ("AR", "2026-02-10")]
)
def test_a_moment_in_utc_is_of_the_day_that_every_clock_of_the_country_shows(country, on):
    published = read(country, head=meta("2026-02-11T00:23:00Z")).published
    assert published is not None
    assert published.on == date.fromisoformat(on)


def test_a_moment_in_utc_that_may_be_of_two_days_proves_none_but_where_one_is_printed():
    unproved = read("US", head=meta("2026-02-11T07:00:00Z"))
    assert (unproved.published, unproved.undated_because) == (
        None,
        "2026-02-11 07:00:00+00:00 is of one day or of the next by the outlet's clocks (meta)",
    )
    printed = read("US", head=meta("2026-02-11T07:00:00Z"), under="<p>10 février 2026</p>").published
    assert printed == Published(
        on=date(2026, 2, 10),
        at=datetime(2026, 2, 11, 7, tzinfo=UTC),
        basis=Basis.VISIBLE_TEXT,
        sure=Sureness.AGREED,
    )


def test_a_day_of_the_islamic_calendar_alone_is_told_and_proves_none():
    article = read(under="<p>10 رمضان 1447</p>")
    assert (article.published, article.undated_because) == (
        None,
        "only 10 رمضان 1447 is printed: 2026-02-27 or 2026-02-28",
    )


def test_a_day_in_both_calendars_is_the_civil_one():
    published = read(under="<p>الثلاثاء 22 شعبان 1447 هـ الموافق 10 فبراير 2026</p>").published
    assert published == Published(on=date(2026, 2, 10), at=None, basis=Basis.VISIBLE_TEXT)


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from(["", meta("2026-02-10"), meta("2026-02-10T23:30:00Z"), meta("2026-03-09")]),
    st.sampled_from(["", "<p>10 février 2026</p>", "<p>Mercredi 10 février</p>", "<p>hier</p>", "<p>février 2026</p>"]),
    st.integers(11, 4000),
)
def test_the_day_of_the_fetch_never_shows_in_the_answer(head, under, days):
    """Only a date that lies after the fetch is refused; else the answer is the same on every day."""
    whens = [FETCHED + timedelta(days=later) for later in (days, days + 1)]
    first, second = (read(fetched_at=when, head=head, under=under) for when in whens)
    assert (first.published, first.undated_because) == (second.published, second.undated_because)
