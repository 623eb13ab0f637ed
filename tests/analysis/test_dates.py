"""The days that running text speaks of, seen from Wednesday 11 February 2026."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.arabic import canonical
from analysis.date_rules import RULES, TRIGGER
from analysis.dates import Doubt, resolve_dates
from analysis.records import Precision, When

PUBLISHED = date(2026, 2, 11)


def days(first: str, last: str | None = None) -> When:
    return When(first=date.fromisoformat(first), last=date.fromisoformat(last or first), precision=Precision.DAY)


def whens(text: str, published: date = PUBLISHED) -> list[When]:
    return [found.when for found in resolve_dates(text, published)]


@pytest.mark.parametrize(
    ("printed", "when"),
    [
        ("21 فبراير الجاري", days("2026-02-21")),
        ("الـ21 من فبراير", days("2026-02-21")),
        ("٢١ فبراير ٢٠٢٣", days("2023-02-21")),
        ("21 فبراير/شباط 2023", days("2023-02-21")),
        ("21 شباط (فبراير) 2023", days("2023-02-21")),
        ("3 تشرين الثاني 2024", days("2024-11-03")),
        ("3 ت2 2024", days("2024-11-03")),
        ("فاتح ماي 2022", days("2022-05-01")),
        ("الثلاثاء 10 فبراير 2026", days("2026-02-10")),
        ("15 من الشهر الماضي", days("2026-01-15")),
        ("13 و14 يونيو من السنة الماضية", days("2025-06-13", "2025-06-14")),
        ("1er mars 2026", days("2026-03-01")),
        ("12 déc. 2025", days("2025-12-12")),
        ("pasado 20 de septiembre", days("2025-09-20")),
        ("3 de noviembre de 2025", days("2025-11-03")),
        ("Tuesday, February 10, 2026", days("2026-02-10")),
        ("May 5", days("2026-05-05")),
        ("10/02/2026", days("2026-02-10")),
        ("2026-02-10", days("2026-02-10")),
    ],
)
def test_a_day_is_read_as_it_is_printed(printed, when):
    assert whens(f"وصل الوفد {printed} إلى الرباط") == [when]


MOROCCAN = ["يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"]


@pytest.mark.parametrize(("number", "month"), list(enumerate(MOROCCAN, 1)))
def test_moroccan_months(number, month):
    assert whens(f"يوم 9 {month} 2025") == [days(f"2025-{number:02}-09")]


@pytest.mark.parametrize(
    ("printed", "when"),
    [
        ("8 إلى 12 فبراير", days("2026-02-08", "2026-02-12")),
        ("من يوم 8 إلى يوم 12 فبراير", days("2026-02-08", "2026-02-12")),
        ("السادس والسابع من شباط/فبراير", days("2026-02-06", "2026-02-07")),
        ("من الثامن إلى الحادي والعشرين من نونبر الماضي", days("2025-11-08", "2025-11-21")),
        ("on Feb. 6-7", days("2026-02-06", "2026-02-07")),
        ("hasta mañana", days("2026-02-12")),
        ("24 و27 نونبر", days("2025-11-24", "2025-11-27")),
        ("26, 27 et 28 juin 2025", days("2025-06-26", "2025-06-28")),
        ("3 au 5 mars", days("2026-03-03", "2026-03-05")),
        ("February 21-23", days("2026-02-21", "2026-02-23")),
        ("lundi 9 et mardi 10 février", days("2026-02-09", "2026-02-10")),
        ("29 يناير إلى 2 فبراير", days("2026-01-29", "2026-02-02")),
        ("29 décembre au 2 janvier", days("2025-12-29", "2026-01-02")),
        ("7 دجنبر الماضي إلى 11 يناير الجاري", days("2025-12-07", "2026-01-11")),
        ("January 29 to February 2, 2025", days("2025-01-29", "2025-02-02")),
        ("الخميس والجمعة", days("2026-02-05", "2026-02-06")),
        ("من 8 إلى 12 من الشهر الجاري", days("2026-02-08", "2026-02-12")),
        ("du 8 au 12 courant", days("2026-02-08", "2026-02-12")),
        ("entre le 29 décembre et le 2 janvier", days("2025-12-29", "2026-01-02")),
        ("from Monday, 9 February to Wednesday, 11 February", days("2026-02-09", "2026-02-11")),
    ],
)
def test_a_range_is_kept_as_a_range(printed, when):
    assert whens(f"اللقاء ({printed})") == [when]


@pytest.mark.parametrize(
    ("printed", "when"),
    [
        ("أمس", days("2026-02-10")),
        ("أمس الثلاثاء", days("2026-02-10")),
        ("أول أمس", days("2026-02-09")),
        ("يومه الأربعاء", days("2026-02-11")),
        ("غدا الخميس", days("2026-02-12")),
        ("الثلاثاء", days("2026-02-10")),
        ("الأربعاء الماضي", days("2026-02-04")),
        ("الأربعاء المقبل", days("2026-02-18")),
        ("hier mardi", days("2026-02-10")),
        ("hier, mardi 10 février", days("2026-02-10")),
        ("ce jeudi", days("2026-02-12")),
        ("jeudi", days("2026-02-05")),
        ("mardi prochain", days("2026-02-17")),
        ("el pasado martes", days("2026-02-10")),
        ("Tuesday", days("2026-02-10")),
        ("yesterday", days("2026-02-10")),
        ("أمس الأول", days("2026-02-09")),
        ("بعد غد الجمعة", days("2026-02-13")),
        ("pasado mañana", days("2026-02-13")),
        ("قبل يومين", days("2026-02-09")),
        ("قبل 5 أيام", days("2026-02-06")),
        ("il y a trois jours", days("2026-02-08")),
        ("الثلاثاء من الأسبوع الماضي", days("2026-02-03")),
    ],
)
def test_a_spoken_day_is_seen_from_the_publication(printed, when):
    assert whens(f"« {printed} »") == [when]


@pytest.mark.parametrize(
    ("printed", "first", "last", "precision"),
    [
        ("في يونيو الماضي", "2025-06-01", "2025-06-30", Precision.MONTH),
        ("en juin dernier", "2025-06-01", "2025-06-30", Precision.MONTH),
        ("last June", "2025-06-01", "2025-06-30", Precision.MONTH),
        ("فبراير الماضي", "2025-02-01", "2025-02-28", Precision.MONTH),
        ("septiembre de 2019", "2019-09-01", "2019-09-30", Precision.MONTH),
        ("سنة 2022", "2022-01-01", "2022-12-31", Precision.YEAR),
        ("en 2022", "2022-01-01", "2022-12-31", Precision.YEAR),
        ("العام الماضي", "2025-01-01", "2025-12-31", Precision.YEAR),
    ],
)
def test_a_month_or_year_says_it_is_no_day(printed, first, last, precision):
    expected = When(first=date.fromisoformat(first), last=date.fromisoformat(last), precision=precision)
    assert whens(printed) == [expected]


@pytest.mark.parametrize(
    "printed",
    [
        "خطة عمل 2025-2026",
        "برنامج عمل 2025/2026",
        "ما بين 2022 و2025",
        "كأس العالم 2030",
        "الألعاب الأولمبية باريس 2024",
        "حركة 20 فبراير",
        "مستشفى 20 غشت",
        "18 نونبر من كل سنة",
        "صلاة الجمعة",
        "30 فبراير 2026",
        "21 مارس/شباط 2023",
        "10 صفر",
        "قبل يومين من انطلاق الدورة",
        "قبل 10 أيام من الموعد",
        "il a été 2024 fois",
        "hiver 2024",
        "la police de demain",
        "رمضان بنعلي",
        "زنقة 10 رمضان",
        "you may 5 times",
        "5 mar",
        "اليوم الوطني",
        "3 نونبر الجاري",
        "المادة 12/5",
        "10.02.20266",
    ],
)
def test_what_is_no_provable_time_is_left_out(printed):
    assert whens(printed) == []


def test_a_day_without_a_year_is_past_within_half_a_year_and_coming_beyond():
    assert whens("20 غشت") == [days("2025-08-20")]
    assert whens("11 غشت") == [days("2026-08-11")]


def test_yesterday_with_its_weekday_in_a_reprint_two_days_later_keeps_the_weekday():
    assert whens("أمس الثلاثاء", date(2026, 2, 12)) == [days("2026-02-10")]


def test_spans_point_into_the_printed_text():
    text = "ووصل، يوم «الثّلاثاء»، وفد. وفي 21 فبرايـــر  الجاري عاد."
    assert [text[found.start : found.end] for found in resolve_dates(text, PUBLISHED)] == [
        "الثّلاثاء",
        "21 فبرايـــر  الجاري",
    ]


WORDS = (
    "21 8 12 2022 2025-2026 فبراير ماي الماضي الجاري المقبل أمس الثلاثاء و إلى من "
    "mars de last may hier jeudi , / - رمضان 1447 صيف courant الأسبوع قبل يومين الموافق "
    "غدا demain tomorrow غد المقبل week semaine mes mois الشهر month next el pasado año السنة الماضية l'année dernière"
)
TEXTS = st.lists(st.sampled_from(WORDS.split()) | st.text(max_size=3), max_size=12).map(" ".join)


@given(TEXTS, st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_spans_lie_in_the_text_in_order_and_times_run_forward(text, published):
    found = resolve_dates(text, published)
    ends = [0, *(one.end for one in found)]
    assert all(end <= one.start < one.end <= len(text) for end, one in zip(ends, found, strict=False))
    assert all(one.when.first <= one.when.last for one in found)


@given(TEXTS)
def test_what_a_rule_matches_holds_what_every_date_holds(text):
    spelt = canonical(text)
    assert TRIGGER.search(spelt) or not any(pattern.search(spelt) for pattern, _ in RULES)


def month(first: str, last: str) -> When:
    return When(first=date.fromisoformat(first), last=date.fromisoformat(last), precision=Precision.MONTH)


@pytest.mark.parametrize(
    ("printed", "when"),
    [
        ("مطلع الشهر الجاري", month("2026-02-01", "2026-02-28")),
        ("منتصف الشهر", month("2026-02-01", "2026-02-28")),
        ("الشهر الماضي", month("2026-01-01", "2026-01-31")),
        ("au début du mois", month("2026-02-01", "2026-02-28")),
        ("le mois dernier", month("2026-01-01", "2026-01-31")),
        ("a principios de mes", month("2026-02-01", "2026-02-28")),
        ("earlier this month", month("2026-02-01", "2026-02-28")),
        ("الشهر المقبل", month("2026-03-01", "2026-03-31")),
        ("el mes que viene", month("2026-03-01", "2026-03-31")),
        ("صيف سنة 2024", month("2024-06-01", "2024-08-31")),
        ("à l'automne 2022", month("2022-09-01", "2022-11-30")),
        ("الأسبوع الثاني من يناير الماضي", month("2026-01-08", "2026-01-14")),
        ("the last week of February 2024", month("2024-02-23", "2024-02-29")),
        ("la semaine dernière", month("2026-02-02", "2026-02-08")),
        ("last month", month("2026-01-01", "2026-01-31")),
    ],
)
def test_a_month_named_from_the_publication_is_read(printed, when):
    assert whens(f"visite {printed}.") == [when]


@pytest.mark.parametrize(
    ("printed", "when"),
    [
        ("وفي الشهر نفسه", month("2022-06-01", "2022-06-30")),
        ("le même mois", month("2022-06-01", "2022-06-30")),
        ("ese mismo mes", month("2022-06-01", "2022-06-30")),
        ("that same month", month("2022-06-01", "2022-06-30")),
        ("les 10 et 11 du même mois", days("2022-06-10", "2022-06-11")),
        ("وفي نونبر من السنة نفسها", month("2022-11-01", "2022-11-30")),
        ("en noviembre del mismo año", month("2022-11-01", "2022-11-30")),
        ("la même année", When(first=date(2022, 1, 1), last=date(2022, 12, 31), precision=Precision.YEAR)),
        ("في خريف السنة نفسها", When(first=date(2022, 1, 1), last=date(2022, 12, 31), precision=Precision.YEAR)),
    ],
)
def test_what_leans_on_a_time_named_before_is_read_from_it(printed, when):
    assert whens(f"en juin 2022 … {printed}") == [month("2022-06-01", "2022-06-30"), when]


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("le 6 février, et le jour même", days("2026-02-06")),
        ("el 6 de febrero y, al día siguiente,", days("2026-02-07")),
        ("6 فبراير وفي اليوم الموالي", days("2026-02-07")),
        ("on 6 February, and that same day", days("2026-02-06")),
    ],
)
def test_the_same_day_and_the_next_lean_on_the_day_before_them(text, second):
    assert whens(text) == [days("2026-02-06"), second]


def test_a_reference_without_a_time_before_it_is_none_but_for_the_day_before():
    assert whens("la même année, le même mois") == []
    assert whens("تمت العملية قبل يوم واحد") == [days("2026-02-10")]
    assert whens("le 4 février, puis, un jour plus tôt,") == [days("2026-02-04"), days("2026-02-03")]


def test_without_a_day_of_publication_only_what_is_printed_whole_counts():
    text = "in June 2022, last year, on 3 March, yesterday and on 4 May 2023"

    assert [found.when for found in resolve_dates(text, None)] == [
        month("2022-06-01", "2022-06-30"),
        days("2023-05-04"),
    ]


def test_a_month_alone_is_past_within_nine_months():
    assert whens("En mai, il s'est envolé.", date(2026, 12, 1)) == [month("2026-05-01", "2026-05-31")]
    assert whens("En enero viajará.", date(2026, 12, 1)) == [month("2027-01-01", "2027-01-31")]


def test_a_weekday_that_only_ends_something_is_no_time():
    assert whens("La visite a été prolongée jusqu'à vendredi.") == []
    assert whens("Le texte est attendu d'ici vendredi.") == []


@pytest.mark.parametrize(
    ("printed", "when"),
    [
        ("Lundi 9, il était à Rabat", days("2026-02-09")),
        ("viajará el martes 17 a Rabat", days("2026-02-17")),
        ("حل يوم الثلاثاء 3 بالرباط", days("2026-02-03")),
        ("Mardi 12 policiers ont été décorés", days("2026-02-10")),
    ],
)
def test_a_weekday_with_the_number_of_a_day_is_the_nearest_that_bears_both(printed, when):
    assert whens(printed) == [when]


@pytest.mark.parametrize(
    ("printed", "when", "doubt"),
    [
        ("الثلاثاء 10 فبراير 2026", days("2026-02-10"), None),
        ("الخميس 10 فبراير 2026", days("2026-02-10"), Doubt.WEEKDAY),
        ("jeudi 10 février", days("2026-02-10"), Doubt.WEEKDAY),
        ("lundi 9 et mardi 10 février", days("2026-02-09", "2026-02-10"), None),
        ("du mardi 9 au mercredi 11 février", days("2026-02-09", "2026-02-11"), Doubt.WEEKDAY),
        ("أمس الاثنين", days("2026-02-09"), Doubt.WEEKDAY),
        ("ce jeudi", days("2026-02-12"), None),
    ],
)
def test_a_weekday_that_contradicts_its_date_is_noticed(printed, when, doubt):
    assert [(found.when, found.doubt) for found in resolve_dates(f"({printed})", PUBLISHED)] == [(when, doubt)]


@pytest.mark.parametrize(
    ("printed", "when", "doubt"),
    [
        ("10 رمضان 1447", days("2026-02-27", "2026-02-28"), Doubt.MOON),
        ("15 شعبان", days("2026-02-03", "2026-02-04"), Doubt.MOON),
        ("10 و11 ذي الحجة 1445 هـ", days("2024-06-16", "2024-06-18"), Doubt.MOON),
        ("le 1er ramadan 1446", days("2025-03-01", "2025-03-02"), Doubt.MOON),
        ("رمضان 1446", month("2025-03-01", "2025-03-30"), Doubt.MOON),
        ("رمضان المقبل", month("2026-02-18", "2026-03-20"), Doubt.MOON),
        ("سنة 1446 هـ", When(first=date(2024, 7, 7), last=date(2025, 6, 26), precision=Precision.YEAR), Doubt.MOON),
        ("22 شعبان 1447 الموافق 10 فبراير 2026", days("2026-02-10"), None),
        ("10 فبراير 2026 م، الموافق لـ 23 شعبان 1447 هـ", days("2026-02-10"), None),
        ("10 فبراير 2026 (2 شعبان 1447)", days("2026-02-10"), Doubt.MOON),
    ],
)
def test_a_day_of_the_islamic_calendar_says_what_the_moon_may_change(printed, when, doubt):
    assert [(found.when, found.doubt) for found in resolve_dates(printed, PUBLISHED)] == [(when, doubt)]
