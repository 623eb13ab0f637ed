"""The gate refuses no page that the whole judgement would keep, however the page hides its words."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.extract import extract
from analysis.gate import Gate
from analysis.records import Article, Rejection, RejectionReason
from analysis.relevance import judge
from analysis.tags import Vocabulary, compile_vocabulary, find_tags
from builders import page
from pipeline.seeds import read_seeds

SEEDS = Path(__file__).parents[2] / "seeds"
OURS = {
    "Visite de travail à Madrid": "Abdellatif Hammouchi, directeur général de la Sûreté nationale, a reçu lundi à "
    "Rabat le chef de la police espagnole, pour parler de la coopération sécuritaire entre les deux pays.",
    "حموشي يستقبل مسؤولا إسبانيا": "استقبل المدير العام للأمن الوطني عبد اللطيف حموشي بالرباط مدير الشرطة الإسبانية، "
    "وبحثا سبل تعزيز التعاون الأمني بين البلدين في مكافحة الإرهاب.",
    "Hammouchi recibe a su homólogo": "El director de la policía marroquí, Abdellatif Hammouchi, recibió el lunes en "
    "Rabat al jefe de la Guardia Civil para hablar de la cooperación en materia de seguridad.",
    "Security talks in Rabat": "Morocco and Spain signed a security cooperation agreement in Rabat on Monday, after "
    "talks between the head of the DGSN and the chief of the Spanish police.",
}
OTHERS = (
    "Les oliviers ont donné cette année une récolte meilleure que prévu, disent les paysans de la plaine.",
    "افتتحت المدينة العتيقة مكتبة جديدة للأطفال، وفيها قاعات للقراءة وأخرى للعروض.",
    "El museo del mar abre sus puertas en primavera con barcos y mapas de otro tiempo.",
)
FURNITURE = (
    "<nav>"
    + "".join(f"<a href='/{n}'>Une autre nouvelle du jour sur les champs et la mer</a> " for n in range(30))
    + "</nav>"
)
_SHAPED = {
    unicodedata.normalize("NFKC", chr(code)): chr(code)
    for code in range(0xFE80, 0xFEFD)
    if len(unicodedata.normalize("NFKC", chr(code))) == 1
}
_HIDDEN = (
    "{0}", "{0}", "{0}", "&#{1};", "&#x{1:x};", "<b>{0}</b>", "<span class='x'>{0}</span>", "{0}&shy;", "{0}\u00ad",
    "{0}\u200c", "<!-- x -->{0}", "</em><em>{0}",
)  # fmt: skip


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return compile_vocabulary(read_seeds(SEEDS))


@pytest.fixture(scope="module")
def gate(vocabulary: Vocabulary) -> Gate:
    return Gate(vocabulary)


def markup(title: str, *paragraphs: str) -> str:
    text = "".join(f"<p>{each}</p>" for each in paragraphs)
    head = f"<html><head><title>{title}</title></head>"
    return f"{head}<body>{FURNITURE}<article><h1>{title}</h1>{text}</article></body></html>"


def is_relevant(written: str, vocabulary: Vocabulary) -> bool:
    article = extract(page(body=written.encode()))
    return isinstance(article, Article) and judge(article, find_tags(article, vocabulary), vocabulary).relevant


def is_refused(written: str, gate: Gate) -> bool:
    """Tell whether the gate refuses a page, unparsed or before it is extracted."""
    found = extract(page(body=written.encode()), None, gate)
    return isinstance(found, Rejection) and found.detail.startswith("gate")


@pytest.mark.parametrize(("title", "text"), OURS.items())
def test_a_page_of_ours_passes(title: str, text: str, gate: Gate, vocabulary: Vocabulary):
    written = markup(title, text, *OTHERS)
    assert is_relevant(written, vocabulary)
    assert gate.refuses(written) == ""


def test_a_page_without_the_words_is_refused_and_says_that_it_was_the_gate(gate: Gate):
    written = markup("Une bonne récolte", *OTHERS)
    assert extract(page(body=written.encode()), None, gate) == Rejection(
        reason=RejectionReason.OFF_TOPIC, detail="gate: its words cannot make it relevant"
    )


def test_a_page_that_says_little_or_is_an_error_is_read_so_that_it_is_told_which(gate: Gate):
    assert gate.refuses("<html><title>Atlas</title><body><p>Enable JavaScript</p></body></html>") == ""
    assert gate.refuses(markup("Page introuvable", *OTHERS)) == ""


@pytest.mark.parametrize(
    "stated",
    [
        "<meta property='og:title' content='Hammouchi &agrave; Madrid'>",
        "<meta property='og:title' content='&amp;#72;ammouchi et la Guardia Civil'>",
        '<script type=\'application/ld+json\'>{{"headline": "{}"}}</script>'.format(
            "".join(f"\\u{ord(letter):04x}" for letter in "حموشي في مدريد")
        ),
    ],
)
def test_a_title_that_is_stated_for_machines_alone_is_seen(stated: str, gate: Gate):
    assert gate.refuses(markup("Une bonne récolte", *OTHERS).replace("<head>", f"<head>{stated}")) == ""


@pytest.mark.parametrize(
    "code",
    [
        "<script>var x = 'Hammouchi, DGSN'</script>",
        "<style>.dgsn::after {content: 'DGSN'}</style>",
        "<p data-x='DGSN'>",
    ],
)
def test_code_is_no_text(code: str, gate: Gate):
    assert gate.refuses(markup("Une bonne récolte", code, *OTHERS)) != ""


@st.composite
def hidden(draw: st.DrawFn, text: str) -> str:
    """Write a text so that a reader sees the same and a search for its bytes finds little."""
    ways = draw(st.lists(st.sampled_from(_HIDDEN), min_size=7, max_size=31))
    shapes = draw(st.booleans())
    written = ""
    for at, letter in enumerate(text):
        shown = _SHAPED.get(letter, letter) if shapes and at % 3 == 0 else letter
        written += ways[at % len(ways)].format(shown, ord(shown)) if letter.isalpha() else letter
    return written + ("\u064e" if draw(st.booleans()) else "")


ASIDES = (
    "<aside>À lire aussi</aside>",
    "<aside>{}</aside>".format("<a href='/x'>Une autre nouvelle du jour sur les champs et la mer</a> " * 16),
    "<nav>{}</nav>".format("<a href='/x'>خبر آخر عن الحقول والبحر</a> " * 30),
)


@st.composite
def interrupted(draw: st.DrawFn, text: str) -> str:
    """Put what is taken out again between the words of a text, as long as the gate allows for."""
    words = text.split(" ")
    at = draw(st.integers(min_value=1, max_value=len(words) - 1))
    aside = draw(st.sampled_from(ASIDES))
    return f"{' '.join(words[:at])} {aside} {' '.join(words[at:])}"


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_nothing_that_the_whole_judgement_keeps_is_refused(gate: Gate, vocabulary: Vocabulary, data: st.DataObject):
    title, text = data.draw(st.sampled_from(sorted(OURS.items())))
    text = data.draw(st.one_of(hidden(text), interrupted(text)))
    paragraphs = data.draw(st.permutations([text, *OTHERS]))
    title = data.draw(st.sampled_from([title, "Une bonne récolte"]))
    written = markup(data.draw(hidden(title)), *paragraphs)
    if data.draw(st.booleans()):
        written = written.replace("</p><p>", f"</p>{data.draw(st.sampled_from(ASIDES))}<p>")
    if data.draw(st.booleans()):
        written = written.replace("<head>", "<head><meta property='og:type' content='article'>")
    assert not (is_refused(written, gate) and is_relevant(written, vocabulary))


def test_words_in_furniture_alone_do_not_keep_a_page_that_says_it_is_an_article(gate: Gate):
    linked = "".join(f"<a href='/{n}'>Hammouchi reçoit le chef de la police espagnole</a> " for n in range(4))
    others = [each * 20 for each in OTHERS]
    written = markup("Une bonne récolte", *others, f"</p><aside>{linked}</aside><p>")
    assert gate.refuses(written) == ""
    assert gate.refuses(written.replace("<head>", "<head><meta property='og:type' content='article'>")) != ""


def test_an_article_without_the_words_is_refused_before_its_date_and_particulars_are_read(gate: Gate):
    linked = "".join(f"<li><a href='/{n}'>Hammouchi reçoit le chef de la police espagnole</a></li> " for n in range(9))
    written = markup("Une bonne récolte", *[each * 20 for each in OTHERS]).replace(
        "</body>", f"<ul>{linked}</ul></body>"
    )
    assert gate.refuses(written) == ""
    assert is_refused(written, gate)
