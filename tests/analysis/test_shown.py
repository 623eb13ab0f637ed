"""What a page shows is all that any reader of it makes of its words, and what is left of it loses only furniture."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.arabic import canonical, words
from analysis.markup import parse_text
from analysis.shown import Shown

PIECES = (
    "Rabat ", "Madrid", " Paris", "<p>", "</p>", "<b>", "</b>", "<a href='/x'>", "</a>", "<span title='a > b'>",
    "</span>", "<!-- note -->", "<!-- <b>note</b> -->", "<!-- a <!-- b -->", "<!-->", "<!--->", "<!-- x --!>",
    "<!-- <i -->", "<br>", "'>", '"', "<table><tr><td>", "</table>", "<select><option>", "</select>",
    "<script>x <b</script>", "<script>'<!--'</script>", "<style>p > a {}</style>", "<template>", "</template>",
    "<noscript>", "</noscript>", "&eacute;", "&amp;amp;", "<?php x ?>", "<![CDATA[x]]>", "<ul><li>", "<form>", "<h2>",
    "</h2>", "<aside>", "</aside>", "<font color='<'>", "<textarea>", "</textarea>",
)  # fmt: skip


def letters(text: str) -> str:
    return "".join(words(canonical(text)))


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>La D<b>GS</b>N</p><p>à&nbsp;Rabat</p>", "La DGSN à Rabat"),
        ("<p>ال<a href='/x'>مغرب</a> و<span class='x'>إسبانيا</span></p>", "المغرب وإسبانيا"),
        ("<p>DG<!-- une note --><!-- une autre -->SN</p>", "DGSN"),
        ("<p>a < b</p><p>c", "a < b c"),
        ("<script>var x = '<p>no</p>'</script><STYLE>p {}</STYLE><p>yes", "yes"),
        ("<td>un</td>\n<td>deux</td>", "un deux"),
        ("<p>un <script>jamais fermé", "un"),
        ("<template><p>un</p></template><p>deux", "un deux"),
    ],
)
def test_text_is_told_from_tags_code_and_comments(markup: str, text: str):
    assert Shown(markup).text == text


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@settings(max_examples=300, deadline=None)
def test_no_word_that_articles_are_read_from_is_lost(markup: str):
    markup = f"<html><body><p>Un mot</p>{markup}</body></html>"
    shown = letters(Shown(markup).text)
    read = parse_text(markup).xpath("//text()[not(parent::script or parent::style)]")
    assert [each for each in ("rabat", "madrid", "paris") if each in letters("".join(read)) and each not in shown] == []


@pytest.mark.parametrize(
    "markup",
    [
        "<title>Rabat &amp; Madrid</title>",
        "<META content='Rabat & Madrid' property=og:title>",
        '<meta name="twitter:title" content="Rabat > &amp;amp; Madrid">',
        '<script type="application/ld+json">{"headline": "Rabat \\u0026 Madrid"}</script>',
    ],
)
def test_what_may_be_its_title_is_told_apart(markup: str):
    stated = " ".join(Shown(f"<head>{markup}</head><p>text").titles)
    assert "Rabat & Madrid" in stated or "Rabat > & Madrid" in stated
    assert "text" not in stated


def test_a_line_is_told_also_without_what_stands_aside_in_the_middle_of_it():
    shown = Shown("<p>La Guardia <aside>À lire <b>aussi</b></aside> Civil</p><aside>fin</aside>")
    assert shown.text == "La Guardia À lire aussi Civil fin La Guardia Civil fin"


TEXT = (
    "<p>Un texte assez long pour être celui d'un article, avec <a href='/x'>un lien</a> au milieu de sa phrase.</p>" * 9
)
FURNITURE = (
    "<nav>Une <a href='/y'>rubrique</a></nav>",
    "<div role='navigation'>Une rubrique</div>",
    "<h3><a href='/y'>Une rubrique</a></h3>",
    "<ul><li><a href='/y'>Une rubrique</a></li></ul>",
    "<noscript>Une rubrique</noscript>",
)


@pytest.mark.parametrize("furniture", FURNITURE)
def test_furniture_is_not_among_the_rest(furniture: str):
    shown = Shown(f"<title>Une visite</title><h1>Une visite</h1>{furniture}{TEXT}")
    assert "rubrique" in shown.text
    assert "rubrique" not in shown.rest
    assert shown.rest.count("un lien au milieu") == 9


@pytest.mark.parametrize("place", ["nav", "aside", "form"])
def test_what_holds_the_headline_or_a_text_stays(place: str):
    held = f"<{place}><h2>Une visite à Rabat de trois jours</h2><p>Son premier paragraphe.</p></{place}>"
    long = f"<{place}>{'Un passage qui est trop long pour être à côté. ' * 9}</{place}>"
    rest = Shown(f"<title>Une visite à Rabat de trois jours - Atlas</title>{held}{long}{TEXT}").rest
    assert "premier paragraphe" in rest
    assert "trop long" in rest


@pytest.mark.parametrize(
    ("markup", "states"),
    [
        ("<meta property='og:type' content=' Article'>", True),
        ("<meta property='og:type' content='website'>", False),
        ("<script type='application/ld+json'>{'@graph': [{'@type': 'NewsArticle'}]}</script>".replace("'", '"'), True),
        ("<script type='application/ld+json'>{'@type': 'WebPage'}</script>".replace("'", '"'), False),
    ],
)
def test_a_page_is_an_article_to_machines_if_it_says_so(markup: str, states: bool):  # noqa: FBT001 a case of the table
    assert Shown(f"<head>{markup}</head><p>text").states_article is states


@pytest.mark.parametrize("deep", ["<div>" * 100_000, "<ul><li>" * 100_000])
def test_what_would_wear_out_a_parser_is_not_read(deep: str):
    assert not Shown(deep).is_readable


@pytest.mark.parametrize("open_tag", ["<font color={}>", "<b class={}>", "<font title='<' color={}>", "<a href={}>"])
def test_tags_that_browsers_open_again_in_each_block_are_not(open_tag: str):
    written = "".join(f"<p>{open_tag.format(number)}mot" for number in range(4_000))
    shown = Shown(written)
    assert shown.text.count("mot") == 4_000
    assert shown.rest.count("mot") == 4_000
