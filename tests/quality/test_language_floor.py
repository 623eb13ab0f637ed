"""The language of headlines and mixed paragraphs is told on a labelled set written for the project."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path

from analysis.language import find_language
from analysis.records import Language

LABELLED = Path(__file__).with_name("languages.jsonl")
DIGEST = "ecf9615b6de10ee6"


def labelled() -> list[tuple[Language, str]]:
    lines = map(json.loads, LABELLED.read_text("utf-8").splitlines())
    return [(Language(line["language"]), line["text"]) for line in lines]


def test_the_labelled_set_is_the_one_the_floor_was_measured_on():
    assert hashlib.sha256(LABELLED.read_bytes()).hexdigest()[:16] == DIGEST


def test_the_labelled_set_holds_many_of_each_language_most_of_them_short():
    counts = Counter(language for language, _ in labelled())
    assert counts.total() >= 120
    assert min(counts[language] for language in Language) >= 25
    assert sum(len(text.split()) <= 6 for _, text in labelled()) >= counts.total() / 2


def test_hardly_one_in_a_hundred_is_told_wrong():
    wrong = [(language, text) for language, text in labelled() if find_language(text) is not language]
    assert len(wrong) <= 0.01 * len(labelled()), wrong
