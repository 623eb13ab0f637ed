"""How well relevance and themes are read: the three labelled sets, and the figures of each against the labels.

`python tests/quality/relevance_figures.py` prints them; of the sealed set only counts are ever printed, never a text.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.presences import Reader
from analysis.reading import read
from analysis.records import Article, Judgement, Language, Tag, TagKind
from analysis.relevance import judge

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent))
from builders import article  # noqa: E402 it lies in the folder above

TUNED, WORKED, SEALED, LATER = (HERE / f"relevance{name}.jsonl" for name in ("", "_worked", "_sealed", "_later"))
"""Tuned: rules were written on it. Worked: written before, looked at after. Sealed: no text of it was looked at.

Later: three batches (f, g, h), each written after the rules and before its first look, then worked on.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Labelled:
    """An article, what a person says of it, and of what kind it is; `themes` is None where nobody said."""

    id: str
    language: str
    about: str
    relevant: bool
    themes: frozenset[str] | None
    article: Article


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A labelled article, and what we say of it; `by_report` where only a report makes it ours."""

    labelled: Labelled
    judgement: Judgement
    by_report: bool
    tags: tuple[Tag, ...]

    @property
    def themes(self) -> frozenset[str]:
        """Return the themes that are found."""
        return self.found(TagKind.THEME)

    def found(self, kind: TagKind) -> frozenset[str]:
        """Return what is found of a kind."""
        return frozenset(tag.id for tag in self.tags if tag.kind is kind)

    @property
    def is_right(self) -> bool:
        """Tell whether we say what the person says."""
        return self.judgement.relevant == self.labelled.relevant


def read_labelled(path: Path) -> Iterator[Labelled]:
    """Read one of the sets."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Labelled(
            id=row["id"],
            language=row["language"],
            about=row["about"],
            relevant=row["relevant"],
            themes=frozenset(row["themes"]) if "themes" in row else None,
            article=article(title=row["title"], text=row["text"], language=Language(row["language"])),
        )


def judge_all(labelled: Iterable[Labelled], reader: Reader) -> list[Judged]:
    """Read each article of a set."""
    return [_judged(each, reader) for each in labelled]


def _judged(labelled: Labelled, reader: Reader) -> Judged:
    told = read(labelled.article, reader)
    alone = judge(labelled.article, told.tags, reader.vocabulary).relevant
    return Judged(
        labelled=labelled, judgement=told.judgement, by_report=alone < told.judgement.relevant, tags=told.tags
    )


def of_relevance(judged: Iterable[Judged]) -> tuple[float, float]:
    """Return precision and recall of relevance."""
    counts = Counter((each.labelled.relevant, each.judgement.relevant) for each in judged)
    both = counts[True, True]
    return _share(both, both + counts[False, True]), _share(both, both + counts[True, False])


def of_themes(judged: Iterable[Judged]) -> tuple[float, float]:
    """Return precision and recall of themes, of the articles that are ours and whose themes somebody named."""
    said = [(each.labelled.themes, each.themes) for each in judged if each.labelled.relevant and each.labelled.themes]
    both = sum(len(true & found) for true, found in said)
    return _share(both, sum(len(found) for _, found in said)), _share(both, sum(len(true) for true, _ in said))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def by(judged: Iterable[Judged], name: Callable[[Judged], str]) -> dict[str, tuple[int, int]]:
    """Count, by language or kind, how many are right and how many there are."""
    counts: dict[str, list[bool]] = {}
    for each in judged:
        counts.setdefault(name(each), []).append(each.is_right)
    return {key: (sum(right), len(right)) for key, right in sorted(counts.items())}


def _language(judged: Judged) -> str:
    return judged.labelled.language


def _kind(judged: Judged) -> str:
    return f"{'ours' if judged.labelled.relevant else 'not ours'}, {judged.labelled.about}"


def main() -> None:
    """Print precision and recall of each set, and where the wrong ones are."""
    from readers import reader  # noqa: PLC0415 only where it runs as a program

    for path in (TUNED, WORKED, SEALED, LATER):
        judged = judge_all(read_labelled(path), reader())
        precision, recall = of_relevance(judged)
        print(f"{path.stem}: {len(judged)} articles, precision {precision:.3f}, recall {recall:.3f}")  # noqa: T201
        alone = Counter(each.labelled.relevant for each in judged if each.by_report)
        print(f"    ours by a report alone: {alone[True]} rightly, {alone[False]} wrongly")  # noqa: T201
        themes = of_themes(judged)
        print(f"    themes: precision {themes[0]:.3f}, recall {themes[1]:.3f}")  # noqa: T201
        for name in (_language, _kind):
            wrong = {key: f"{right}/{of}" for key, (right, of) in by(judged, name).items() if right < of}
            print(f"    right of all, where not all: {wrong}")  # noqa: T201


if __name__ == "__main__":
    main()
