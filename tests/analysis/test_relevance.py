"""Relevance: two sides and something between them, near one another, and the words that say so."""

from __future__ import annotations

import pytest
from readers import vocabulary

from analysis.records import Judgement, Language
from analysis.relevance import judge
from analysis.tags import find_tags
from builders import article

FAR_AWAY = " ".join(["كلام آخر لا شأن له بما سبق."] * 30)


def judged(title, text="", language=Language.ARABIC):
    written = article(title=title, text=text, language=language)
    return judge(written, find_tags(written, vocabulary()), vocabulary())


def test_the_words_that_make_an_article_ours_are_named():
    assert judged("حموشي يستقبل مدير الشرطة الألمانية", "نص قصير.").because == ("حموشي + يستقبل + الشرطة الألمانية",)


def test_an_article_without_any_sign_scores_nothing():
    assert judged("طقس الخميس", "أجواء غائمة.") == Judgement(relevant=False, score=0.0, because=())


def test_the_three_parts_must_stand_near_one_another():
    near = "زار وفد من الأمن الوطني إسبانيا."
    apart = f"قال الأمن الوطني ذلك. {FAR_AWAY} وزار وفد آخر إسبانيا."
    assert judged("خبر", near).score > 0.3 > judged("خبر", apart).score == 0


def test_the_headline_weighs_more_than_the_body():
    sentence = "حموشي يستقبل مدير الشرطة الألمانية"
    assert judged(sentence, "نص").score > judged("عنوان", f"{FAR_AWAY} {sentence}.").score > 0


def test_words_against_take_some_away():
    title = "لقاء بين الأمن الوطني وإسبانيا"
    assert judged(title, "نص.").score > judged(title, "مباراة كرة القدم وتصريح المدرب.").score


def test_the_country_is_side_enough_beside_words_that_speak_of_security():
    assert judged("التعاون الأمني بين المغرب وإسبانيا").relevant
    assert not judged("التعاون الفلاحي بين المغرب وإسبانيا").relevant


def test_the_service_of_another_country_is_no_moroccan_side():
    assert judged("وزير الداخلية الفرنسي يستقبل نظيره الإسباني").score == 0
    assert judged("المدير العام للأمن الوطني الموريتاني يستقبل سفير فرنسا").score == 0


def test_saying_one_thing_twice_in_one_place_is_not_two_things():
    once = judged("عنوان", "حموشي يستقبل مدير الشرطة الألمانية بمقر الأمن الوطني.")
    assert len(once.because) == 1


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fr", "Un fugitif marocain arrêté par la police espagnole à Malaga"),
        ("es", "La Policía Nacional detiene en Murcia a un prófugo marroquí"),
        ("ar", "الشرطة الإسبانية توقف مطلوبا مغربيا"),
    ],
)
def test_the_nationality_of_a_fugitive_is_no_moroccan_side(language, title):
    assert not judged(title, language=Language(language)).relevant
    assert judged(
        "Maroc : un fugitif arrêté, la police espagnole avait donné l'alerte", language=Language.FRENCH
    ).relevant


def test_a_fugitive_who_is_caught_in_morocco_for_a_foreign_service_is_ours():
    assert judged("Maroc : un fugitif recherché par la police espagnole arrêté", language=Language.FRENCH).relevant


def test_a_foreign_ministry_beside_the_country_alone_is_none_of_ours_but_its_minister_is():
    ministry = "Madrid et Rabat ont trouvé un accord, a annoncé le ministère espagnol de l'Intérieur au sujet du Maroc."
    minister = "Le ministre de l'Intérieur espagnol vante son accord avec le Maroc."
    assert not judged("Les passages rouverts", ministry, Language.FRENCH).relevant
    assert judged("Un accord", minister, Language.FRENCH).relevant


def test_a_foreign_service_is_not_itself_what_stands_between_it_and_the_country():
    assert not judged("مسؤولو الاستخبارات الإسبانية أمام البرلمان، ولا ذكر للمغرب").relevant
    assert judged("مسؤولو الاستخبارات الإسبانية بالمغرب: التعاون الأمني قائم").relevant


def test_a_city_of_ours_is_the_country_where_a_foreign_service_comes():
    text = "Visite, vendredi, du commissaire de la police fédérale belge à Casablanca."
    assert judged("Une visite", text, Language.FRENCH).relevant


def test_words_that_look_like_a_service_are_no_side():
    text = "المغرب شريك لأجهزة الأمم المتحدة والاتحاد الإفريقي."
    assert judged("بيان", text).score == 0
