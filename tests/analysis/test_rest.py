"""What is left of a page for the gate loses only furniture that is furniture for sure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from analysis.rest import take_out, take_out_furniture

TITLE = "Une délégation reçue à Rabat ce lundi matin"
TEXT = "Le directeur a reçu ce matin une délégation venue de loin, et ils ont parlé de la formation des cadres. " * 20


def left(markup: str) -> list[str]:
    """Return the lines that are left of a page with this above its text, without the text itself."""
    page = LexborHTMLParser(f"<html><body>{markup}<p>{TEXT}</p></body></html>")
    take_out_furniture(page, [TITLE])
    assert page.body is not None
    lines = [" ".join(each.split()) for each in page.body.text(separator="\n").split("\n")]
    return [each for each in lines if each and each != TEXT.strip()]


@pytest.mark.parametrize(
    "markup",
    [
        "<nav>Accueil Maroc Espagne</nav>",
        "<aside>À lire : Hammouchi à Madrid</aside>",
        "<div role='navigation'>Accueil Maroc</div>",
        "<ul><li><a href='/1'>Hammouchi à Madrid</a></li><li><a href='/2'>La DGSN recrute</a></li></ul>",
        "<h3><a href='/1'>Hammouchi à Madrid</a></h3>",
        "<aside><nav>Accueil</nav> Maroc <ul><li><a href='/1'>Madrid</a></li></ul></aside>",
    ],
)
def test_places_roles_and_lists_of_links_go(markup: str):
    assert left(markup) == []


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        pytest.param("<div class='nav'>Accueil</div>", ["Accueil"], id="a class says nothing"),
        pytest.param("<div role='main'>Rabat</div>", ["Rabat"], id="another role"),
        pytest.param(f"<aside><h1>{TITLE}</h1></aside>", [TITLE], id="holds the first heading"),
        pytest.param(f"<nav><h2>{TITLE}</h2></nav>", [TITLE], id="holds the title"),
        pytest.param("<ul><li><a href='/1'>Madrid</a> et Rabat</li></ul>", ["Madrid", "et Rabat"], id="words beside"),
        pytest.param("<ul><li><a href='#note'>Madrid</a></li></ul>", ["Madrid"], id="links within the page"),
    ],
)
def test_what_may_be_of_the_article_stays(markup: str, kept: list[str]):
    assert left(markup) == kept


@pytest.mark.parametrize(("letters", "kept"), [(300, []), (301, ["a" * 301])])
def test_a_place_with_more_than_three_hundred_letters_stays(letters: int, kept: list[str]):
    assert left(f"<aside>{'a' * letters}</aside>") == kept


def test_a_page_without_a_body_is_left_alone():
    page = LexborHTMLParser("<html><frameset><frame src='/1'></frameset></html>")
    before = page.html

    take_out_furniture(page, [TITLE])

    assert (page.body, page.html) == (None, before)


@given(st.lists(st.sampled_from(["<nav>", "</nav>", "<ul>", "</ul>", "<li>", "<aside>", "</aside>", "Rabat "])))
def test_elements_within_one_another_are_taken_out_once(pieces: list[str]):
    page = LexborHTMLParser(f"<html><body>{''.join(pieces)}<p>Madrid</p></body></html>")

    take_out(page.css("nav, ul, aside"))

    assert page.css("nav, ul, aside") == []
