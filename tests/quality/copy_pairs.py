"""How well copies are told apart: pairs of real articles, each read and labelled by a person, against what we say.

`copy_pairs.jsonl` holds ids and labels, never a text. Half of the pairs, by digest, is sealed: nobody looks at one of
them for a rule. `PYTHONPATH=tests python tests/quality/copy_pairs.py` prints
figures, and what is wrong of the other half.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from readers import vocabulary

from analysis.dedupe import fingerprint, place
from analysis.language import find_language
from analysis.records import CopyKind, Fingerprint, KnownText, Lookalike, TagKind
from analysis.tags import find_tags
from builders import article

LABELLED = Path(__file__).with_suffix(".jsonl")
PRESS = Path(__file__).parents[3] / "shared" / "data" / "articles"
NO_COPY = frozenset({"template", "different"})
KINDS = tuple(CopyKind)
FRENCH = ("bladi_fr.jsonl", "hespress_fr.jsonl")
HOME = "SA"
_OTHER = KnownText.article(1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """Two articles, how the first stands to the second as a person says, and what we say; None for no copy."""

    one: str
    other: str
    label: str
    found: CopyKind | None
    is_sealed: bool

    @property
    def is_copy(self) -> bool:
        """Tell whether a person calls the first a copy of the second, of whatever kind."""
        return self.label not in NO_COPY


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """How many pairs were rightly found, of those that were found and of those that should be."""

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        """Return the share of the found ones that are right; 1 where there are none."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Return the share of those there are that were found; 1 where there are none."""
        return self.right / self.wanted if self.wanted else 1.0

    def __str__(self) -> str:
        """Write both shares with their counts."""
        precision = f"precision {self.precision:.3f} ({self.right}/{self.found})"
        return f"{precision} recall {self.recall:.3f} ({self.right}/{self.wanted})"


def of_copies(pairs: Iterable[Pair]) -> Figures:
    """Measure what is called a copy, whatever its kind."""
    return _figures(pairs, lambda pair: pair.found is not None, lambda pair: pair.is_copy)


def of_kind(pairs: Iterable[Pair], kind: CopyKind) -> Figures:
    """Measure one kind."""
    return _figures(pairs, lambda pair: pair.found is kind, lambda pair: pair.label == kind)


def _figures(pairs: Iterable[Pair], is_found: Callable[[Pair], bool], is_wanted: Callable[[Pair], bool]) -> Figures:
    known = list(pairs)
    right = sum(is_found(pair) and is_wanted(pair) for pair in known)
    return Figures(right=right, found=sum(map(is_found, known)), wanted=sum(map(is_wanted, known)))


@cache
def judge_all() -> tuple[Pair, ...]:
    """Judge all labelled pairs by their texts."""
    rows = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    texts = read_texts({row[side] for row in rows for side in ("one", "other")})
    return tuple(_judge(row, texts) for row in rows)


def _judge(row: Mapping[str, str], texts: Mapping[str, str]) -> Pair:
    one, other = row["one"], row["other"]
    known = Lookalike(text=_OTHER, original=_OTHER, fingerprint=read(texts[other]))
    found = place(read(texts[one]), [known]).kind
    digest = hashlib.sha256(f"{one}|{other}".encode()).digest()
    return Pair(one=one, other=other, label=row["label"], found=found, is_sealed=digest[0] % 2 == 1)


def read(text: str) -> Fingerprint:
    """Read a text as the pipeline does; Saudi Arabia is to its press what Morocco is to ours, and names no party."""
    said = article(title="", text=text, language=find_language(text))
    named = {tag.id for tag in find_tags(said, vocabulary()) if tag.kind is TagKind.COUNTRY}
    return fingerprint(text, named - {HOME})


def read_texts(ids: Iterable[str]) -> dict[str, str]:
    """Read the texts that are named; one of the Saudi press by its day and place in the file, others by their id."""
    wanted = set(ids)
    found = {each: text for each, text in _french() if each in wanted}
    days = {each.partition(":")[0] for each in wanted - found.keys()}
    return found | {each: text for day in sorted(days) for each, text in _day(day) if each in wanted}


def _french() -> Iterator[tuple[str, str]]:
    for name in FRENCH:
        for row in _rows(PRESS / name):
            yield row["id"], row["body"]
    for row in _rows(PRESS / "moroccan_press_mixed.jsonl"):
        yield f"mixed:{row['id']}", row["full_text"] or ""


def _rows(path: Path) -> Iterator[dict[str, str]]:
    yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def _day(day: str) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(PRESS / "saudi_2015" / f"{day}.zip") as packed:
        for number, row in enumerate(json.loads(packed.read(f"{day}.json"))):
            yield f"{day}:{number}", row["content"]


def _tell() -> Iterator[str]:
    for name, is_sealed in (("worked", False), ("sealed", True)):
        half = [pair for pair in judge_all() if pair.is_sealed is is_sealed]
        yield f"{name} half, {len(half)} pairs: copies {of_copies(half)}"
        yield from (f"    {kind}: {of_kind(half, kind)}" for kind in KINDS)
    for pair in judge_all():
        if not pair.is_sealed and pair.is_copy != (pair.found is not None):
            yield f"{pair.one} {pair.other}: {pair.label}, found {pair.found}"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in _tell())
