"""Of all texts of the sample press, bulletins of every day among them, those and only those are copies that are."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

import yaml

from analysis.corpus import split
from analysis.dedupe import fingerprint, place
from analysis.records import KnownText, Lookalike
from cli.sample_outlet import Outlet
from cli.sample_press import FOLDER, PORT


def printed() -> dict[str, str]:
    """Return the texts by title or, of seed documents, by id."""
    outlets = [Outlet(place.parent, PORT) for place in FOLDER.glob("*/site.yml")]
    articles = {each.title: each.text for outlet in outlets for each in outlet.articles if each.text}
    seeds = {file.stem: split(file.read_text(encoding="utf-8")).body for file in (FOLDER / "corpus").glob("*.txt")}
    return articles | seeds


def true_copies() -> set[frozenset[str]]:
    """Return the pairs that the manifest calls copies."""
    groups = defaultdict(set)
    for truth in yaml.safe_load((FOLDER / "manifest.yml").read_text(encoding="utf-8")):
        if "copies" in truth:
            groups[truth["copies"]].add(truth["title"])
        elif "copy_of" in truth:
            groups[truth["copy_of"]] |= {truth["title"], truth["copy_of"]}
    return {frozenset(pair) for group in groups.values() for pair in combinations(group, 2)}


def test_the_copies_of_the_sample_press_are_those_of_its_manifest():
    kept = {title: fingerprint(text) for title, text in printed().items()}
    name = KnownText.article(1)
    found = {
        frozenset((one, other))
        for one, other in combinations(kept, 2)
        if place(kept[one], [Lookalike(text=name, original=name, fingerprint=kept[other])]).kind
    }
    assert len(kept) > 70
    assert found == true_copies()
