"""Texts and days of real pages are read no worse than the floors, and texts no worse than by trafilatura alone."""

from __future__ import annotations

import pytest
from reading_figures import (
    ABSENT,
    PAGES,
    as_page,
    f1_of_texts,
    furniture_left,
    gold_of_fundus,
    gold_strings,
    read,
    saved,
)

pytestmark = [
    pytest.mark.shared,
    pytest.mark.timeout(300),
    pytest.mark.skipif(not PAGES.is_dir(), reason=ABSENT),
]

TEXT_FLOOR = 0.98
MOST_FURNITURE = 3  # lines, in 187 pages


def test_texts_are_read_better_than_by_trafilatura_with_its_defaults():
    ours, theirs = f1_of_texts()
    assert ours >= TEXT_FLOOR
    assert ours > theirs


def test_the_day_of_every_fundus_page_is_right():
    read_days = [(gold.file.name, read(as_page(gold.file)).published.on) for gold in gold_of_fundus()]
    assert read_days == [(gold.file.name, gold.on) for gold in gold_of_fundus()]


def test_of_gold_strings_no_fewer_are_kept_and_no_more_let_in_than_by_trafilatura():
    found = gold_strings()
    assert found["marsad"]["kept"] >= found["trafilatura"]["kept"]
    assert found["marsad"]["noise"] <= found["trafilatura"]["noise"] - 5


def test_lines_of_furniture_are_few_and_a_fraction_of_what_trafilatura_leaves():
    found = furniture_left(as_page(file) for file in saved(PAGES))
    assert found["marsad"] <= MOST_FURNITURE
    assert found["marsad"] < found["trafilatura"] / 5
