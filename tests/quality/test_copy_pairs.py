"""Copies among pairs of real articles that were read and labelled: floors that only a decision may lower."""

from __future__ import annotations

import hashlib
import json
from collections import Counter

import pytest
from copy_pairs import KINDS, LABELLED, PRESS, judge_all, of_copies, of_kind

DIGEST = "bc7a668e183c021ba1ce55e7f817e656b5fff59991f2a1537022538823e97bd5"
FLOORS = {False: (0.98, 0.9), True: (0.87, 0.87)}
"""Precision and recall of the worked half, and of the sealed one."""
KINDS_RIGHT = 0.85


def test_the_labelled_pairs_are_those_the_floors_were_set_on():
    assert hashlib.sha256(LABELLED.read_bytes()).hexdigest() == DIGEST


def test_the_pairs_are_of_every_label_and_none_is_there_twice():
    rows = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    assert len({frozenset((row["one"], row["other"])) for row in rows}) == len(rows) == 200
    assert set(Counter(row["label"] for row in rows)) == {*KINDS, "template", "different"}


@pytest.mark.shared
@pytest.mark.skipif(not PRESS.is_dir(), reason="the real articles for measuring are not beside the repository")
@pytest.mark.parametrize("is_sealed", [False, True], ids=["worked half", "sealed half"])
def test_copies_are_told_apart_no_worse_than_the_floors(*, is_sealed: bool):
    half = [pair for pair in judge_all() if pair.is_sealed is is_sealed]
    found, floors = of_copies(half), FLOORS[is_sealed]

    print(f"\n{'sealed' if is_sealed else 'worked'}: copies {found}")  # noqa: T201 the figures are the point
    for kind in KINDS:
        print(f"  {kind}: {of_kind(half, kind)}")  # noqa: T201 as above
    assert (found.precision >= floors[0], found.recall >= floors[1]) == (True, True), found
    copies = [pair for pair in half if pair.is_copy and pair.found is not None]
    assert sum(pair.label == pair.found for pair in copies) / len(copies) >= KINDS_RIGHT
