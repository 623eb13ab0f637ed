"""Letters in the four languages: what they say of an event, a day or a trouble, and what no event can make them say."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import html
from written import LANGUAGES, wording, words_of, written

from analysis.records import (
    Coverage,
    Digest,
    Direction,
    EventKind,
    FactChange,
    GrownStory,
    Happening,
    Language,
    Message,
    Notice,
    Occasion,
    Pace,
    Part,
    Participant,
    Precision,
    Told,
    When,
)
from builders import NOON, alert, happening, message, recipient, telling
from channels.headlines import as_told

ARABIC, FRENCH, ENGLISH, SPANISH = LANGUAGES
SCHEMA = json.loads((Path(__file__).parents[2] / "docs/webhook.schema.json").read_text("utf-8"))
WEB = "https://marsad.example"
TELLINGS = (
    telling(title="حموشي في مدريد", evidence="أجرى حموشي زيارة عمل إلى مدريد.", outlet="أطلس"),
    telling(
        article_id=2,
        source_id="rif",
        outlet="Le Rif",
        tier=2,
        language=FRENCH,
        url="https://rif.example/2?a=1&b=2",
        title="Hammouchi à Madrid",
        told_on=date(2026, 2, 11),
        evidence="Le patron de la DGSN s'est rendu à Madrid.",
    ),
    telling(article_id=3, source_id="sud", outlet="Sud", tier=3, language=SPANISH, is_copy=True, told=Told.ANNOUNCED),
)
VISIT = happening(
    tellings=TELLINGS,
    people=("abdellatif-hammouchi", "Juan Pérez"),
    bodies=("dgsn-dgst", "policia-nacional"),
    linked=((14, EventKind.AGREEMENT),),
    disagreements={"days": {"2026-02-09/2026-02-09 day": ("Le Rif",), "2026-02-09/2026-02-10 day": ("أطلس",)}},
)
MOVED = FactChange(fact="when", before="2026-02-09/2026-02-09 day", after="2026-02-09/2026-02-10 day")


def said(language: Language, **changes) -> Message:
    """Build a message to somebody who reads this language."""
    return message(recipient=recipient(language=language), **changes)


def first(language: Language, event: Happening = VISIT) -> Message:
    return said(language, facts=alert(happening=event))


def digest(**changes) -> Digest:
    facts = {
        "pace": Pace.DAILY,
        "first": date(2026, 2, 10),
        "last": date(2026, 2, 10),
        "alerts": (),
        "stories": (),
        "coverage": Coverage(asked=40, answered=38, silent=(("Le Rif", date(2026, 2, 3)),), articles=12),
    }
    return Digest(**{**facts, **changes})


# ---------------------------------------------------------------- the whole of it


def test_a_first_letter_in_french_says_everything() -> None:
    letter = written(first(FRENCH), WEB)
    assert letter.subject == "Abdellatif Hammouchi en visite en Espagne (Madrid), les 9 et 10 février 2026"
    assert letter.text.split("\n") == [
        "Abdellatif Hammouchi en visite en Espagne (Madrid), les 9 et 10 février 2026",
        "",
        (
            "Qui : Abdellatif Hammouchi, directeur général de la Sûreté nationale et de la Surveillance du territoire "
            "; Juan Pérez ; DGSN-DGST ; Police nationale espagnole"
        ),
        "Où : Madrid (Espagne)",
        "Quand : les 9 et 10 février 2026",
        "Lié à : Accord (événement 14)",
        (
            "Fiabilité : Rapporté par 3 médias, dont 1 de premier rang ; 1 reprise du même texte ; "
            "1 média ne fait que l'annoncer ; "
            "Les médias divergent (Quand) : le 9 février 2026 (Le Rif) ; les 9 et 10 février 2026 (\u2068أطلس\u2069)"
        ),
        "",
        "« Le patron de la DGSN s'est rendu à Madrid. »",
        "— Le Rif",
        "",
        "Les médias",
        "• \u2068حموشي في مدريد\u2069 — \u2068أطلس\u2069 · 10 février 2026",
        "https://atlas.example/1",
        "• Hammouchi à Madrid — Le Rif · 11 février 2026",
        "https://rif.example/2?a=1&b=2",
        "• \u2068عنوان قصير\u2069 — Sud · 10 février 2026 · même texte · annoncé",
        "https://atlas.example/1",
        "",
        "Voir l'événement",
        "https://marsad.example/events/12",
        "",
        "-- ",
        "Vous recevez ce message au titre de : new-visits.",
        "Pour ne plus rien recevoir sur cet événement : marsad alerts mute desk --event 12",
    ]
    assert letter.short == (
        "Abdellatif Hammouchi en visite en Espagne (Madrid), les 9 et 10 février 2026\n"
        "Rapporté par 3 médias, dont 1 de premier rang\nhttps://marsad.example/events/12"
    )


def test_an_update_says_what_is_otherwise_and_where_no_page_is_names_the_command() -> None:
    changes = (MOVED, FactChange(fact="linked", before=None, after="14 agreement"))
    letter = written(said(ARABIC, occasion=Occasion.UPDATE, facts=alert(occasion=Occasion.UPDATE, changes=changes)))
    assert letter.text.split("\n")[:5] == [
        "تحديث — عبد اللطيف حموشي في زيارة إلى إسبانيا (مدريد) يومي 9 و10 فبراير 2026",
        "",
        "التاريخ: يومي 9 و10 فبراير 2026 (سابقا: يوم 9 فبراير 2026)",
        "مرتبط بـ (إضافة): اتفاق (الحدث 14)",
        "",
    ]
    assert "التفاصيل: \u2068marsad event 12\u2069" in letter.text
    assert letter.short.split("\n")[1:] == [*letter.text.split("\n")[2:4], "https://atlas.example/1"]


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (
            happening(retracted_at=NOON, retracted_because="it was last year's"),
            ["marsad has withdrawn this report.", "Why: it was last year's"],
        ),
        (happening(told=Told.DENIED), ["Every outlet that reports on it denies it."]),
    ],
)
def test_a_retraction_says_so_first_and_then_why(event, why) -> None:
    facts = alert(occasion=Occasion.RETRACTION, happening=event)
    letter = written(said(ENGLISH, occasion=Occasion.RETRACTION, facts=facts))
    assert letter.subject.startswith("Withdrawn — Visit to Spain (Madrid)")
    assert letter.text.split("\n")[2 : 2 + len(why)] == why


@pytest.mark.parametrize(
    ("event", "headline"),
    [
        (
            happening(direction=Direction.INBOUND, people=("abdellatif-hammouchi",), bodies=("policia-nacional",)),
            "Visite au Maroc : Police nationale espagnole (Madrid), les 9 et 10 février 2026",
        ),
        (
            happening(direction=Direction.INBOUND, people=("Juan Pérez",), bodies=(), city=None, when=None),
            "Visite au Maroc : Espagne",
        ),
        (happening(people=("Juan Pérez",), bodies=(), city=None, when=None), "Visite marocaine en Espagne"),
        (
            happening(kind=EventKind.AGREEMENT, direction=None, told=Told.ANNOUNCED, city=None, when=None),
            "Annoncé — Accord avec l'Espagne (DGSN)",
        ),
        (
            happening(kind=EventKind.AGREEMENT, direction=None, countries=(), bodies=("dgsn", "interpol"), when=None),
            "Accord : DGSN et Interpol (Madrid)",
        ),
    ],
)
def test_a_headline_says_no_more_than_is_known(event, headline) -> None:
    assert as_told(event, wording().names, words_of(FRENCH)) == headline


MEDAL = happening(
    kind=EventKind.DECORATION,
    direction=None,
    people=("fernando-grande-marlaska", "abdellatif-hammouchi"),
    bodies=(),
    participants=(
        Participant(person="abdellatif-hammouchi", part=Part.DECORATED, sources=("atlas", "rif")),
        Participant(person="fernando-grande-marlaska", part=Part.DECORATING, sources=("rif",)),
    ),
)


@pytest.mark.parametrize(
    ("language", "headline", "who"),
    [
        (ARABIC, "توشيح: عبد اللطيف حموشي (إسبانيا) يومي 9 و10 فبراير 2026", "تسلُّم الوسام"),
        (FRENCH, "Distinction : Abdellatif Hammouchi (Espagne), les 9 et 10 février 2026", "reçoit la distinction"),
        (ENGLISH, "Decoration of Abdellatif Hammouchi (Spain), 9 and 10 February 2026", "receives the decoration"),
        (SPANISH, "Condecoración: Abdellatif Hammouchi (España), los días 9 y 10 de febrero de 2026", "recibe la cond"),
    ],
)
def test_whoever_got_a_medal_is_named_and_not_whoever_gave_it(language, headline, who) -> None:
    letter = written(first(language, MEDAL))
    assert letter.subject == headline
    assert f" — {who}" in letter.text


def test_programs_are_told_who_had_which_part_and_who_says_so() -> None:
    told = written(first(FRENCH, MEDAL)).body["data"]["event"]["participants"]
    assert told == [
        {"person": "abdellatif-hammouchi", "part": "decorated", "sources": ["atlas", "rif"]},
        {"person": "fernando-grande-marlaska", "part": "decorating", "sources": ["rif"]},
    ]


def test_who_leads_a_delegation_is_named_first() -> None:
    leader = Participant(person="abdellatif-hammouchi", part=Part.HEAD, sources=("rif",))
    both = happening(people=("mohamed-dkhissi", "abdellatif-hammouchi"), participants=(leader,))
    assert as_told(both, wording().names, words_of(FRENCH)).startswith("Abdellatif Hammouchi et Mohamed Dkhissi en v")


def test_somebody_whom_the_seeds_do_not_know_is_named_as_printed() -> None:
    stranger = Participant(person="Jan Janssen", part=Part.EXTRADITED, sources=("rif",))
    event = happening(
        kind=EventKind.EXTRADITION, direction=None, people=(), countries=("BE",), participants=(stranger,)
    )
    letter = written(first(ENGLISH, event))
    assert letter.subject.startswith("Extradition of Jan Janssen (Belgium)")
    assert "Jan Janssen — handed over" in letter.text


def test_many_guests_are_counted() -> None:
    people = ("william-burns", "avril-haines", "kash-patel", "john-ratcliffe")
    event = happening(direction=Direction.INBOUND, people=people, city="rabat", when=None)
    assert as_told(event, wording().names, words_of(ARABIC)) == (
        "ويليام بيرنز وأفريل هاينز وآخران في زيارة إلى المغرب (الرباط)"
    )


# ---------------------------------------------------------------- mail as HTML


def test_each_text_runs_in_its_own_direction() -> None:
    page = html.fromstring(written(first(ARABIC)).html)
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
    [quote] = page.iter("blockquote")
    assert (quote.get("lang"), quote.get("dir")) == ("ar", "rtl")
    [quote] = html.fromstring(written(first(FRENCH)).html).iter("blockquote")
    assert (quote.get("lang"), quote.get("dir")) == ("fr", "ltr")


def test_what_outlets_print_is_never_markup() -> None:
    evil = telling(title="<script>alert(1)</script>", evidence='"><img src=x onerror=alert(1)>', outlet="<b>")
    page = html.fromstring(written(first(ENGLISH, happening(tellings=(evil,)))).html)
    assert not [*page.iter("script", "img", "b")]
    assert "<script>alert(1)</script>" in page.text_content()


def test_mail_needs_no_pictures_and_fetches_nothing() -> None:
    letter = written(first(FRENCH), WEB)
    page = html.fromstring(letter.html)
    assert not [*page.iter("img", "link", "script", "iframe")]
    assert "url(" not in letter.html
    assert {*page.xpath("//a/@href")} == {
        "https://atlas.example/1",
        "https://rif.example/2?a=1&b=2",
        "https://marsad.example/events/12",
    }


# ---------------------------------------------------------------- digests and notices


def test_a_digest_tells_events_by_kind_and_country_and_always_the_coverage() -> None:
    deal = happening(event_id=15, kind=EventKind.AGREEMENT, direction=None, countries=("FR", "IT"), when=None)
    story = GrownStory(story_id=4, headline="Mondial 2030", url="https://rif.example/4", came=7, outlets=3)
    update = alert(occasion=Occasion.UPDATE, changes=(MOVED,))
    facts = digest(alerts=(alert(happening=deal), alert(happening=VISIT), update), stories=(story,))
    letter = written(said(FRENCH, occasion=Occasion.DIGEST, facts=facts), WEB)
    assert letter.subject == "Le point du 10 février 2026 — 2 événements nouveaux"
    assert letter.text.split("\n") == [
        "2 événements nouveaux",
        "",
        "Visite · Espagne",
        "• Abdellatif Hammouchi en visite en Espagne (Madrid), les 9 et 10 février 2026 — Rapporté par 3 médias",
        "https://marsad.example/events/12",
        "",
        "Accord · France et Italie",
        "• Accord avec la France et l'Italie (DGSN) — Rapporté par 1 média",
        "https://marsad.example/events/15",
        "",
        "Mises à jour",
        (
            "• Abdellatif Hammouchi en visite en Espagne (Madrid), les 9 et 10 février 2026"
            " — Quand : les 9 et 10 février 2026 (auparavant : le 9 février 2026)"
        ),
        "https://marsad.example/events/12",
        "",
        "Les sujets qui ont pris de l'ampleur",
        "• Mondial 2030 — 7 articles de plus dans 3 médias",
        "https://rif.example/4",
        "",
        "Couverture",
        "• 38 sources ont répondu sur 40 interrogées ; 12 articles retenus",
        "• Sans réponse : Le Rif (depuis le 3 février 2026)",
    ]


def test_an_empty_week_is_one_line_and_the_coverage() -> None:
    coverage = Coverage(asked=2, answered=2, articles=3)
    facts = digest(pace=Pace.WEEKLY, first=date(2026, 2, 9), last=date(2026, 2, 15), coverage=coverage)
    letter = written(said(ARABIC, occasion=Occasion.DIGEST, facts=facts))
    assert letter.subject == "حصيلة الأسبوع من 9 إلى 15 فبراير 2026 — لا أحداث جديدة"
    assert letter.text == "لا أحداث جديدة\n\nأجاب مصدران من مصدرين سئلا؛ حفظت 3 مقالات"


def test_of_many_silent_sources_the_first_are_named_and_the_others_counted() -> None:
    silent = tuple((f"source {number}", None) for number in range(30))
    facts = digest(coverage=Coverage(asked=30, answered=0, silent=silent))
    *_, last = written(said(ENGLISH, occasion=Occasion.DIGEST, facts=facts)).text.split("\n")
    assert last.startswith("No answer from: source 0, source 1, ")
    assert last.endswith(", source 11 and 18 more")


def test_a_trouble_is_told_in_the_words_of_the_program_from_left_to_right() -> None:
    facts = Notice(headline="2 sources are silent", lines=("atlas: unreachable", "rif: stale"), more="marsad watch")
    letter = written(said(ARABIC, occasion=Occasion.TROUBLE, facts=facts))
    assert letter.text == (
        "\u20682 sources are silent\u2069\n\natlas: unreachable\nrif: stale\n\nالتفاصيل: \u2068marsad watch\u2069"
    )
    lines = html.fromstring(letter.html).xpath("//p[@dir='ltr']")
    assert [line.text_content() for line in lines] == ["atlas: unreachable", "rif: stale"]
    trial = written(said(FRENCH, occasion=Occasion.TRIAL, facts=Notice(headline="desk")))
    assert (trial.subject, trial.text) == ("Message d'essai de marsad — desk", "desk")


# ---------------------------------------------------------------- whatever happens

printed = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=300)
names = st.lists(st.sampled_from(("abdellatif-hammouchi", "william-burns", "خوان بيريث", "Juan Pérez")), unique=True)
events = st.builds(
    happening,
    kind=st.sampled_from(EventKind),
    direction=st.sampled_from([None, *Direction]),
    told=st.sampled_from(Told),
    people=names.map(tuple),
    bodies=st.lists(st.sampled_from(("dgsn", "cia", "interpol")), unique=True).map(tuple),
    countries=st.lists(st.sampled_from(("ES", "US", "IT", "NE")), unique=True).map(tuple),
    city=st.sampled_from((None, "madrid", "rabat", "Villa Incognita")),
    when=st.none() | st.just(When(first=date(2026, 2, 1), last=date(2026, 2, 28), precision=Precision.MONTH)),
    tellings=st.lists(st.builds(telling, title=printed, evidence=printed, outlet=printed), max_size=12).map(tuple),
)


@settings(deadline=None)  # the first letter of a language compiles its templates
@given(events, st.sampled_from(LANGUAGES), st.sampled_from([Occasion.FIRST, Occasion.UPDATE, Occasion.RETRACTION]))
def test_any_event_can_be_told_in_any_language(event, language, occasion) -> None:
    facts = alert(happening=event, occasion=occasion, changes=(MOVED,))
    letter = written(said(language, occasion=occasion, facts=facts), WEB)
    assert not re.search(r"[{}\[\]\n]|None", letter.subject)
    assert "\n" not in letter.subject
    assert len(letter.short) < 500
    assert letter.short.split("\n")[0] == letter.subject
    Draft202012Validator(SCHEMA).validate(letter.body)


@pytest.mark.parametrize(
    "facts",
    [
        digest(
            alerts=(alert(happening=VISIT), alert(occasion=Occasion.UPDATE, changes=(MOVED,))),
            stories=(GrownStory(story_id=4, headline="Mondial 2030", url="https://rif.example/4", came=7, outlets=3),),
        ),
        digest(pace=Pace.WEEKLY),
        Notice(headline="2 sources are silent", lines=("atlas: unreachable",), more="marsad watch"),
    ],
)
def test_what_programs_get_is_as_the_schema_says(facts) -> None:
    occasion = Occasion.DIGEST if isinstance(facts, Digest) else Occasion.TROUBLE
    checked = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
    checked.validate(written(said(FRENCH, occasion=occasion, facts=facts)).body)
    checked.validate(written(first(FRENCH), WEB).body)


def test_the_schema_is_one_and_refuses_what_it_does_not_know() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    body = written(first(FRENCH)).body
    for strange in ({**body, "type": "event.else"}, {**body, "data": {**body["data"], "other": 1}}):
        assert not Draft202012Validator(SCHEMA).is_valid(strange)


def test_a_letter_is_the_same_each_time_it_is_written() -> None:
    assert written(first(ARABIC)) == written(first(ARABIC))
    assert written(replace(first(ARABIC), thread=("before",))).thread == ("before",)
