"""Bytes of a page to text, whatever the page says of itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.decoding import decode

ARABIC = "<html><body><p>استقبل المدير العام للأمن الوطني وفدا أجنبيا، وبحث معه سبل التعاون.</p></body></html>"
FRENCH = (
    "<html><body><p>La sûreté nationale a reçu une délégation étrangère à Rabat, hier après-midi.</p></body></html>"
)
SPANISH = (
    "<html><body><p>El año pasado la policía española visitó Rabat: más cooperación, según fuentes.</p></body></html>"
)


@pytest.mark.parametrize("declared", [None, "text/html", "text/html; charset=utf-8", "text/html; charset=iso-8859-1"])
@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (ARABIC, "utf-8"),
        (ARABIC, "utf-8-sig"),
        (ARABIC, "utf-16"),
        (ARABIC, "windows-1256"),
        (FRENCH, "utf-8"),
        (FRENCH, "latin-1"),
        (FRENCH, "windows-1252"),
        (SPANISH, "latin-1"),
    ],
)
def test_the_writing_decides_whatever_is_declared(text, charset, declared):
    assert decode(text.encode(charset), declared) == text


@pytest.mark.parametrize("lie", ["utf-8", "iso-8859-1", "windows-1256", "no-such-charset"])
@pytest.mark.parametrize(("text", "charset"), [(ARABIC, "windows-1256"), (SPANISH, "windows-1252"), (FRENCH, "utf-8")])
def test_markup_may_lie_about_its_charset(text, charset, lie):
    page = text.replace("<body>", f'<head><meta charset="{lie}"></head><body>')
    assert decode(page.encode(charset), None) == page


def test_utf8_with_a_letter_cut_in_two_is_read_without_that_letter():
    body = (ARABIC * 5).encode().replace("التعاون".encode(), "التعاون".encode()[:-1], 1)
    text = decode(body, None)
    assert text is not None
    assert text.count("التعاون") == 4
    assert "�" not in text


def test_bytes_that_are_no_writing_are_none():
    assert decode(bytes(range(128, 256)) * 40, None) is None


@given(st.binary())
def test_what_is_decoded_holds_neither_nuls_nor_lone_surrogates(body):
    text = decode(body, None)
    assert text is None or "\x00" not in text.encode().decode()
