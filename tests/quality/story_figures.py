"""How well stories are told apart: pairs of labelled articles that tell one event as the same, and are in one story.

Each half of the stream is read by itself; of the sealed one only counts are told. An article that tells nothing new is
the whole of its story. `PYTHONPATH=tests/quality python tests/quality/story_figures.py` prints the figures.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from event_figures import Labelled, read_labelled

from analysis.settings import Settings
from pipeline.analyse import Analyst
from pipeline.library import open_library
from pipeline.seeds import CORPUS, read_corpus_file, read_known_events, seeds_directory

Pair = tuple[Labelled, Labelled]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of articles that are rightly in one story, wrongly in one, and wrongly in two."""

    right: list[Pair]
    wrong: list[Pair]
    missed: list[Pair]

    @property
    def precision(self) -> float:
        """Return the share of the pairs put together that belong together."""
        return len(self.right) / (len(self.right) + len(self.wrong))

    @property
    def recall(self) -> float:
        """Return the share of the pairs that belong together that were put together."""
        return len(self.right) / (len(self.right) + len(self.missed))

    def __str__(self) -> str:
        """Write both shares with the pairs they are of."""
        right, found, wanted = len(self.right), len(self.right + self.wrong), len(self.right + self.missed)
        return f"precision {self.precision:.3f} ({right}/{found}) recall {self.recall:.3f} ({right}/{wanted})"


def measure(*, is_sealed: bool) -> Pairs:
    """Let `marsad analyse` answer half of the stream in its order, and compare the stories it names with the labels."""
    stream = [each for each in read_labelled() if each.is_sealed is is_sealed]
    told = list(zip(stream, _stories(stream), strict=True))
    found = Pairs([], [], [])
    together = [{event for event, _ in _told(each)} for each in stream]
    for (one, story), (other, its) in combinations(told, 2):
        is_one = _tell_the_same(one, other, together)
        if is_one is not None and (is_one or story == its):
            (found.missed if story != its else found.right if is_one else found.wrong).append((one, other))
    return found


def _stories(stream: Sequence[Labelled]) -> Iterator[Any]:
    directory = seeds_directory(Settings())
    library = open_library(directory)
    history = read_known_events(directory, library.vocabulary.seeds)
    analyst = Analyst(library, read_corpus_file(directory / CORPUS), history)
    return (analyst.answer(json.dumps(each.given).encode())["story"] for each in stream)


def _tell_the_same(one: Labelled, other: Labelled, together: Sequence[set[str]]) -> bool | None:
    """Say whether two articles tell one event in one way.

    None where the labels leave it open: they share one by the way, or tell two that a third article tells together, as
    a visit and what was signed on it.
    """
    mine, theirs = _told(one), _told(other)
    if not mine & theirs:
        both = {event for event, _ in mine}, {event for event, _ in theirs}
        return None if any(both[0] & each and both[1] & each for each in together) else False
    return True if mine == theirs or len(mine) == 1 or len(theirs) == 1 else None


def _told(one: Labelled) -> set[tuple[str, str]]:
    return {(each["event"], each["told"]) for each in one.reports if each["event"] and each["told"] != "recalled"}


if __name__ == "__main__":
    for half in (False, True):
        print(f"{'sealed' if half else 'open'} half: {measure(is_sealed=half)}")  # noqa: T201 the figures are the point
