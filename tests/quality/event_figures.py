"""How well events are told apart: the labelled stream, its two halves, and the figures of `marsad analyse` on it.

A report that is found is paired with the labelled one of its kind that it shares most with, each at most once. News is
right where it is paired with labelled news; country, days and direction count among such pairs.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from halves import is_sealed

from analysis.settings import Settings
from pipeline.analyse import Analyst
from pipeline.library import open_library
from pipeline.seeds import CORPUS, read_corpus_file, read_known_events, seeds_directory

LABELLED = Path(__file__).with_name("events.jsonl")
UNSEEN = tuple(sorted(LABELLED.parent.glob("unseen_*.jsonl")))
"""Articles that yet other hands wrote after the rules, each a stream of its own."""
MEASURED = frozenset({"visit", "agreement"})

Report = dict[str, Any]
Pair = tuple[Report | None, Report | None]
"""A labelled report and one that was found; None for one that is missed, or found where nothing is told."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article of the stream, and what a person says it tells; the sealed half is not looked at."""

    id: str
    language: str
    given: dict[str, Any]
    reports: tuple[Report, ...]
    is_sealed: bool


@dataclass(slots=True)
class Figures:
    """Counts of right ones out of all, by what is measured."""

    counts: dict[str, list[int]] = field(default_factory=dict)

    def add(self, name: str, right: int, of: int = 1) -> None:
        """Count some more."""
        count = self.counts.setdefault(name, [0, 0])
        count[0] += right
        count[1] += of

    def share(self, name: str) -> float:
        """Return the right ones of all; 1 where there are none."""
        right, total = self.counts.get(name, [0, 0])
        return right / total if total else 1.0

    def row(self) -> str:
        """Write all figures in one line."""
        return "  ".join(f"{name} {self.share(name):.3f} ({right}/{of})" for name, (right, of) in self.counts.items())


# ---------------------------------------------------------------- the labelled stream


def read_labelled() -> list[Labelled]:
    """Read the labelled articles in the order of their publication."""
    written = _written(LABELLED)
    family = _families(written)
    sealed = {
        each["id"]: is_sealed(next((family[group] for group in _told_groups(each)), each["id"])) for each in written
    }
    return _labelled(written, sealed)


def read_unseen(path: Path) -> list[Labelled]:
    """Read one of the later streams; half of it is sealed, article by article."""
    written = _written(path)
    return _labelled(written, {each["id"]: is_sealed(each["id"]) for each in written})


def _written(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _labelled(written: Iterable[dict[str, Any]], sealed: Mapping[str, bool]) -> list[Labelled]:
    return [
        Labelled(
            id=each["id"],
            language=each["language"],
            given={name: each[name] for name in ("id", "url", "published", "title", "text")},
            reports=tuple(each["reports"]),
            is_sealed=sealed[each["id"]],
        )
        for each in sorted(written, key=lambda each: (each["published"], each["id"]))
    ]


def sealed_groups() -> frozenset[str]:
    """Name the real events of the sealed half."""
    return frozenset(group for group, first in _families(_written(LABELLED)).items() if is_sealed(first))


def _families(written: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Give each event the first name of those told together with it: a visit and its signing are sealed together."""
    family: dict[str, str] = {}
    for groups in map(_told_groups, written):
        names = {family.setdefault(group, group) for group in groups}
        family |= {group: min(names) for group, name in family.items() if name in names}
    return family


def _told_groups(written: dict[str, Any]) -> list[str]:
    return [each["event"] for each in written["reports"] if each["event"] and each["told"] != "recalled"]


# ---------------------------------------------------------------- what is found, and what it is paired with


def analyse(stream: Iterable[Labelled]) -> list[tuple[Labelled, list[Pair]]]:
    """Let `marsad analyse` answer the stream in its order, and pair what it finds with what is labelled."""
    directory = seeds_directory(Settings())
    library = open_library(directory)
    history = read_known_events(directory, library.vocabulary.seeds)
    analyst = Analyst(library, read_corpus_file(directory / CORPUS), history)
    return [(each, pair(each.reports, _found(analyst, each))) for each in stream]


def _found(analyst: Analyst, one: Labelled) -> Sequence[Report]:
    answer = json.loads(json.dumps(analyst.answer(json.dumps(one.given).encode())))
    if "error" in answer:
        message = f"{one.id}: {answer['error']}"
        raise AssertionError(message)
    found: Sequence[Report] = answer["reports"]
    return found


def pair(wanted: Sequence[Report], found: Sequence[Report]) -> list[Pair]:
    """Pair reports that share most first; who is left over is paired with None."""
    shared = {(i, j): _shared(one, two) for i, one in enumerate(wanted) for j, two in enumerate(found)}
    pairs: list[tuple[int | None, int | None]] = []
    for i, j in sorted(shared, key=lambda key: (-shared[key], key)):
        if shared[i, j] and not any(i == a or j == b for a, b in pairs):
            pairs.append((i, j))
    left = [(i, None) for i in range(len(wanted)) if not any(i == a for a, _ in pairs)]
    more = [(None, j) for j in range(len(found)) if not any(j == b for _, b in pairs)]
    return [(None if i is None else wanted[i], None if j is None else found[j]) for i, j in (*pairs, *left, *more)]


def _shared(wanted: Report, found: Report) -> int:
    """Say how much two reports share: sides and directions tell more than days, and these more than how it is told."""
    if wanted["kind"] != found["kind"]:
        return 0
    told, direction = (bool(wanted[fact] == found[fact]) for fact in ("told", "direction"))
    mine, theirs = {*wanted["countries"]}, {*found["countries"]}
    if not (told or mine & theirs):
        return 0
    return 1 + 8 * (mine == theirs) + 4 * direction + 3 * (_days(wanted) == _days(found)) + 2 * told


def _days(report: Report) -> tuple[str | None, str | None]:
    return report["from"], report["to"]


# ---------------------------------------------------------------- figures


def measure_reports(pairs: Iterable[Pair], kinds: frozenset[str] = MEASURED) -> Figures:
    """Measure the news among reports, and what is taken for news that is none."""
    figures = Figures()
    for wanted, found in pairs:
        if (wanted or found or {})["kind"] not in kinds:
            continue
        is_news, found_news = _is_news(wanted), _is_news(found)
        if found_news:
            figures.add("precision", is_news)
        if is_news:
            figures.add("recall", found_news)
        if wanted and not is_news:
            figures.add(f"{wanted['told']} as news", found_news)
            figures.add(f"{wanted['told']} found", found is not None and found["told"] == wanted["told"])
        if wanted and found and is_news and found_news:
            _measure_facts(figures, wanted, found)
    return figures


def _measure_facts(figures: Figures, wanted: Report, found: Report) -> None:
    figures.add("country", {*wanted["countries"]} == {*found["countries"]})
    if wanted["direction"]:
        figures.add("direction", wanted["direction"] == found["direction"])
    if wanted["from"]:
        figures.add("days", _days(wanted) == _days(found))


def _is_news(report: Report | None) -> bool:
    return report is not None and report["told"] == "news"


def measure_events(pairs: Iterable[Pair], groups: frozenset[str], kinds: frozenset[str] = MEASURED) -> Figures:
    """Measure the events of some real events: how many each became, and how many each event that was found holds.

    Both count news only. Of two reports, told in whatever way, `together` is how many of the pairs that were put into
    one event are of one, `of one` how many of the pairs of one event were put into one.
    """
    placed = list(_placed(pairs, groups, kinds))
    figures = Figures()
    news = [(real, event) for real, event, is_news in placed if is_news and event]
    figures.add("events per real", len({*news}), len({real for real, _ in news}))
    figures.add("real per event", len({*news}), len({event for _, event in news}))
    for (real, event, _), (other_real, other_event, _) in combinations(placed, 2):
        same_event = event is not None and event == other_event
        if same_event:
            figures.add("together", real == other_real)
        if real == other_real:
            figures.add("of one", same_event)
    return figures


def _placed(
    pairs: Iterable[Pair], groups: frozenset[str], kinds: frozenset[str]
) -> Iterator[tuple[str, str | None, bool]]:
    """Name the real event and the found one of each report that is both labelled and found."""
    for wanted, found in pairs:
        if wanted and found and wanted["kind"] in kinds and wanted["event"] in groups:
            yield wanted["event"], found["event"], _is_news(wanted) and _is_news(found)


def all_groups(stream: Iterable[Labelled]) -> dict[str, int]:
    """Name the real events, each with the number of articles that tell or recall it."""
    articles: defaultdict[str, set[str]] = defaultdict(set)
    for one in stream:
        for report in one.reports:
            if report["event"]:
                articles[report["event"]].add(one.id)
    return {group: len(ids) for group, ids in articles.items()}
