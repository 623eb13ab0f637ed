"""What stands around and between the paragraphs of an article goes, whatever its theme; the paragraphs stay."""

from __future__ import annotations

import pytest
from lxml import html

from analysis.furniture import take_out_furniture

HEADING = "<h1>Une délégation à Rabat</h1>"
PARAGRAPHS = [
    "Le directeur a reçu ce matin une délégation venue de loin, et ils ont parlé de la formation des cadres.",
    "Les deux parties ont dit vouloir se revoir avant l'automne, pour voir ce qui aura été fait du programme.",
    "La visite prend fin demain, après un passage à l'institut de police et une rencontre avec les stagiaires.",
] * 3


def left(above: str = "", within: str = "", below: str = "") -> list[str]:
    """Return the lines that are left of a page with this above, within and below its article."""
    first, *others = [f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS]
    text = f"<div class='corps'>{first}{within}{''.join(others)}</div>"
    root = html.document_fromstring(f"<html><body><div>{above}{HEADING}{text}{below}</div></body></html>")
    take_out_furniture(root, root.find(".//h1"))
    return [line for each in root.find("body").itertext() if (line := " ".join(each.split()))]


WHOLE = ["Une délégation à Rabat", *PARAGRAPHS]


@pytest.mark.parametrize(
    "furniture",
    [
        "<p class='articleByline'>Karim B.</p>",
        "<div id='post-share'>Facebook <b>X</b></div>",
        "<span itemprop='datePublished'>hier</span>",
        "<time>hier</time>",
        "<nav>Accueil</nav>",
        "<div role='complementary'>Météo</div>",
        "<section class='newsletter-box'><p>Recevez chaque matin notre lettre.</p></section>",
        "<p>À lire aussi : <a href='/2'>Un festival s'ouvre</a></p>",
        "<p><a href='/2'>Un festival s'ouvre</a></p>",
        "<div class='x'><b>إقرأ أيضا</b><ul><li><a href='/2'>مهرجان في الشمال</a></li></ul></div>",
        "<div><span>Read more:</span> <a href='/2'>A festival opens</a></div>",
        "<p><strong>LEA TAMBIÉN: <a href='/2'>Empieza el festival</a></strong></p>",
        "<h3>Sur le même sujet</h3><ul><li><a href='/2'>Un</a></li><li><a href='/3'>Deux</a></li></ul>",
        "<button>S'abonner</button><style>p {}</style>",
    ],
)
@pytest.mark.parametrize("place", ["above", "within", "below"])
def test_furniture_goes_wherever_it_stands(furniture, place):
    assert left(**{place: furniture}) == WHOLE


def test_what_stands_over_the_heading_goes_if_it_is_short():
    assert left(above="<p class='rubrique'>Sécurité</p>") == WHOLE


@pytest.mark.parametrize(
    "kept",
    [
        "<p>Le texte complet est <a href='/doc.pdf'>sur la page du ministère</a>, qui l'a publié ce matin même.</p>",
        "<p>Écrire à la rédaction :</p><p><a href='mailto:r@example.invalid'>r@example.invalid</a></p>",
        "<h2>Un accord ancien</h2>",
        "<p>Le <span class='date'>3 mars</span>, la délégation était à Fès.</p>",
        "<p>Plus d'informations seront données demain par le porte-parole, dit-on au ministère.</p>",
        f"<div class='has-share-bar'>{''.join(f'<p>{paragraph}</p>' for paragraph in PARAGRAPHS)}</div>",
    ],
)
def test_what_is_of_the_article_stays(kept):
    whole = html.fragment_fromstring(kept, create_parent=True)
    lines = [" ".join(each.split()) for each in whole.itertext()]
    assert [line for line in lines if line not in left(within=kept)] == []


def test_a_page_without_a_body_is_left_as_it_is():
    root = html.fragment_fromstring("<p class='share'>Un mot</p>")
    take_out_furniture(root, None)
    assert root.text == "Un mot"
