"""What markup shows is all that any reader of it makes of its words."""

from __future__ import annotations

import pytest

from analysis.shown import read_shown


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>La D<b>GS</b>N</p><p>à&nbsp;Rabat</p>", "La DGSN à Rabat"),
        ("<p>DG<!-- une note -->SN</p>", "DGSN une note"),
        ("<p>a < b</p><p>c", "a b c"),
        ("<script>var x = '<p>no</p>'</script><STYLE>p {}</STYLE><p>yes", "yes"),
        ("<td>un</td>\n<td>deux</td>", "un deux"),
        ("<p>un <script>jamais fermé", "un jamais fermé"),
    ],
)
def test_text_is_told_from_tags_code_and_comments(markup: str, text: str):
    assert read_shown(markup)[0] == text


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
    stated = read_shown(f"<head>{markup}</head><p>text")[1]
    assert "Rabat" in stated
    assert "Madrid" in stated
    assert "text" not in stated


def test_a_line_is_told_also_without_what_stands_aside_in_the_middle_of_it():
    text, _ = read_shown("<p>La Guardia <aside>À lire <b>aussi</b></aside> Civil</p><aside>fin</aside>")
    assert text == "La Guardia À lire aussi Civil fin La Guardia Civil fin"
