"""What an article says happened: who acts, where, how it is told, and the sentence that says so."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers import reader

from analysis.records import (
    Direction,
    EventKind,
    Field,
    Language,
    Part,
    Participant,
    Precision,
    Report,
    Span,
    Told,
    When,
)
from analysis.reports import find_reports
from analysis.tags import find_tags
from builders import article

READER = reader()
LANGUAGES = [language for language in Language if language is not Language.OTHER]
BITS = [
    *("عبد اللطيف حموشي", "استقبل", "يستقبل", "قام بزيارة عمل", "إلى قطر", "بالرباط", "وكان", "قد", "نفى", "من طرف"),
    *(
        "و",
        "،",
        ".",
        "\n",
        "Abdellatif Hammouchi",
        "a reçu",
        "reçu par",
        "s'est rendu",
        "à Madrid",
        "visite de travail",
    ),
    *("la police espagnole", "DGSN", "a signé", "un accord", "en juin 2022", "viajó", "a Berlín", "visited", "Doha"),
    *("and", "l'ont reçu", "le 3 mars", "من 3 إلى 5 مارس", "2025-2026"),
]


def read(text: str, title: str = "", **changes: object) -> tuple[Report, ...]:
    """Read an Arabic article published on 10 February 2026."""
    one = article(**{"title": title, "text": text, **changes})
    return find_reports(one, find_tags(one, READER.vocabulary), READER)


def told(reports: tuple[Report, ...]) -> list[tuple[str, str | None, str, tuple[str, ...]]]:
    return [
        (report.kind.value, report.direction and report.direction.value, report.told.value, report.countries)
        for report in reports
    ]


def test_a_visit_is_read_with_who_where_when_and_the_sentence():
    text = "مقدمة قصيرة. قام عبد اللطيف حموشي بزيارة عمل إلى مدريد يومي 5 و6 فبراير."

    assert read(text) == (
        Report(
            kind=EventKind.VISIT,
            direction=Direction.OUTBOUND,
            told=Told.NEWS,
            people=("abdellatif-hammouchi",),
            bodies=(),
            countries=("ES",),
            city="madrid",
            when=When(first=date(2026, 2, 5), last=date(2026, 2, 6), precision=Precision.DAY),
            evidence="قام عبد اللطيف حموشي بزيارة عمل إلى مدريد يومي 5 و6 فبراير.",
            span=Span(field=Field.TEXT, start=13, end=len(text)),
            rule="trip",
            participants=(Participant(person="abdellatif-hammouchi", part=Part.VISITOR),),
        ),
    )


@pytest.mark.parametrize(
    ("language", "text", "direction"),
    [
        ("ar", "استقبل عبد اللطيف حموشي مدير الشرطة الفرنسية.", "inbound"),
        ("ar", "استقبل مدير الشرطة الفرنسية عبد اللطيف حموشي.", "outbound"),
        ("ar", "أمير قطر يستقبل حموشي المدير العام للأمن الوطني.", "outbound"),
        ("ar", "استقبل عبد اللطيف حموشي بباريس من طرف وزير الداخلية الفرنسي.", "outbound"),
        ("ar", "حل مدير الشرطة الإسبانية بالرباط حيث استقبله عبد اللطيف حموشي.", "inbound"),
        ("fr", "Abdellatif Hammouchi a reçu le chef de la police espagnole.", "inbound"),
        ("fr", "Abdellatif Hammouchi a été reçu par le chef de la police espagnole.", "outbound"),
        ("fr", "Le chef de la police espagnole a été reçu par Abdellatif Hammouchi.", "inbound"),
        ("es", "El jefe de la policía francesa recibió a Abdellatif Hammouchi.", "outbound"),
        ("es", "Abdellatif Hammouchi fue recibido en París por el jefe de la policía francesa.", "outbound"),
        ("en", "Abdellatif Hammouchi received the Dutch police chief.", "inbound"),
        ("en", "Abdellatif Hammouchi was received by the Dutch police chief.", "outbound"),
    ],
)
def test_who_receives_decides_the_direction(language, text, direction):
    found = read(text, language=Language(language))

    assert [(report.kind.value, report.direction and report.direction.value) for report in found] == [
        ("visit", direction)
    ]


@pytest.mark.parametrize(
    ("language", "text", "how"),
    [
        ("ar", "وكان عبد اللطيف حموشي قد قام بزيارة عمل إلى مدريد.", "recalled"),
        ("ar", "سبق لعبد اللطيف حموشي أن زار مدريد.", "recalled"),
        ("ar", "من المنتظر أن يقوم عبد اللطيف حموشي بزيارة عمل إلى مدريد.", "announced"),
        ("ar", "سيقوم عبد اللطيف حموشي بزيارة عمل إلى مدريد.", "announced"),
        ("ar", "نفى مصدر أمني أن يكون عبد اللطيف حموشي قد قام بزيارة إلى مدريد.", "denied"),
        ("ar", "لم يقم عبد اللطيف حموشي بزيارة إلى مدريد، والخبر لا أساس له.", "denied"),
        ("fr", "Pour rappel, Abdellatif Hammouchi s'est rendu à Madrid.", "recalled"),
        ("fr", "En juin dernier, Abdellatif Hammouchi avait effectué une visite à Madrid.", "recalled"),
        ("fr", "Abdellatif Hammouchi s'est rendu à Madrid en juin 2024.", "recalled"),
        ("fr", "Abdellatif Hammouchi doit se rendre à Madrid.", "announced"),
        ("fr", "La DGSN dément toute visite d'Abdellatif Hammouchi à Madrid.", "denied"),
        ("es", "Cabe recordar que Abdellatif Hammouchi viajó a Madrid.", "recalled"),
        ("es", "Abdellatif Hammouchi viajará a Madrid.", "announced"),
        ("en", "Abdellatif Hammouchi had visited Madrid.", "recalled"),
        ("en", "Abdellatif Hammouchi will visit Madrid.", "announced"),
        ("en", "The DGSN denied that Abdellatif Hammouchi had travelled to Madrid.", "denied"),
    ],
)
def test_words_tense_and_date_say_how_it_is_told(language, text, how):
    assert told(read(text, language=Language(language))) == [("visit", "outbound", how, ("ES",))]


def test_a_trip_to_two_capitals_is_two_visits():
    found = read("قام عبد اللطيف حموشي بزيارة عمل إلى الدوحة ثم واشنطن.")

    assert sorted(told(found)) == [("visit", "outbound", "news", ("QA",)), ("visit", "outbound", "news", ("US",))]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Abdellatif Hammouchi a entamé jeudi 5 février à Madrid une visite de trois jours.", 5, 7),
        ("Abdellatif Hammouchi a achevé jeudi 5 février à Madrid une visite de trois jours.", 3, 5),
        ("Abdellatif Hammouchi a effectué du 3 au 6 février une visite de quatre jours à Madrid.", 3, 6),
        ("Abdellatif Hammouchi s'est rendu aujourd'hui à Madrid.", 10, 10),
    ],
)
def test_a_trip_that_begins_or_ends_on_a_day_lasts_as_long_as_is_printed(text, first, last):
    when = When(first=date(2026, 2, first), last=date(2026, 2, last), precision=Precision.DAY)

    assert [report.when for report in read(text, language=Language.FRENCH)] == [when]


def test_a_trip_lasts_as_long_as_the_next_sentence_says_but_not_what_took_place_during_it():
    lasting = "Abdellatif Hammouchi est arrivé jeudi 5 février à Madrid.\nPendant deux jours, il a vu ses homologues."
    within = (
        "La DGSN et la police espagnole ont signé le 5 février un accord, lors d'une visite de deux jours à Madrid."
    )

    assert [(str(each.when.first), str(each.when.last)) for each in read(lasting, language=Language.FRENCH)] == [
        ("2026-02-05", "2026-02-06")
    ]
    assert {(str(each.when.first), str(each.when.last)) for each in read(within, language=Language.FRENCH)} == {
        ("2026-02-05", "2026-02-05")
    }


@pytest.mark.parametrize(
    ("language", "text", "first", "last"),
    [
        ("ar", "يواصل عبد اللطيف حموشي، اليوم الثلاثاء، زيارة عمل إلى قطر بدأها أمس.", 9, 10),
        ("ar", "يقوم عبد اللطيف حموشي بزيارة عمل إلى قطر منذ أمس الاثنين وإلى غاية غد الأربعاء.", 9, 11),
        ("ar", "زار عبد اللطيف حموشي، أمس الاثنين، الدوحة، في ختام زيارة لقطر انطلقت يوم السبت.", 7, 9),
        ("fr", "Abdellatif Hammouchi est arrivé lundi à Doha. Cette visite s'achèvera jeudi 12 février.", 9, 12),
        ("fr", "Abdellatif Hammouchi effectue une visite à Doha depuis lundi.", 9, 10),
        ("es", "Abdellatif Hammouchi llegó el lunes a Doha, donde permanecerá hasta el jueves 12 de febrero.", 9, 12),
        ("es", "Abdellatif Hammouchi realizó hoy una visita a Doha, en el segundo y último día.", 9, 10),
        ("en", "Abdellatif Hammouchi concluded on Monday a three-day visit to Doha.", 7, 9),
        ("en", "Abdellatif Hammouchi began a visit to Doha on Sunday, which ended on Monday.", 8, 9),
    ],
)
def test_a_visit_lasts_from_the_day_it_began_to_the_day_it_ended_or_was_still_going_on(language, text, first, last):
    when = When(first=date(2026, 2, first), last=date(2026, 2, last), precision=Precision.DAY)

    assert {report.when for report in read(text, language=Language(language))} == {when}


@pytest.mark.parametrize(
    ("language", "text", "first", "last"),
    [
        ("ar", "وقعت المديرية العامة للأمن الوطني والشرطة القطرية هذا الصباح بالرباط مذكرة تفاهم.", 10, 10),
        ("fr", "La DGSN et la police qatarie ont signé dans la matinée un accord. Le texte est signé lundi.", 9, 9),
        ("es", "Hammouchi está en Rabat este martes. La DGSN y la policía catarí firmaron allí un acuerdo.", 10, 10),
        ("en", "The DGSN and the Qatari police signed an agreement on Monday, during a visit begun on Sunday.", 9, 9),
    ],
)
def test_news_is_of_the_day_that_it_or_the_sentences_around_it_name(language, text, first, last):
    when = When(first=date(2026, 2, first), last=date(2026, 2, last), precision=Precision.DAY)
    found = read(text, language=Language(language))

    assert [each.when for each in found if each.kind is EventKind.AGREEMENT] == [when]


def test_the_days_of_one_stay_are_one_visit_and_a_denial_that_is_over_is_none():
    stay = "Arrivé dimanche à Doha, Abdellatif Hammouchi y poursuit mardi sa visite de travail au Qatar."
    late = "بعد تأجيل دام أسبوعا، بدأ عبد اللطيف حموشي أمس زيارة عمل إلى قطر تتواصل إلى غاية الأربعاء."
    days = [
        [(str(each.told), str(each.when.first), str(each.when.last)) for each in read(text, language=language)]
        for text, language in ((stay, Language.FRENCH), (late, Language.ARABIC))
    ]

    assert days == [[("news", "2026-02-08", "2026-02-10")], [("news", "2026-02-09", "2026-02-11")]]


def test_a_day_on_which_somebody_spoke_does_not_make_a_visit_longer():
    text = "Abdellatif Hammouchi started a visit to Doha on Sunday, the ministry said on Monday."
    when = When(first=date(2026, 2, 8), last=date(2026, 2, 8), precision=Precision.DAY)

    assert [report.when for report in read(text, language=Language.ENGLISH)] == [when]


def test_months_that_are_told_together_are_an_event_each_and_what_is_only_supposed_is_none():
    found = read(
        "Abdellatif Hammouchi s'est rendu à Rome en mai 2023 puis en mai 2024. S'il visite Berlin, on le saura.",
        language=Language.FRENCH,
    )

    assert [(report.countries, str(report.when.first)) for report in found] == [
        (("IT",), "2023-05-01"),
        (("IT",), "2024-05-01"),
    ]


@pytest.mark.parametrize(
    ("language", "text", "kind", "countries"),
    [
        ("fr", "La DGSN a inauguré mardi à Tanger un forum avec Interpol.", "conference", ()),
        ("en", "Morocco extradited a French national to Belgium.", "extradition", ("BE",)),
        ("es", "La DGSN y la Guardia Civil detuvieron a seis personas en Tánger y Algeciras.", "operation", ("ES",)),
        ("ar", "تمكن البسيج من تفكيك خلية بناء على معلومات وفرتها الشرطة الإسبانية.", "operation", ("ES",)),
        ("en", "Spain had granted Abdellatif Hammouchi a police decoration.", "decoration", ("ES",)),
    ],
)
def test_kinds_that_several_words_tell_together(language, text, kind, countries):
    found = read(text, language=Language(language))

    assert [(report.kind.value, report.countries) for report in found] == [(kind, countries)]


def test_headline_and_lead_that_tell_the_same_are_one_report_and_the_dated_sentence_is_its_evidence():
    lead = "Abdellatif Hammouchi a reçu lundi 9 février à Rabat le chef de la police espagnole."
    found = read(lead, title="Hammouchi reçoit le patron de la police espagnole", language=Language.FRENCH)

    assert [(report.evidence, report.city) for report in found] == [(lead, "rabat")]


def test_an_opinion_piece_recalls():
    found = read("قام عبد اللطيف حموشي بزيارة عمل إلى مدريد.", title="رأي: الأمن لغة مشتركة")

    assert told(found) == [("visit", "outbound", "recalled", ("ES",))]


def test_an_agreement_needs_a_signing_and_talk_of_cooperation_is_none():
    signed = read("وقع عبد اللطيف حموشي ونظيره الإسباني مذكرة تفاهم.")
    talk = read("اتفق عبد اللطيف حموشي ونظيره الإسباني على تعزيز التعاون.")

    assert told(signed) == [("agreement", None, "news", ("ES",))]
    assert [report for report in talk if report.kind is EventKind.AGREEMENT] == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "قام الملك محمد السادس بزيارة رسمية إلى فرنسا."),
        ("ar", "قام المدير العام للأمن الوطني الموريتاني بزيارة عمل إلى السنغال."),
        ("ar", "دشن عبد اللطيف حموشي مقرا أمنيا بفاس."),
        ("fr", "La DGSN et le ministère de la Santé ont signé une convention à Rabat."),
        ("fr", "Abdellatif Hammouchi a reçu la médaille du mérite."),
        ("es", "El ministro de Exteriores español recibió en Madrid a su homólogo marroquí."),
        ("en", "The Moroccan football federation signed an agreement with Spain."),
    ],
)
def test_without_both_sides_nothing_is_told(language, text):
    assert read(text, language=Language(language)) == ()


def test_threats_that_come_from_a_place_make_no_visit_one_to_come():
    reports = read(
        "قام حموشي بزيارة عمل إلى مدريد يومي 5 و6 فبراير.", title="حموشي في مدريد لبحث المخاطر القادمة من الساحل"
    )

    assert told(reports) == [("visit", "outbound", "news", ("ES",))]


def test_an_article_without_a_date_or_in_another_language_is_read_too():
    dated = "قام عبد اللطيف حموشي بزيارة عمل إلى مدريد يوم 5 فبراير."

    assert [report.when for report in read(dated, published=None)] == [None]
    assert read(dated, language=Language.OTHER) == ()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from(BITS) | st.text(max_size=8), max_size=30).map(" ".join),
    st.lists(st.sampled_from(BITS), max_size=8).map(" ".join),
    st.sampled_from(LANGUAGES),
    st.randoms(use_true_random=False),
)
def test_whatever_is_written_evidence_is_what_its_span_holds_and_the_order_of_tags_changes_nothing(
    text, title, language, chance
):
    one = article(title=title, text=text, language=language)
    tags = find_tags(one, READER.vocabulary)
    found = find_reports(one, tags, READER)

    assert all(report.evidence == report.span.of(one) != "" for report in found)
    assert all("MA" not in report.countries for report in found)
    assert find_reports(one, chance.sample(tags, len(tags)), READER) == found
