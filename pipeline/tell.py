"""Let all stories that wait meet the others, story by story, as one run counts them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from models.story_book import Placed
from pipeline.runs import Run

STORIES = "stories"
"""What stories that no other turned out to be are counted as."""


class StoryArchive(Protocol):
    """Where stories are kept."""

    def place_next(self) -> Placed | None:
        """Let the next story meet the others."""


def tell_all(stories: StoryArchive, run: Run) -> Iterator[Placed]:
    """Let every story meet the others; count the new ones in the run."""
    while (placed := stories.place_next()) is not None:
        run.counts[STORIES] += not placed.merged
        yield placed
