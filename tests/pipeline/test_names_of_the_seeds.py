"""The names of the seeds: enough of them, and each spelling is its own entry's, alone or beside what decides."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from readers import SEEDS, vocabulary

from analysis.records import Language, TagKind
from analysis.spellings import Part, every, spell_names
from analysis.tags import find_tags
from builders import article
from pipeline.seeds import count_seeds

FLOORS = {"people": 180, "bodies": 250, "countries": 250, "cities": 400}
KINDS = (TagKind.PERSON, TagKind.BODY, TagKind.COUNTRY, TagKind.PLACE)


def entries(kind: TagKind) -> Iterator[tuple[str, object]]:
    known = vocabulary()
    listed = {
        TagKind.PERSON: known.people,
        TagKind.BODY: known.bodies,
        TagKind.COUNTRY: known.countries,
        TagKind.PLACE: known.cities,
    }
    return iter(listed[kind].items())


def spelt(kind: TagKind, part: Part) -> Iterator[tuple[str, str]]:
    for spelling in spell_names(vocabulary().seeds):
        if (spelling.term.kind, spelling.term.part) == (kind, part):
            yield spelling.term.id, spelling.words


def found(kind: TagKind, text: str) -> set[str]:
    return {tag.id for tag in find_tags(article(title="", text=text), vocabulary()) if tag.kind is kind}


def test_there_are_as_many_names_as_the_field_needs():
    counts = count_seeds(SEEDS)
    assert {name: counts[name] for name, floor in FLOORS.items() if counts[name] < floor} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_each_name_is_that_of_its_entry(kind):
    wrong = [(id_, words) for id_, words in spelt(kind, Part.NAME) if id_ != "MA" and id_ not in found(kind, words)]
    assert wrong == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_that_is_also_another_word_counts_only_beside_what_decides(kind):
    for id_, words in spelt(kind, Part.UNSURE):
        entry = dict(entries(kind))[id_]
        assert id_ not in found(kind, f"… {words} …"), words
        assert any(id_ in found(kind, f"{words} {clue}") for clue in every(entry.near)), words


def test_a_shared_name_is_that_of_whoever_is_named():
    for kind in (TagKind.PERSON, TagKind.BODY):
        for id_, words in spelt(kind, Part.SHARED):
            theirs = vocabulary().countries[dict(entries(kind))[id_].namesakes[0]].names[Language.FRENCH][0]
            assert id_ in found(kind, words), words
            assert id_ in found(kind, f"{words}, à Rabat, {theirs}"), words
            assert id_ not in found(kind, f"{words} ({theirs})"), words


def test_a_person_is_of_a_country_and_has_a_name_in_arabic_and_in_latin_letters():
    known = vocabulary()
    latin = {Language.FRENCH, Language.SPANISH, Language.ENGLISH}
    lacking = [
        person.id
        for person in known.people.values()
        if person.country not in known.countries
        or not (latin & {*person.full_names, *person.surnames})
        or Language.ARABIC not in {*person.full_names, *person.surnames}
    ]
    assert lacking == []


@pytest.mark.parametrize(
    ("text", "kind", "ids"),
    [
        ("دعم مالي للجهة ثم قرض مالي", TagKind.COUNTRY, set()),
        ("انقلاب في مالي والنيجر", TagKind.COUNTRY, {"ML", "NE"}),
        ("حل بعمان، عاصمة الأردن", TagKind.PLACE, {"amman"}),
        ("وصل إلى عمان قادما من مسقط", TagKind.COUNTRY, {"OM"}),
        ("un soldat de Fort Stewart, en Géorgie", TagKind.COUNTRY, set()),
        ("la police géorgienne à Tbilissi, en Géorgie", TagKind.COUNTRY, {"GE"}),
        ("le pont Mohammed VI et la fondation Mohammed VI", TagKind.PERSON, set()),
        ("le roi Mohammed VI a reçu", TagKind.PERSON, {"mohammed-vi"}),
        ("la Guinée-Bissau et la Guinée équatoriale", TagKind.COUNTRY, {"GW", "GQ"}),
        ("le Niger et le Nigeria", TagKind.COUNTRY, {"NE", "NG"}),
        ("Saint-Marin, San Marino", TagKind.COUNTRY, {"SM"}),
        ("Richard Moore, joueur de tennis", TagKind.PERSON, set()),
        ("Richard Moore, patron du renseignement britannique", TagKind.PERSON, {"richard-moore"}),
    ],
)
def test_homonyms_are_kept_apart(text, kind, ids):
    assert found(kind, text) == ids


def test_a_tag_says_why_a_name_that_could_be_anothers_counts():
    tags = find_tags(article(title="", text="العسكر يحكمون مالي قرب النيجر. Richard Moore, espion."), vocabulary())
    assert {(tag.id, tag.because) for tag in tags if tag.because and tag.kind is not TagKind.THEME} == {
        ("ML", "beside النيجر"),
        ("GB", "of richard-moore"),
        ("richard-moore", "beside espion"),
    }
