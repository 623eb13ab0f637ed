"""Tags: who and what is named, where, and who is not meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers import vocabulary

from analysis.records import Field, Language, Span, Tag, TagKind
from analysis.tags import find_tags
from builders import article


def ids(kind, title="", text=""):
    found = find_tags(article(title=title, text=text), vocabulary())
    return sorted({tag.id for tag in found if tag.kind is kind})


def people(text):
    return ids(TagKind.PERSON, text=text)


def test_a_tag_says_what_is_named_where_it_stands_and_in_which_words():
    written = article(title="حموشي في مدريد", text="زار عبد اللطيف حموشي، أمس، إسبانيا.")
    assert find_tags(written, vocabulary()) == (
        Tag(
            kind=TagKind.PERSON,
            id="abdellatif-hammouchi",
            span=Span(field=Field.TITLE, start=0, end=5),
            surface="حموشي",
            because="named in full in this article",
        ),
        Tag(kind=TagKind.PLACE, id="madrid", span=Span(field=Field.TITLE, start=9, end=14), surface="مدريد"),
        Tag(
            kind=TagKind.PERSON,
            id="abdellatif-hammouchi",
            span=Span(field=Field.TEXT, start=4, end=20),
            surface="عبد اللطيف حموشي",
        ),
        Tag(kind=TagKind.COUNTRY, id="ES", span=Span(field=Field.TEXT, start=27, end=34), surface="إسبانيا"),
    )


@pytest.mark.parametrize(
    "spelling",
    [
        "عبد اللطيف حموشي",
        "عبداللطيف الحموشي",
        "عبد الطيف لحموشي",
        "لعبد اللطيف الحموشي",
        "Abdellatif Hammouchi",
        "Abdelatif El Hamouchi",
        "المدير العام للأمن الوطني ولمراقبة التراب الوطني",
        "directeur général de la Sûreté nationale et de la Surveillance du territoire",
    ],
)
def test_the_director_is_known_in_every_spelling_and_by_his_office(spelling):
    assert people(f"… {spelling} …") == ["abdellatif-hammouchi"]


@pytest.mark.parametrize(
    ("spelling", "person"),
    [
        ("Abd al-Latif Hammouchi", "abdellatif-hammouchi"),
        ("Abdelatif El Hamuchi", "abdellatif-hammouchi"),
        ("Abdellatif Hammoushi", "abdellatif-hammouchi"),
        ("Yasin Mansuri", "mohamed-yassine-mansouri"),
        ("ياسين منصوري", "mohamed-yassine-mansouri"),
        ("Yassine El Mansouri", "mohamed-yassine-mansouri"),
        ("Mohammed Dakhissi", "mohamed-dkhissi"),
        ("Habub Cherkaui", "habboub-cherkaoui"),
        ("Mohamed Haramu", "mohamed-haramou"),
        ("Abdelouafi Laftite", "abdelouafi-laftit"),
        ("Terry Cole", "terrance-cole"),
    ],
)
def test_people_are_known_in_the_spellings_of_each_language(spelling, person):
    assert people(f"… {spelling} …") == [person]


def test_the_surveillance_of_another_territory_is_not_ours():
    assert ids(TagKind.BODY, text="مدير مراقبة التراب الوطني في نواكشوط عاصمة موريتانيا") == []
    assert ids(TagKind.BODY, text="مدير مراقبة التراب الوطني بالمغرب يزور موريتانيا") == ["dgst"]


def test_a_surname_counts_beside_a_security_word_or_where_the_full_name_stands_elsewhere():
    assert people("وصل الحموشي صباحا.") == []
    assert people("وصل الحموشي على رأس وفد أمني.") == ["abdellatif-hammouchi"]
    assert people("قال عبد اللطيف حموشي إنه مرتاح." + " وكان الجو جميلا." * 20 + " ثم غادر الحموشي.") == [
        "abdellatif-hammouchi"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "أطلق المغني الحموشي ألبومه الجديد بعد زيارة إلى باريس.",
        "قال الناشط الأمازيغي الحموشي إن الأمن منعه من الكلام.",
        "Le chanteur Hammouchi sort un album avec la police de New York.",
        "The Amazigh activist Hammouchi met security officials.",
        "El cantante Hammouchi estrena canción sobre la policía.",
        "دعا الناشط سعيد الحموشي إلى عطلة." + " وكان الجو جميلا." * 10 + " وعاد الحموشي من زيارة إلى برشلونة.",
    ],
)
def test_the_singer_and_the_activist_of_the_same_name_are_not_the_director(text):
    assert "abdellatif-hammouchi" not in people(text)


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("وزارة الداخلية الإسبانية", ["interior-es"]),
        ("وزارة الداخلية", ["interior-ma"]),
        ("وزارة الداخلية العراقية", ["interior-iq"]),
        ("وزارة الداخلية السنغافورية", []),
        ("وزارة الداخلية وإسبانيا والمغرب", ["interior-ma"]),
        ("وزارة الداخلية وإسبانيا", []),
        ("الديستي والبسيج ولادجيد", ["bcij", "dged", "dgst"]),
        ("le FBI et la Guardia Civil", ["fbi", "guardia-civil"]),
    ],
)
def test_a_body_is_told_from_that_of_another_country(text, bodies):
    assert ids(TagKind.BODY, text=text) == bodies


def test_the_director_general_of_another_country_is_not_the_moroccan_one():
    assert people("استقبل المدير العام للأمن الوطني الموريتاني ضيفه.") == []


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("الوفد القطري والمسؤولة القطرية والقطريين", ["QA"]),
        ("la délégation espagnole", ["ES"]),
        ("las autoridades neerlandesas", ["NL"]),
        ("غينيا بيساو", ["GW"]),
        ("من الرباط إلى مدريد", []),
        ("المغرب والمغاربة", []),
        ("la Guardia Civil", ["ES"]),
        ("une réunion de la Place Rouge", []),
        ("دعم مالي للجهة", []),
    ],
)
def test_countries_come_from_names_adjectives_and_services_but_not_from_cities(text, countries):
    assert ids(TagKind.COUNTRY, text=text) == countries


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("مكافحة الجريمة المنظمة العابرة للحدود", ["organised-crime"]),
        ("la cybercriminalité", ["cybercrime"]),
        ("blanqueo de capitales", ["money-laundering"]),
        ("under a red notice", ["extradition-judicial"]),
        ("الطقس معتدل", []),
    ],
)
def test_themes_come_from_phrases(text, themes):
    assert ids(TagKind.THEME, text=text) == themes


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("مكافحة تمويل الإرهاب", ["counter-terrorism", "money-laundering"]),
        ("la coordination antiterroriste au Sahel", ["counter-terrorism", "sahel"]),
        ("زار مقر الإنتربول", ["interpol"]),
    ],
)
def test_words_inside_the_words_of_another_theme_or_of_a_name_are_their_own_theme_all_the_same(text, themes):
    assert ids(TagKind.THEME, text=text) == themes


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("زار ياسين المنصوري، مدير لادجيد، ليبروفيل.", ["intelligence-sharing"]),
        ("Le patron de la CIA est à Rabat.", ["intelligence-sharing"]),
        ("Le patron de la DGST est à Rabat.", []),
        ("Une délégation du Niger est à Rabat.", ["sahel"]),
    ],
)
def test_a_theme_comes_from_the_bodies_and_countries_that_stand_for_it_too(text, themes):
    assert ids(TagKind.THEME, text=text) == themes


def test_a_name_that_stands_for_a_theme_says_so():
    tags = find_tags(article(title="", text="Visite de la DEA.", language=Language.FRENCH), vocabulary())
    assert [(tag.surface, tag.because) for tag in tags if tag.kind is TagKind.THEME] == [("DEA", "")]
    tags = find_tags(article(title="", text="Visite de Yassine Mansouri.", language=Language.FRENCH), vocabulary())
    assert [(tag.surface, tag.because) for tag in tags if tag.kind is TagKind.THEME] == [
        ("Yassine Mansouri", "of mohamed-yassine-mansouri")
    ]


def test_a_theme_that_is_named_once_and_late_is_named_in_passing_and_one_that_comes_again_is_not():
    late = "Ils ont visité la ville. " * 60
    assert ids(TagKind.THEME, text=f"{late}On parla de cocaïne.") == []
    assert ids(TagKind.THEME, text=f"{late}On parla de cocaïne. La cocaïne arrive au port.") == ["drugs"]
    assert ids(TagKind.THEME, title="Cocaïne au port", text=f"{late}Rien d'autre.") == ["drugs"]


def test_a_surname_in_the_title_is_known_by_what_the_text_begins_with():
    assert ids(TagKind.PERSON, title="Hammouchi bientôt à Abuja", text="Le chef de la sûreté est attendu.") == [
        "abdellatif-hammouchi"
    ]


@given(st.text(alphabet="حموشي الأنطلفببشرةقستا،. \nFBI", max_size=80), st.text(max_size=40))
def test_every_span_holds_its_surface_and_no_tag_comes_twice(title, text):
    written = article(title=title, text=text)
    tags = find_tags(written, vocabulary())
    assert all(tag.span.of(written) == tag.surface != "" for tag in tags)
    assert len(set(tags)) == len(tags)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("اغرورقت العيون بالدموع", []),
        ("حل الوفد بمدينة العيون ثم بالداخلة", ["dakhla", "laayoune"]),
        ("يا أسفي على ما ضاع", []),
        ("ميناء آسفي", ["safi"]),
        ("ثار بركان في الجزيرة", []),
        ("أوقفت شرطة مدينة بركان مشتبها فيه", ["berkane"]),
    ],
)
def test_a_city_that_is_also_a_word_is_named_only_beside_what_says_so(text, named):
    assert ids(TagKind.PLACE, text=text) == named
