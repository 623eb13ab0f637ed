"""Who had which part in what an article tells: words and sides say so, or nobody does."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers import reader

from analysis.events import gather
from analysis.parts import best_parts, in_order, still_standing
from analysis.records import Account, Direction, EventKind, Language, Part, Participant
from analysis.reports import find_reports
from analysis.tags import find_tags
from builders import article, report

READER = reader()
OURS, THEIRS = "abdellatif-hammouchi", "fernando-grande-marlaska"
DAY = date(2026, 2, 10)


def parts(text: str, language: str) -> list[tuple[str, dict[str, str]]]:
    one = article(title="", text=text, language=Language(language))
    found = find_reports(one, find_tags(one, READER.vocabulary), READER)
    return [(each.kind.value, {said.person: said.part.value for said in each.participants}) for each in found]


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("fr", "Fernando Grande-Marlaska a décoré Abdellatif Hammouchi de la grand-croix.", "given"),
        ("fr", "Fernando Grande-Marlaska a remis à Abdellatif Hammouchi la médaille du mérite policier.", "given"),
        ("fr", "Abdellatif Hammouchi a été décoré par Fernando Grande-Marlaska de la médaille du mérite.", "given"),
        ("fr", "Abdellatif Hammouchi a reçu la médaille du mérite des mains de Fernando Grande-Marlaska.", "given"),
        ("fr", "Abdellatif Hammouchi décoré de la médaille de la Guardia Civil espagnole.", "got"),
        ("es", "Fernando Grande-Marlaska condecoró a Abdellatif Hammouchi con la gran cruz.", "given"),
        ("es", "Abdellatif Hammouchi recibió de Fernando Grande-Marlaska la medalla al mérito.", "given"),
        ("es", "Abdellatif Hammouchi fue condecorado en Madrid por la Guardia Civil con la medalla al mérito.", "got"),
        ("en", "Fernando Grande-Marlaska awarded Abdellatif Hammouchi the medal of merit.", "given"),
        ("en", "Abdellatif Hammouchi was decorated with the medal of merit by Fernando Grande-Marlaska.", "given"),
        ("en", "Spain decorated Abdellatif Hammouchi with the grand cross of merit.", "got"),
        ("ar", "وشح وزير الداخلية الإسباني فرناندو غراندي مارلاسكا عبد اللطيف حموشي بوسام الاستحقاق.", "given"),
        ("ar", "تسلم عبد اللطيف حموشي من فرناندو غراندي مارلاسكا وسام الاستحقاق.", "given"),
        ("ar", "تم توشيح عبد اللطيف حموشي بوسام الاستحقاق من طرف فرناندو غراندي مارلاسكا.", "given"),
        ("fr", "Abdellatif Hammouchi s'est vu remettre la médaille du mérite de la Garde civile espagnole.", "got"),
        ("ar", "وُشح عبد اللطيف حموشي بالرباط بوسام الاستحقاق الذي منحه إياه ملك إسبانيا.", "got"),
        ("ar", "وشح عبد اللطيف حموشي بوسام الاستحقاق في حفل حضره فرناندو غراندي مارلاسكا.", "given"),
        ("ar", "سلم فرناندو غراندي مارلاسكا أوسمة الاستحقاق لأربعة من أطر الأمن منهم عبد اللطيف حموشي.", "given"),
        ("ar", "منحت إسبانيا وسام الاستحقاق الأمني لعبد اللطيف حموشي.", "got"),
    ],
)
def test_whoever_gets_a_medal_is_told_from_whoever_gives_it(language, text, told):
    wanted = {OURS: "decorated"} | ({THEIRS: "decorating"} if told == "given" else {})

    assert ("decoration", wanted) in parts(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "La DGSN a décoré Fernando Grande-Marlaska de la médaille du mérite."),
        ("es", "La DGSN marroquí condecoró a Fernando Grande-Marlaska con la medalla al mérito."),
        ("ar", "وشح عبد اللطيف حموشي وزير الداخلية الإسباني فرناندو غراندي مارلاسكا بوسام الاستحقاق."),
    ],
)
def test_ours_may_give_a_medal_too(language, text):
    [found] = [said for kind, said in parts(text, language) if kind == "decoration"]

    assert found[THEIRS] == "decorated"


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("fr", "Abdellatif Hammouchi a reçu Fernando Grande-Marlaska à Rabat.", {OURS: "host", THEIRS: "visitor"}),
        ("fr", "Abdellatif Hammouchi conduit une délégation à Madrid, où il s'est rendu mardi.", {OURS: "head"}),
        ("ar", "حل عبد اللطيف حموشي على رأس وفد أمني بمدريد في زيارة عمل.", {OURS: "head"}),
        ("en", "Abdellatif Hammouchi led a delegation on a visit to Madrid.", {OURS: "head"}),
        ("es", "Abdellatif Hammouchi viajó a Madrid.", {OURS: "visitor"}),
    ],
)
def test_who_comes_is_told_from_who_receives_and_from_who_leads(language, text, wanted):
    assert ("visit", wanted) in parts(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Mohamed Dkhissi a été élu jeudi vice-président d'Interpol pour l'Afrique."),
        ("ar", "انتخب والي الأمن محمد الدخيسي نائبا لرئيس منظمة الإنتربول عن قارة إفريقيا."),
        ("en", "Morocco's Mohamed Dkhissi was elected on Thursday as Interpol's vice-president for Africa."),
        ("es", "El marroquí Mohamed Dkhissi fue elegido el jueves vicepresidente de Interpol por África."),
    ],
)
def test_who_was_elected_is_named(language, text):
    assert ("election", {"mohamed-dkhissi": "elected"}) in parts(text, language)


def test_only_who_signed_is_a_signer():
    text = "Un accord de coopération policière a été signé à Madrid par {} et Fernando Grande-Marlaska."

    [found] = [said for kind, said in parts(text.format("Abdellatif Hammouchi"), "fr") if kind == "agreement"]

    assert found == {OURS: "signer", THEIRS: "signer"}


# ---------------------------------------------------------------- of several sources


def account(source: str, *said: tuple[str, Part]) -> Account:
    told = tuple(Participant(person=person, part=part) for person, part in said)
    return Account(report=report(participants=told), source_id=source, told_on=DAY)


def test_most_sources_say_the_part_and_stand_beside_it():
    told = [account("a", (OURS, Part.HOST)), account("b", (OURS, Part.VISITOR)), account("c", (OURS, Part.VISITOR))]

    assert best_parts(told) == (Participant(person=OURS, part=Part.VISITOR, sources=("b", "c")),)


def test_who_heads_a_delegation_is_not_only_a_visitor():
    told = [account("a", (OURS, Part.VISITOR)), account("b", (OURS, Part.VISITOR)), account("c", (OURS, Part.HEAD))]

    assert best_parts(told) == (Participant(person=OURS, part=Part.HEAD, sources=("c",)),)


@given(st.permutations(["a", "b", "c"]), st.lists(st.sampled_from(list(Part)), min_size=3, max_size=3))
def test_the_order_of_accounts_is_nothing_to_the_parts(order, said):
    told = {source: account(source, (OURS, part)) for source, part in zip("abc", said, strict=True)}

    assert gather([told[each] for each in order]).participants == gather([*told.values()]).participants


def test_heads_are_named_first_and_strangers_last():
    told = (Participant(person="b", part=Part.HEAD), Participant(person="Somebody", part=Part.EXTRADITED))

    assert in_order(("a", "b"), told) == ("b", "a", "Somebody")


def test_what_people_fix_takes_parts_away_but_never_adds_any():
    before = gather([account("a", (OURS, Part.VISITOR), (THEIRS, Part.HOST))])
    other = gather([Account(report=report(direction=Direction.INBOUND), source_id="a", told_on=DAY)])
    fewer = gather([Account(report=report(people=(OURS,)), source_id="a", told_on=DAY)])

    assert still_standing(before, other) == ()
    assert still_standing(before, fewer) == before.participants
    assert before.kind is EventKind.VISIT
