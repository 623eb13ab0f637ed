"""Subtitle, section, image and the outlet's tags, from what the page states and from what it shows."""

from __future__ import annotations

import json

import pytest

from analysis.extract import extract
from analysis.records import Article
from builders import page

TEXT = (
    "<p>La région a lancé lundi un programme de rénovation des écoles rurales, doté de deux cents millions.</p>"
    "<p>Les travaux doivent s'achever avant la rentrée, selon les responsables du programme dans la province.</p>"
)
TITLE = "Des écoles rénovées avant la rentrée"
LEAD = "Deux cents millions pour six communes de la montagne"


def read(*, stated: object = None, head: str = "", shown: str = "") -> Article:
    ld = f"<script type='application/ld+json'>{json.dumps(stated)}</script>" if stated else ""
    site = "<meta property='og:site_name' content='Atlas'>"
    markup = (
        f"<html><head><title>{TITLE} - Atlas</title>{site}{head}{ld}</head><body><main><article><h1>{TITLE}</h1>{shown}"
        f"<div>{TEXT}</div></article></main></body></html>"
    )
    article = extract(page(body=markup.encode()))
    assert isinstance(article, Article)
    return article


def particulars(article: Article) -> tuple:
    return article.subtitle, article.section, article.image, article.outlet_tags


NEWS = {
    "@type": "NewsArticle",
    "headline": TITLE,
    "alternativeHeadline": LEAD,
    "articleSection": ["Société", "Régions"],
    "keywords": "écoles, rentrée, écoles",
    "image": [{"@type": "ImageObject", "url": "/photos/ecole.jpg"}],
}
STATED = (LEAD, "Société", "https://atlas.example/photos/ecole.jpg", ("écoles", "rentrée"))


@pytest.mark.parametrize("stated", [NEWS, [NEWS], {"@graph": [{"@type": "WebSite"}, NEWS]}, {"mainEntity": NEWS}])
def test_what_is_stated_for_machines_is_read_wherever_the_node_stands(stated: object):
    assert particulars(read(stated=stated)) == STATED


def test_meta_elements_are_read_where_nothing_else_states_it():
    head = (
        "<meta property='article:section' content='À la une, Société'><meta property='article:tag' content='écoles'>"
        "<meta property='article:tag' content='rentrée'><meta property='og:image' content='https://cdn.example/e.jpg'>"
    )
    assert particulars(read(head=head)) == (None, "Société", "https://cdn.example/e.jpg", ("écoles", "rentrée"))


def test_what_is_shown_is_read_beside_the_heading():
    tags = "<p><a rel='tag' href='/t/1'>#écoles</a> <a rel='tag' href='/t/2'>eau</a></p>"
    assert particulars(read(shown=f"<h2 class='post-subtitle'>{LEAD}</h2>{tags}")) == (
        LEAD,
        None,
        None,
        ("écoles", "eau"),
    )


def test_breadcrumbs_name_the_section_that_is_nearest():
    crumbs = [{"item": {"name": name}} for name in ("Accueil", "Société", "Écoles", TITLE)]
    assert read(stated={"@type": "BreadcrumbList", "itemListElement": crumbs}).section == "Écoles"


def test_what_only_repeats_the_title_or_the_outlet_says_nothing():
    stated = {
        **NEWS,
        "alternativeHeadline": TITLE,
        "articleSection": "Atlas",
        "keywords": f"Atlas, {TITLE}",
        "image": "/logo.png",
    }
    assert particulars(read(stated=stated)) == (None, None, None, ())


@pytest.mark.parametrize("address", ["data:image/png;base64,AA", "https://[", "javascript:x", "https://a b/c.jpg"])
def test_what_is_no_address_is_no_image(address: str):
    assert read(stated={**NEWS, "image": address}).image is None
