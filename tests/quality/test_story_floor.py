"""Stories of the labelled stream are told apart no worse than the floors, in either half."""

from __future__ import annotations

import pytest
from story_figures import measure

FLOORS = {False: (0.97, 0.9), True: (0.95, 0.78)}
"""Precision and recall of the open half, and of the sealed one, in which more articles have no event that is read."""


@pytest.mark.parametrize("is_sealed", [False, True], ids=["open half", "sealed half"])
def test_articles_of_one_event_are_one_story_and_no_others_are(*, is_sealed: bool):
    pairs, floors = measure(is_sealed=is_sealed), FLOORS[is_sealed]

    print(f"\n{'sealed' if is_sealed else 'open'}: {pairs}")  # noqa: T201 the figures are the point
    assert (pairs.precision >= floors[0], pairs.recall >= floors[1]) == (True, True), str(pairs)
