"""How well relevance, themes, people and countries are read in articles that other hands wrote after the rules.

`python tests/quality/unseen_figures.py` prints the figures of each half by language; no text of the sealed half is ever
shown, and `--mistakes` prints what is wrong in the open one. People and countries are labelled by reports only, so an
article that names more of them is not wrong for it: what is measured is how many of those of its reports are found.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from event_figures import UNSEEN, Figures
from halves import is_sealed
from relevance_figures import Judged, Labelled, judge_all

from analysis.records import Basis, Language, Published, TagKind

sys.path.append(str(Path(__file__).parents[1]))
from readers import reader, vocabulary

from builders import article


@dataclass(frozen=True, kw_only=True, slots=True)
class Unseen:
    """An article that was judged, and the people and countries of its labelled reports."""

    judged: Judged
    people: frozenset[str]
    countries: frozenset[str]


def judge_half(*, sealed: bool) -> list[Unseen]:
    """Read one half of all unseen articles."""
    rows = [row for path in UNSEEN for row in _rows(path) if is_sealed(row["id"]) == sealed]
    judged = judge_all(map(_labelled, rows), reader())
    return [
        Unseen(judged=each, people=_of_reports(row, "people"), countries=_of_reports(row, "countries"))
        for row, each in zip(rows, judged, strict=True)
    ]


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    return map(json.loads, path.read_text(encoding="utf-8").splitlines())


def _labelled(row: Mapping[str, Any]) -> Labelled:
    return Labelled(
        id=row["id"],
        language=row["language"],
        about=row["source"],
        relevant=row["relevant"],
        themes=frozenset(row["themes"]),
        article=article(
            title=row["title"],
            text=row["text"],
            language=Language(row["language"]),
            published=Published(on=date.fromisoformat(row["published"]), at=None, basis=Basis.META),
        ),
    )


def _of_reports(row: Mapping[str, Any], name: str) -> frozenset[str]:
    return frozenset(each for report in row["reports"] for each in report[name])


def measure(unseen: Iterable[Unseen]) -> Figures:
    """Measure precision and recall of relevance and, of what is ours, of themes; and the recall of names."""
    figures = Figures()
    for each in unseen:
        wanted, found = each.judged.labelled, each.judged
        if found.judgement.relevant:
            figures.add("precision", wanted.relevant)
        if wanted.relevant:
            figures.add("recall", found.judgement.relevant)
            themes = wanted.themes or frozenset()
            figures.add("themes precision", len(themes & found.themes), len(found.themes))
            figures.add("themes recall", len(themes & found.themes), len(themes))
        figures.add("people", len(each.people & found.found(TagKind.PERSON)), len(each.people))
        figures.add("countries", len(each.countries & countries(found)), len(each.countries))
    return figures


def countries(judged: Judged) -> frozenset[str]:
    """Return the countries that are found, themselves or by a city."""
    cities = {vocabulary().cities[id_].country for id_ in judged.found(TagKind.PLACE)}
    return judged.found(TagKind.COUNTRY) | cities


def mistakes(unseen: Iterable[Unseen]) -> Iterator[str]:
    """Say of each article what is wrong."""
    for each in unseen:
        wanted, found = each.judged.labelled, each.judged
        themes = wanted.themes or frozenset()
        wrong = {
            "relevant": "" if found.is_right else f"{found.judgement.score} {found.judgement.because}",
            "themes missed": sorted(themes - found.themes) if wanted.relevant else [],
            "themes more": sorted(found.themes - themes) if wanted.relevant else [],
            "people missed": sorted(each.people - found.found(TagKind.PERSON)),
            "countries missed": sorted(each.countries - countries(found)),
        }
        if any(wrong.values()):
            yield f"{wanted.id}: " + "; ".join(f"{name}: {what}" for name, what in wrong.items() if what)


def main() -> None:
    """Print the figures of both halves, or the mistakes of the open one."""
    if "--mistakes" in sys.argv:
        print(*mistakes(judge_half(sealed=False)), sep="\n")  # noqa: T201
        return
    for sealed in (False, True):
        unseen = judge_half(sealed=sealed)
        print(f"{'sealed' if sealed else 'open'}: {len(unseen)} articles")  # noqa: T201
        for language in (None, *Language):
            some = [each for each in unseen if language in (None, each.judged.labelled.language)]
            if some:
                print(f"    {language or 'all'}: {len(some)}: {measure(some).row()}")  # noqa: T201


if __name__ == "__main__":
    main()
