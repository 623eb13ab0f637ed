"""What of the general press, which is off the topic but for a few articles, is taken for ours.

`python tests/quality/press_figures.py [LOWEST]` prints score, headline and reasons of each of the 6,235
articles beside the repository that is accepted, and with LOWEST also of those rejected with at least that score.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.language import find_language
from analysis.reading import read
from analysis.records import Judgement

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent))
from readers import reader  # noqa: E402 the same

from builders import article  # noqa: E402 it lies in the folder above

FOLDER = HERE.parents[2] / "shared" / "data" / "articles"
FILES = ("hespress_ar.jsonl.gz", "aljazeera_ar.jsonl.gz", "bladi_fr.jsonl", "hespress_fr.jsonl")


@dataclass(frozen=True, slots=True)
class Accepted:
    """An article of the press, and what we say of it."""

    title: str
    text: str
    judgement: Judgement


def judge_press(path: Path) -> Iterator[Accepted]:
    """Judge each article of a file."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            title, text = row["title"], row["body"]
            written = article(title=title, text=text, language=find_language(f"{title} {text}"))
            yield Accepted(title, text, read(written, reader()).judgement)


def main() -> None:
    """Print what is accepted, and what nearly is."""
    lowest = float(sys.argv[1]) if len(sys.argv) > 1 else 1.1
    if not FOLDER.is_dir():
        print(f"Nothing to read: there is no {FOLDER.name} beside the repository.")  # noqa: T201
        return
    for name in FILES:
        told = [*judge_press(FOLDER / name)]
        ours = [each for each in told if each.judgement.relevant]
        print(f"{name}: {len(ours)} of {len(told)} accepted")  # noqa: T201
        for each in told:
            if each.judgement.relevant or each.judgement.score >= lowest:
                sign = "+" if each.judgement.relevant else "-"
                print(f"  {sign} {each.judgement.score:.2f} {each.title}")  # noqa: T201
                print(f"         {'; '.join(each.judgement.because)}")  # noqa: T201


if __name__ == "__main__":
    main()
