"""Which language a text is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.language import find_language
from analysis.records import Language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("مدير الأمن يستقبل وفدا أجنبيا في الرباط", Language.ARABIC),
        ("واش كاين شي حاجة جديدة اليوم فالدار البيضاء", Language.ARABIC),
        ("شركة Atlas Motors تعرض سيارات Delta", Language.ARABIC),
        ("قال الوزير إن «la coopération» مستمرة بين البلدين", Language.ARABIC),
        ("Le directeur de la sûreté reçoit une délégation", Language.FRENCH),
        ("RABAT ACCUEILLE UNE REUNION SUR LA SECURITE DES FRONTIERES", Language.FRENCH),
        ("El director de la policía recibe a una delegación", Language.SPANISH),
        ("The head of the police meets a delegation", Language.ENGLISH),
        ("وزیر امور خارجه گفت که این گفتگوها به زودی در تهران پی گرفته می‌شود", Language.OTHER),
        ("وزیر اعظم نے کہا ہے کہ یہ بات چیت جلد ہی شروع ہو گی اور سب کے لیے ہے", Language.OTHER),
        ("Der Leiter der Polizei empfängt eine Abordnung aus dem Ausland in der Hauptstadt", Language.OTHER),
        ("Il capo della polizia incontra oggi una delegazione straniera nella capitale", Language.OTHER),
        ("Глава полиции встретил делегацию", Language.OTHER),
        ("ⴰⵣⵓⵍ ⴼⵍⵍⴰⵡⵏ", Language.OTHER),
        ("警察の長官", Language.OTHER),
        ("2026-02-10 – 14:30", Language.OTHER),
        ("", Language.OTHER),
    ],
)
def test_the_language_of_a_text(text, language):
    assert find_language(text) is language


def test_arabic_typed_with_persian_keys_is_arabic():
    assert find_language("استقبل المدیر العام للأمن الوطنی الیوم وفدا أمنیا رفیع المستوی فی الرباط") is Language.ARABIC


@given(st.text())
def test_any_text_has_an_answer(text):
    assert find_language(text) in Language
