"""The author, where a page says who it is, in the ways outlets do."""

from __future__ import annotations

import pytest

from analysis.extract import extract
from analysis.records import Article
from builders import page

TITLE = "Une délégation étrangère en visite de travail à Rabat"
PARAGRAPH = "<p>Le directeur a reçu ce matin une délégation venue de loin, et ils ont parlé de la formation.</p>"


def author(head: str = "", above: str = "") -> str | None:
    head = f"<title>{TITLE}</title><meta property='og:site_name' content='Le Phare'>{head}"
    body = f"<article><h1>{TITLE}</h1>{above}<div class='corps'>{PARAGRAPH * 4}</div></article>"
    article = extract(page(body=f"<html><head>{head}</head><body>{body}</body></html>".encode()))
    assert isinstance(article, Article)
    return article.author


@pytest.mark.parametrize(
    ("head", "above", "name"),
    [
        ("<meta name='author' content='Salma Idrissi'>", "<p class='byline'>Par Un Autre</p>", "Salma Idrissi"),
        ("<meta name='author' content='Le Phare'>", "<p class='byline'>Par Salma Idrissi</p>", "Salma Idrissi"),
        ("", "<a rel='author' href='/s'>Salma Idrissi</a>", "Salma Idrissi"),
        (
            "",
            "<div itemprop='author'><img alt=''><b itemprop='name'>Salma Idrissi</b> Journaliste</div>",
            "Salma Idrissi",
        ),
        ("", "<div class='post-author'>Por: Salma Idrissi | 3 de marzo de 2025</div>", "Salma Idrissi"),
        ("", "<p><span class='auth'>سلمى الإدريسي</span> الثلاثاء 3 فبراير 2026</p>", "سلمى الإدريسي"),
        ("", "<p>بقلم: سلمى الإدريسي</p>", "سلمى الإدريسي"),
        ("", "<p>By Salma Idrissi, published on 3 March 2025</p>", "Salma Idrissi"),
        ("", "<p class='signature'><b>Salma Idrissi</b> | 3 mars 2025 à 10:20 | Imprimer</p>", "Salma Idrissi"),
        ("", "<span class='photo-author'>Agence Image</span>", None),
        ("", "<p class='byline'>Admin</p>", None),
        ("", "<div class='author'>Le Phare</div><div class='author'>Salma Idrissi</div>", "Salma Idrissi"),
        ("", "<p class='authors'>Lire l'original</p>", None),
        ("", "<p>Par ailleurs, la visite se poursuit demain à Fès puis à Tanger avant de prendre fin.</p>", None),
        ("", "<p class='auteur'>Par Omar El Le Bris le 3 mars 2025</p>", "Omar El Le Bris"),
        ("", "<p>Par conséquent, il faut attendre</p>", None),
        ("", "<p>تحرير الرهائن في الساحل</p>", None),
        ("", "<p>تحرير: سلمى الإدريسي</p>", "سلمى الإدريسي"),
        ("", "", None),
    ],
)
def test_the_author_is_found_where_the_page_names_one(head, above, name):
    assert author(head, above) == name
