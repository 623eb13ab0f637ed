"""Relevance on labelled articles written for this project: a floor that only a decision may lower."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from readers import vocabulary

from analysis.relevance import judge
from analysis.tags import find_tags
from builders import article

LABELLED = Path(__file__).with_name("relevance.jsonl")
DIGEST = "780d5c4bd0ec246b9b7a617b2070c7d6de151c5a4a79f9c9dc2b7bfda89a804f"
FLOOR = 0.95
PRESS = Path(__file__).parents[3] / "shared" / "data" / "articles"
MOST_OF_THE_PRESS = {
    "hespress_ar.jsonl.gz": 4,
    "aljazeera_ar.jsonl.gz": 1,
    "bladi_fr.jsonl": 12,
    "hespress_fr.jsonl": 3,
}


def rows(path: Path) -> Iterator[dict[str, str]]:
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def is_relevant(title: str, text: str) -> bool:
    written = article(title=title, text=text)
    return judge(written, find_tags(written, vocabulary()), vocabulary()).relevant


def test_the_labelled_set_is_the_one_the_floor_was_set_on():
    assert hashlib.sha256(LABELLED.read_bytes()).hexdigest() == DIGEST


def test_precision_and_recall_on_the_labelled_set_stay_above_the_floor():
    judged = [(row["relevant"], is_relevant(row["title"], row["text"])) for row in rows(LABELLED)]
    both = sum(truth and found for truth, found in judged)
    precision, recall = both / sum(found for _, found in judged), both / sum(truth for truth, _ in judged)
    assert (precision >= FLOOR, recall >= FLOOR) == (True, True), f"precision {precision:.3f}, recall {recall:.3f}"


@pytest.mark.shared
@pytest.mark.parametrize("name", MOST_OF_THE_PRESS)
def test_hardly_any_of_the_general_press_is_ours(name):
    if not (PRESS / name).exists():
        pytest.skip("the measuring data beside the repository is absent")
    accepted = [row["title"] for row in rows(PRESS / name) if is_relevant(row["title"] or "", row["body"] or "")]
    assert len(accepted) <= MOST_OF_THE_PRESS[name], accepted
