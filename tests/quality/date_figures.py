"""The labelled strings of dates, and how a reading of one counts: right, null or wrong."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analysis.dates import Doubt, FoundWhen, resolve_dates
from analysis.records import Language, Precision, When

LABELLED = Path(__file__).with_name("dates.jsonl")


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A string of the press as it might be, the day it was published on, and what a reader takes it to say.

    `when` is None where it names no day, month or year; `doubt` is what a reader would notice.
    """

    id: str
    language: Language
    published: date
    text: str
    when: When | None
    doubt: Doubt | None

    @property
    def is_sealed(self) -> bool:
        """Half of the set is never looked at while rules are written: odd digests."""
        return hashlib.sha256(self.id.encode()).digest()[0] % 2 == 1


def read_labelled() -> Iterator[Labelled]:
    """Read the set in its order."""
    for line in LABELLED.read_text("utf-8").splitlines():
        written = json.loads(line)
        first, last, precision = written["first"], written["last"], written["precision"]
        yield Labelled(
            id=written["id"],
            language=Language(written["language"]),
            published=date.fromisoformat(written["published"]),
            text=written["text"],
            when=first
            and When(first=date.fromisoformat(first), last=date.fromisoformat(last), precision=Precision(precision)),
            doubt=written.get("doubt") and Doubt(written["doubt"]),
        )


def read(one: Labelled) -> tuple[FoundWhen, ...]:
    """Read a string with marsad."""
    return resolve_dates(one.text, one.published)


def verdict(one: Labelled) -> str:
    """Say how our reading of a string counts: every time it names must be right, and nothing may be added."""
    found = [each.when for each in read(one)]
    if found == ([one.when] if one.when else []):
        return "right"
    return "wrong" if found else "null"
