"""The texts of the sample press are ours: no eight words in a row stand in the real texts beside the repository."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from cli.sample_press import FOLDER
from word_runs import runs, spelt

SHARED = Path(__file__).parents[2].parent / "shared"
ARTICLES = (
    "hespress_ar.jsonl.gz",
    "aljazeera_ar.jsonl.gz",
    "bladi_fr.jsonl",
    "hespress_fr.jsonl",
    "moroccan_press_mixed.jsonl",
)
RUN = 8
# Titles of office and names are facts; they may stand in a row.
NAMED = (
    "المدير العام للأمن الوطني ولمراقبة التراب الوطني",
    "عبد اللطيف حموشي",
    "directeur général de la Sûreté nationale et de la Surveillance du territoire",
    "Direction générale de la Sûreté nationale",
    "Abdellatif Hammouchi",
    "Abdelouafi Laftit",
)

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the real texts are not beside the repository"),
]


def sample_texts() -> Iterator[str]:
    for name in ("articles.yml", "oddities.yml"):
        for place in FOLDER.glob(f"*/{name}"):
            for row in yaml.safe_load(place.read_text("utf-8")):
                yield from [row["title"], *row.get("text", "").split("\n")]
    for place in (FOLDER / "corpus").glob("*.txt"):
        yield from place.read_text("utf-8").splitlines()


def real_texts() -> Iterator[str]:
    for place in (SHARED / "seeds").glob("*.txt"):
        yield place.read_text("utf-8")
    for name in ARTICLES:
        body = (SHARED / "data" / "articles" / name).read_bytes()
        for line in (gzip.decompress(body) if name.endswith(".gz") else body).splitlines():
            row = json.loads(line)
            yield f"{row['title']} | {row.get('body') or row.get('full_text') or ''}"


def test_no_eight_words_in_a_row_of_the_sample_stand_in_a_real_text():
    facts = [spelt(name) for name in NAMED]
    ours: set[str] = set()
    for text in sample_texts():
        kept = spelt(text)
        for fact in facts:
            kept = kept.replace(fact, "|")
        ours.update(run for run in runs(kept, RUN) if "|" not in run)
    assert len(ours) > 5000
    assert {run for text in real_texts() for run in runs(spelt(text), RUN) if run in ours} == set()
