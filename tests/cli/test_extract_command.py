"""`marsad extract` on a file and on an address, as a person runs it."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
from pathlib import Path

import pytest

from cli.sample_press import serve
from command import MARSAD

ADDRESS = "https://atlas.example/2026/02/ecoles"
MARKUP = """<html><head><title>Des écoles rénovées - Atlas</title><meta property="og:site_name" content="Atlas">
<meta property="article:section" content="Société"></head><body><article><h1>Des écoles rénovées</h1>
<p>Publié le mardi 10 février 2026</p><p>La région a lancé lundi un programme de rénovation des écoles rurales.</p>
<p>Les travaux doivent s'achever avant la rentrée prochaine, selon ses responsables.</p></article></body></html>"""
TEXT = (
    "La région a lancé lundi un programme de rénovation des écoles rurales.\n"
    "Les travaux doivent s'achever avant la rentrée prochaine, selon ses responsables."
)


def run(*words: str, code: int = 0, allow: str = "yes", given: str | None = None) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, "MARSAD_ALLOW_PRIVATE_ADDRESSES": allow}
    done = subprocess.run(
        [MARSAD, "extract", *words], env=variables, capture_output=True, text=True, check=False, input=given
    )
    assert done.returncode == code, done.stderr
    return done


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    file = tmp_path / "page.html"
    file.write_text(MARKUP, "utf-8")
    return file


def test_a_saved_page_is_read_and_its_facts_are_told(saved: Path):
    told = run(str(saved), "--url", ADDRESS).stdout
    assert told == (
        "title      Des écoles rénovées\n"
        "subtitle   none\n"
        "published  2026-02-10, found in: visible-text, stated\n"
        "author     not said\n"
        "section    Société\n"
        "its tags   none\n"
        "image      none\n"
        "language   fr, 23 words\n"
        f"\n{TEXT}\n"
    )


def test_the_facts_come_as_json_with_the_judgement_where_it_is_asked_for(saved: Path):
    found = json.loads(run(str(saved), "--url", ADDRESS, "--json", "--full").stdout)
    assert (found["url"], found["title"], found["text"]) == (ADDRESS, "Des écoles rénovées", TEXT)
    assert (found["relevant"], found["score"], found["because"]) == (False, 0.0, "")


def test_a_page_that_is_no_article_says_why(saved: Path):
    saved.write_text("<html><title>Just a moment...</title><body><p>Enable JavaScript</p></body></html>")
    assert run(str(saved)).stdout == "rejected   challenge: its headline: just a moment...\n"


def test_an_address_is_asked_once_after_its_robots_and_never_one_inside_where_that_is_not_allowed():
    with serve(port=0) as press:
        base = press.outlets[0].base
        found = json.loads(run(f"{base}/", "--json").stdout)
        assert press.requests() == {f"{base}/robots.txt": 1, f"{base}/": 1}
        refused = run(f"{base}/", code=1, allow="no").stderr
    assert found["url"] == f"{base}/"
    assert "no public address" in refused


@pytest.mark.parametrize("place", ["nowhere.html", "http://127.0.0.1:1/page"])
def test_what_brings_no_page_is_one_sentence(place: str):
    told = run(place, code=1).stderr
    assert told.startswith(f"marsad: {place}: ")
    assert told.count("\n") == 1


def test_a_page_comes_from_standard_input_too():
    assert json.loads(run("-", "--url", ADDRESS, "--json", given=MARKUP).stdout)["text"] == TEXT


def test_a_page_that_was_saved_with_gzip_is_read_and_a_broken_one_says_so(tmp_path: Path):
    packed = gzip.compress(MARKUP.encode())
    whole, half = tmp_path / "page.html.gz", tmp_path / "half.html.gz"
    whole.write_bytes(packed)
    half.write_bytes(packed[: len(packed) // 2])
    assert json.loads(run(str(whole), "--json").stdout)["title"] == "Des écoles rénovées"
    assert run(str(half), code=1).stderr == f"marsad: {half}: the compressed body ends before it is whole\n"


def test_what_is_no_address_of_the_web_is_not_asked():
    told = run("ftp://atlas.example/page.html", code=1).stderr
    assert told == "marsad: ftp://atlas.example/page.html: expected an address that begins with http:// or https://\n"


def test_what_readers_are_offered_beside_an_article_is_no_text_of_it(saved: Path):
    offers = "<p>- Ajouter à mes favoris</p><p>L'article a été ajouté à vos favoris</p><p>Google News</p>"
    saved.write_text(MARKUP.replace("<p>La région", f"{offers}<p>La région"), "utf-8")
    assert json.loads(run(str(saved), "--json").stdout)["text"] == TEXT
