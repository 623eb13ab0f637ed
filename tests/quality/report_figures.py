"""How well reports are read: the labelled set, its two halves, and the figures of one against the truths."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from analysis.presences import Reader, compile_reader
from analysis.records import Article, Basis, EventKind, Language, Published, Report, Told
from analysis.reports import find_reports
from analysis.settings import Settings
from analysis.tags import compile_vocabulary, find_tags
from pipeline.seeds import read_seeds, seeds_directory

sys.path.append(str(Path(__file__).parents[1]))
from builders import article

LABELLED = Path(__file__).with_name("reports.jsonl")
MEASURED = (EventKind.VISIT, EventKind.AGREEMENT)

Key = tuple[str, str | None, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article and what a person says it tells, each as kind, direction, countries, told and days."""

    id: str
    article: Article
    reports: tuple[dict[str, Any], ...]

    @property
    def is_sealed(self) -> bool:
        """Half of the set is never looked at while rules are written: odd digests, but for those added from work."""
        return not self.id.startswith("worked-") and hashlib.sha256(self.id.encode()).digest()[0] % 2 == 1


@dataclass(slots=True)
class Figures:
    """Counts of right ones out of all, by what is measured."""

    counts: dict[str, list[int]] = field(default_factory=dict)

    def add(self, name: str, right: bool) -> None:  # noqa: FBT001 a count of yes and no
        count = self.counts.setdefault(name, [0, 0])
        count[0] += right
        count[1] += 1

    def share(self, name: str) -> float:
        right, total = self.counts.get(name, [0, 0])
        return right / total if total else 1.0

    def row(self) -> str:
        """Write all figures in one line."""
        return "  ".join(f"{name} {self.share(name):.2f} ({right}/{of})" for name, (right, of) in self.counts.items())


def read_labelled() -> Iterator[Labelled]:
    """Read the labelled set."""
    for line in LABELLED.read_text(encoding="utf-8").splitlines():
        written = json.loads(line)
        yield Labelled(
            id=written["id"],
            article=article(
                title=written["title"],
                text=written["text"],
                language=Language(written["language"]),
                published=Published(on=date.fromisoformat(written["published"]), at=None, basis=Basis.META),
            ),
            reports=tuple(written["reports"]),
        )


def repository_reader() -> Reader:
    """Make the seeds of the repository ready for reading."""
    return compile_reader(compile_vocabulary(read_seeds(seeds_directory(Settings()))))


def read(one: Article, reader: Reader) -> tuple[Report, ...]:
    """Find the tags and reports of an article."""
    return find_reports(one, find_tags(one, reader.vocabulary), reader)


def differs(labelled: Labelled, reader: Reader) -> bool:
    """Tell whether what is read is not just what a person says, kind by kind; days count where the label has them."""
    found = [*read(labelled.article, reader)]
    for truth in labelled.reports:
        alike = next((report for report in found if _is_told(report, truth)), None)
        if alike is None:
            return True
        found.remove(alike)
    return bool(found)


def _is_told(report: Report, truth: dict[str, Any]) -> bool:
    days = [str(report.when.first), str(report.when.last)] if report.when else None
    dated = "first" not in truth or days == [truth["first"], truth["last"]]
    return dated and _key(report) == _truth_key(truth) and report.told == truth["told"]


def measure(labelled: Iterable[Labelled], reader: Reader) -> Figures:
    """Compare visits and agreements with the truths."""
    figures = Figures()
    for each in labelled:
        found = [report for report in read(each.article, reader) if report.kind in MEASURED]
        wanted = [truth for truth in each.reports if truth["kind"] in MEASURED]
        _measure_news(figures, wanted, found)
        _measure_recalled(figures, wanted, found)
    return figures


def _measure_news(figures: Figures, wanted: list[dict[str, Any]], found: list[Report]) -> None:
    news = {_key(report): report for report in found if report.told is Told.NEWS}
    truths = {_truth_key(truth): truth for truth in wanted if truth["told"] == "news"}
    for key in news:
        figures.add("precision", key in truths)
    for (kind, direction, countries), truth in truths.items():
        figures.add("recall", (kind, direction, countries) in news)
        if alike := [each for each in news if (each[0], each[2]) == (kind, countries)]:
            figures.add("direction", alike[0][1] == direction)
        if alike := [each for each in news if each[:2] == (kind, direction)]:
            figures.add("country", any(each[2] == countries for each in alike))
        if "first" in truth and (kind, direction, countries) in news:
            when = news[kind, direction, countries].when
            figures.add(
                "date", when is not None and [str(when.first), str(when.last)] == [truth["first"], truth["last"]]
            )


def _measure_recalled(figures: Figures, wanted: list[dict[str, Any]], found: list[Report]) -> None:
    truths = {_truth_key(truth) for truth in wanted if truth["told"] == "news"}
    news = {_key(report) for report in found if report.told is Told.NEWS} - truths
    for truth in wanted:
        if truth["told"] == "recalled":
            figures.add("recalled as news", _truth_key(truth) in news)


def _key(report: Report) -> Key:
    return report.kind, report.direction, tuple(sorted(report.countries))


def _truth_key(truth: dict[str, Any]) -> Key:
    return truth["kind"], truth["direction"], tuple(sorted(truth["countries"]))
