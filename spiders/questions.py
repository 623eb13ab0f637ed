"""What may be asked of a source: its ways of discovery, each as it is known and as it is asked now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from analysis.cadence import bounds_of, is_due, is_working, known_as, reaches_back, take_over
from analysis.records import Discovery, Rhythm, Source
from spiders.ways import questions


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """One address of discovery to ask: how it is known and was asked so far (`rhythm`), and as it is asked now (`url`).

    `is_first` tells that no way before it works, `is_backed` that one after it works and names what this one may lose;
    `depth` counts the indexes above a sitemap, or the pages before one of a list of posts.
    """

    source: Source
    discovery: Discovery
    rhythm: Rhythm
    url: str
    is_first: bool = True
    is_backed: bool = False
    depth: int = 0


def group_questions(source: Source, rhythm_of: Callable[[str], Rhythm | None]) -> Sequence[Sequence[Question]]:
    """Return the ways of a source in the order of preference, of a search one question for each phrase."""
    groups: list[Sequence[Question]] = []
    is_backed = False
    for discovery in reversed(source.discovery):
        asked = _ask(source, discovery, rhythm_of)
        groups.insert(0, [replace(question, is_backed=is_backed) for question in asked])
        is_backed = is_backed or (reaches_back(discovery) and is_enough(asked))
    return groups


def _ask(source: Source, discovery: Discovery, rhythm_of: Callable[[str], Rhythm | None]) -> Sequence[Question]:
    phrases = source.searches if discovery.is_search else ("",)
    asked = []
    for url, phrase in zip(known_as(source, discovery), phrases, strict=True):
        rhythm = rhythm_of(url) or first_rhythm(source, discovery, url)
        (now,) = questions(discovery, (phrase,), rhythm.read_at)
        asked.append(Question(source=source, discovery=discovery, rhythm=rhythm, url=now))
    return asked


def choose(way: Sequence[Question], now: datetime, *, at_once: bool) -> Sequence[Question]:
    """Return the questions of a way to ask now: all `at_once`, or those that are due."""
    return way if at_once else [question for question in way if is_due(question.rhythm, now)]


def is_enough(way: Sequence[Question]) -> bool:
    """Tell whether a way works of which nothing is due: what comes after it need not be asked."""
    return any(is_working(question.rhythm) for question in way)


def stand_in(way: Sequence[Question], failed: Rhythm | None) -> Sequence[Question]:
    """Return the questions of a way in the place of one before it that `failed` just now; None: none did."""
    if failed is None:
        return way
    bounds = [bounds_of(question.source, question.discovery, is_first=True) for question in way]
    return [
        replace(question, rhythm=take_over(question.rhythm, failed, within))
        for question, within in zip(way, bounds, strict=True)
    ]


def first_rhythm(source: Source, discovery: Discovery, url: str) -> Rhythm:
    """Return the rhythm of a way that was never asked."""
    first = bounds_of(source, discovery, is_first=True).first
    return Rhythm(source_id=source.id, url=url, way=discovery.way, interval_minutes=first)


def ask_child(parent: Question, url: str, rhythm: Rhythm | None) -> Question:
    """Return the question for a sitemap that an index named."""
    known = rhythm or replace(first_rhythm(parent.source, parent.discovery, url), is_child=True)
    return replace(parent, rhythm=known, url=url, depth=parent.depth + 1)
