"""What people put right, as the view `analyst.corrections` has it: of an event, or of an article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text

from models.desk import Desk

COLUMNS = """
    correction, event, article, action, done_by, done_at, because, was, is_now, released, rules, reports, other_event
"""
OF_EVENT = text(f"""
    SELECT {COLUMNS} FROM analyst.corrections
    WHERE event = :event OR (action = 'split' AND other_event = :event) ORDER BY correction
""")  # noqa: S608 nothing of a question stands in it
OF_ARTICLE = text(f"SELECT {COLUMNS} FROM analyst.corrections WHERE article = :article ORDER BY correction")  # noqa: S608 as above


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """One act of a person, with what the rules and the reports had said at that moment."""

    correction: int
    event: int | None
    article: int | None
    action: str
    done_by: str
    done_at: datetime
    because: str | None
    was: Mapping[str, Any] | None
    is_now: Mapping[str, Any] | None
    released: tuple[str, ...] | None
    rules: Mapping[str, Any] | None
    reports: tuple[Mapping[str, Any], ...] | None
    other_event: int | None


def corrections_of_event(desk: Desk, event: int) -> tuple[Correction, ...]:
    """List what people did to an event, to those that were merged into it and those that were taken from it."""
    return desk.all(Correction, OF_EVENT, {"event": event})


def corrections_of_article(desk: Desk, article: int) -> tuple[Correction, ...]:
    """List what people said of the tags of an article."""
    return desk.all(Correction, OF_ARTICLE, {"article": article})


def last_seen(corrections: Iterable[Correction]) -> int:
    """Return the number of the last one, 0 for none."""
    return max((each.correction for each in corrections), default=0)


def fixed_by(corrections: Iterable[Correction]) -> Mapping[str, Correction]:
    """Return the facts of an event that stand as a person fixed them, each with the correction that did so."""
    stands = dict[str, Correction]()
    for each in corrections:
        if each.action == "correct":
            stands |= dict.fromkeys(each.is_now or (), each)
            stands = {name: one for name, one in stands.items() if name not in (each.released or ())}
    return stands
