"""Texts and days of real pages are read no worse than the floors, and texts no worse than by trafilatura alone."""

from __future__ import annotations

import pytest
from reading_figures import ABSENT, PAGES, as_page, f1_of_texts, gold_of_fundus, read

pytestmark = [
    pytest.mark.shared,
    pytest.mark.timeout(300),
    pytest.mark.skipif(not PAGES.is_dir(), reason=ABSENT),
]

TEXT_FLOOR = 0.98


def test_texts_are_read_better_than_by_trafilatura_with_its_defaults():
    ours, theirs = f1_of_texts()
    assert ours >= TEXT_FLOOR
    assert ours > theirs


def test_the_day_of_every_fundus_page_is_right():
    read_days = [(gold.file.name, read(as_page(gold.file)).published.on) for gold in gold_of_fundus()]
    assert read_days == [(gold.file.name, gold.on) for gold in gold_of_fundus()]
