"""Which of the articles that print one text is its original: by when it was printed, by whom, and how whole it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from analysis.arabic import canonical

_SIGNED = re.compile(
    r"(?:\(|[/-] ?)(?:ومع|و ?\. ?م ?\. ?ع ?\.?|map)\b|\bبلاغ|\bcommunique|\bcomunicado|\bpress release"
)
"""The Moroccan agency's letters count only where a source is named: in words ومع is "and with"."""
_SIGNS_WITHIN = 200
"""Characters at the head and at the foot of a text where an agency or a communiqué is named as its source."""
_WITHIN = timedelta(days=1)
"""An agency's own page is the original though others, who had the dispatch by wire, printed it a day before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Printing:
    """One article that prints a text whole: on which day and, if the page says so, at which moment, and how long."""

    article_id: int
    told_on: date
    told_at: datetime | None
    is_agency: bool
    is_signed: bool
    words: int


def is_signed(title: str, text: str) -> bool:
    """Tell whether an agency or a communiqué is named where a text names its source."""
    ends = (title, text[:_SIGNS_WITHIN], text[-_SIGNS_WITHIN:])
    return any(_SIGNED.search(canonical(each)) for each in ends)


def choose_original(printings: Iterable[Printing]) -> int:
    """Return the number of the article that is the original of the others; their order is nothing.

    An agency's own comes first, unless it is late; then the earliest day, and on one day what has a moment, the
    earliest; then what names its source, then the longest.
    """
    known = list(printings)
    earliest = min(each.told_on for each in known)
    return min(known, key=lambda each: _rank(each, earliest)).article_id


def _rank(printing: Printing, earliest: date) -> tuple[bool, date, bool, float, bool, int, int]:
    is_first_hand = printing.is_agency and printing.told_on <= earliest + _WITHIN
    moment = printing.told_at.timestamp() if printing.told_at else 0.0
    return (
        not is_first_hand,
        printing.told_on,
        printing.told_at is None,
        moment,
        not printing.is_signed,
        -printing.words,
        printing.article_id,
    )
