"""No page keeps a worker: what is read of one is bounded, and what is beyond the bound says so."""

from __future__ import annotations

import pytest

from analysis import extract as reading
from analysis.extract import extract
from analysis.markup import parse_text
from analysis.opening import MOST_CHARACTERS, MOST_ELEMENTS, MOST_SEEN
from analysis.records import Article, RejectionReason
from builders import page

PARAGRAPH = "<p>Le directeur a reçu ce matin à Rabat une délégation venue de loin, et ils ont parlé de travail.</p>"


def read(markup: str):
    head = "<html><head><title>Une visite à Rabat</title></head>"
    return extract(page(body=f"{head}<body><h1>Une visite à Rabat</h1>{markup}{PARAGRAPH * 4}</body></html>".encode()))


@pytest.mark.parametrize(
    ("markup", "detail"),
    [
        ("<div>" * 1_000_000, "5000"),
        ("<!-- -->" * 600_000, "4800"),
        ("<a href='/x'>lien</a> " * (MOST_ELEMENTS + 1), f"more than {MOST_ELEMENTS} elements"),
        ("<br>" * (MOST_ELEMENTS + 1), f"more than {MOST_ELEMENTS} elements"),
        ("<p>" + "mot " * (MOST_SEEN // 4 + 1), f"more than {MOST_SEEN} characters to be seen"),
        ("<p>" + "mot " * (MOST_CHARACTERS // 4), f"more than {MOST_CHARACTERS}"),
    ],
)
def test_what_is_beyond_a_bound_is_too_large_and_says_which(markup, detail, monkeypatch):
    monkeypatch.setattr(reading, "main_text", pytest.fail)  # such a page never comes to the extractor
    rejection = read(markup)
    assert rejection.reason is RejectionReason.TOO_LARGE
    assert detail in rejection.detail


def test_a_long_page_of_an_outlet_is_within_the_bounds():
    assert isinstance(read(PARAGRAPH * 300 + "<script>" + "x" * 1_500_000 + "</script>"), Article)


def test_names_too_long_to_be_any_are_not_searched():
    root = parse_text(f"<p class='{'share ' * 1000}'>Un mot</p>")
    assert [dict(each.attrib) for each in root.iter("p")] == [{}]
